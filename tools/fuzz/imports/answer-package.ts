/** A candidate's answer package: looked at, imported, and handed in with. */
import { readFileSync } from 'node:fs';
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const answerPackage: FuzzedImport = {
  name: 'answer-package',
  stage: 'answering',
  at: ['room'],
  async open(world) {
    const { room, seats } = world.exam;
    const { seatCode } = await room.call.answerPackage.seatCode();
    const [seat] = seats;
    if (!seat) throw new Error('no seat');
    const { path } = await seat.call.answerPackage.export({ seatCode });
    const parcel = new Uint8Array(readFileSync(path));
    return parcelTarget(world, parcel, async (file) => {
      const uploadId = await room.upload('x.parcel', file);
      return (
        (await said(room.call.answerPackage.inspect({ uploadId, sittingId: null }))) ??
        said(room.call.answerPackage.import({ uploadId, sittingId: null }))
      );
    });
  },
};
