/**
 * The board of a running centre: memory that is read from the database at the start, told by hellos, and written back once a second.
 *
 * Several processes on one PostgreSQL: each writes what its own sites say with the time of the database, and asks once a second for what others
 * wrote since. A connection that listens would have to be kept alive beside the pool, and a notice that was missed would be missed for good.
 */
import { asResult } from '../../base/refused.ts';
import { refuse, ok, type Result } from '../../base/result.ts';
import type { Clock } from '../../base/clock.ts';
import { totalsOf } from '../../exam/board/site-facts.ts';
import { worthSampling, type BoardMessage } from '../../exam/board/board-view.ts';
import type { DeskCodes } from '../../exam/code/desk.ts';
import type { AlarmKind } from '../../exam/board/alarms.ts';
import type { SiteStatus } from '../../exam/session/site-status.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Limit } from '../../node/users/limit.ts';
import { changeSignal, type ChangeSignal } from '../../node/change-signal.ts';
import { sessionsOf } from '../project/projects.ts';
import type { CentreDatabase } from '../storage/database.ts';
import { BoardMemory, type BoardSession } from './board-memory.ts';
import {
  acknowledgementsOf,
  expectedCandidates,
  keepAcknowledgement,
  keepSample,
  samplesOf,
  statusIn,
  statusesOf,
  storedSites,
  ToldToOthers,
  writeTold,
  type SiteAcknowledgement,
  type Told,
} from './board-store.ts';
import type { BoardRoom, BoardSiteDetail } from './contract.ts';

const tickMs = 1_000;
const minuteMs = 60_000;
/** What other processes may have changed besides statuses: rosters, registrations, publications, acknowledgements. */
const lookAroundMs = 5_000;

export interface LiveBoardOptions {
  readonly db: CentreDatabase;
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'append'>;
  /** This process among those that share the database. */
  readonly self: string;
  /** Other processes may write to the database, too. */
  readonly shared: boolean;
  readonly codes: () => DeskCodes;
  /** Of the centre: projects, rosters, registrations, codes. */
  readonly changed: ChangeSignal;
  readonly onError: (error: unknown) => void;
}

interface Known {
  readonly changedAt: number;
  readonly roomSites: ReadonlyMap<string, string>;
}

export class LiveBoard {
  readonly memory = new BoardMemory();
  /** Something is new for viewers. */
  readonly signal = changeSignal();
  readonly #options: LiveBoardOptions;
  readonly #others: ToldToOthers;
  readonly #known = new Map<string, Known>();
  /** Heard, and not in the database yet. */
  #unwritten = new Map<string, Told>();
  /** Being written. */
  #writing = new Map<string, Told>();
  #codesRead: DeskCodes | null = null;
  #lookAgain = false;
  /** A site has loaded something else than before. */
  #loaded = false;
  #lookedAt = 0;
  #countedMinute = 0;
  #timer: NodeJS.Timeout | null = null;
  #ticking: Promise<void> | null = null;
  readonly #unsubscribe: () => void;

