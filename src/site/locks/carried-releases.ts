/**
 * What the lock brings from the centre (校时): the site finds it by itself while the lock is plugged in, and checks it as a file that somebody imports.
 * The secret is taken; the session's key still opens with the lock and its PIN alone.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase64, toBase64 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { newestCalibration, type Calibration } from '../../exam/lock/calibration.ts';
import { readTimeStatement } from '../../trust/time-statement.ts';
import { unlockRelease } from '../../trust/release.ts';
import { openForSession } from '../authorise/authorise.ts';
import type { Site } from '../site.ts';

const lookEveryMs = 2_000;

export class CarriedReleases {
  readonly #site: Site;
  readonly #carried: () => Promise<Result<readonly Uint8Array[]>>;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | null = null;
  /** A token is read when it comes and when there is something to look for; a file as often as one likes. */
  #looked: string | null = null;
  /** What was refused is said once. */
  #said = new Set<string>();

  /** @param carried what lies on the lock that is plugged in */
  constructor(site: Site, carried: () => Promise<Result<readonly Uint8Array[]>>) {
    this.#site = site;
    this.#carried = carried;
    this.#timer = setInterval(() => void this.look(), lookEveryMs);
    this.#timer.unref();
  }

  /** Resolves when everything that the lock brings now is taken, or refused. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#site.node.log.error({ err: error }, 'the lock was not looked through'))
      .finally(() => {
        this.#looking = null;
      });
    return this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const waiting = waitingSessions(this.#site);
    const lock = this.#site.lock();
    if (!lock.ok || !lock.value.present()) {
      this.#looked = null;
      return;
    }
    if (waiting.length === 0) return;
    const { serial } = lock.value;
    const key = `${serial} ${waiting.join(' ')}`;
    if (this.#site.setup()?.lockKind === 'pkcs11' && this.#looked === key) return;
    const contents = await this.#carried();
    if (!contents.ok) return;
    this.#looked = key;
    const calibration = newestCalibration(contents.value, serial);
    if (!calibration) return;
    const taken = await takeCarried(this.#site, calibration);
    const refused = taken.flatMap((one) => (one.ok ? [] : [one.refusal]));
    for (const why of refused) {
      const text = JSON.stringify([calibration.at, why]);
      if (this.#said.has(text)) continue;
      this.#said.add(text);
      this.#site.node.log.warn({ why, lock: serial }, 'a release on the lock is not taken');
    }
  }
}

/** Authorised, and without their release. */
function waitingSessions({ node }: Pick<Site, 'node'>): string[] {
  return node.db
    .prepare(
      'SELECT session_id, received_at FROM authorisation WHERE session_keys IS NULL AND release_secret IS NULL ORDER BY session_id',
    )
    .all()
    .map((row) => `${String(row['session_id'])}@${String(row['received_at'])}`);
}

/** @returns of each release that the site lacks, whether it was taken: refusals `stale-time-statement`, those of the parcel, `wrong-release` */
export async function takeCarried(site: Site, calibration: Calibration): Promise<Result<void>[]> {
  const membership = site.membership();
  if (!membership) return [refuse({ type: 'site-not-registered-at-centre' })];
  const { at, time, serial, releases } = calibration;
  const said = readTimeStatement(time.jws, time.nonce, membership.centreSigningKey);
  // Of another centre, or written by somebody else.
  if (!said.ok) return [said];
  if (said.value !== at) return [refuse({ type: 'stale-time-statement' })];
  const waiting = new Set(waitingSessions(site).map((one) => one.split('@')[0]));
  const taken: Result<void>[] = [];
  for (const { sessionId, parcel } of releases)
    if (waiting.has(sessionId)) taken.push(await take(site, parcel, { at, serial }));
  return taken;
}

async function take(
  site: Site,
  parcel: string,
  calibrated: { readonly at: number; readonly serial: string },
): Promise<Result<void>> {
  const { node } = site;
  const [membership, setup] = [site.membership(), site.setup()];
  if (!membership || !setup) return refuse({ type: 'site-not-registered-at-centre' });
  const file = join(node.staging, `${newId()}.parcel`);
  const bytes = bytesOf(parcel);
  if (!bytes) return refuse({ type: 'not-a-parcel' });
  await writeFile(file, bytes);
  const opened = await openForSession(site, file, 'release').finally(() => rm(file, { force: true }));
  if (!opened.ok) return opened;
  const { sessionId, content } = opened.value;
  const row = node.db.prepare('SELECT locked FROM authorisation WHERE session_id = ?').get(sessionId);
  if (!row) return refuse({ type: 'site-not-authorised' });
  // One from before the authorisation was prepared again opens nothing, and must not stand in the way of the right one.
  const fits = unlockRelease(fromBase64(String(row['locked'])), content, {
    project: membership.project.id,
    session: sessionId,
    site: setup.siteCode,
  });
  if (!fits.ok) return fits;
  const { changes } = node.db
    .prepare(
      'UPDATE authorisation SET release_secret = ?, carried_at = ? WHERE session_id = ? AND locked = ? AND session_keys IS NULL',
    )
    .run(toBase64(content), calibrated.at, sessionId, String(row['locked']));
  if (changes === 0) return ok();
  await node.journal.append([
    {
      kind: 'release-taken-from-lock',
      subject: `session:${sessionId}`,
      data: { lock: calibrated.serial, calibratedAt: calibrated.at },
    },
  ]);
  site.changed.notify();
  return ok();
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return fromBase64(base64);
  } catch {
    return null;
  }
}
