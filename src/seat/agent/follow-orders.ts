/** Follows the room's orders on an event stream that is opened again whenever it breaks. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ExchangeClient } from '../../courier/https/client.ts';
import { seatOrderSchema, type SeatOrder } from '../../exam/session/seat-order.ts';

/** Between two tries, ms, by chance: were a thousand seats back in the same moment, each would wait for all others. */
const retryMs = { least: 300, most: 3_000 };

export async function followOrders(
  client: ExchangeClient,
  stop: AbortSignal,
  onOrder: (order: SeatOrder) => Promise<void>,
  log: Logger,
  /** Is the room there? Asked until it is, before the stream is opened again: what was answered while it was away goes to it first. */
  answers: () => Promise<boolean>,
): Promise<void> {
  let told = Promise.resolve();
  while (!stop.aborted) {
    await client.events(
      '/events',
      ({ event, data }) => {
        if (event !== 'order') return;
        const order = seatOrderSchema.safeParse(JSON.parse(data));
        // One after the other: an older order must not overtake a newer one.
        if (order.success)
          told = told
            .then(() => onOrder(order.data))
            .catch((error: unknown) => log.error({ err: error }, 'order not carried out'));
        else log.error({ issues: order.error.issues }, 'order not understood');
      },
      stop,
    );
    do
      await sleep(randomInt(retryMs.least, retryMs.most), undefined, { signal: stop }).catch(() => undefined);
    while (!stop.aborted && !(await answers()));
  }
  await told;
}
