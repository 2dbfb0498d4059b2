/** A room's result that a site takes from a stick. */
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const roomResult: FuzzedImport = {
  name: 'room-result',
  stage: 'reported',
  at: ['site'],
  async open(world) {
    const { site, room, sessionId } = world.exam;
    const parcel = await room.download(await room.call.session.exportResult({ sessionId }));
    return parcelTarget(world, parcel, async (file) =>
      said(site.call.collection.importFile({ uploadId: await site.upload('x.parcel', file) })),
    );
  },
};
