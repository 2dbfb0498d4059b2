/** What goes out of the centre on the day: keys at any time, the release once its time has come and not before. */
import { join } from 'node:path';
import { fromBase64, utf8, type Bytes } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { accessKeyParts } from '../../../exam/paper-day/parcels.ts';
import { releaseAt, releaseGate } from '../../../exam/project/release.ts';
import { makeParcel, parcelFileName, type ParcelHeading } from '../../../parcel/parcel.ts';
import { releaseDigits } from '../../../trust/release-digits.ts';
import { releaseWords, type WordLanguage } from '../../../trust/release.ts';
import { orderOf, releasedOf } from '../../authorise/release-order.ts';
import type { Centre } from '../../centre.ts';
import { permitted } from '../../four-eyes/four-eyes.ts';
import { serialsIn } from '../../locks/locks.ts';
import { consoleKeys } from '../../reserve-consoles/reserve-consoles.ts';
import type { Tables } from '../../storage/tables.ts';
import { dayEventOf, eventOnDay } from '../event-day.ts';
import { recordDayFetch } from '../fetches.ts';
import { accessOf, grantsOf, secretOf, type KeptGrant } from './grants.ts';

export interface OfSiteDay {
  readonly projectId: string;
  readonly eventId: string;
  readonly siteCode: string;
}

export interface MadeFile {
  /** In staging; whoever asked for it removes it. */
  readonly file: string;
  readonly fileName: string;
}

/** Why none of a site's keys opens anything any more, or does not yet; null: they do. */
export function keyProblem(
  access: Pick<Tables['access_site'], 'again_json'> | undefined,
  newest: Pick<KeptGrant, 'grant' | 'sealedTo'> | undefined,
  sealingKey: string | null,
): Refusal | null {
  if (!access || !newest) return { type: 'no-access-key' };
  if (access.again_json !== null)
    return { type: 'key-for-revoked-token', tokens: serialsIn(access.again_json) };
  // The site was registered anew since: it has other keys of its own.
  return newest.grant.opens === 'password' && sealingKey !== null && !newest.sealedTo.includes(sealingKey)
    ? { type: 'key-for-former-site' }
    : null;
}

async function find(centre: Centre, { projectId, eventId, siteCode }: OfSiteDay) {
  const { db } = centre;
  const event = await eventOnDay(db, projectId, eventId);
  if (!event.ok) return event;
  const site = await db
    .selectFrom('site')
    .innerJoin('project', 'project.id', 'site.project_id')
    .select(['sealing_key', 'project.mode'])
    .where('project_id', '=', projectId)
    .where('site.code', '=', siteCode)
    .executeTakeFirst();
  if (!site) return refuse({ type: 'no-such-site', site: siteCode });
  if (site.sealing_key === null) return refuse({ type: 'site-not-registered', site: siteCode });
  const access = await accessOf(db, eventId, siteCode);
  const grants = await grantsOf(db, eventId, siteCode);
  const newest = grants.at(-1);
  const problem = keyProblem(access, newest, site.sealing_key);
  if (problem) return { ok: false as const, refusal: problem };
  if (!access || !newest) return refuse({ type: 'no-access-key' });
  return ok({
    event: event.value,
    access,
    grants: grants.filter((one) => !one.void),
    newest,
    sealingKeys: (await consoleKeys(db, { projectId, siteCode })).map(({ sealingKey }) => sealingKey),
    mode: site.mode as 'formal' | 'mock',
  });
}

/** @param number null: the newest. Refusals: `no-access-key`, `key-for-revoked-token`, `key-for-former-site`, those of the site. */
export async function makeAccessKey(
  centre: Centre,
  of: OfSiteDay,
  number: number | null = null,
): Promise<Result<MadeFile & { number: number }>> {
  const found = await find(centre, of);
  if (!found.ok) return found;
  const { event, sealingKeys, mode } = found.value;
  const chosen =
    number === null ? found.value.newest : found.value.grants.find((one) => one.number === number);
  if (!chosen) return refuse({ type: 'no-access-key' });
  const thing = await releasedOf(centre, of.projectId, of.eventId);
  if (!thing.ok) return thing;
  const order = await orderOf(centre, of.projectId, of.eventId);
  const written = await write(
    centre,
    {
      kind: 'access-key',
      id: accessKeyId(of, chosen),
      to: { role: 'site', code: of.siteCode },
      project: of.projectId,
      session: of.eventId,
      mode,
      createdAt: centre.node.clock.now(),
      about: { event: dayEventOf(event), number: chosen.number, releaseAt: releaseAt(thing.value, order) },
    },
    sealingKeys,
    [
      [accessKeyParts.grant, utf8(JSON.stringify(chosen.grant))],
      [accessKeyParts.locked, fromBase64(chosen.locked)],
    ],
  );
  return written.ok ? ok({ ...written.value, number: chosen.number }) : written;
}

