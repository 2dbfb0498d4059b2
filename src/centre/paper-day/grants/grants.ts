/**
 * Access keys of sites as grants: numbered, cumulative, locked under the members' tokens (or the site's own key) and the site's release
 * secret. All keys of a site have one secret, so that what was released opens a reserve key, too; it is another one as soon as a token was
 * revoked before the release, or the keys of a console of the site are no longer its own.
 */
import { fromBase64, fromUtf8, toBase64, type Bytes } from '../../../base/bytes.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { Words } from '../../../exam/form/template.ts';
import { grantSchema, type Grant } from '../../../exam/paper-day/grant.ts';
import { lockSessionKeys, newReleaseSecret } from '../../../trust/release.ts';
import { openBytes, sealBytes } from '../../../trust/seal.ts';
import { permitted } from '../../four-eyes/four-eyes.ts';
import type { Centre } from '../../centre.ts';
import { serialsIn } from '../../locks/locks.ts';
import { consoleKeys } from '../../reserve-consoles/reserve-consoles.ts';
import { changeScans } from '../../scans/change-scans.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';
import { eventOnDay, type EventOnDay } from '../event-day.ts';
import { isMemberAt, membersOf } from '../members/members.ts';
import { nextGrant, roomsToGrant, usualValidity, type More, type Validity } from './plan-grant.ts';

export interface GrantsWanted {
  readonly projectId: string;
  readonly eventId: string;
  /** null: every site that has materials. */
  readonly siteCodes: readonly string[] | null;
  /** null: around the start. */
  readonly validity: Validity | null;
  readonly stations: readonly string[];
  /** Of what is printed in archives. */
  readonly language?: keyof Words;
}

/**
 * For every site whose key would be another one than it has; and where the project opens with a password, begins an archive for every site
 * that has none of its present materials. The PIN opens the release token for this moment only.
 *
 * @returns how many were made, and sites that got none with the reason; refusals `no-such-event`, `event-without-start`,
 * `materials-not-prepared`, those of the release token and of `permitted`
 */
export function makeGrants(
  centre: Centre,
  wanted: GrantsWanted,
  pin: string,
  account: string,
): Promise<Result<GrantsMade>> {
  return make(centre, wanted, null, pin, account);
}

/** A further key of one site, with more of something and the reason for it. Refusals: as above, and those of the site itself. */
export async function makeReserveGrant(
  centre: Centre,
  {
    projectId,
    eventId,
    siteCode,
    ...more
  }: More & { readonly projectId: string; readonly eventId: string; readonly siteCode: string },
  pin: string,
  account: string,
): Promise<Result<GrantsMade>> {
  const wanted = { projectId, eventId, siteCodes: [siteCode], validity: null, stations: [] };
  const made = await make(centre, wanted, more, pin, account);
  const [problem] = made.ok ? made.value.problems : [];
  return problem ? { ok: false, refusal: problem.reason } : made;
}

export interface GrantsMade {
  readonly made: number;
  /** Of sites, for 7-Zip: begun, and made while nobody waits. */
  readonly archives: number;
  readonly problems: readonly { readonly siteCode: string; readonly reason: { readonly type: string } }[];
}

