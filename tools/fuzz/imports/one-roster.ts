/** The centre's roster as a OneRoster package: tables that name each other, in one ZIP. */
import fc from 'fast-check';
import { utf8 } from '../../../src/base/bytes.ts';
import { oneRoster11, oneRosterZip } from '../../../src/exam/roster/one-roster/one-roster.fixture.ts';
import { made, said, type FuzzedImport } from '../import.ts';
import { damage, damaged, nastyTexts } from '../mutations.ts';
import { packed } from '../packed.ts';

const files = Object.entries(oneRoster11).map(([name, text]) => [name, utf8(String(text))] as const);
/** One field of one line of one table is another one, or one of the tables is damaged. */
const change = fc.record({
  which: fc.nat(files.length - 1),
  line: fc.nat(12),
  column: fc.nat(12),
  value: fc.oneof(
    fc.constantFrom('', 'c1', 'TRUE', 'student', '../x', ...nastyTexts, 'x'.repeat(20_000)),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  ),
  times: fc.constantFrom(1, 1, 2, 5_000),
  how: fc.option(damage(1), { freq: 3 }),
});

export const oneRoster: FuzzedImport = {
  name: 'one-roster',
  stage: 'loaded',
  at: ['centre'],
  async open({ exam: { centre, projectId } }) {
    const choice = { sessions: [{ sessionNumber: 1, course: 'c1' }], seats: 'name' as const };
    return {
      samples: [await oneRosterZip({}, oneRoster11)],
      made: made(change, ({ which, line, column, value, times, how }) =>
        packed(
          Object.fromEntries(
            files.map(([name, content], i) => {
              if (i !== which) return [name, content];
              return [
                name,
                how ? damaged([content], how) : utf8(changed(content, line, column, value, times)),
              ];
            }),
          ),
        ),
      ),
      take: async (file) => {
        const uploadId = await centre.upload('one-roster.zip', file);
        return (
          (await said(centre.call.roster.preview({ projectId, uploadId, choice }))) ??
          said(centre.call.roster.import({ projectId, uploadId, choice }))
        );
      },
    };
  },
};

function changed(content: Uint8Array, line: number, column: number, value: string, times: number): string {
  const lines = Buffer.from(content).toString('utf8').split('\n');
  const fields = (lines[line % lines.length] ?? '').split(',');
  fields[column % fields.length] = value;
  lines.splice(line % lines.length, 1, ...Array.from({ length: times }, () => fields.join(',')));
  return lines.join('\n');
}