  private constructor(options: LiveBoardOptions) {
    this.#options = options;
    this.#others = new ToldToOthers(options.db, options.self);
    this.#unsubscribe = options.changed.subscribe(() => {
      this.#lookAgain = true;
    });
  }

  /** Reads what was known before; resolves when the board is as it was. */
  static async open(options: LiveBoardOptions): Promise<LiveBoard> {
    const board = new LiveBoard(options);
    await board.#lookAround();
    board.#timer = setInterval(() => void board.tick(), tickMs);
    board.#timer.unref();
    return board;
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    if (this.#timer) clearInterval(this.#timer);
    await this.#ticking;
    await this.tick();
  }

  /** A site's hello. */
  heard(projectId: string, code: string, status: SiteStatus): void {
    const lastContact = this.#options.clock.now();
    this.#unwritten.set(`${projectId} ${code}`, { projectId, code, lastContact, status });
    if (this.memory.heard(projectId, code, status, lastContact)) this.#loaded = true;
    this.signal.notify();
  }

  /** One viewer's stream: what he has heard is remembered here. @param limit the viewer's */
  viewer(projectId: string, wanted: string | null, limit: Limit | null): () => BoardMessage {
    let [of, seen]: [string | null, number | null] = [null, null];
    return () => {
      const now = this.#options.clock.now();
      this.#readCodes();
      const sessionId = wanted ?? this.memory.sessionOfNow(projectId, now);
      if (sessionId !== of) seen = null;
      of = sessionId;
      const { message, version } = this.memory.message(projectId, sessionId ?? '', seen, now);
      seen = message.sessionId === null ? null : version;
      return limit === null ? message : this.#within(projectId, limit, message);
    };
  }

  /** Samples count everybody of the session: they are no limited viewer's. */
  #within(projectId: string, limit: Limit, message: BoardMessage): BoardMessage {
    const sees = (code: string): boolean => this.memory.isWithin(limit, projectId, code);
    return {
      ...message,
      sites: message.sites.filter(({ code }) => sees(code)),
      contacts: message.contacts.filter(([code]) => sees(code)),
      samples: [],
    };
  }

  async site(projectId: string, sessionId: string, code: string): Promise<Result<BoardSiteDetail>> {
    const now = this.#options.clock.now();
    this.#readCodes();
    const line = this.memory.line(projectId, sessionId, code, now);
    const session = this.memory.sessions(projectId).find(({ id }) => id === sessionId);
    if (!line || !session) return refuse({ type: 'no-such-site', site: code });
    const key = `${projectId} ${code}`;
    const heard = this.#unwritten.get(key) ?? this.#writing.get(key);
    const status = heard ? heard.status : await this.#stored(projectId, code);
    return ok({ at: now, site: line, rooms: roomsOf(session, code, status) });
  }

  /** What these sites told last. */
  async statuses(
    projectId: string,
    codes: readonly string[],
  ): Promise<ReadonlyMap<string, SiteStatus | null>> {
    const statuses = new Map<string, SiteStatus | null>();
    for await (const { code, status } of statusesOf(this.#options.db, projectId, codes))
      statuses.set(code, status);
    for (const code of codes) {
      const key = `${projectId} ${code}`;
      const heard = this.#unwritten.get(key) ?? this.#writing.get(key);
      if (heard) statuses.set(code, heard.status);
    }
    return statuses;
  }

  async #stored(projectId: string, code: string): Promise<SiteStatus | null> {
    const row = await this.#options.db
      .selectFrom('site')
      .select('status_json')
      .where('project_id', '=', projectId)
      .where('code', '=', code)
      .executeTakeFirst();
    return statusIn(row?.status_json ?? null);
  }

  /** @returns refusal `alarm-is-over` when there is no such alarm (any more). */
  async acknowledge(
    { projectId, sessionId, siteCode }: { projectId: string; sessionId: string; siteCode: string },
    alarm: { readonly kind: AlarmKind; readonly since: number },
    { by, note }: { readonly by: string; readonly note: string },
  ): Promise<Result<void>> {
    const { clock, db, journal } = this.#options;
    const now = clock.now();
    this.#readCodes();
    const there = this.memory
      .line(projectId, sessionId, siteCode, now)
      ?.alarms.find((one) => one.kind === alarm.kind && one.since === alarm.since);
    if (!there) return refuse({ type: 'alarm-is-over' });
    const { kind, since, about } = there;
    await keepAcknowledgement(db, { sessionId, siteCode, kind, since, about, at: now, by, note });
    await journal.append([
      {
        kind: 'alarm-acknowledged',
        subject: `site:${siteCode}`,
        data: { project: projectId, session: sessionId, alarm: kind, since, about, note, by },
      },
    ]);
    await this.#readAcknowledgements([sessionId]);
    this.signal.notify();
    return ok();
  }

  /** Once a second: writes, reads what others wrote, counts a minute. A database that is away has said so itself; what was not written waits. */
  async tick(): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = asResult(() => this.#work())
      .then(() => undefined, this.#options.onError)
      .finally(() => {
        this.#ticking = null;
      });
    await this.#ticking;
  }

  async #work(): Promise<void> {
    const { clock, shared, changed } = this.#options;
    await this.#write();
    const now = clock.now();
    if (this.#lookAgain || (shared && Math.abs(now - this.#lookedAt) >= lookAroundMs))
      await this.#lookAround();
    if (shared)
      for (const { projectId, code, status, lastContact } of await this.#others.next())
        this.memory.heard(projectId, code, status, lastContact);
    await this.#sample(now);
    // Lists beside the board are read anew once, however many sites have loaded in this second.
    if (this.#loaded) changed.notify();
    this.#loaded = false;
    // Alarms come with time alone, too.
    this.signal.notify();
  }

  async #write(): Promise<void> {
    if (this.#unwritten.size === 0) return;
    const { db, self, shared, clock } = this.#options;
    [this.#writing, this.#unwritten] = [this.#unwritten, new Map()];
    try {
      await writeTold(db, [...this.#writing.values()], { self, shared, now: clock.now() });
    } catch (error) {
      // What was heard meanwhile is newer.
      this.#unwritten = new Map([...this.#writing, ...this.#unwritten]);
      throw error;
    } finally {
      this.#writing = new Map();
    }
  }

  async #sample(now: number): Promise<void> {
    const at = Math.floor(now / minuteMs) * minuteMs;
    if (at === this.#countedMinute) return;
    for (const projectId of this.memory.projectIds())
      for (const session of this.memory.sessions(projectId)) {
        const totals = totalsOf(this.memory.lines(projectId, session.id, now));
        if (!worthSampling(session, totals, now)) continue;
        const { signedIn, inExam, handedIn } = totals.counts;
        await keepSample(this.#options.db, session.id, { at, signedIn, inExam, handedIn });
        const after = this.memory.lastSampleAt(projectId, session.id);
        this.memory.addSamples(session.id, await samplesOf(this.#options.db, session.id, after));
      }
    this.#countedMinute = at;
  }

  /** Projects that are new or whose roster or sessions have changed are read whole. */
  async #lookAround(): Promise<void> {
    const { db, clock } = this.#options;
    this.#lookAgain = false;
    this.#lookedAt = clock.now();
    const projects = await db.selectFrom('project').select(['id', 'changed_at']).execute();
    for (const { id, changed_at: changedAt } of projects) {
      if (this.#known.get(id)?.changedAt === changedAt) await this.#renew(id);
      else await this.#readProject(id, changedAt);
    }
    for (const id of this.#known.keys())
      if (!projects.some((project) => project.id === id)) {
        this.#known.delete(id);
        this.memory.forgetProject(id);
      }
    this.#codesRead = null;
    this.#readCodes();
    this.signal.notify();
  }

  async #renew(projectId: string): Promise<void> {
    const { db } = this.#options;
    const rows = await db
      .selectFrom('site')
      .select(['code', 'registered_at'])
      .where('project_id', '=', projectId)
      .execute();
    const registered = new Map(rows.map((row) => [row.code, row.registered_at]));
    this.memory.renew(projectId, registered, await this.#newest(projectId));
    await this.#readAcknowledgements(this.memory.sessions(projectId).map(({ id }) => id));
  }

  async #newest(projectId: string): Promise<{ number: number; at: number } | null> {
    const row = await this.#options.db
      .selectFrom('publication')
      .select(['number', 'published_at'])
      .where('project_id', '=', projectId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? { number: row.number, at: row.published_at } : null;
  }

  async #readProject(projectId: string, changedAt: number): Promise<void> {
    const { db } = this.#options;
    const expected = await expectedCandidates(db, projectId);
    const views = await sessionsOf({ db }, projectId);
    const sessions = views.map((view): BoardSession => {
      const { id, number, startAt, policy, subjects } = view;
      const durationMin = subjects.reduce((sum, subject) => sum + subject.durationMin, 0);
      return { id, startAt, durationMin, policy, expected: expected.get(number) ?? new Map() };
    });
    const newest = await this.#newest(projectId);
    const sites = [];
    for await (const site of storedSites(db, projectId)) sites.push(site);
    this.memory.setProject({ id: projectId, sessions, newest, sites });
    const roomSites = new Map<string, string>();
    for (const session of sessions)
      for (const [site, rooms] of session.expected)
        for (const room of rooms.keys()) roomSites.set(room, site);
    this.#known.set(projectId, { changedAt, roomSites });
    // What came while it was read is newer than what was read.
    for (const told of [...this.#writing.values(), ...this.#unwritten.values()])
      if (told.projectId === projectId)
        this.memory.heard(projectId, told.code, told.status, told.lastContact);
    for (const { id } of sessions)
      this.memory.addSamples(id, await samplesOf(db, id, this.memory.lastSampleAt(projectId, id)));
    await this.#readAcknowledgements(sessions.map(({ id }) => id));
  }

  async #readAcknowledgements(sessionIds: readonly string[]): Promise<void> {
    const given = await acknowledgementsOf(this.#options.db, sessionIds);
    for (const id of sessionIds) {
      const bySite = new Map<string, SiteAcknowledgement[]>();
      for (const one of given)
        if (one.sessionId === id) bySite.set(one.siteCode, [...(bySite.get(one.siteCode) ?? []), one]);
      this.memory.setAcknowledgements(id, bySite);
    }
  }

  #readCodes(): void {
    const codes = this.#options.codes();
    if (codes === this.#codesRead) return;
    this.#codesRead = codes;
    const found = new Map<string, Map<string, { name: string; usedAt: number }[]>>();
    for (const { session, room, challenge, used, issued, accepted } of codes.values()) {
      if (used === null || issued !== null || accepted !== null) continue;
      const site = this.#siteOf(session, room);
      if (site === null) continue;
      const sites = found.get(session) ?? new Map<string, { name: string; usedAt: number }[]>();
      found.set(session, sites);
      sites.set(site, [...(sites.get(site) ?? []), { name: `${room} ${challenge}`, usedAt: used.at }]);
    }
    this.memory.setCodes(found);
  }

  #siteOf(sessionId: string, room: string): string | null {
    for (const [id, { roomSites }] of this.#known)
      if (this.memory.sessions(id).some((session) => session.id === sessionId))
        return roomSites.get(room) ?? null;
    return null;
  }
}

/** Every room that has candidates in the session, whether it was heard of or not. */
function roomsOf(session: BoardSession, siteCode: string, status: SiteStatus | null): BoardRoom[] {
  const told = (status?.rooms ?? []).filter(({ sessionId }) => sessionId === session.id);
  return [...(session.expected.get(siteCode) ?? new Map<string, number>())]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([roomCode, candidates]) => {
      const room = told.find((one) => one.roomCode === roomCode);
      return {
        roomCode,
        candidates,
        stages: room?.stages ?? null,
        counts: room?.counts ?? null,
        collectedAt: room?.collectedAt ?? null,
        handedUpAt: room?.handedUpAt ?? null,
        lastContact: room?.lastContact ?? null,
      };
    });
}
