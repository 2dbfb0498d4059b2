/** The centre's roster as a ZIP: a table, photos, and PNP files with accommodations. */
import fc from 'fast-check';
import { utf8 } from '../../../src/base/bytes.ts';
import { rosterCsv } from '../../exam-day/exam-day.ts';
import { made, said, type FuzzedImport } from '../import.ts';
import { damage, damaged } from '../mutations.ts';
import { packed } from '../packed.ts';
import { jpeg, png, pnp, webp } from '../samples.ts';
import { plan } from './roster.ts';

export const photos: FuzzedImport = {
  name: 'photos',
  stage: 'loaded',
  at: ['centre'],
  async open({ exam: { centre, projectId } }) {
    const files = {
      'roster.csv': utf8(rosterCsv(plan)),
      'photos/1000001.png': png,
      'photos/1000002.jpg': jpeg,
      '1000003.webp': webp,
      '1000001.xml': utf8(pnp),
    };
    return {
      samples: [await packed(files)],
      // The archive is right, one of its files is not.
      made: made(
        fc.record({
          which: fc.nat(4),
          how: damage(1),
          name: fc.option(fc.string({ unit: 'binary', maxLength: 60 })),
        }),
        ({ which, how, name }) => {
          const [given = '', content = png] = Object.entries(files)[which] ?? [];
          const { [given as 'roster.csv']: _, ...others } = files;
          return packed({ ...others, [name ?? given]: damaged([content], how) });
        },
      ),
      take: async (file) => {
        const uploadId = await centre.upload('roster.zip', file);
        return (
          (await said(centre.call.roster.preview({ projectId, uploadId }))) ??
          said(centre.call.roster.import({ projectId, uploadId }))
        );
      },
    };
  },
};
