/** Session authorisations (.PTQ), and the release that is disclosed at its time and not before. */
import { join } from 'node:path';
import { fromBase64, fromUtf8, toBase64, utf8, type Bytes } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { acceptedLocks, locksPart } from '../../exam/lock/site-locks.ts';
import { makeParcel, parcelFileName, type ParcelHeading } from '../../parcel/parcel.ts';
import { lockSessionKeys, newReleaseSecret, releaseWords, type WordLanguage } from '../../trust/release.ts';
import { openBytes, sealBytes } from '../../trust/seal.ts';
import { releaseAt, releaseGate } from '../../exam/project/release.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import type { AuthorisationRow } from '../contract.ts';
import { permitted } from '../four-eyes/four-eyes.ts';
import { acceptedSerials, changeSite, lockOfRow, lockRows, serialsIn, siteLocks } from '../locks/locks.ts';
import type { Tables } from '../storage/tables.ts';
import { sessionsOf } from '../project/projects.ts';
import { newestFetches, recordFetch } from './fetches.ts';
import { orderOf, releaseOrders } from './release-order.ts';

export async function authorisationRows(
  centre: Centre,
  projectId: string,
  limit: Limit | null,
): Promise<AuthorisationRow[]> {
  const sessions = await sessionsOf(centre, projectId);
  const sites = await centre.db
    .selectFrom('site')
    .selectAll()
    .where('project_id', '=', projectId)
    .where(within(limit, projectId, 'code'))
    .orderBy('code')
    .execute();
  const prepared = await centre.db
    .selectFrom('authorisation')
    .selectAll()
    .where('project_id', '=', projectId)
    .execute();
  const orders = await releaseOrders(centre, projectId);
  const newest = await newestFetches(centre, projectId);
  const locks = await centre.db
    .selectFrom('site_lock')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('registered_at')
    .execute();
  return sessions.flatMap((session) =>
    sites.map((site): AuthorisationRow => {
      const row = prepared.find((one) => one.session_id === session.id && one.site_code === site.code);
      const ofSite = locks.filter((one) => one.site_code === site.code);
      return {
        sessionId: session.id,
        sessionNumber: session.number,
        siteCode: site.code,
        siteName: site.name,
        startAt: session.startAt,
        releaseAt: releaseAt(session, orders.get(session.id)),
        held: orders.get(session.id)?.held?.reason ?? null,
        state:
          site.registered_at === null
            ? 'site-not-registered'
            : !row
              ? 'not-prepared'
              : row.again_json !== null
                ? 'again'
                : row.released_at === null
                  ? 'prepared'
                  : 'released',
        problem: site.registered_at === null ? null : lockProblem(ofSite, row),
        preparedAt: row?.prepared_at ?? null,
        fetchedAt: row?.fetched_at ?? null,
        fetch: newest.get(`${session.id} ${site.code}`) ?? null,
        releasedAt: row?.released_at ?? null,
      };
    }),
  );
}

/** What has changed with the site's locks since it was prepared. */
function lockProblem(
  locks: readonly Tables['site_lock'][],
  row: Tables['authorisation'] | undefined,
): Refusal | null {
  const accepted = acceptedSerials(locks);
  const sealedTo = serialsIn(row?.sealed_to_json ?? null);
  const revoked = sealedTo.filter((serial) => !accepted.includes(serial));
  if (row && row.released_at !== null && revoked.length > 0)
    return { type: 'released-to-revoked-lock', locks: revoked };
  if (accepted.length === 0) return { type: 'site-without-lock' };
  if (!row) return null;
  if (row.again_json !== null) return toPrepareAgain(row);
  const lacking = accepted.filter((serial) => !sealedTo.includes(serial));
  return lacking.length > 0 ? { type: 'not-for-reserve', locks: lacking } : null;
}

/**
 * For every registered site that has none yet, that has a lock which none was prepared for, or whose lock was revoked since. The PIN opens the
 * release token for this moment only.
 */
