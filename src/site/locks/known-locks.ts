/**
 * What the centre says of this site's locks: with every hello, and in what it hands over as a file. What it said last counts, whichever way it came.
 */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import {
  acceptedLocks,
  locksPart,
  siteLocksSchema,
  type SiteLock,
  type SiteLocks,
} from '../../exam/lock/site-locks.ts';
import { jsonIn } from '../../base/json.ts';
import type { Opened } from '../../parcel/parcel.ts';
import type { Result } from '../../base/result.ts';
import type { Site } from '../site.ts';

const setting = 'locks';
/** Another exam has other locks. */
const knownSchema = siteLocksSchema.extend({ project: z.string() });

type Knowing = Pick<Site, 'node' | 'membership'>;

/** None before the centre has spoken of them. */
export function knownLocks({ node, membership }: Knowing): readonly SiteLock[] {
  const known = node.settings.read(setting, knownSchema);
  return known !== null && known.project === membership()?.project.id ? known.locks : [];
}

/** @returns whether that was news */
export async function hearOfLocks(site: Knowing & Pick<Site, 'changed'>, said: SiteLocks): Promise<boolean> {
  const { node } = site;
  const project = site.membership()?.project.id;
  if (project === undefined) return false;
  const known = node.settings.read(setting, knownSchema);
  const before = known?.project === project ? known : null;
  if (before !== null && (before.at > said.at || JSON.stringify(before.locks) === JSON.stringify(said.locks)))
    return false;
  node.settings.write(setting, { project, ...said } satisfies z.infer<typeof knownSchema>);
  const revoked = said.locks.filter(
    (one) =>
      one.revoked !== null &&
      !before?.locks.some(({ serial, state }) => serial === one.serial && state === 'revoked'),
  );
  if (revoked.length > 0)
    await node.journal.append(
      revoked.map(({ serial, revoked: why }) => ({
        kind: 'lock-refused',
        subject: 'site',
        data: { lock: serial, reason: why?.reason ?? '' },
      })),
    );
  site.changed.notify();
  return true;
}

/** From a file of the centre's, which is proved to be its. */
export async function hearFromParcel(site: Site, opened: Opened): Promise<void> {
  const part = opened.parts.get(locksPart);
  if (!part || part.sealed || opened.manifest.from.role !== 'centre') return;
  const said = siteLocksSchema.safeParse(jsonIn(await readFile(part.file)));
  if (said.success) await hearOfLocks(site, said.data);
}

/** Everybody to whom what only a lock of this site may open is sealed. Refusals: those of the lock, where the centre has named none. */
export function lockRecipients(site: Site): Result<string[]> {
  const recipients = acceptedLocks(knownLocks(site)).map(({ recipient }) => recipient);
  const lock = site.lock();
  if (recipients.length === 0) return lock.ok ? { ok: true, value: [lock.value.recipient] } : lock;
  // The one that lies in the computer and that the centre has not heard of yet must not be locked out of its own backup.
  return { ok: true, value: [...new Set([...recipients, ...(lock.ok ? [lock.value.recipient] : [])])] };
}
