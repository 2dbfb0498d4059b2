/** Registration of a lock without the site's program: a code from the console, used once, and a lock that has proved itself. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { normaliseReadable, utf8 } from '../../base/bytes.ts';
import { sameSecret, sha256 } from '../../trust/digest.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import type { Centre } from '../centre.ts';
import { changeSite, lockRows, takeLock, type OfSite } from './locks.ts';

/** Long enough for a letter to the school; a code that is found later opens nothing. */
const codeLivesMs = 7 * 24 * 60 * 60 * 1000;

/** @returns refusal `no-such-site` */
export async function newLockCode(
  centre: Centre,
  of: OfSite,
  by: string,
): Promise<Result<{ code: string; expiresAt: number }>> {
  const made = await changeSite(centre, of, async (db, at) => {
    const values = { code: newRegistrationCode(), expires_at: at + codeLivesMs, by_account: by };
    await db
      .insertInto('lock_code')
      .values({ project_id: of.projectId, site_code: of.siteCode, ...values })
      .onConflict((conflict) => conflict.columns(['project_id', 'site_code']).doUpdateSet(values))
      .execute();
    return ok({ code: values.code, expiresAt: values.expires_at });
  });
  if (!made.ok) return made;
  await centre.node.journal.append([
    { kind: 'lock-code-made', subject: `site:${of.siteCode}`, data: { project: of.projectId, by } },
  ]);
  centre.changed.notify();
  return made;
}

export interface RegisteredLock extends OfSite {
  readonly siteName: string;
  readonly state: 'active' | 'reserve';
}

/**
 * The first lock of a site is its lock, every further one a reserve. The lock has proved before that it is there.
 *
 * @returns refusals `lock-code-not-open`, `lock-revoked`
 */
export async function registerLock(
  centre: Centre,
  lock: { readonly serial: string; readonly recipient: string },
  code: string,
): Promise<Result<RegisteredLock>> {
  const { db, node } = centre;
  const given = sha256(utf8(normaliseReadable(code)));
  const open = (await db.selectFrom('lock_code').selectAll().execute()).find(
    (row) =>
      row.expires_at > node.clock.now() && sameSecret(sha256(utf8(normaliseReadable(row.code))), given),
  );
  if (!open) return refuse({ type: 'lock-code-not-open' });
  const of: OfSite = { projectId: open.project_id, siteCode: open.site_code };
  const registered = await changeSite(centre, of, async (trx, at): Promise<Result<RegisteredLock>> => {
    const used = await trx
      .deleteFrom('lock_code')
      .where('project_id', '=', of.projectId)
      .where('site_code', '=', of.siteCode)
      .where('code', '=', open.code)
      .executeTakeFirst();
    // Once: of two that come at the same time one is too late.
    if (used.numDeletedRows === 0n) return refuse({ type: 'lock-code-not-open' });
    const active = !(await lockRows(trx, of)).some(({ state }) => state === 'active');
    const taken = await takeLock(trx, of, lock, { at, by: open.by_account, note: '', active });
    if (!taken.ok) return taken;
    const { name } = await trx
      .selectFrom('site')
      .select('name')
      .where('project_id', '=', of.projectId)
      .where('code', '=', of.siteCode)
      .executeTakeFirstOrThrow();
    return ok({ ...of, siteName: name, state: active ? 'active' : 'reserve' });
  });
  if (!registered.ok) return registered;
  await node.journal.append([
    {
      kind: 'lock-registered',
      subject: `site:${of.siteCode}`,
      data: { project: of.projectId, lock: lock.serial, by: open.by_account },
    },
  ]);
  centre.changed.notify();
  return registered;
}
