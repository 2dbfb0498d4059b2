import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { Drives } from '../../hardware/removable-drive/port.ts';
import type { Backups } from '../../node/backup/backup.ts';
import type { OperationContext } from '../../node/operations.ts';
import type { Served } from '../../node/reachable.ts';
import { unwrap } from '../../node/refused.ts';
import type { Site } from '../site.ts';
import { backupContract, restoreContract } from './contract.ts';
import { lastBackup, makeBackup } from './make-backup.ts';
import { findBackups, lookAtBackup, restoreSite } from './restore.ts';

export function backupOperations(site: Site, backups: Backups, served: () => Served) {
  const os = implement(backupContract).$context<OperationContext>();
  return os.router({
    last: os.last.handler(() => lastBackup(site)),
    make: os.make.handler(async ({ input, context }) =>
      unwrap(
        await makeBackup(site, {
          ...input,
          by: context.account,
          addresses: served().addresses,
          backups,
        }),
      ),
    ),
  });
}

export function restoreOperations(site: Site, drives: Drives) {
  const os = implement(restoreContract).$context<OperationContext>();
  /** Whoever is not signed in is shown nothing of a site that works. One that was initialised has accounts: they would be replaced. */
  const notSetUp = ({ user }: OperationContext): void => {
    if (site.setup() !== null) unwrap(refuse({ type: 'setup-already-done' }));
    if (site.node.accounts.any() && user?.role !== 'administrator')
      unwrap(refuse({ type: 'sign-in-needed' }));
  };
  return os.router({
    find: os.find.handler(({ context }) => {
      notSetUp(context);
      return findBackups(drives);
    }),
    look: os.look.handler(async ({ input, context }) => {
      notSetUp(context);
      return unwrap(await lookAtBackup(input.path));
    }),
    run: os.run.handler(async ({ input, context }) => {
      notSetUp(context);
      unwrap(await restoreSite(site, input));
      return {};
    }),
  });
}