export async function prepareAuthorisations(
  centre: Centre,
  projectId: string,
  sessionId: string,
  pin: string,
  account: string,
): Promise<Result<void>> {
  const { db, node, releaseToken } = centre;
  const papers = await db
    .selectFrom('sealed_paper')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('subject')
    .execute();
  if (papers.length === 0) return refuse({ type: 'nothing-published' });
  const sessionKeys: string[] = [];
  for (const paper of papers) {
    const key = await releaseToken.unseal(fromBase64(paper.sealed_key), pin);
    if (!key.ok) return key;
    sessionKeys.push(fromUtf8(key.value));
  }
  const sites = await db
    .selectFrom('site')
    .select('code')
    .where('project_id', '=', projectId)
    .where('registered_at', 'is not', null)
    .orderBy('code')
    .execute();
  if (sites.length === 0) return refuse({ type: 'no-site-registered' });
  // Only now: a confirmation is not used up by a wrong PIN.
  const asked = await permitted(centre, { act: 'prepare', projectId, sessionId, siteCode: null }, account);
  if (!asked.ok) return asked;
  const fresh: string[] = [];
  for (const { code } of sites) {
    const prepared = await prepareFor(centre, { projectId, sessionId, siteCode: code, sessionKeys });
    if (!prepared.ok) return prepared;
    if (prepared.value) fresh.push(code);
  }
  await node.journal.append([
    {
      kind: 'authorisations-prepared',
      subject: `session:${sessionId}`,
      data: { sites: fresh, by: account },
    },
  ]);
  centre.changed.notify();
  return ok();
}

/** @returns whether there was something to prepare */
function prepareFor(
  centre: Centre,
  what: {
    readonly projectId: string;
    readonly sessionId: string;
    readonly siteCode: string;
    readonly sessionKeys: readonly string[];
  },
): Promise<Result<boolean>> {
  const { node } = centre;
  const { projectId, sessionId, siteCode, sessionKeys } = what;
  // Holding the site: of two that prepare at once the first one counts, its file may be on the way already.
  return changeSite(centre, what, async (db, at) => {
    const locks = acceptedLocks((await lockRows(db, what)).map(lockOfRow));
    if (locks.length === 0) return ok(false);
    const before = await db
      .selectFrom('authorisation')
      .selectAll()
      .where('session_id', '=', sessionId)
      .where('site_code', '=', siteCode)
      .executeTakeFirst();
    const sealedTo = serialsIn(before?.sealed_to_json ?? null);
    if (before && before.again_json === null && locks.every(({ serial }) => sealedTo.includes(serial)))
      return ok(false);
    // For a further lock the secret stays: the file that the site has goes on to open with the locks that it is for.
    const secret = before && before.again_json === null ? await secretOf(centre, before) : newReleaseSecret();
    const locked = await lockSessionKeys({
      sessionKeys,
      lockRecipients: locks.map(({ recipient }) => recipient),
      releaseSecret: secret,
      context: { project: projectId, session: sessionId, site: siteCode },
    });
    const values = {
      prepared_at: at,
      locked: toBase64(locked),
      sealed_secret: toBase64(await sealBytes(secret, { recipients: [node.keys.sealing.recipient] })),
      sealed_to_json: JSON.stringify(locks.map(({ serial }) => serial)),
      again_json: null,
      fetched_at: null,
    };
    await db
      .insertInto('authorisation')
      .values({
        session_id: sessionId,
        site_code: siteCode,
        project_id: projectId,
        released_at: null,
        ...values,
      })
      .onConflict((conflict) => conflict.columns(['session_id', 'site_code']).doUpdateSet(values))
      .execute();
    return ok(true);
  });
}

async function secretOf(
  { node }: Centre,
  row: Pick<Tables['authorisation'], 'sealed_secret'>,
): Promise<Bytes> {
  const secret = await openBytes(fromBase64(row.sealed_secret), { identities: [node.keys.sealing.identity] });
  if (!secret.ok) throw new Error('release secret is not sealed to this centre');
  return secret.value;
}

