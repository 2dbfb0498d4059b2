/**
 * A site's exam locks. Whatever is sealed for a site is sealed to every lock that is not revoked, so that a reserve opens it on the day on which
 * the first one breaks. Who changes a site's locks, or prepares what is sealed to them, holds the site's row: nothing is sealed to a lock that was
 * revoked a moment before.
 */
import { asResult, Refused, unwrap } from '../../base/refused.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  acceptedLocks,
  lockKindOf,
  lockKindSchema,
  lockStateSchema,
  type SiteLock,
  type SiteLocks,
} from '../../exam/lock/site-locks.ts';
import type { Centre } from '../centre.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';

export interface OfSite {
  readonly projectId: string;
  readonly siteCode: string;
}

/** Refusals: `no-such-site` and those of the change, which takes everything back. */
export function changeSite<T>(
  centre: Centre,
  { projectId, siteCode }: OfSite,
  change: (db: CentreDatabase, at: number) => Promise<Result<T>>,
): Promise<Result<T>> {
  const at = centre.node.clock.now();
  return asResult(() =>
    centre.db.transaction().execute(async (trx) => {
      const held = await trx
        .updateTable('site')
        .set((eb) => ({ name: eb.ref('name') }))
        .where('project_id', '=', projectId)
        .where('code', '=', siteCode)
        .executeTakeFirst();
      if (held.numUpdatedRows === 0n) throw new Refused({ type: 'no-such-site', site: siteCode });
      return unwrap(await change(trx, at));
    }),
  );
}

export function lockOfRow(row: Tables['site_lock']): SiteLock {
  return {
    serial: row.serial,
    kind: lockKindSchema.parse(row.kind),
    recipient: row.recipient,
    state: lockStateSchema.parse(row.state),
    revoked: row.revoked_at === null ? null : { at: row.revoked_at, reason: row.revoked_reason ?? '' },
  };
}

export async function lockRows(
  db: CentreDatabase,
  { projectId, siteCode }: OfSite,
): Promise<Tables['site_lock'][]> {
  return db
    .selectFrom('site_lock')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .orderBy('registered_at')
    .orderBy('serial')
    .execute();
}

/** What the site is told of its locks. */
export async function siteLocks({ db, node }: Pick<Centre, 'db' | 'node'>, of: OfSite): Promise<SiteLocks> {
  return { at: node.clock.now(), locks: (await lockRows(db, of)).map(lockOfRow) };
}

/**
 * Inside of `changeSite`. A token that was initialised anew has its old number and another key: it takes the place of what it was, and what was
 * prepared for that has to be prepared once more.
 *
 * @returns refusal `lock-revoked`
 */
export async function takeLock(
  db: CentreDatabase,
  { projectId, siteCode }: OfSite,
  lock: { readonly serial: string; readonly recipient: string },
  how: { readonly at: number; readonly by: string | null; readonly note: string; readonly active: boolean },
): Promise<Result<void>> {
  const { serial, recipient } = lock;
  const known = (await lockRows(db, { projectId, siteCode })).find((one) => one.serial === serial);
  if (known?.state === 'revoked' && known.recipient === recipient)
    return refuse({ type: 'lock-revoked', serial, reason: known.revoked_reason ?? '', at: known.revoked_at });
  if (known?.recipient !== recipient) {
    if (known) await forgetLock(db, { projectId, siteCode }, serial);
    await db
      .insertInto('site_lock')
      .values({
        project_id: projectId,
        site_code: siteCode,
        serial,
        kind: lockKindOf(recipient),
        recipient,
        note: how.note,
        state: 'reserve',
        registered_at: how.at,
        registered_by: how.by,
        seen_at: null,
        revoked_at: null,
        revoked_by: null,
        revoked_reason: null,
      })
      .execute();
  }
  if (how.active) await makeActive(db, { projectId, siteCode }, serial);
  return ok();
}

async function forgetLock(
  db: CentreDatabase,
  { projectId, siteCode }: OfSite,
  serial: string,
): Promise<void> {
  await db
    .deleteFrom('site_lock')
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .where('serial', '=', serial)
    .execute();
  const rows = await db
    .selectFrom('authorisation')
    .select(['session_id', 'sealed_to_json'])
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .execute();
  for (const { session_id, sealed_to_json } of rows)
    await db
      .updateTable('authorisation')
      .set({ sealed_to_json: JSON.stringify(serialsIn(sealed_to_json).filter((one) => one !== serial)) })
      .where('session_id', '=', session_id)
      .where('site_code', '=', siteCode)
      .execute();
}

