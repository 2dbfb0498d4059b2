/** Opens a site without its console: its data, its link to the centre, and the exchange that its rooms reach. */
import { systemClock } from '../base/clock.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { ExchangeClient } from '../courier/https/client.ts';
import { comingBack } from '../courier/https/come-back.ts';
import { parentRoutes } from '../courier/https/parent.ts';
import { startExchangeServer } from '../courier/https/server.ts';
import { Uplink } from '../courier/https/uplink.ts';
import { siteNoticesSchema, type SiteStatus } from '../exam/session/site-status.ts';
import type { Tokens } from '../hardware/token/port.ts';
import { changeSignal } from '../node/change-signal.ts';
import { CodeDesk } from '../node/code-desk.ts';
import { programVersion } from '../node/indicators.ts';
import { openNode } from '../node/node.ts';
import { takeReceipts } from './collect/collect.ts';
import { keepNewest } from './distribution/newest-programs.ts';
import { ExamLock } from './exam-lock.ts';
import { beingInitialised, removeContents } from './initialise/remove-contents.ts';
import { CarriedReleases } from './locks/carried-releases.ts';
import { hearOfLocks, knownLocks } from './locks/known-locks.ts';
import { DayCourier } from './paper-day/day-courier.ts';
import { enterStatuses } from './paper-day/monitoring/tell-status.ts';
import { roomRole } from './register-room/serve-rooms.ts';
import { sealCheckSchema } from './seal-check/seal-check.ts';
import { returnToCentre } from './setup/setup.ts';
import {
  loadedExamSchema,
  roomRows,
  siteMembershipSchema,
  siteSetupSchema,
  statusesOf,
  type Site,
} from './site.ts';
import { siteMigrations } from './storage.ts';
import { enterRest, exchangeSupport } from './support/support.ts';

export interface OpenedSite {
  readonly site: Site;
  /** Where its rooms reach it. */
  readonly exchangePort: number;
  close(): Promise<void>;
}

export async function openSite(options: {
  readonly data: string;
  readonly logLevel: string;
  readonly exchangeHost: string;
  /** 0: any that is free. */
  readonly exchangePort: number;
  /** See `Site`. */
  readonly ownRoom: (() => string) | null;
  /** See `Site`. */
  readonly beginAnew: () => void;
  /** Where its exam lock may be, when it is no key file. */
  readonly tokens: Tokens;
}): Promise<Result<OpenedSite>> {
  const opened = await openNode({
    role: 'site',
    data: options.data,
    logLevel: options.logLevel,
    clock: systemClock,
    migrations: siteMigrations,
  });
  if (!opened.ok) return opened;
  const node = opened.value;
  const changed = changeSignal();
  const examLock = new ExamLock(options.tokens, () => {
    const lock = site.lock();
    node.log.info({ problem: lock.ok ? null : lock.refusal.type }, 'exam lock');
    changed.notify();
    void carried.look();
  });
  const site: Site = {
    node,
    changed,
    ownRoom: options.ownRoom,
    codes: new CodeDesk(node.journal, node.settings, () => changed.notify()),
    setup: () => node.settings.read('setup', siteSetupSchema),
    membership: () => node.settings.read('membership', siteMembershipSchema),
    exam: () => node.settings.read('exam', loadedExamSchema),
    lock: () => {
      const setup = node.settings.read('setup', siteSetupSchema);
      return setup ? examLock.of(setup, knownLocks(site)) : refuse({ type: 'setup-missing' });
    },
    lockKnown: async () => {
      const setup = node.settings.read('setup', siteSetupSchema);
      if (setup) await examLock.known(setup);
    },
    tokens: options.tokens,
    link: null,
    dayCourier: new DayCourier(() => site),
    beginAnew: options.beginAnew,
    connect: () => {
      const membership = site.membership();
      if (!membership || site.link) return;
      const client = new ExchangeClient(
        { address: membership.centreAddress, certPem: membership.certPem },
        node.keys.tls,
      );
      // One that was withdrawn since stays among them: what it said has happened.
      const rooms = new Set<string>();
      const uplink = new Uplink({
        client,
        parentSigningKey: membership.centreSigningKey,
        journal: node.journal,
        clock: node.clock,
        version: programVersion,
        intervalMs: 3_000,
        gatherMs: 250,
        // Own and rooms' entries are rare; seats' answers reach the centre inside results only.
        ships: () => {
          for (const id of roomIds(site)) rooms.add(id);
          return (origin) => origin === node.id || rooms.has(origin);
        },
        prepare: (segment) =>
          Promise.resolve({
            ...segment,
            sealed: null,
            entries: segment.entries.map((entry) => ({ ...entry, salt: null, payload: null })),
          }),
        status: () => statusForCentre(site),
        onNotices: async (said) => {
          const notices = siteNoticesSchema.safeParse(said);
          if (!notices.success) return;
          const exam = site.exam();
          const newest =
            exam && notices.data.publication ? exam.number >= notices.data.publication.number : null;
          if (exam && newest !== null)
            node.settings.write('exam', { ...exam, newest, checkedAt: node.clock.now() });
          if (notices.data.locks) await hearOfLocks(site, notices.data.locks);
          await takeReceipts(site, notices.data.receipts);
          keepNewest(site, notices.data.programs ?? null);
          site.dayCourier.contact();
          if (notices.data.support === undefined) return;
          const exchanged = await exchangeSupport(site, client, notices.data.support);
          // It waits; the next hello tries again.
          if (!exchanged.ok) node.log.warn({ why: exchanged.refusal }, 'support postings wait');
        },
        onState: (state) => {
          changed.notify();
          unknownThere(state);
        },
      });
      site.link = { client, uplink };
    },
  };
  const unknownThere = comingBack({
    clock: node.clock,
    when: 'not-registered',
    comeBack: () => returnToCentre(site),
    failed: (why) => node.log.warn({ why }, 'not known at the centre'),
  });
  const carried = new CarriedReleases(site, async () => {
    const setup = site.setup();
    return setup ? examLock.carried(setup, knownLocks(site)) : refuse({ type: 'setup-missing' });
  });
  await removeContents(site);
  const role = roomRole(site);
  const generic = parentRoutes({
    keys: node.keys,
    uploads: node.uploads,
    clock: node.clock,
    journal: node.journal,
    role,
  });
  const exchange = await startExchangeServer({
    host: options.exchangeHost,
    port: options.exchangePort,
    tls: node.keys.tls,
    routes: (app) => {
      generic(app);
      role.routes(app);
    },
    onError: (error, path) => node.log.error({ err: error, path }, 'exchange failed'),
  });
  if (!exchange.ok) {
    await carried.close();
    await examLock.close();
    await node.close();
    return exchange;
  }
  await enterRest(site);
  await enterStatuses(site);
  // One that is half initialised hands nothing on until it is whole.
  if (!beingInitialised(site)) site.connect();
  // From the start on it is followed, not only when somebody asks.
  site.lock();
  return ok({
    site,
    exchangePort: exchange.value.port,
    close: async () => {
      // What it is sending breaks off with the connection.
      await site.link?.uplink.stop();
      await site.dayCourier.stop();
      await exchange.value.close();
      await carried.close();
      await examLock.close();
      await node.close();
    },
  });
}

