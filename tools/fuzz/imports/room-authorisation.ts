/** A session's keys that a room takes from a stick. */
import { chooseSession } from '../../exam-day/exam-day.ts';
import { roomCode } from '../../exam-day/exam.ts';
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const roomAuthorisation: FuzzedImport = {
  name: 'room-authorisation',
  stage: 'authorised',
  // An authorised room goes on by itself, and writes that down.
  at: [],
  async open(world) {
    const { site, room, sessionId } = world.exam;
    const parcel = await site.download(await site.call.authorisation.exportForRoom({ sessionId, roomCode }));
    // It would fetch one by itself.
    await world.exam.process('site').stop();
    await chooseSession(room, sessionId);
    const target = await parcelTarget(world, parcel, async (file) =>
      said(room.call.session.importAuthorisation({ uploadId: await room.upload('x.parcel', file) })),
    );
    // A room is authorised once.
    return { ...target, onlyOnce: true };
  },
};
