/** Papers as QTI packages: the archive, the manifest, items, pictures and practical tasks' files. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { everyInteraction, practicalTasks, samplePackage, spokenSample } from '../../exam-day/exam-day.ts';
import { made, said, type FuzzedImport } from '../import.ts';
import { packageWith, xmlChange, unpacked } from '../packed.ts';

export const paper: FuzzedImport = {
  name: 'paper',
  stage: 'loaded',
  at: ['centre'],
  async open({ exam: { centre, projectId } }) {
    const samples = [samplePackage, everyInteraction, spokenSample, practicalTasks].map(
      (file) => new Uint8Array(readFileSync(file)),
    );
    const packages = await Promise.all(samples.map(unpacked));
    return {
      samples,
      made: made(fc.record({ which: fc.nat(samples.length - 1), change: xmlChange }), ({ which, change }) =>
        packageWith(packages[which] ?? new Map(), change),
      ),
      take: async (file) => {
        const uploadId = await centre.upload('paper.zip', file);
        return (
          (await said(centre.call.paper.check({ projectId, uploadId }))) ??
          said(centre.call.paper.import({ projectId, uploadId, leaveOut: [] }))
        );
      },
    };
  },
};