async function makeActive(
  db: CentreDatabase,
  { projectId, siteCode }: OfSite,
  serial: string,
): Promise<void> {
  await db
    .updateTable('site_lock')
    .set((eb) => ({
      state: eb.case().when('serial', '=', serial).then('active').else('reserve').end(),
    }))
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .where('state', '!=', 'revoked')
    .execute();
}

/** Thousands of sites say it every few seconds, and each time would be a commit. */
const seenEveryMs = 10 * 60_000;

/** What sites say of their locks with every hello: written when it is another lock, and now and then. */
export class LocksSeen {
  readonly #centre: Centre;
  readonly #written = new Map<string, { serial: string; at: number }>();

  constructor(centre: Centre) {
    this.#centre = centre;
  }

  async heard(of: OfSite, serial: string): Promise<void> {
    const { node } = this.#centre;
    const key = `${of.projectId} ${of.siteCode}`;
    const before = this.#written.get(key);
    const now = node.clock.now();
    if (before?.serial === serial && Math.abs(now - before.at) < seenEveryMs) return;
    this.#written.set(key, { serial, at: now });
    const seen = await changeSite(this.#centre, of, async (db) => {
      const lock = (await lockRows(db, of)).find((one) => one.serial === serial);
      // A revoked one that is plugged in there shows as seen, and becomes nothing else by that.
      if (!lock) return ok(null);
      await db
        .updateTable('site_lock')
        .set({ seen_at: now })
        .where('project_id', '=', of.projectId)
        .where('site_code', '=', of.siteCode)
        .where('serial', '=', serial)
        .execute();
      const chosen = lock.state === 'reserve';
      if (chosen) await makeActive(db, of, serial);
      return ok(chosen);
    });
    if (!seen.ok || seen.value !== true) return;
    await node.journal.append([
      { kind: 'lock-chosen', subject: `site:${of.siteCode}`, data: { project: of.projectId, lock: serial } },
    ]);
    this.#centre.changed.notify();
  }
}

/**
 * From now on nobody takes the lock. What was prepared for it and not released yet counts no more: it is prepared again with another secret, so
 * that the older file opens nothing. What was released cannot be called back.
 *
 * @returns refusals `no-such-site`, `no-such-lock`
 */
export async function revokeLock(
  centre: Centre,
  of: OfSite,
  serial: string,
  { reason, by }: { readonly reason: string; readonly by: string },
): Promise<Result<{ again: number; released: number }>> {
  const { node } = centre;
  const revoked = await changeSite(centre, of, async (db, at) => {
    const written = await db
      .updateTable('site_lock')
      .set({ state: 'revoked', revoked_at: at, revoked_by: by, revoked_reason: reason })
      .where('project_id', '=', of.projectId)
      .where('site_code', '=', of.siteCode)
      .where('serial', '=', serial)
      .where('state', '!=', 'revoked')
      .executeTakeFirst();
    if (written.numUpdatedRows === 0n) return refuse({ type: 'no-such-lock', serial });
    const rows = (
      await db
        .selectFrom('authorisation')
        .selectAll()
        .where('project_id', '=', of.projectId)
        .where('site_code', '=', of.siteCode)
        .execute()
    ).filter((row) => serialsIn(row.sealed_to_json).includes(serial));
    let again = 0;
    for (const row of rows) {
      const marked = await db
        .updateTable('authorisation')
        .set({ again_json: JSON.stringify([...serialsIn(row.again_json), serial]) })
        .where('session_id', '=', row.session_id)
        .where('site_code', '=', of.siteCode)
        .where('released_at', 'is', null)
        .executeTakeFirst();
      again += Number(marked.numUpdatedRows);
    }
    return ok({ again, released: rows.length - again });
  });
  if (!revoked.ok) return revoked;
  await node.journal.append([
    {
      kind: 'lock-revoked',
      subject: `site:${of.siteCode}`,
      data: { project: of.projectId, lock: serial, reason, by, ...revoked.value },
    },
  ]);
  centre.changed.notify();
  return revoked;
}

export function serialsIn(json: string | null): string[] {
  return json === null ? [] : (JSON.parse(json) as string[]);
}

/** Of the locks that a site has now. */
export function acceptedSerials(rows: readonly Tables['site_lock'][]): string[] {
  return acceptedLocks(rows.map(lockOfRow)).map(({ serial }) => serial);
}