/** @param projectId of the site that asks over the network: the same code may stand in several projects, for different sites */
async function find(centre: Centre, sessionId: string, siteCode: string, projectId?: string) {
  const { db } = centre;
  const row = await db
    .selectFrom('authorisation')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('site_code', '=', siteCode)
    .executeTakeFirst();
  if (!row || row.project_id !== (projectId ?? row.project_id)) return refuse({ type: 'not-prepared' });
  const session = (await sessionsOf(centre, row.project_id)).find((one) => one.id === sessionId);
  const site = await db
    .selectFrom('site')
    .selectAll()
    .where('project_id', '=', row.project_id)
    .where('code', '=', siteCode)
    .executeTakeFirstOrThrow();
  const project = await db
    .selectFrom('project')
    .selectAll()
    .where('id', '=', row.project_id)
    .executeTakeFirstOrThrow();
  if (!session || site.sealing_key === null) return refuse({ type: 'not-prepared' });
  return ok({
    row,
    session,
    order: await orderOf(centre, row.project_id, sessionId),
    site,
    sealingKey: site.sealing_key,
    mode: project.mode as 'formal' | 'mock',
  });
}

export async function makeAuthorisation(
  centre: Centre,
  sessionId: string,
  siteCode: string,
  projectId?: string,
): Promise<Result<{ file: string; fileName: string; id: string; projectId: string }>> {
  const found = await find(centre, sessionId, siteCode, projectId);
  if (!found.ok) return found;
  const { row, session, order, sealingKey, mode } = found.value;
  if (row.again_json !== null) return refuse(toPrepareAgain(row));
  const heading: ParcelHeading = {
    kind: 'authorisation',
    id: `authorisation:${sessionId}:${siteCode}:${row.prepared_at}`,
    to: { role: 'site', code: siteCode },
    project: row.project_id,
    session: sessionId,
    mode,
    createdAt: centre.node.clock.now(),
    about: {
      sessionNumber: session.number,
      startAt: session.startAt,
      releaseAt: releaseAt(session, order),
      preparedAt: row.prepared_at,
    },
  };
  const locks = await siteLocks(centre, { projectId: row.project_id, siteCode });
  const written = await write(centre, heading, sealingKey, [
    ['locked', fromBase64(row.locked)],
    // Without a network the site hears from this file which of its locks were revoked.
    [locksPart, utf8(JSON.stringify(locks))],
  ]);
  return written.ok ? ok({ ...written.value, projectId: row.project_id }) : written;
}

const toPrepareAgain = (row: Pick<Tables['authorisation'], 'again_json'>): Refusal => ({
  type: 'prepared-for-revoked-lock',
  locks: serialsIn(row.again_json),
});

/** The secret itself, once its time has come. */
export async function release(
  centre: Centre,
  sessionId: string,
  siteCode: string,
  projectId?: string,
): Promise<Result<Uint8Array>> {
  const found = await find(centre, sessionId, siteCode, projectId);
  if (!found.ok) return found;
  const { row, session, order } = found.value;
  const now = centre.node.clock.now();
  const due = releaseGate(session, now, order);
  if (!due.ok) return due;
  if (row.again_json !== null) return refuse(toPrepareAgain(row));
  if (row.released_at === null) {
    const written = await centre.db
      .updateTable('authorisation')
      .set({ released_at: now })
      .where('session_id', '=', sessionId)
      .where('site_code', '=', siteCode)
      .where('prepared_at', '=', row.prepared_at)
      .where('released_at', 'is', null)
      // A lock that was revoked just now: nothing is told any more that it could be opened with.
      .where('again_json', 'is', null)
      .executeTakeFirst();
    if (written.numUpdatedRows === 0n) return release(centre, sessionId, siteCode, projectId);
    await centre.node.journal.append([
      { kind: 'session-released', subject: `session:${sessionId}`, data: { site: siteCode } },
    ]);
    centre.changed.notify();
  }
  return ok(await secretOf(centre, row));
}

