import { implement } from '@orpc/server';
import type { Drives } from '../../hardware/removable-drive/port.ts';
import { findKeyFiles } from '../../hardware/token/find-key-files.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Site } from '../site.ts';
import { chooseLock, mayLoad, offeredLibraries } from './choose-lock.ts';
import { siteLockContract } from './contract.ts';
import { knownLocks } from './known-locks.ts';

export function siteLockOperations(site: Site, drives: Drives) {
  const os = implement(siteLockContract).$context<OperationContext>();
  return os.router({
    list: os.list.handler(() => {
      const lock = site.lock();
      return {
        inUse: lock.ok ? lock.value.serial : (site.setup()?.lockSerial ?? null),
        locks: knownLocks(site).map(({ serial, kind, state, revoked }) => ({ serial, kind, state, revoked })),
      };
    }),
    find: os.find.handler(async () => {
      const known = knownLocks(site);
      const keyFiles = (await findKeyFiles(drives)).map(({ path, token: { serial } }) => ({
        path,
        serial,
        known: known.find((one) => one.serial === serial)?.state ?? null,
      }));
      return { keyFiles, libraries: offeredLibraries(site) };
    }),
    tokens: os.tokens.handler(async ({ input }) => {
      unwrap(mayLoad(site, input.library));
      return [...unwrap(await site.tokens.list(input.library))];
    }),
    choose: os.choose.handler(async ({ input, context }) => {
      unwrap(await chooseLock(site, input, context.account));
      return {};
    }),
  });
}