export function accessKeyId({ eventId, siteCode }: OfSiteDay, { number }: Pick<KeptGrant, 'number'>): string {
  return `access-key:${eventId}:${siteCode}:${number}`;
}

/** The secret itself, once its time has come. Refusals: `too-early`, `release-held`, and those of the key. */
export async function releaseOfDay(centre: Centre, of: OfSiteDay): Promise<Result<Bytes>> {
  const found = await find(centre, of);
  if (!found.ok) return found;
  const { access } = found.value;
  const now = centre.node.clock.now();
  const due = await dayIsDue(centre, of);
  if (!due.ok) return due;
  if (access.released_at === null) {
    const written = await centre.db
      .updateTable('access_site')
      .set({ released_at: now })
      .where('event_id', '=', of.eventId)
      .where('site_code', '=', of.siteCode)
      .where('sealed_secret', '=', access.sealed_secret)
      .where('released_at', 'is', null)
      // A token that was revoked just now: nothing is told any more that it could be opened with.
      .where('again_json', 'is', null)
      .executeTakeFirst();
    if (written.numUpdatedRows === 0n) return releaseOfDay(centre, of);
    await centre.node.journal.append([
      { kind: 'event-released', subject: `event:${of.eventId}`, data: { site: of.siteCode } },
    ]);
    centre.changed.notify();
  }
  return ok(await secretOf(centre, access));
}

/** Refusals: `too-early`, `release-held`, `event-without-start`. */
export async function dayIsDue(
  { db, node }: Pick<Centre, 'db' | 'node'>,
  { projectId, eventId }: Pick<OfSiteDay, 'projectId' | 'eventId'>,
): Promise<Result<void>> {
  const thing = await releasedOf({ db }, projectId, eventId);
  if (!thing.ok) return thing;
  return releaseGate(thing.value, node.clock.now(), await orderOf({ db }, projectId, eventId));
}

/** Told to a person, who hands it on: an exception, for which two people may be needed. */
async function disclose(
  centre: Centre,
  of: OfSiteDay,
  way: 'file' | 'words' | 'digits',
  by: string,
): Promise<Result<Bytes>> {
  const found = await find(centre, of);
  if (!found.ok) return found;
  // Only when it is due: a confirmation is not used up by asking too early.
  const due = await dayIsDue(centre, of);
  if (!due.ok) return due;
  const act = way === 'file' ? 'release-file' : 'release-words';
  const { projectId, eventId: sessionId, siteCode } = of;
  const asked = await permitted(centre, { act, projectId, sessionId, siteCode }, by);
  if (!asked.ok) return asked;
  const secret = await releaseOfDay(centre, of);
  if (secret.ok) await recordDayFetch(centre, { ...of, what: 'release', number: null, taken: { way, by } });
  return secret;
}

export async function makeDayRelease(centre: Centre, of: OfSiteDay, by: string): Promise<Result<MadeFile>> {
  const secret = await disclose(centre, of, 'file', by);
  if (!secret.ok) return secret;
  const found = await find(centre, of);
  if (!found.ok) return found;
  const { event, sealingKeys, mode } = found.value;
  return write(
    centre,
    {
      kind: 'release',
      id: `release:${of.eventId}:${of.siteCode}`,
      to: { role: 'site', code: of.siteCode },
      project: of.projectId,
      session: of.eventId,
      mode,
      createdAt: centre.node.clock.now(),
      about: { event: dayEventOf(event), startAt: event.startAt },
    },
    sealingKeys,
    [['secret', secret.value]],
  );
}

export async function dayWords(
  centre: Centre,
  of: OfSiteDay,
  language: WordLanguage,
  by: string,
): Promise<Result<string[]>> {
  const secret = await disclose(centre, of, 'words', by);
  return secret.ok ? ok(releaseWords(secret.value, language)) : secret;
}

export async function dayDigits(centre: Centre, of: OfSiteDay, by: string): Promise<Result<string[]>> {
  const secret = await disclose(centre, of, 'digits', by);
  return secret.ok ? ok(releaseDigits(secret.value)) : secret;
}

async function write(
  centre: Centre,
  heading: ParcelHeading,
  recipients: readonly string[],
  parts: readonly (readonly [name: string, content: Uint8Array])[],
): Promise<Result<MadeFile>> {
  const { node } = centre;
  const file = join(node.staging, `${heading.kind}-${newId()}.parcel`);
  const made = await makeParcel(
    file,
    heading,
    parts.map(([name, content]) => ({ name, content, recipients })),
    { name: centre.name, key: node.keys.signing, chain: [] },
  );
  return made.ok ? ok({ file, fileName: parcelFileName(made.value) }) : made;
}
