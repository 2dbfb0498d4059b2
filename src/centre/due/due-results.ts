/**
 * What is expected of every room in every session, beside what has come. Expected is what the board counts in memory anyway, received is a few
 * columns of each result: forty thousand rooms are put together for each question, and what their sites say is read for those that are shown.
 */
import {
  remedyFor,
  resultDueAt,
  saidOfRoom,
  type ResultRemedy,
  type ResultState,
} from '../../exam/board/result-due.ts';
import type { KnownSite } from '../../exam/board/site-facts.ts';
import type { SiteStatus } from '../../exam/session/site-status.ts';
import type { Centre } from '../centre.ts';
import { sessionsOf } from '../project/projects.ts';
import type { DueFilter, DueRow } from './contract.ts';

/** What a room's results say together. */
interface Received {
  readonly candidates: number;
  readonly held: boolean;
  readonly problem: boolean;
  readonly at: number;
}

interface Counted {
  rooms: number;
  roomsVerified: number;
  expected: number;
  received: number;
  verified: number;
  missing: number;
}

interface Line extends Counted {
  readonly site: KnownSite;
  readonly roomCode: string | null;
  readonly sessionId: string;
  readonly sessionNumber: number;
  readonly dueAt: number;
  state: ResultState;
  lateMs: number | null;
}

/** Of several rooms the one that is worst says how the site stands. */
const rank: Readonly<Record<ResultState, number>> = {
  missing: 0,
  problem: 1,
  held: 2,
  partial: 3,
  verified: 4,
};

export interface DueResults {
  readonly at: number;
  readonly total: number;
  readonly sums: Counted & { readonly late: number };
  readonly rows: DueRow[];
}

/** The latest first. */
export async function dueResults(
  centre: Centre,
  filter: DueFilter & { readonly offset: number; readonly limit: number },
): Promise<DueResults> {
  const at = centre.node.clock.now();
  const lines = await roomLines(centre, filter, at);
  const sums = { rooms: 0, roomsVerified: 0, expected: 0, received: 0, verified: 0, missing: 0, late: 0 };
  for (const line of lines) {
    add(sums, line);
    if (line.lateMs !== null) sums.late++;
  }
  const found = wanted(filter.by === 'site' ? bySite(lines) : lines, filter);
  const shown = found.slice(filter.offset, filter.offset + filter.limit);
  const codes = [...new Set(shown.flatMap(({ roomCode, site }) => (roomCode === null ? [] : site.code)))];
  const statuses = await centre.board.statuses(filter.projectId, codes);
  return { at, total: found.length, sums, rows: shown.map((line) => toRow(line, statuses, at)) };
}

/** All of them, for a file. */
export async function everyDueResult(centre: Centre, filter: DueFilter): Promise<DueRow[]> {
  const { rows } = await dueResults(centre, { ...filter, offset: 0, limit: Number.MAX_SAFE_INTEGER });
  return rows;
}

async function roomLines(centre: Centre, filter: DueFilter, now: number): Promise<Line[]> {
  const { projectId, sessionId } = filter;
  const received = await receivedOf(centre, projectId);
  const sites = centre.board.memory.knownSites(projectId);
  const expectedIn = new Map(
    centre.board.memory.sessions(projectId).map(({ id, expected }) => [id, expected]),
  );
  const lines: Line[] = [];
  for (const session of await sessionsOf(centre, projectId)) {
    if (sessionId !== null && session.id !== sessionId) continue;
    const dueAt = resultDueAt({
      startAt: session.startAt,
      durationMin: session.subjects.reduce((sum, subject) => sum + subject.durationMin, 0),
      policy: session.policy,
    });
    for (const [siteCode, rooms] of inOrder(expectedIn.get(session.id))) {
      const site = sites.get(siteCode);
      if (!site) continue;
      for (const [roomCode, expected] of inOrder(rooms)) {
        const result = received.get(`${session.id} ${roomCode}`) ?? null;
        const state = stateOf(result, expected);
        const here = Math.min(result?.candidates ?? 0, expected);
        const proved = state === 'verified' || state === 'partial' ? here : 0;
        lines.push({
          site,
          roomCode,
          sessionId: session.id,
          sessionNumber: session.number,
          rooms: 1,
          roomsVerified: state === 'verified' ? 1 : 0,
          expected,
          received: here,
          verified: proved,
          missing: expected - here,
          state,
          dueAt,
          lateMs: state === 'verified' || now <= dueAt ? null : now - dueAt,
        });
      }
    }
  }
  return lines;
}