async function make(
  centre: Centre,
  wanted: GrantsWanted,
  more: More | null,
  pin: string,
  account: string,
): Promise<Result<GrantsMade>> {
  const { projectId, eventId } = wanted;
  const event = await eventOnDay(centre.db, projectId, eventId);
  if (!event.ok) return event;
  if (event.value.startAt === null) return refuse({ type: 'event-without-start' });
  const sites = await sitesToGrant(centre.db, wanted);
  if (sites.length === 0) return refuse({ type: 'materials-not-prepared' });
  const key = await keyOfEvent(centre, eventId, pin);
  if (!key.ok) return key;
  // Only now: a confirmation is not used up by a wrong PIN.
  const asked = await permitted(
    centre,
    { act: 'prepare', projectId, sessionId: eventId, siteCode: null },
    account,
  );
  if (!asked.ok) return asked;
  const withArchives = event.value.policy.opens === 'password' && more === null;
  const fresh: { site: string; number: number }[] = [];
  const problems: { siteCode: string; reason: { type: string } }[] = [];
  for (const siteCode of sites) {
    const validity = wanted.validity ?? usualValidity(event.value.startAt);
    const made = await grantSite(centre, {
      event: event.value,
      siteCode,
      key: key.value,
      validity,
      stations: wanted.stations,
      more,
      account,
    });
    // A site that has no computer of its own here has its archive.
    if (!made.ok && withArchives && made.refusal.type === 'site-not-registered') continue;
    if (!made.ok) problems.push({ siteCode, reason: made.refusal });
    else if (made.value !== null) fresh.push({ site: siteCode, number: made.value });
  }
  if (fresh.length > 0)
    await centre.node.journal.append([
      {
        kind: 'access-keys-made',
        subject: `event:${eventId}`,
        data: { project: projectId, keys: fresh, reason: more?.reason ?? '', by: account },
      },
    ]);
  const archives = withArchives
    ? await centre.archives.begin({
        event: event.value,
        siteCodes: sites,
        key: key.value,
        language: wanted.language ?? 'ru',
        account,
      })
    : ok(0);
  centre.changed.notify();
  return archives.ok ? ok({ made: fresh.length, archives: archives.value, problems }) : archives;
}

async function sitesToGrant(
  db: CentreDatabase,
  { eventId, siteCodes }: Pick<GrantsWanted, 'eventId' | 'siteCodes'>,
): Promise<string[]> {
  const rows = await db
    .selectFrom('site_material')
    .select('site_code')
    .where('event_id', '=', eventId)
    .orderBy('site_code')
    .execute();
  const chosen = siteCodes && new Set(siteCodes);
  return rows.map(({ site_code }) => site_code).filter((code) => chosen?.has(code) ?? true);
}

/** The PIN opens the release token for this moment only. Refusals: `materials-not-prepared`, those of the token. */
export async function keyOfEvent(centre: Centre, eventId: string, pin: string): Promise<Result<string>> {
  const row = await centre.db
    .selectFrom('event_seal')
    .select('sealed_key')
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'materials-not-prepared' });
  const key = await centre.releaseToken.unseal(fromBase64(row.sealed_key), pin);
  return key.ok ? ok(fromUtf8(key.value)) : key;
}

/** @returns the number of its new key; null: it would be the one that it has */
function grantSite(
  centre: Centre,
  of: {
    readonly event: EventOnDay;
    readonly siteCode: string;
    readonly key: string;
    readonly validity: Validity;
    readonly stations: readonly string[];
    readonly more: More | null;
    readonly account: string;
  },
): Promise<Result<number | null>> {
  const { event, siteCode, more } = of;
  const eventId = event.row.id;
  const projectId = event.row.project_id;
  const { opens } = event.policy;
  // One after the other, and none while a token is revoked: nothing is sealed to one that was revoked a moment before.
  return changeScans(centre, projectId, async (db, at) => {
    const site = await db
      .selectFrom('site')
      .select('sealing_key')
      .where('project_id', '=', projectId)
      .where('code', '=', siteCode)
      .executeTakeFirst();
    if (!site) return refuse({ type: 'no-such-site', site: siteCode });
    if (site.sealing_key === null) return refuse({ type: 'site-not-registered', site: siteCode });
    const state = await accessOf(db, eventId, siteCode);
    const grants = await grantsOf(db, eventId, siteCode);
    const newest = grants.at(-1) ?? null;
    const all = await membersOf(db, projectId);
    const members = all.filter((one) => isMemberAt(one, siteCode));
    const next = nextGrant({
      eventId,
      siteCode,
      number: (newest?.number ?? 0) + 1,
      opens,
      members: members.map(({ name, serial, recipient }) => ({ name, serial, recipient })),
      rooms: await roomsOfSite(db, eventId, projectId, siteCode),
      stations: of.stations,
      validity: of.validity,
      older: newest?.grant ?? null,
      gone: new Set(all.filter(({ revoked }) => revoked !== null).map(({ serial }) => serial)),
      more,
    });
    if (!next.ok) return next;
    const recipients =
      opens === 'token'
        ? next.value.members.map(({ recipient }) => recipient)
        : (await consoleKeys(db, { projectId, siteCode })).map(({ sealingKey }) => sealingKey);
    // A console that was registered anew, or taken back, holds keys that open with the release alone, where the project wants no token.
    const former = grants.some((one) => !one.void && one.sealedTo.some((to) => !recipients.includes(to)));
    const again =
      state !== undefined && (state.again_json !== null || (former && state.released_at === null));
    if (!again && newest !== null && more === null && isSame(newest, next.value, recipients)) return ok(null);
    const secret = state && !again ? await secretOf(centre, state) : newReleaseSecret();
    const locked = await lockSessionKeys({
      sessionKeys: [of.key],
      lockRecipients: recipients,
      releaseSecret: secret,
      context: { project: projectId, session: eventId, site: siteCode },
    });
    const sealed_secret = toBase64(
      await sealBytes(secret, { recipients: [centre.node.keys.sealing.recipient] }),
    );
    if (again)
      await db
        .updateTable('access_grant')
        .set({ void: 1 })
        .where('event_id', '=', eventId)
        .where('site_code', '=', siteCode)
        .execute();
    await db
      .insertInto('access_site')
      .values({
        event_id: eventId,
        site_code: siteCode,
        project_id: projectId,
        sealed_secret,
        released_at: null,
        again_json: null,
      })
      .onConflict((conflict) =>
        conflict.columns(['event_id', 'site_code']).doUpdateSet({ sealed_secret, again_json: null }),
      )
      .execute();
    await db
      .insertInto('access_grant')
      .values({
        event_id: eventId,
        site_code: siteCode,
        number: next.value.number,
        grant_json: JSON.stringify(next.value),
        locked: toBase64(locked),
        sealed_to_json: JSON.stringify(recipients),
        void: 0,
        made_at: at,
        by_account: of.account,
      })
      .execute();
    return ok(next.value.number);
  });
}

