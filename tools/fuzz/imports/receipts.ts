/** The centre's receipts, taken at the site and then in the room. */
import { utf8 } from '../../../src/base/bytes.ts';
import { siteCode } from '../../exam-day/exam.ts';
import { made, said, type FuzzedImport } from '../import.ts';
import { editedText, edits } from '../values.ts';

export const receipts: FuzzedImport = {
  name: 'receipts',
  stage: 'reported',
  at: ['site', 'room'],
  async open(world) {
    const { centre, site, room, projectId } = world.exam;
    const file = await centre.download(await centre.call.result.exportReceipts({ projectId, siteCode }));
    const text = Buffer.from(file).toString();
    const { signers } = await world.keys();
    return {
      samples: [file],
      made: made(edits, (changes) => utf8(editedText(text, changes, signers) ?? text)),
      take: async (bytes) =>
        (await said(room.call.session.importReceipt({ uploadId: await room.upload('r.json', bytes) }))) ??
        said(site.call.collection.importReceipts({ uploadId: await site.upload('r.json', bytes) })),
    };
  },
};
