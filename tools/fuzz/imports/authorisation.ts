/** The authorisation (.PTQ) that a site takes from a stick. */
import { siteCode } from '../../exam-day/exam.ts';
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const authorisation: FuzzedImport = {
  name: 'authorisation',
  stage: 'authorised',
  at: ['site'],
  async open(world) {
    const { centre, site, sessionId } = world.exam;
    const parcel = await centre.download(await centre.call.authorisation.exportFile({ sessionId, siteCode }));
    return parcelTarget(world, parcel, async (file) =>
      said(site.call.authorisation.importFile({ uploadId: await site.upload('x.PTQ', file) })),
    );
  },
};
