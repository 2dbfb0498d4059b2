/**
 * How far a site is on the day of an event, and what its section «Monitoring» lets it tell the centre. A status is told once what it
 * rests on is there, or with a reason that the centre reads. Browser-safe.
 *
 * ```
 * readiness-confirmed → key-received → exam-started → exams-finished → forms-sent
 * ```
 */
import { ok, refuse, type Result } from '../../base/result.ts';

export const siteStatuses = [
  'readiness-confirmed',
  'key-received',
  'exam-started',
  'exams-finished',
  'forms-sent',
] as const;
export type SiteStatus = (typeof siteStatuses)[number];

export const stationKinds = ['print', 'voice', 'scan'] as const;
export type StationKind = (typeof stationKinds)[number];

export interface DayStation {
  readonly id: string;
  readonly kind: StationKind;
  /** As it stands on the station and in its journal's name. */
  readonly number: string;
  /** null: a reserve station. */
  readonly room: string | null;
  /** A replaced one still gives its journal: what it printed or recorded counts. */
  readonly replacedBy: string | null;
  /** When its readiness was confirmed; null: not. */
  readonly readyAt: number | null;
  /** Newest journal that closes its work; null: none came. */
  readonly journalAt: number | null;
}

export type PackageState = 'made' | 'sending' | 'received' | 'confirmed' | 'rejected';
export type PackageQuality = 'checking' | 'good' | 'rescan';

export interface DayPackage {
  readonly id: string;
  readonly state: PackageState;
  readonly quality: PackageQuality;
  /** A newer one that says it takes this one's place. */
  readonly replacedBy: string | null;
}

export interface SiteDay {
  readonly told: ReadonlySet<SiteStatus>;
  readonly stations: readonly DayStation[];
  readonly packages: readonly DayPackage[];
  /** A key of the event is here. */
  readonly hasKey: boolean;
}

export interface StatusGap {
  /** What hinders; `stations` and `packages` name them. */
  readonly type:
    | 'earlier-status-missing'
    | 'no-stations'
    | 'stations-not-ready'
    | 'key-missing'
    | 'journals-missing'
    | 'packages-missing'
    | 'packages-not-confirmed'
    | 'scan-journals-missing';
  readonly status?: SiteStatus;
  readonly stations?: readonly string[];
  readonly packages?: readonly string[];
}

/** Everything that a status still lacks, in the order in which it is best seen to. */
export function gapsOf(day: SiteDay, status: SiteStatus): StatusGap[] {
  const before = siteStatuses[siteStatuses.indexOf(status) - 1];
  const gaps: StatusGap[] = [];
  if (before !== undefined && !day.told.has(before))
    gaps.push({ type: 'earlier-status-missing', status: before });
  const named = (stations: readonly DayStation[]) => stations.map(({ kind, number }) => `${kind} ${number}`);
  const without = (...kinds: readonly StationKind[]) =>
    day.stations.filter(({ kind, journalAt }) => kinds.includes(kind) && journalAt === null);
  if (status === 'readiness-confirmed') {
    if (day.stations.length === 0) gaps.push({ type: 'no-stations' });
    const late = day.stations.filter(({ readyAt }) => readyAt === null);
    if (late.length > 0) gaps.push({ type: 'stations-not-ready', stations: named(late) });
  }
  if (status === 'key-received' && !day.hasKey) gaps.push({ type: 'key-missing' });
  if (status === 'exams-finished') {
    const late = without('print', 'voice');
    if (late.length > 0) gaps.push({ type: 'journals-missing', stations: named(late) });
  }
  if (status === 'forms-sent') {
    const counting = day.packages.filter(({ replacedBy }) => replacedBy === null);
    if (counting.length === 0) gaps.push({ type: 'packages-missing' });
    const open = counting.filter(({ state, quality }) => state !== 'confirmed' || quality === 'rescan');
    if (open.length > 0) gaps.push({ type: 'packages-not-confirmed', packages: open.map(({ id }) => id) });
    const late = without('scan');
    if (late.length > 0) gaps.push({ type: 'scan-journals-missing', stations: named(late) });
  }
  return gaps;
}

/**
 * Refusals: `status-told-already`, `status-not-yet` (with the gaps). A reason helps over what is missing, never over what comes before it
 * or over packages that are not confirmed: nothing says that the centre has what it does not have.
 */
export function mayTell(day: SiteDay, status: SiteStatus, reason: string): Result<{ gaps: StatusGap[] }> {
  if (day.told.has(status)) return refuse({ type: 'status-told-already', status });
  const gaps = gapsOf(day, status);
  const hard = gaps.filter(({ type }) =>
    ['earlier-status-missing', 'key-missing', 'packages-missing', 'packages-not-confirmed'].includes(type),
  );
  if (hard.length > 0 || (gaps.length > 0 && reason.trim() === ''))
    return refuse({ type: 'status-not-yet', status, gaps, reasonHelps: hard.length === 0 });
  return ok({ gaps });
}
