/**
 * A process in which several roles run, each as `invigil ROLE` starts it, with its own data, ports and identity. Called by `Host`, which names the
 * built program and says what to start and what to end.
 */
import { flushCompileCache } from 'node:module';
import type * as Role from '../../src/cli/role.ts';
import type { RoleName } from './process.ts';

export type Order = { readonly id: number } & (
  | { readonly start: RoleName; readonly options: Readonly<Record<string, unknown>> }
  | { readonly end: number }
);
export type Outcome = { readonly id: number } & (
  | { readonly port: number; readonly exchangePort: number }
  | { readonly ended: number }
  | { readonly problem: string }
);

const { startRole } = (await import(process.argv[2] ?? '')) as typeof Role;

const running = new Map<number, { close(): Promise<void> }>();

async function follow(order: Order): Promise<Outcome> {
  const { id } = order;
  if ('end' in order) {
    await running.get(order.end)?.close();
    running.delete(order.end);
    return { id, ended: order.end };
  }
  const started = await startRole(order.start, order.options, process.env, () => {
    // It has ended itself: whoever ends it afterwards finds nobody.
    const itself = running.get(id);
    running.delete(id);
    void itself?.close();
  });
  if (!started.ok) return { id, problem: JSON.stringify(started.refusal) };
  running.set(id, started.value);
  flushCompileCache();
  return { id, port: started.value.port, exchangePort: started.value.exchangePort };
}

process.on('message', (order: Order) => {
  void follow(order)
    .catch((error: unknown) => ({ id: order.id, problem: String((error as Error).stack) }))
    .then((outcome) => process.send?.(outcome));
});
// Whoever started it went away: nobody needs what is still running here.
process.once('disconnect', () => process.exit(0));
