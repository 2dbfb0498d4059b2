/** What the centre's board says of a site in one session: summed up from what the site tells of itself and its rooms. Pure. */
import * as z from 'zod';
import type { SiteStatus } from '../session/site-status.ts';

const time = z.number().int();
const count = z.number().int();

export const boardCountsSchema = z.object({
  expected: count,
  signedIn: count,
  inExam: count,
  handedIn: count,
  absent: count,
  away: count,
  violations: count,
  extraTime: count,
});
export type BoardCounts = z.infer<typeof boardCountsSchema>;

const noCounts: BoardCounts = {
  expected: 0,
  signedIn: 0,
  inExam: 0,
  handedIn: 0,
  absent: 0,
  away: 0,
  violations: 0,
  extraTime: 0,
};

/** How many of the site's rooms have come how far in the session. `all`: those that have candidates in it. */
export const boardRoomsSchema = z.object({
  all: count,
  /** null: the site's version does not tell. */
  registered: count.nullable(),
  started: count,
  ended: count,
  collected: count,
  reported: count,
});

export const siteFactsSchema = z.object({
  code: z.string(),
  name: z.string(),
  /** As the roster says it; null: it says none. */
  region: z.string().nullable(),
  registeredAt: time.nullable(),
  lastContact: time.nullable(),
  loadedAt: time.nullable(),
  /** Number of the publication that it has loaded. */
  publication: count.nullable(),
  authorisedAt: time.nullable(),
  /** The site's own check and those of its rooms: the last one, and whether none of them failed. */
  sealCheckedAt: time.nullable(),
  sealCheckPassed: z.boolean().nullable(),
  calibratedAt: time.nullable(),
  verifiedAt: time.nullable(),
  /** Of the room that started first, and of the one that ended last, once all that started have ended. */
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  /** Version of its program; null: it has not told yet. */
  program: z.string().nullable(),
  rooms: boardRoomsSchema,
  counts: boardCountsSchema,
});
export type SiteFacts = z.infer<typeof siteFactsSchema>;

/** What the centre knows of a site by itself. */
export interface KnownSite {
  readonly code: string;
  readonly name: string;
  readonly region: string | null;
  readonly registeredAt: number | null;
  readonly lastContact: number | null;
}

export interface FailedCheck {
  /** null: the site's own. */
  readonly room: string | null;
  readonly at: number;
}

/** The sum of a status for one session, with what alarms need besides it. */
export interface SiteInSession {
  readonly facts: Omit<SiteFacts, keyof KnownSite>;
  readonly failedChecks: readonly FailedCheck[];
  /** Rooms with candidates that have not started. */
  readonly notStarted: readonly string[];
}

/**
 * @param status null: the site has told nothing yet
 * @param expected candidates of the session by room, as the roster has them
 */
