/** The centre as the sites' parent: registration, packages, authorisations, releases, journals, results, support. */
import { asResult } from '../../base/refused.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { publicationAskSchema } from '../../exam/package/site-package.ts';
import { siteStatusSchema, type SiteNotices } from '../../exam/session/site-status.ts';
import type { SiteLock } from '../../exam/lock/site-locks.ts';
import { supportAskSchema } from '../../exam/support/posting.ts';
import {
  answer,
  childOf,
  parse,
  sendStream,
  type Child,
  type NewChild,
  type ParentRole,
} from '../../courier/https/parent.ts';
import { addressOf } from '../../courier/https/peer.ts';
import type { Delivery, Hello, OfferedParcel, PairBegin } from '../../courier/https/wire.ts';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Readable } from 'node:stream';
import * as z from 'zod';
import { toBase64 } from '../../base/bytes.ts';
import { isLockRecipient } from '../../trust/tag-recipient.ts';
import { fetched, makeAuthorisation, release } from '../authorise/authorise.ts';
import { recordFetch } from '../authorise/fetches.ts';
import type { Centre } from '../centre.ts';
import type { GivenOut } from '../distribution/distribution.ts';
import { lockOfRow, LocksSeen } from '../locks/locks.ts';
import { isDayParcelKind } from '../paper-day/receiving/receive.ts';
import { receiveDelivery, wordRoutes } from '../paper-day/receiving/serve-receiving.ts';
import { dayRoutes } from '../paper-day/serve-day.ts';
import { recordDownload } from '../publish/downloads.ts';
import { publicationOfSite } from '../publish/published.ts';
import {
  makeSitePackage,
  offeredSitePackage,
  publishedPaper,
  WaitingPackages,
} from '../publish/site-package.ts';
import { ReserveContacts } from '../reserve-consoles/reserve-consoles.ts';
import { receiveResult } from '../result/receive-result.ts';
import { exchange, lastSeq } from '../support/postings.ts';
import { registerReserve, registerSite, type SiteWelcome } from './register-site.ts';

/** A hundred postings of 4,000 characters, each of six bytes. */
const supportBytes = 4 * 1024 * 1024;

interface KnownSite extends Child {
  readonly projectId: string;
  /** A further console of the site: it is there for exams on paper alone. */
  readonly reserve: boolean;
}

/** What exams on computers ask for is sealed to the first console, and its rooms are the first one's. */
const firstConsoleAlone = { type: 'reserve-console-paper-only' } as const;

