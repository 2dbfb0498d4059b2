/** A process in which several roles run, each with its own data and ports. `hosted.ts` starts it and says what to start and what to end. */
import { startRole, type RoleName } from '../../src/cli/role.ts';
import { sayRefusal } from '../../src/cli/say.ts';
import type { Running } from '../../src/node/running.ts';

export type Order = { readonly id: number } & (
  | { readonly start: RoleName; readonly options: Readonly<Record<string, unknown>> }
  | { readonly end: number }
);
export type Outcome = { readonly id: number } & (
  | { readonly port: number; readonly exchangePort: number }
  | { readonly ended: number }
  | { readonly problem: string }
);

const running = new Map<number, Running>();

async function follow(order: Order): Promise<Outcome> {
  const { id } = order;
  if ('end' in order) {
    await running.get(order.end)?.close();
    running.delete(order.end);
    return { id, ended: order.end };
  }
  const started = await startRole(order.start, order.options, process.env);
  if (!started.ok) return { id, problem: sayRefusal(started.refusal) };
  running.set(id, started.value);
  return { id, port: started.value.port, exchangePort: started.value.exchangePort };
}

process.on('message', (order: Order) => {
  void follow(order)
    .catch((error: unknown) => ({ id: order.id, problem: String((error as Error).stack) }))
    .then((outcome) => process.send?.(outcome));
});
// Whoever started it went away: nobody needs what is still running here.
process.once('disconnect', () => process.exit(0));
