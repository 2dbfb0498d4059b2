/** The plan of a room's seats: a table. */
import fc from 'fast-check';
import { utf8 } from '../../../src/base/bytes.ts';
import { made, said, type FuzzedImport } from '../import.ts';
import { nastyTexts } from '../mutations.ts';

const cell = fc.oneof(
  fc.constantFrom('1', '0', '-1', '1e9', '10.0.0.1', '::1', 'PC-1', ...nastyTexts, 'x'.repeat(5_000)),
  fc.nat(2_000).map(String),
  fc.string({ maxLength: 10 }),
);

export const seatPlan: FuzzedImport = {
  name: 'seat-plan',
  stage: 'loaded',
  at: ['room'],
  async open({ exam: { room } }) {
    await room.call.seat.addPlanned({
      number: 7,
      address: '10.0.0.7',
      computer: 'PC-7',
      note: 'by the window',
    });
    const xlsx = await room.download(await room.call.seat.export({ language: 'zh' }));
    return {
      samples: [xlsx, utf8('Number,IP address,Computer,Note\n1,10.0.0.1,PC-1,\n2,,PC-2,x\n')],
      made: made(fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 40 }), (rows) =>
        utf8(['Number,IP address,Computer,Note', ...rows.map((row) => row.join(','))].join('\n')),
      ),
      take: async (file) =>
        said(room.call.seat.importPlan({ uploadId: await room.upload('plan.xlsx', file) })),
    };
  },
};
