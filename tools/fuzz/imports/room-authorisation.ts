/** A session's keys that a room takes from a stick. */
import { chooseSession } from '../../exam-day/exam-day.ts';
import { roomCode } from '../../exam-day/exam.ts';
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const roomAuthorisation: FuzzedImport = {
  name: 'room-authorisation',
  stage: 'authorised',
  at: ['room'],
  async open(world) {
    const { site, room, sessionId } = world.exam;
    const parcel = await site.download(await site.call.authorisation.exportForRoom({ sessionId, roomCode }));
    await chooseSession(room, sessionId);
    return parcelTarget(world, parcel, async (file) =>
      said(room.call.session.importAuthorisation({ uploadId: await room.upload('x.parcel', file) })),
    );
  },
};
