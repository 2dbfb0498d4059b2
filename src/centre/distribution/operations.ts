/** The console's operations on what the centre gives out. */
import { implement } from '@orpc/server';
import { programVersion } from '../../node/indicators.ts';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { distributionContract, type DistributionView } from './contract.ts';

export function distributionOperations({ distribution }: Pick<Centre, 'distribution'>) {
  const os = implement(distributionContract).$context<OperationContext>();
  const view = async (): Promise<DistributionView> => {
    const { path, own } = distribution.folder;
    const read = await distribution.files();
    return {
      folder: path,
      own,
      problem: read.ok ? null : read.refusal,
      files: read.ok ? [...read.value.files] : [],
      without: read.ok ? [...read.value.without] : [],
    };
  };
  return os.router({
    get: os.get.handler(view),
    live: os.live.handler(({ signal }) => liveView(signal, distribution.changed.subscribe, view)),
    download: os.download.handler(async ({ input, context }) => {
      const { size, from } = unwrap(await distribution.giveOut(input.name));
      return context.files.lend({ fileName: input.name, size, from }, context.account);
    }),
    newest: os.newest.handler(() => ({ site: distribution.newest()?.site ?? programVersion })),
    chooseFolder: os.chooseFolder.handler(async ({ input, context }) => {
      unwrap(await distribution.choose(input.folder, context.account));
      return view();
    }),
    take: os.take.handler(async ({ input, context }) => {
      const upload = unwrap(context.files.take(input.uploadId, context.account));
      unwrap(await distribution.take(upload, context.account));
      return {};
    }),
  });
}