export async function siteRole(centre: Centre): Promise<ParentRole & { routes(app: Hono): void }> {
  const { db, node } = centre;
  /** Asked for on every request: kept in memory, read again when something changed. */
  let known = await readSites(centre);
  const reload = async (): Promise<void> => {
    known = await readSites(centre);
  };
  let reading: Promise<unknown> | null = null;
  let again = false;
  const reloadSoon = (): void => {
    again = reading !== null;
    // A database that is away has said so itself; what was known stays, and the next change reads again.
    reading ??= asResult(reload)
      .catch((error: unknown) => node.log.error({ err: error }, 'sites not read'))
      .finally(() => {
        reading = null;
        if (again) reloadSoon();
      });
  };
  centre.changed.subscribe(reloadSoon);
  /** A site may be in the mock exam and in the formal one, each of which has given it a code; one that was restored comes back with its own. */
  const codesOf = ({ code, id }: { readonly code: string; readonly id: string }): readonly OpenCode[] => [
    ...(known.openCodes.get(code) ?? []),
    ...(known.returnCodes.get(id) ?? []),
  ];
  const projectOf = (child: Child): string => (child as KnownSite).projectId;
  const isReserve = (child: Child): boolean => (child as KnownSite).reserve;
  const waiting = new WaitingPackages();
  const reserveContacts = new ReserveContacts(centre);
  const locksSeen = new LocksSeen(centre);
  const packageFile = async (child: Child, name: string): Promise<Result<string>> => {
    const taken = waiting.take(child.id, name);
    if (!taken) return refuse({ type: 'no-such-parcel' });
    const { file, number, bytes } = taken.made;
    // What is cut off and asked for again is the same download.
    if (taken.first)
      await recordDownload(centre, {
        projectId: projectOf(child),
        siteCode: child.code,
        number,
        way: 'online',
        bytes,
        by: null,
      });
    return ok(file);
  };

  const role: ParentRole & { routes(app: Hono): void } = {
    codesFor: (begin: PairBegin) => (begin.role === 'site' ? codesOf(begin).map(({ code }) => code) : []),

    async admit(child: NewChild): Promise<Result<SiteWelcome>> {
      const open = codesOf(child).find(({ code }) => code === child.provenCode);
      const details = z
        .object({
          /** null: a site whose exams are all on paper. */
          lock: z
            .object({
              serial: z.string().max(64),
              recipient: z.string().max(128).refine(isLockRecipient),
            })
            .nullable(),
          /** Of the exam that the site is set up for. Not said by older sites, which find it out afterwards. */
          mode: z.enum(['formal', 'mock']).optional(),
        })
        .safeParse(child.details);
      if (!open || !details.success) return refuse({ type: 'registration-code-not-open' });
      const { mode } = details.data;
      // Before the code is used up: whoever has mistaken the project keeps it for the right one.
      if (mode !== undefined && mode !== open.mode) return refuse({ type: 'wrong-mode', found: open.mode });
      const register = open.reserve ? registerReserve : registerSite;
      const chain = await register(centre, open.projectId, child, details.data.lock);
      await reload();
      return chain;
    },

    childWith: (fingerprint) => known.byFingerprint.get(fingerprint) ?? null,
    children: () => known.byFingerprint.size,

    async hello(child: Child, hello: Hello) {
      const status = siteStatusSchema.safeParse(hello.status);
      if (!status.success)
        return refuse({ type: 'bad-request', problem: status.error.issues[0]?.message ?? '' });
      const projectId = projectOf(child);
      if (isReserve(child)) {
        await reserveContacts.heard(child.id);
        // The board shows how the site's first console is.
        return ok({ notices: await reserveNotices(centre, projectId, child.code, known) });
      }
      // A hello is said again within seconds: it is in memory at once, and in the database with all others of this second.
      // Only the board tells of it at once: hundreds a second would have every other list read anew.
      centre.board.heard(projectId, child.code, status.data);
      if (status.data.lock !== null)
        await locksSeen.heard({ projectId, siteCode: child.code }, status.data.lock);
      const publication = await publicationOfSite(db, projectId, child.code);
      const receipts = await db
        .selectFrom('result')
        .select('receipt')
        .where('project_id', '=', projectId)
        .where('site_code', '=', child.code)
        .where('held_json', 'is', null)
        .orderBy('received_at')
        .execute();
      const programs = centre.distribution.newest();
      const notices: SiteNotices = {
        publication,
        receipts: receipts.map((row) => row.receipt),
        support: await lastSeq(centre, projectId, child.code),
        ...(programs === null ? {} : { programs }),
        locks: { at: node.clock.now(), locks: [...(known.locks.get(`${projectId} ${child.code}`) ?? [])] },
      };
      return ok({
        notices,
      });
    },

    // Its own and its rooms'; never those of another site.
    speaksFor: (child, origin) => origin === child.id || !known.ids.has(origin),
    readsPayloads: false,

    async parcelsFor(child: Child): Promise<OfferedParcel[]> {
      if (isReserve(child)) return [];
      const projectId = projectOf(child);
      const offered = await offeredSitePackage(centre, projectId, child.code);
      const rows = await db
        .selectFrom('authorisation')
        .select(['session_id', 'prepared_at'])
        .where('project_id', '=', projectId)
        .where('site_code', '=', child.code)
        .where('again_json', 'is', null)
        .execute();
      return [
        ...(offered ? [offered] : []),
        ...rows.map((row) => ({
          name: `authorisation.${row.session_id}`,
          kind: 'authorisation',
          id: `authorisation:${row.session_id}:${child.code}:${row.prepared_at}`,
          size: 0,
        })),
      ];
    },

    async parcelFile(child: Child, name: string, address: string): Promise<Result<string>> {
      if (isReserve(child)) return refuse(firstConsoleAlone);
      const [kind, session] = name.split('.');
      if (kind === 'site-package') return packageFile(child, name);
      if (kind !== 'authorisation' || session === undefined) return refuse({ type: 'no-such-parcel' });
      const made = await makeAuthorisation(centre, session, child.code, projectOf(child));
      if (!made.ok) return made;
      await fetched(centre, session, child.code);
      await recordFetch(centre, {
        projectId: projectOf(child),
        sessionId: session,
        siteCode: child.code,
        what: 'authorisation',
        taken: { way: 'online', address },
      });
      return ok(made.value.file);
    },

    async receive(child: Child, delivery: Delivery, file: string) {
      if (isDayParcelKind(delivery.kind))
        return receiveDelivery(centre, { projectId: projectOf(child), siteCode: child.code }, delivery, file);
      if (delivery.kind !== 'room-result')
        return refuse({ type: 'wrong-kind', found: delivery.kind, expected: 'room-result' });
      if (isReserve(child)) return refuse(firstConsoleAlone);
      return receiveResult(centre, file);
    },

    routes(app: Hono): void {
      const firstConsole = (c: Context): Result<Child> => {
        const child = childOf(c, role);
        return child.ok && isReserve(child.value) ? refuse(firstConsoleAlone) : child;
      };
      app.post('/publication', async (c) => {
        const child = firstConsole(c);
        if (!child.ok) return answer(c, child, 403);
        const ask = await parse(c, publicationAskSchema);
        if (!ask.ok) return answer(c, ask);
        const { id, code } = child.value;
        const made = await makeSitePackage(centre, projectOf(child.value), code, new Set(ask.value.holds));
        if (!made.ok) return answer(c, made);
        return answer(c, ok({ name: await waiting.put(id, made.value) }));
      });
      app.get('/papers/:digest', async (c) => {
        const child = firstConsole(c);
        if (!child.ok) return answer(c, child, 403);
        const paper = await publishedPaper(centre, projectOf(child.value), c.req.param('digest'));
        return paper ? sendStream(c, paper) : answer(c, refuse({ type: 'no-such-parcel' }));
      });
      app.get('/release/:session', async (c) => {
        const child = firstConsole(c);
        if (!child.ok) return answer(c, child, 403);
        const sessionId = c.req.param('session');
        const { code: siteCode } = child.value;
        const projectId = projectOf(child.value);
        const secret = await release(centre, sessionId, siteCode, projectId);
        if (secret.ok)
          await recordFetch(centre, {
            projectId,
            sessionId,
            siteCode,
            what: 'release',
            taken: { way: 'online', address: addressOf(c) },
          });
        return answer(c, secret.ok ? ok({ secret: toBase64(secret.value) }) : secret);
      });
      app.get('/distribution', async (c) => {
        const child = childOf(c, role);
        if (!child.ok) return answer(c, child, 403);
        return answer(c, await centre.distribution.files());
      });
      app.get('/distribution/:name', async (c) => {
        const child = childOf(c, role);
        if (!child.ok) return answer(c, child, 403);
        const file = await centre.distribution.giveOut(c.req.param('name'));
        if (!file.ok) return answer(c, file);
        return sendChecked(c, file.value);
      });
      const askingSite = (c: Context) => {
        const child = childOf(c, role);
        return child.ok
          ? ok({ projectId: projectOf(child.value), siteCode: child.value.code, nodeId: child.value.id })
          : child;
      };
      dayRoutes(centre, askingSite)(app);
      wordRoutes(centre, askingSite)(app);
      app.post('/support', bodyLimit({ maxSize: supportBytes }), async (c) => {
        const child = childOf(c, role);
        if (!child.ok) return answer(c, child, 403);
        const ask = await parse(c, supportAskSchema);
        if (!ask.ok) return answer(c, ask);
        return answer(c, await exchange(centre, projectOf(child.value), child.value.code, ask.value));
      });
    },
  };
  return role;
}

