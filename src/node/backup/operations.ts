import { implement } from '@orpc/server';
import { liveView, type OperationContext } from '../operations.ts';
import type { Backups } from './backup.ts';
import { driveContract, type DrivesView } from './contract.ts';

/** Systems do not tell of sticks in one way: while somebody looks, it is asked every second. */
const lookEveryMs = 1_000;

export function driveOperations(backups: Backups) {
  const os = implement(driveContract).$context<OperationContext>();
  return os.router({
    list: os.list.handler(async () => (await backups.view()).drives),
    live: os.live.handler(({ signal }) => drivesLive(backups, signal)),
  });
}

/** Which drives are plugged in, and how far the one is that is being written. */
export function drivesLive(backups: Backups, signal: AbortSignal | undefined): AsyncGenerator<DrivesView> {
  return liveView(
    signal,
    (listener) => {
      const timer = setInterval(listener, lookEveryMs);
      const stop = backups.onProgress(listener);
      return () => {
        clearInterval(timer);
        stop();
      };
    },
    () => backups.view(),
  );
}
