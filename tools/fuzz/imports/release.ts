/** The release that a site takes from a stick. */
import { lockPin } from '../../exam-day/exam-day.ts';
import { siteCode } from '../../exam-day/exam.ts';
import { parcelTarget, said, type FuzzedImport } from '../import.ts';

export const release: FuzzedImport = {
  name: 'release',
  stage: 'authorised',
  at: ['site'],
  async open(world) {
    const { centre, site, sessionId } = world.exam;
    const parcel = await centre.download(
      await centre.call.authorisation.exportRelease({ sessionId, siteCode }),
    );
    return parcelTarget(world, parcel, async (file) =>
      said(
        site.call.authorisation.importRelease({
          uploadId: await site.upload('x.parcel', file),
          pin: lockPin,
        }),
      ),
    );
  },
};
