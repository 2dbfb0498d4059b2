/**
 * Several seats in one process: each as `invigil seat` starts it, with its own data folder, port and identity. Called by `startSeatHost`, which
 * names the built program and sends the options of the seats; says their ports when all of them serve.
 */
import { flushCompileCache } from 'node:module';
import type * as Seat from '../../src/seat/main.ts';

/** Starts wait for disks and threads most of the time. */
const atOnce = 4;

const { seatOptionsSchema, startSeat } = (await import(process.argv[2] ?? '')) as typeof Seat;

const told = new Promise<void>((resolve) => {
  process.once('SIGINT', () => resolve());
  process.once('SIGTERM', () => resolve());
  process.once('disconnect', () => resolve());
  process.on('message', (message) => {
    if (message === 'shutdown') resolve();
  });
});
const seats = await new Promise<object[]>((resolve) =>
  process.once('message', (message) => resolve(message as object[])),
);

type Running = Extract<Awaited<ReturnType<typeof startSeat>>, { ok: true }>['value'];
const running: Running[] = [];
const left = [...seats.entries()];
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [i, options] = next;
      const started = await startSeat(seatOptionsSchema.parse(options));
      if (!started.ok) {
        console.error(JSON.stringify(started.refusal));
        process.exit(1);
      }
      running[i] = started.value;
    }
  }),
);
process.send?.({ ports: running.map(({ port }) => port) });
flushCompileCache();
await told;
await Promise.all(running.map((one) => one.close()));
process.exit(0);