/** Told to a person, who hands it on: an exception, for which two people may be needed. */
async function disclose(
  centre: Centre,
  act: 'release-file' | 'release-words',
  sessionId: string,
  siteCode: string,
  by: string,
): Promise<Result<Uint8Array>> {
  const found = await find(centre, sessionId, siteCode);
  if (!found.ok) return found;
  const { row, session, order } = found.value;
  // Only when it is due: a confirmation is not used up by asking too early.
  const due = releaseGate(session, centre.node.clock.now(), order);
  if (!due.ok) return due;
  if (row.again_json !== null) return refuse(toPrepareAgain(row));
  const asked = await permitted(centre, { act, projectId: row.project_id, sessionId, siteCode }, by);
  if (!asked.ok) return asked;
  const secret = await release(centre, sessionId, siteCode);
  if (secret.ok)
    await recordFetch(centre, {
      projectId: row.project_id,
      sessionId,
      siteCode,
      what: 'release',
      taken: { way: act === 'release-file' ? 'file' : 'words', by },
    });
  return secret;
}

export async function makeRelease(
  centre: Centre,
  sessionId: string,
  siteCode: string,
  by: string,
): Promise<Result<{ file: string; fileName: string; id: string }>> {
  const secret = await disclose(centre, 'release-file', sessionId, siteCode, by);
  return secret.ok ? writeRelease(centre, sessionId, siteCode, secret.value) : secret;
}

/** For a lock of the site that has proved itself: as what the site gets by itself, without anybody's confirmation. */
export async function makeReleaseForLock(
  centre: Centre,
  sessionId: string,
  { projectId, siteCode, serial }: { projectId: string; siteCode: string; serial: string },
): Promise<Result<{ file: string }>> {
  const secret = await release(centre, sessionId, siteCode, projectId);
  if (!secret.ok) return secret;
  await recordFetch(centre, {
    projectId,
    sessionId,
    siteCode,
    what: 'release',
    taken: { way: 'online', address: null, lock: serial },
  });
  return writeRelease(centre, sessionId, siteCode, secret.value);
}

async function writeRelease(
  centre: Centre,
  sessionId: string,
  siteCode: string,
  secret: Uint8Array,
): Promise<Result<{ file: string; fileName: string; id: string }>> {
  const found = await find(centre, sessionId, siteCode);
  if (!found.ok) return found;
  const { row, session, sealingKey, mode } = found.value;
  const heading: ParcelHeading = {
    kind: 'release',
    id: `release:${sessionId}:${siteCode}`,
    to: { role: 'site', code: siteCode },
    project: row.project_id,
    session: sessionId,
    mode,
    createdAt: centre.node.clock.now(),
    about: { sessionNumber: session.number, startAt: session.startAt },
  };
  return write(centre, heading, sealingKey, [['secret', secret]]);
}

export async function words(
  centre: Centre,
  sessionId: string,
  siteCode: string,
  language: WordLanguage,
  by: string,
): Promise<Result<string[]>> {
  const secret = await disclose(centre, 'release-words', sessionId, siteCode, by);
  return secret.ok ? ok(releaseWords(secret.value, language)) : secret;
}

export async function fetched(centre: Centre, sessionId: string, siteCode: string): Promise<void> {
  await centre.db
    .updateTable('authorisation')
    .set({ fetched_at: centre.node.clock.now() })
    .where('session_id', '=', sessionId)
    .where('site_code', '=', siteCode)
    .where('fetched_at', 'is', null)
    .execute();
  centre.changed.notify();
}

async function write(
  centre: Centre,
  heading: ParcelHeading,
  recipient: string,
  parts: readonly (readonly [name: string, content: Uint8Array])[],
): Promise<Result<{ file: string; fileName: string; id: string }>> {
  const { node } = centre;
  const file = join(node.staging, `${heading.kind}-${newId()}.parcel`);
  const made = await makeParcel(
    file,
    heading,
    parts.map(([name, content]) => ({ name, content, recipients: [recipient] })),
    { name: centre.name, key: node.keys.signing, chain: [] },
  );
  return made.ok ? ok({ file, fileName: parcelFileName(made.value), id: made.value.id }) : made;
}
