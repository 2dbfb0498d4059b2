/** What a room loads from a stick: its candidates and sealed papers. */
import { roomCode } from '../../exam-day/exam.ts';
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const roomPackage: FuzzedImport = {
  name: 'room-package',
  stage: 'loaded',
  at: ['room'],
  async open(world) {
    const { site, room } = world.exam;
    const parcel = await site.download(await site.call.room.exportPackage({ roomCode }));
    return parcelTarget(world, parcel, async (file) =>
      said(room.call.exam.importFile({ uploadId: await room.upload('x.parcel', file) })),
    );
  },
};
