/** Between tree and quarantine: what both gateways do with an upload, whatever the protocol. */
import type { Readable } from 'node:stream';
import type { Clock } from '../../base/clock.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { GatewayLimits } from './limits.ts';
import { showPath } from './path.ts';
import type { Quarantine, Upload } from './quarantine.ts';
import type { Entry, GatewayLog, Tree, TreeGate, TreePath } from './tree.ts';

/** What a session of either protocol works with. */
export interface Behind {
  readonly gate: TreeGate;
  readonly quarantine: Quarantine;
  readonly log: GatewayLog;
  readonly clock: Pick<Clock, 'now'>;
  readonly limits: GatewayLimits;
}

/** Some clients send under another name and rename at the end, and here nothing is renamed: it would arrive as something that nobody expects. */
const temporary = /\.(filepart|part|partial|tmp|crdownload)$|^\.in\./i;

export async function beginUpload(behind: Behind, tree: Tree, path: TreePath): Promise<Result<Upload>> {
  const name = path.at(-1);
  if (name === undefined) return refuse({ type: 'gateway-path-impossible' });
  if (temporary.test(name)) return refuse({ type: 'gateway-temporary-name' });
  const accepted = await tree.accepts(path);
  if (!accepted.ok) return accepted;
  return behind.quarantine.begin(tree.owner, path, accepted.value.limit);
}

export async function finishUpload(
  { log }: Behind,
  { tree, path, upload, address }: { tree: Tree; path: TreePath; upload: Upload; address: string },
): Promise<Result<void>> {
  const said = await upload.complete((received) => tree.received(path, received));
  const about = { owner: tree.owner, path: showPath(path), size: upload.size, address };
  if (said.ok) log.info(about, 'a file was received');
  else log.warn({ ...about, refusal: said.refusal.type }, 'a file was refused');
  return said;
}

/** Where the tree has no such file but an upload of it was cut off, as much as came: that is how clients find out where to go on. */
export async function statOf(
  { quarantine, clock }: Behind,
  tree: Tree,
  path: TreePath,
): Promise<Result<Entry>> {
  const found = await tree.stat(path);
  const name = path.at(-1);
  if (found.ok || name === undefined) return found;
  const size = await quarantine.unfinished(tree.owner, path);
  return size === null ? found : ok({ name, kind: 'file', size, changedAt: clock.now() });
}

/** @param arriving bytes in their order; ends when the client said that this was all. @throws what broke off. */
export async function fill(upload: Upload, arriving: Readable): Promise<Result<void>> {
  // Where it is refused, its reply goes out before the connection goes: some clients hear nothing more once that broke.
  for await (const chunk of arriving.iterator({ destroyOnReturn: false })) {
    const kept = await upload.write(chunk as Buffer);
    if (!kept.ok) return kept;
  }
  return ok();
}

/** What nobody expected is in the log with all that is known of it; the client hears that it was not its fault. */
export function unexpected({ log }: Behind, error: unknown, doing: string): Refusal {
  log.warn({ err: error, doing }, 'the gateway could not do what a client asked for');
  return { type: 'internal-error' };
}
