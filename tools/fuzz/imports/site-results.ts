/** A site's collection of results that the centre takes from a stick. */
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const siteResults: FuzzedImport = {
  name: 'site-results',
  stage: 'reported',
  at: ['centre'],
  async open(world) {
    const { centre, site, projectId, sessionId } = world.exam;
    const parcel = await site.download(await site.call.collection.exportForCentre({ sessionId }));
    return parcelTarget(world, parcel, async (file) =>
      said(centre.call.result.importFile({ projectId, uploadId: await centre.upload('x.parcel', file) })),
    );
  },
};
