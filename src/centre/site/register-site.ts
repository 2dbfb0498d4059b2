/** A site joins its project, comes back to it, or brings a further console: what its code is good for, once, and the certificate that it is given. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { NewChild } from '../../courier/https/parent.ts';
import { revokedRefusal } from '../../exam/lock/site-locks.ts';
import { issueCertificate } from '../../trust/certificate.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import type { Centre } from '../centre.ts';
import { changeSite, lockOfRow, lockRows, takeLock } from '../locks/locks.ts';
import { forgetReserve, takeReserveConsole } from '../reserve-consoles/reserve-consoles.ts';

/** Memberships last for the project's days, with room for practice before and appeals after. */
const membershipMs = 400 * 24 * 60 * 60 * 1000;
const daysBefore = 30 * 24 * 60 * 60 * 1000;

export interface SiteWelcome {
  readonly chain: string[];
  readonly project: { id: string; name: string; mode: 'formal' | 'mock'; supportPhone: string };
  readonly site: { code: string; name: string };
  readonly centreCode: string;
  /** Lets it come back once when its computer was lost: see `returnCode` of the registration. */
  readonly returnCode: string;
}

/**
 * @returns the welcome with the site's certificate; the code with which it came, of its registration or to come back, is used up. Whoever had
 *          this site's keys before is nobody any more. Refusals `registration-code-not-open`, `wrong-lock`, `lock-revoked`.
 */
export async function registerSite(
  centre: Centre,
  projectId: string,
  child: Pick<NewChild, 'id' | 'code' | 'keys' | 'tlsFingerprint'>,
  lock: { serial: string; recipient: string } | null,
): Promise<Result<SiteWelcome>> {
  const { db, node } = centre;
  const site = await db
    .selectFrom('site')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('code', '=', child.code)
    .executeTakeFirstOrThrow();
  const returns = site.registration_code === null && site.node_id === child.id;
  const of = { projectId, siteCode: child.code };
  const locks = (await lockRows(db, of)).map(lockOfRow);
  // Before the code is used up: with another lock it is still good.
  const known = locks.find(
    ({ serial, recipient }) => serial === lock?.serial && recipient === lock.recipient,
  );
  const revoked = known && revokedRefusal([known], known.serial);
  if (revoked) return refuse(revoked);
  // Whoever comes back proves it with a lock, unless the site never had any.
  if (returns && !known && (lock !== null || locks.length > 0))
    return refuse({
      type: 'wrong-lock',
      found: lock?.serial ?? '–',
      expected: locks.map(({ serial }) => serial).join(', '),
    });
  const returnCode = newRegistrationCode();
  const now = node.clock.now();
  const registered = await changeSite(centre, of, async (trx) => {
    // A computer is a site of one exam at a time: of the mock exam first, of the formal one after it.
    await trx
      .updateTable('site')
      .set({ tls_fingerprint: null, return_code: null })
      .where('tls_fingerprint', '=', child.tlsFingerprint)
      .where('project_id', '!=', projectId)
      .execute();
    // A reserve that takes the place of a first console that is gone is no reserve any more.
    await forgetReserve(trx, child.tlsFingerprint);
    const written = await trx
      .updateTable('site')
      .set({
        registration_code: null,
        return_code: returnCode,
        node_id: child.id,
        tls_fingerprint: child.tlsFingerprint,
        signing_key: child.keys.signingKey,
        sealing_key: child.keys.sealingKey,
        registered_at: now,
        last_contact: now,
      })
      .where('project_id', '=', projectId)
      .where('code', '=', child.code)
      // Once: two that come at the same time are not both admitted.
      .where((eb) =>
        returns ? eb('return_code', '=', site.return_code) : eb('registration_code', 'is not', null),
      )
      .executeTakeFirst();
    if (written.numUpdatedRows === 0n) return refuse({ type: 'registration-code-not-open' });
    const taken = lock && (await takeLock(trx, of, lock, { at: now, by: null, note: '', active: true }));
    if (taken?.ok === false) return taken;
    // Sealed to what the site had before: it is prepared anew.
    if (!returns)
      await trx
        .deleteFrom('authorisation')
        .where('project_id', '=', projectId)
        .where('site_code', '=', child.code)
        .execute();
    return ok();
  });
  if (!registered.ok) return registered;
  await node.journal.append([
    {
      kind: returns ? 'site-returned' : 'site-registered',
      subject: `site:${child.code}`,
      data: { node: child.id, lock: lock?.serial ?? null },
    },
  ]);
  centre.changed.notify();
  return ok(await welcome(centre, projectId, child, returnCode));
}

/** Refusals `registration-code-not-open`, `reserve-console-is-first`, `lock-revoked`. */
export async function registerReserve(
  centre: Centre,
  projectId: string,
  child: Pick<NewChild, 'id' | 'code' | 'keys' | 'tlsFingerprint' | 'provenCode'>,
  lock: { serial: string; recipient: string } | null,
): Promise<Result<SiteWelcome>> {
  const of = { projectId, siteCode: child.code };
  const returnCode = newRegistrationCode();
  const registered = await changeSite(centre, of, async (db, at) => {
    const taken = await takeReserveConsole(db, of, child, { at, returnCode });
    return taken.ok && lock ? takeLock(db, of, lock, { at, by: null, note: '', active: false }) : taken;
  });
  if (!registered.ok) return registered;
  await centre.node.journal.append([
    {
      kind: 'reserve-console-registered',
      subject: `site:${child.code}`,
      data: { node: child.id, lock: lock?.serial ?? null },
    },
  ]);
  centre.changed.notify();
  return ok(await welcome(centre, projectId, child, returnCode));
}

async function welcome(
  { db, node, name }: Centre,
  projectId: string,
  child: Pick<NewChild, 'id' | 'code' | 'keys'>,
  returnCode: string,
): Promise<SiteWelcome> {
  const of = await db
    .selectFrom('site')
    .innerJoin('project', 'project.id', 'site.project_id')
    .select([
      'site.code',
      'site.name as siteName',
      'project.id',
      'project.name',
      'project.mode',
      'support_phone',
    ])
    .where('project.id', '=', projectId)
    .where('site.code', '=', child.code)
    .executeTakeFirstOrThrow();
  const now = node.clock.now();
  const certificate = issueCertificate(
    {
      name: { role: 'site', code: child.code, id: child.id },
      signingKey: child.keys.signingKey,
      sealingKey: child.keys.sealingKey,
    },
    { name, key: node.keys.signing },
    { notBefore: now - daysBefore, notAfter: now + membershipMs },
  );
  return {
    chain: [certificate],
    project: {
      id: of.id,
      name: of.name,
      mode: of.mode as 'formal' | 'mock',
      supportPhone: of.support_phone,
    },
    site: { code: of.code, name: of.siteName },
    centreCode: name.code,
    returnCode,
  };
}