function stateOf(result: Received | null, expected: number): ResultState {
  if (!result) return 'missing';
  if (result.problem) return 'problem';
  if (result.held) return 'held';
  return result.candidates < expected ? 'partial' : 'verified';
}

/** By session and room: the one that counts. In which order the rows come is looked at here: sorting them costs the database more. */
async function receivedOf({ db }: Centre, projectId: string): Promise<ReadonlyMap<string, Received>> {
  const rows = await db
    .selectFrom('result')
    .select(['session_id', 'room_code', 'expected', 'foreign_sittings', 'received_at', 'held_json'])
    .select((eb) => eb('problem_json', 'is not', null).as('problem'))
    .where('project_id', '=', projectId)
    .execute();
  const received = new Map<string, Received>();
  for (const row of rows) {
    const key = `${row.session_id} ${row.room_code}`;
    const before = received.get(key);
    const problem = Boolean(row.problem);
    // An older one that came later is kept beside the one in force.
    if (before && (before.problem === problem ? before.at > row.received_at : problem)) continue;
    received.set(key, {
      candidates: row.expected - row.foreign_sittings,
      held: row.held_json !== null,
      problem,
      at: row.received_at,
    });
  }
  return received;
}

function bySite(lines: readonly Line[]): Line[] {
  const sites = new Map<string, Line>();
  for (const line of lines) {
    const key = `${line.sessionId} ${line.site.code}`;
    const sum = sites.get(key);
    if (!sum) {
      sites.set(key, { ...line, roomCode: null });
      continue;
    }
    add(sum, line);
    if (rank[line.state] < rank[sum.state]) sum.state = line.state;
    sum.lateMs = line.lateMs === null ? sum.lateMs : Math.max(sum.lateMs ?? 0, line.lateMs);
  }
  return [...sites.values()];
}

function add(sum: Counted, line: Counted): void {
  for (const key of [
    'rooms',
    'roomsVerified',
    'expected',
    'received',
    'verified',
    'missing',
  ] as const satisfies readonly (keyof Counted)[])
    sum[key] += line[key];
}

function wanted(lines: readonly Line[], { missingOnly, search }: DueFilter): Line[] {
  const term = search.toLowerCase();
  return lines
    .filter(
      (line) =>
        (!missingOnly || line.state !== 'verified') &&
        (term === '' ||
          line.site.code.toLowerCase().startsWith(term) ||
          line.site.name.toLowerCase().includes(term) ||
          line.roomCode?.toLowerCase().startsWith(term) === true),
    )
    .toSorted(
      (a, b) => (b.lateMs ?? -1) - (a.lateMs ?? -1) || a.dueAt - b.dueAt || rank[a.state] - rank[b.state],
    );
}

/** By code points, as the databases do; sorting by lateness afterwards leaves it so, and has numbers alone to compare. */
function inOrder<T>(byCode: ReadonlyMap<string, T> = new Map()): (readonly [string, T])[] {
  return [...byCode].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function toRow(line: Line, statuses: ReadonlyMap<string, SiteStatus | null>, now: number): DueRow {
  const { site, roomCode, sessionId, ...rest } = line;
  const said = roomCode === null ? null : saidOfRoom(statuses.get(site.code) ?? null, sessionId, roomCode);
  return {
    ...rest,
    sessionId,
    roomCode,
    siteCode: site.code,
    siteName: site.name,
    siteLastContact: site.lastContact,
    said,
    remedy: said === null ? siteRemedy(line, now) : remedyFor(line.state, said, site, now),
  };
}

/** Of a site as a whole: what is the same for all its rooms. */
function siteRemedy({ state, site }: Line, now: number): ResultRemedy | null {
  const remedy = remedyFor(state, saidOfRoom(null, '', ''), site, now);
  return remedy === 'room-unheard' ? 'look-at-rooms' : remedy;
}
