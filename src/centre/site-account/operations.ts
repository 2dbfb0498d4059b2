import { implement } from '@orpc/server';
import { limitOf, liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { siteAccountContract } from './contract.ts';
import { siteAccountView } from './site-account.ts';

/** Of thousands of sites: stages are in their own consoles at once, and here with the view that is repeated every 15 s. */
const restMs = 2_000;

export function siteAccountOperations(centre: Centre) {
  const os = implement(siteAccountContract).$context<OperationContext>();
  const onChange = (listener: () => void): (() => void) => {
    const stops = [centre.changed.subscribe(listener), centre.supportChanged.subscribe(listener)];
    return () => stops.forEach((stop) => stop());
  };
  return os.router({
    get: os.get.handler(async ({ context }) => unwrap(await siteAccountView(centre, limitOf(context)))),
    live: os.live.handler(({ context, signal }) =>
      liveView(signal, onChange, async () => unwrap(await siteAccountView(centre, limitOf(context))), restMs),
    ),
  });
}
