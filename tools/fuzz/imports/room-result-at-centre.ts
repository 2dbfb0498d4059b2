/** A room's result that the centre takes from a stick. */
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const roomResultAtCentre: FuzzedImport = {
  name: 'room-result-at-centre',
  stage: 'reported',
  at: ['centre'],
  async open(world) {
    const { centre, room, projectId, sessionId } = world.exam;
    const parcel = await room.download(await room.call.session.exportResult({ sessionId }));
    return parcelTarget(world, parcel, async (file) =>
      said(centre.call.result.importFile({ projectId, uploadId: await centre.upload('x.parcel', file) })),
    );
  },
};
