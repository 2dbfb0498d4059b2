/**
 * A further console of a site for exams on paper (резервная станция авторизации): it has keys and a certificate of its own that name the same site,
 * takes materials, keys and packages as the first one does, and what both tell is one day. Exams on computers stay with the first one.
 */
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { NewChild } from '../../courier/https/parent.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import type { Centre } from '../centre.ts';
import type { Limit } from '../../node/users/limit.ts';
import { within } from '../limits/within.ts';
import { changeSite, type OfSite } from '../locks/locks.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { ReserveConsole } from './contract.ts';

/** More than that are computers that nobody keeps track of. */
const atMost = 4;

/** By site, in the order in which they were made. */
export async function reserveConsoles(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  limit: Limit | null,
): Promise<ReserveConsole[]> {
  const rows = await db
    .selectFrom('reserve_console')
    .selectAll()
    .where('project_id', '=', projectId)
    .where(within(limit, projectId, 'site_code'))
    .orderBy('site_code')
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    siteCode: row.site_code,
    registrationCode: row.registration_code,
    madeAt: row.made_at,
    by: row.by_account,
    registeredAt: row.registered_at,
    lastContact: row.last_contact,
  }));
}

/** @returns the code with which it registers, once. Refusals: `no-such-site`, `reserve-consoles-enough`. */
export async function openReserveConsole(centre: Centre, of: OfSite, by: string): Promise<Result<string>> {
  const registrationCode = newRegistrationCode();
  const opened = await changeSite(centre, of, async (db, at) => {
    const { projectId: project_id, siteCode: site_code } = of;
    const here = await db
      .selectFrom('reserve_console')
      .select('id')
      .where('project_id', '=', project_id)
      .where('site_code', '=', site_code)
      .execute();
    if (here.length >= atMost) return refuse({ type: 'reserve-consoles-enough', most: atMost });
    const id = newId();
    await db
      .insertInto('reserve_console')
      .values({
        project_id,
        site_code,
        id,
        registration_code: registrationCode,
        return_code: null,
        node_id: null,
        tls_fingerprint: null,
        sealing_key: null,
        made_at: at,
        by_account: by,
        registered_at: null,
        last_contact: null,
      })
      .execute();
    return ok(id);
  });
  if (!opened.ok) return opened;
  await centre.node.journal.append([
    { kind: 'reserve-console-opened', subject: `site:${of.siteCode}`, data: { console: opened.value, by } },
  ]);
  centre.changed.notify();
  return ok(registrationCode);
}

/** From now on it is nobody here; what its stations have signed stays proved. Refusals: `no-such-site`, `no-such-reserve-console`. */
export async function removeReserveConsole(
  centre: Centre,
  of: OfSite,
  consoleId: string,
  by: string,
): Promise<Result<void>> {
  const removed = await changeSite(centre, of, async (db) => {
    const gone = await db
      .deleteFrom('reserve_console')
      .where('project_id', '=', of.projectId)
      .where('site_code', '=', of.siteCode)
      .where('id', '=', consoleId)
      .executeTakeFirst();
    return gone.numDeletedRows === 0n ? refuse({ type: 'no-such-reserve-console' }) : ok();
  });
  if (!removed.ok) return removed;
  await centre.node.journal.append([
    { kind: 'reserve-console-removed', subject: `site:${of.siteCode}`, data: { console: consoleId, by } },
  ]);
  centre.changed.notify();
  return ok();
}

/**
 * Inside of `changeSite`: the code with which it came is used up, of its registration or to come back. Refusals `registration-code-not-open`,
 * `reserve-console-is-first`.
 */
export async function takeReserveConsole(
  db: CentreDatabase,
  { projectId, siteCode }: OfSite,
  child: Pick<NewChild, 'id' | 'keys' | 'tlsFingerprint' | 'provenCode'>,
  { at, returnCode }: { readonly at: number; readonly returnCode: string },
): Promise<Result<void>> {
  const first = await db
    .selectFrom('site')
    .select('node_id')
    .where('project_id', '=', projectId)
    .where('code', '=', siteCode)
    .executeTakeFirst();
  // One computer that were both would be the one or the other by chance.
  if (first?.node_id === child.id) return refuse({ type: 'reserve-console-is-first' });
  // A computer works for one exam at a time: for the mock exam first, for the formal one after it.
  for (const table of ['site', 'reserve_console'] as const)
    await db
      .updateTable(table)
      .set({ tls_fingerprint: null, return_code: null })
      .where('tls_fingerprint', '=', child.tlsFingerprint)
      .where('project_id', '!=', projectId)
      .execute();
  const written = await db
    .updateTable('reserve_console')
    .set({
      registration_code: null,
      return_code: returnCode,
      node_id: child.id,
      tls_fingerprint: child.tlsFingerprint,
      sealing_key: child.keys.sealingKey,
      registered_at: at,
      last_contact: at,
    })
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .where((eb) =>
      eb.or([
        eb('registration_code', '=', child.provenCode),
        eb.and([eb('return_code', '=', child.provenCode), eb('node_id', '=', child.id)]),
      ]),
    )
    .executeTakeFirst();
  return written.numUpdatedRows === 0n ? refuse({ type: 'registration-code-not-open' }) : ok();
}

/** Inside of a transaction: whichever computer has this certificate is no reserve console any more. */
export async function forgetReserve(db: CentreDatabase, tlsFingerprint: string): Promise<void> {
  await db
    .updateTable('reserve_console')
    .set({ tls_fingerprint: null, return_code: null, node_id: null, sealing_key: null, registered_at: null })
    .where('tls_fingerprint', '=', tlsFingerprint)
    .execute();
}

export interface ConsoleKey {
  readonly nodeId: string;
  readonly sealingKey: string;
}

/** Of every console of a site that is registered, the first one first: what is sealed to the site is sealed to each. */
export async function consoleKeys(
  db: CentreDatabase,
  { projectId, siteCode }: OfSite,
): Promise<readonly ConsoleKey[]> {
  const first = await db
    .selectFrom('site')
    .select(['node_id', 'sealing_key'])
    .where('project_id', '=', projectId)
    .where('code', '=', siteCode)
    .execute();
  const reserves = await db
    .selectFrom('reserve_console')
    .select(['node_id', 'sealing_key'])
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  return [...first, ...reserves].flatMap(({ node_id, sealing_key }) =>
    node_id === null || sealing_key === null ? [] : [{ nodeId: node_id, sealingKey: sealing_key }],
  );
}

const writtenEveryMs = 60_000;

/** A hello comes every few seconds: the database is told of it once a minute. */
export class ReserveContacts {
  readonly #db: CentreDatabase;
  readonly #clock: Centre['node']['clock'];
  readonly #written = new Map<string, number>();

  constructor({ db, node }: Pick<Centre, 'db' | 'node'>) {
    this.#db = db;
    this.#clock = node.clock;
  }

  async heard(nodeId: string): Promise<void> {
    const now = this.#clock.now();
    if (now - (this.#written.get(nodeId) ?? -Infinity) < writtenEveryMs) return;
    this.#written.set(nodeId, now);
    await this.#db
      .updateTable('reserve_console')
      .set({ last_contact: now })
      .where('node_id', '=', nodeId)
      .execute();
  }
}