function roomIds(site: Site): string[] {
  return site.node.db
    .prepare('SELECT node_id FROM room WHERE node_id IS NOT NULL')
    .all()
    .map((row) => String(row['node_id']));
}

function statusForCentre(site: Site): SiteStatus {
  const { db } = site.node;
  const exam = site.exam();
  const check = site.node.settings.read('seal-check', sealCheckSchema);
  const rooms = roomRows(site);
  const sessions = db
    .prepare('SELECT session_id, received_at, calibrated_at, verified_at FROM authorisation')
    .all()
    .map((row) => ({
      sessionId: String(row['session_id']),
      authorisedAt: timeIn(row['received_at']),
      calibratedAt: timeIn(row['calibrated_at']),
      verifiedAt: timeIn(row['verified_at']),
    }));
  // Of several results of one room the first one counts: from then on there is something to collect and to hand up.
  const results = new Map(
    db
      .prepare(
        'SELECT room_code, session_id, min(collected_at) AS collected, min(reported_at) AS handed_up FROM result GROUP BY room_code, session_id',
      )
      .all()
      .map((row) => [`${String(row['session_id'])} ${String(row['room_code'])}`, row]),
  );
  return {
    loadedAt: exam?.importedAt ?? null,
    publication: exam?.number ?? null,
    sealCheckedAt: check?.at ?? null,
    sealCheckPassed: check?.passed ?? null,
    calibratedAt: sessions.reduce<number | null>(
      (newest, { calibratedAt }) =>
        calibratedAt === null ? newest : Math.max(newest ?? calibratedAt, calibratedAt),
      null,
    ),
    program: programVersion,
    registeredRooms: rooms.filter((room) => room.registered_at !== null).length,
    lock: pluggedIn(site),
    sessions,
    rooms: rooms.flatMap((room) =>
      statusesOf(room).map((status) => {
        const result = results.get(`${status.sessionId} ${room.code}`);
        return {
          ...status,
          lastContact: room.last_contact,
          collectedAt: timeIn(result?.['collected']),
          handedUpAt: timeIn(result?.['handed_up']),
        };
      }),
    ),
  };
}

/** Also a revoked one: the centre sees where it turns up. */
function pluggedIn(site: Site): string | null {
  const lock = site.lock();
  if (lock.ok) return lock.value.present() ? lock.value.serial : null;
  const { type, serial } = lock.refusal;
  return type === 'lock-revoked' && typeof serial === 'string' ? serial : null;
}

function timeIn(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
