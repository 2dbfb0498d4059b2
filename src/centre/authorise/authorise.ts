/** Session authorisations (.PTQ), and the release that is disclosed at its time and not before. */
import { join } from 'node:path';
import { fromBase64, fromUtf8, toBase64 } from '../../base/bytes.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { makeParcel, parcelFileName, type ParcelHeading } from '../../parcel/parcel.ts';
import { lockSessionKeys, newReleaseSecret, releaseWords, type WordLanguage } from '../../trust/release.ts';
import { openBytes, sealBytes } from '../../trust/seal.ts';
import { releaseAt, releaseGate } from '../../exam/project/release.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import type { AuthorisationRow } from '../contract.ts';
import { permitted } from '../four-eyes/four-eyes.ts';
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
  return sessions.flatMap((session) =>
    sites.map((site): AuthorisationRow => {
      const row = prepared.find((one) => one.session_id === session.id && one.site_code === site.code);
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
              : row.released_at === null
                ? 'prepared'
                : 'released',
        preparedAt: row?.prepared_at ?? null,
        fetchedAt: row?.fetched_at ?? null,
        fetch: newest.get(`${session.id} ${site.code}`) ?? null,
        releasedAt: row?.released_at ?? null,
      };
    }),
  );
}

/** For every registered site that has none yet; the PIN opens the release token for this moment only. */
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
    .selectAll()
    .where('project_id', '=', projectId)
    .where('lock_recipient', 'is not', null)
    .execute();
  const present = new Set(
    (
      await db.selectFrom('authorisation').select('site_code').where('session_id', '=', sessionId).execute()
    ).map((row) => row.site_code),
  );
  const fresh = sites.filter((site) => !present.has(site.code));
  if (sites.length === 0) return refuse({ type: 'no-site-registered' });
  // Only now: a confirmation is not used up by a wrong PIN.
  const asked = await permitted(centre, { act: 'prepare', projectId, sessionId, siteCode: null }, account);
  if (!asked.ok) return asked;
  for (const site of fresh) {
    const secret = newReleaseSecret();
    const locked = await lockSessionKeys({
      sessionKeys,
      lockRecipient: site.lock_recipient as string,
      releaseSecret: secret,
      context: { project: projectId, session: sessionId, site: site.code },
    });
    const sealedSecret = await sealBytes(secret, { recipients: [node.keys.sealing.recipient] });
    await db
      .insertInto('authorisation')
      .values({
        session_id: sessionId,
        site_code: site.code,
        project_id: projectId,
        prepared_at: node.clock.now(),
        locked: toBase64(locked),
        sealed_secret: toBase64(sealedSecret),
        fetched_at: null,
        released_at: null,
      })
      // Prepared twice at once: the first one counts, its file may be on the way already.
      .onConflict((conflict) => conflict.columns(['session_id', 'site_code']).doNothing())
      .execute();
  }
  await node.journal.append([
    {
      kind: 'authorisations-prepared',
      subject: `session:${sessionId}`,
      data: { sites: fresh.map((site) => site.code), by: account },
    },
  ]);
  centre.changed.notify();
  return ok();
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
  const heading: ParcelHeading = {
    kind: 'authorisation',
    id: `authorisation:${sessionId}:${siteCode}:${row.prepared_at}`,
    to: { role: 'site', code: siteCode },
    project: row.project_id,
    session: sessionId,
    mode,
    createdAt: centre.node.clock.now(),
    about: { sessionNumber: session.number, startAt: session.startAt, releaseAt: releaseAt(session, order) },
  };
  const written = await write(centre, heading, 'locked', fromBase64(row.locked), sealingKey);
  return written.ok ? ok({ ...written.value, projectId: row.project_id }) : written;
}

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
  const secret = await openBytes(fromBase64(row.sealed_secret), {
    identities: [centre.node.keys.sealing.identity],
  });
  if (!secret.ok) throw new Error('release secret is not sealed to this centre');
  if (row.released_at === null) {
    const written = await centre.db
      .updateTable('authorisation')
      .set({ released_at: now })
      .where('session_id', '=', sessionId)
      .where('site_code', '=', siteCode)
      .where('released_at', 'is', null)
      .executeTakeFirst();
    if (written.numUpdatedRows > 0n)
      await centre.node.journal.append([
        { kind: 'session-released', subject: `session:${sessionId}`, data: { site: siteCode } },
      ]);
    centre.changed.notify();
  }
  return ok(secret.value);
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
  if (!secret.ok) return secret;
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
  return write(centre, heading, 'secret', secret.value, sealingKey);
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
  part: string,
  content: Uint8Array,
  recipient: string,
): Promise<Result<{ file: string; fileName: string; id: string }>> {
  const { node } = centre;
  const file = join(node.staging, `${heading.kind}-${heading.session}-${heading.to.code}.parcel`);
  const made = await makeParcel(file, heading, [{ name: part, content, recipients: [recipient] }], {
    name: centre.name,
    key: node.keys.signing,
    chain: [],
  });
  return made.ok ? ok({ file, fileName: parcelFileName(made.value), id: made.value.id }) : made;
}