export function siteInSession(
  status: SiteStatus | null,
  sessionId: string,
  expected: ReadonlyMap<string, number>,
): SiteInSession {
  const rooms = (status?.rooms ?? []).filter((room) => room.sessionId === sessionId);
  const own = status?.sessions.find((one) => one.sessionId === sessionId);
  const started = new Set<string>();
  const failedChecks: FailedCheck[] = [];
  if (status?.sealCheckPassed === false) failedChecks.push({ room: null, at: status.sealCheckedAt ?? 0 });
  const sum = { ...noCounts, expected: [...expected.values()].reduce((all, one) => all + one, 0) };
  let [ended, collected, reported] = [0, 0, 0];
  let [firstStart, lastEnd] = [Infinity, 0];
  let checkedAt = status?.sealCheckedAt ?? null;
  for (const { roomCode, stages, counts, collectedAt, handedUpAt } of rooms) {
    sum.signedIn += counts.signedIn;
    sum.inExam += counts.inExam;
    sum.handedIn += counts.handedIn;
    sum.absent += counts.absent;
    sum.away += counts.away;
    sum.violations += counts.violations;
    sum.extraTime += counts.extraTime;
    if (stages.startedAt !== null) {
      started.add(roomCode);
      firstStart = Math.min(firstStart, stages.startedAt);
    }
    if (stages.sealCheckedAt !== null) checkedAt = Math.max(checkedAt ?? 0, stages.sealCheckedAt);
    if (stages.sealCheckPassed === false)
      failedChecks.push({ room: roomCode, at: stages.sealCheckedAt ?? 0 });
    // A room without candidates has nothing to end or to report.
    if (!expected.has(roomCode)) continue;
    if (stages.endedAt !== null) {
      ended++;
      lastEnd = Math.max(lastEnd, stages.endedAt);
    }
    if (collectedAt !== null) collected++;
    if (handedUpAt !== null) reported++;
  }
  const ofRooms = [...expected.keys()];
  const startedRooms = ofRooms.filter((room) => started.has(room)).length;
  return {
    facts: {
      loadedAt: status?.loadedAt ?? null,
      publication: status?.publication ?? null,
      authorisedAt: own?.authorisedAt ?? null,
      sealCheckedAt: checkedAt,
      sealCheckPassed: failedChecks.length > 0 ? false : (status?.sealCheckPassed ?? null),
      calibratedAt: own ? own.calibratedAt : olderCalibration(status),
      verifiedAt: own?.verifiedAt ?? null,
      startedAt: firstStart === Infinity ? null : firstStart,
      endedAt: ended > 0 && ended >= startedRooms ? lastEnd : null,
      program: status?.program ?? null,
      rooms: {
        all: expected.size,
        registered: status?.registeredRooms ?? null,
        started: startedRooms,
        ended,
        collected,
        reported,
      },
      counts: sum,
    },
    failedChecks,
    notStarted: ofRooms.filter((room) => !started.has(room)),
  };
}

/** A version that does not tell of each session tells of its lock as a whole. */
function olderCalibration(status: SiteStatus | null): number | null {
  return status === null || status.sessions.length > 0 ? null : status.calibratedAt;
}

/** How far a site has come, from the first stage to the last. */
export const siteStages = [
  'unregistered',
  'registered',
  'loaded',
  'authorised',
  'checked',
  'calibrated',
  'verified',
  'started',
  'ended',
  'collected',
  'reported',
] as const;
export type SiteStage = (typeof siteStages)[number];

/** The last stage that the site has reached, whatever is missing before it. */
export function stageOf(site: SiteFacts): SiteStage {
  const { rooms } = site;
  const every = (n: number): boolean => rooms.all > 0 && n >= rooms.all;
  if (every(rooms.reported)) return 'reported';
  if (every(rooms.collected)) return 'collected';
  if (every(rooms.ended)) return 'ended';
  if (rooms.started > 0) return 'started';
  if (site.verifiedAt !== null) return 'verified';
  if (site.calibratedAt !== null) return 'calibrated';
  if (site.sealCheckPassed === true) return 'checked';
  if (site.authorisedAt !== null) return 'authorised';
  if (site.loadedAt !== null) return 'loaded';
  return site.registeredAt === null ? 'unregistered' : 'registered';
}

/** Of everything that is shown, or of a whole session. */
export interface BoardTotals {
  readonly sites: number;
  readonly rooms: SiteFacts['rooms'];
  readonly counts: BoardCounts;
}

export function totalsOf(sites: readonly Pick<SiteFacts, 'rooms' | 'counts'>[]): BoardTotals {
  const rooms = { all: 0, registered: 0, started: 0, ended: 0, collected: 0, reported: 0 };
  const counts = { ...noCounts };
  for (const site of sites) {
    for (const key of Object.keys(rooms) as (keyof typeof rooms)[]) rooms[key] += site.rooms[key] ?? 0;
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] += site.counts[key];
  }
  return { sites: sites.length, rooms, counts };
}
