/** What a site loads from a stick: its rooms, papers and photos. */
import { siteCode } from '../../exam-day/exam.ts';
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const sitePackage: FuzzedImport = {
  name: 'site-package',
  stage: 'loaded',
  at: ['site'],
  async open(world) {
    const { centre, site, projectId } = world.exam;
    const parcel = await centre.download(await centre.call.publication.exportSite({ projectId, siteCode }));
    return parcelTarget(world, parcel, async (file) =>
      said(site.call.exam.importFile({ uploadId: await site.upload('x.parcel', file) })),
    );
  },
};
