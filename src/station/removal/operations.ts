import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { findParcels } from '../../node/stick/stick.ts';
import type { Station } from '../station.ts';
import { takeWords } from '../voice/package-words.ts';
import type { StationWork } from '../work.ts';
import { removalContract } from './contract.ts';
import { remainsView, removeRemains, type KeptWork } from './remove.ts';

/** A print station's materials go when it finishes, and it keeps nothing else. */
export function removalOperations(station: Station, { kept, voice }: StationWork) {
  const os = implement(removalContract).$context<OperationContext>();
  const elsewhere = (expected: string): never =>
    unwrap(refuse({ type: 'station-of-another-kind', found: station.kind, expected }));
  const here = (): KeptWork => kept ?? elsewhere('scan');
  return os.router({
    get: os.get.handler(() => unwrap(remainsView(station, here()))),
    words: {
      find: os.words.find.handler(async () =>
        (await findParcels(station.drives, ['package-words'])).map(({ path, name, manifest }) => ({
          path,
          name,
          createdAt: manifest.createdAt,
        })),
      ),
      take: os.words.take.handler(async ({ input }) => {
        const found = await findParcels(station.drives, ['package-words']);
        // The page names files that were found on sticks, and no others of this computer.
        const one = found.find(({ path }) => path === input.path);
        if (!one) return unwrap(refuse({ type: 'file-not-on-stick' }));
        return unwrap(await takeWords(voice ?? elsewhere('voice'), one.path));
      }),
    },
    remove: os.remove.handler(async ({ input }) => {
      unwrap(await removeRemains(station, here(), input.reason));
      return {};
    }),
  });
}