export interface KeptGrant {
  readonly number: number;
  readonly grant: Grant;
  readonly sealedTo: readonly string[];
  readonly locked: string;
  readonly void: boolean;
  readonly madeAt: number;
  readonly by: string;
}

/** By number. */
export async function grantsOf(db: CentreDatabase, eventId: string, siteCode: string): Promise<KeptGrant[]> {
  const rows = await db
    .selectFrom('access_grant')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .orderBy('number')
    .execute();
  return rows.map(grantOfRow);
}

export function grantOfRow(row: Tables['access_grant']): KeptGrant {
  return {
    number: row.number,
    grant: grantSchema.parse(JSON.parse(row.grant_json)),
    sealedTo: serialsIn(row.sealed_to_json),
    locked: row.locked,
    void: row.void === 1,
    madeAt: row.made_at,
    by: row.by_account,
  };
}

export function accessOf(
  db: CentreDatabase,
  eventId: string,
  siteCode: string,
): Promise<Tables['access_site'] | undefined> {
  return db
    .selectFrom('access_site')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .executeTakeFirst();
}

export async function secretOf(
  { node }: Centre,
  row: Pick<Tables['access_site'], 'sealed_secret'>,
): Promise<Bytes> {
  const secret = await openBytes(fromBase64(row.sealed_secret), { identities: [node.keys.sealing.identity] });
  if (!secret.ok) throw new Error('release secret is not sealed to this centre');
  return secret.value;
}

/** Kits by room in the register. */
async function roomsOfSite(
  db: CentreDatabase,
  eventId: string,
  projectId: string,
  siteCode: string,
): Promise<{ room: string; kits: number }[]> {
  const kits = await db
    .selectFrom('kit')
    .select((eb) => ['room_code as room', eb.fn.countAll<number>().as('n')])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .groupBy('room_code')
    .orderBy('room_code')
    .execute();
  const rooms = await db
    .selectFrom('room')
    .select('code')
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .orderBy('code')
    .execute();
  return roomsToGrant(
    kits.map(({ room, n }) => ({ room, kits: Number(n) })),
    rooms.map(({ code }) => code),
  );
}

/** Nothing but the number would be another one. */
function isSame(newest: KeptGrant, next: Grant, recipients: readonly string[]): boolean {
  const plain = (grant: Grant) => JSON.stringify({ ...grant, number: 0, reason: '' });
  const sealed = new Set(newest.sealedTo);
  return (
    plain(newest.grant) === plain(next) &&
    sealed.size === recipients.length &&
    recipients.every((one) => sealed.has(one))
  );
}