/** Where the file has become another one since it was asked for, the site hears that instead of its bytes. */
async function sendChecked(c: Context, file: GivenOut): Promise<Response> {
  let changed: Result<never> | null = null;
  const sent = await sendStream(c, {
    size: file.size,
    from: async (start) => {
      const content = await file.from(start);
      if (content.ok) return content.value;
      changed = content;
      return Readable.from([]);
    },
  });
  return changed ? answer(c, changed) : sent;
}

interface OpenCode {
  readonly projectId: string;
  readonly mode: 'formal' | 'mock';
  readonly code: string;
  /** It registers a further console. */
  readonly reserve: boolean;
}

interface KnownSites {
  /** Node ids of all registered sites. */
  readonly ids: ReadonlySet<string>;
  readonly byFingerprint: ReadonlyMap<string, KnownSite>;
  readonly openCodes: ReadonlyMap<string, readonly OpenCode[]>;
  /** By node id. */
  readonly returnCodes: ReadonlyMap<string, readonly OpenCode[]>;
  /** By project and site: said with every hello. */
  readonly locks: ReadonlyMap<string, readonly SiteLock[]>;
}

async function readSites({ db }: Centre): Promise<KnownSites> {
  const byFingerprint = new Map<string, KnownSite>();
  const openCodes = new Map<string, OpenCode[]>();
  const returnCodes = new Map<string, OpenCode[]>();
  const rows = await db
    .selectFrom('site')
    .innerJoin('project', 'project.id', 'site.project_id')
    .select([
      'site.project_id',
      'site.code',
      'site.node_id',
      'site.tls_fingerprint',
      'site.registration_code',
      'site.return_code',
      'project.mode',
    ])
    .execute();
  const reserves = await db
    .selectFrom('reserve_console')
    .innerJoin('project', 'project.id', 'reserve_console.project_id')
    .select([
      'reserve_console.project_id',
      'reserve_console.site_code as code',
      'reserve_console.node_id',
      'reserve_console.tls_fingerprint',
      'reserve_console.registration_code',
      'reserve_console.return_code',
      'project.mode',
    ])
    .execute();
  const consoles = [
    ...rows.map((row) => ({ ...row, reserve: false })),
    ...reserves.map((row) => ({ ...row, reserve: true })),
  ];
  for (const row of consoles) {
    const { reserve } = row;
    if (row.tls_fingerprint !== null && row.node_id !== null)
      byFingerprint.set(row.tls_fingerprint, {
        id: row.node_id,
        role: 'site',
        code: row.code,
        projectId: row.project_id,
        reserve,
      });
    const open = { projectId: row.project_id, mode: row.mode as OpenCode['mode'], reserve };
    if (row.registration_code !== null) add(openCodes, row.code, { ...open, code: row.registration_code });
    // Whoever is given a new registration code comes back with that one alone.
    else if (row.return_code !== null && row.node_id !== null)
      add(returnCodes, row.node_id, { ...open, code: row.return_code });
  }
  const locks = new Map<string, SiteLock[]>();
  for (const row of await db.selectFrom('site_lock').selectAll().orderBy('registered_at').execute()) {
    const key = `${row.project_id} ${row.site_code}`;
    locks.set(key, [...(locks.get(key) ?? []), lockOfRow(row)]);
  }
  return {
    byFingerprint,
    openCodes,
    returnCodes,
    locks,
    ids: new Set([...byFingerprint.values()].map(({ id }) => id)),
  };
}

function add(codes: Map<string, OpenCode[]>, key: string, code: OpenCode): void {
  codes.set(key, [...(codes.get(key) ?? []), code]);
}

/** Nothing of exams on computers: those are the first console's. */
async function reserveNotices(
  centre: Centre,
  projectId: string,
  siteCode: string,
  known: Pick<KnownSites, 'locks'>,
): Promise<SiteNotices> {
  const programs = centre.distribution.newest();
  return {
    publication: null,
    receipts: [],
    support: await lastSeq(centre, projectId, siteCode),
    ...(programs === null ? {} : { programs }),
    locks: { at: centre.node.clock.now(), locks: [...(known.locks.get(`${projectId} ${siteCode}`) ?? [])] },
  };
}
