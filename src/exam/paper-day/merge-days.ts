/**
 * A site may have two authorisation stations, main and reserve, of which each knows what was done there. Put together they are one day: nothing in
 * it counts twice, and what one of them has told stands, whatever the other knows. Browser-safe.
 */
import { dayStages, type DayStage, type SiteDayReport } from './hand-up.ts';
import { siteStatuses, type StationKind } from './site-day.ts';

type Stage = SiteDayReport['stages'][number];
type Station = SiteDayReport['stations'][number];

/** @param reports the newest of each console, at least one */
export function mergeDays(reports: readonly SiteDayReport[]): SiteDayReport {
  const [first] = reports;
  if (reports.length === 1 && first) return first;
  const newestFirst = reports.toSorted((a, b) => b.at - a.at);
  const stations = mergeStations(newestFirst);
  return {
    v: 1,
    at: newestFirst[0]?.at ?? 0,
    // The centre has acted on what was told first.
    statuses: siteStatuses.flatMap((status) =>
      reports
        .flatMap(({ statuses }) => statuses.filter((one) => one.status === status))
        .toSorted((a, b) => a.toldAt - b.toldAt)
        .slice(0, 1),
    ),
    stages: dayStages.map((stage) => mergeStage(stage, newestFirst, stations)),
    stations,
  };
}

function mergeStations(newestFirst: readonly SiteDayReport[]): Station[] {
  const merged = new Map<string, Station>();
  for (const station of newestFirst.flatMap(({ stations }) => stations)) {
    const before = merged.get(station.id);
    merged.set(station.id, {
      ...station,
      ...before,
      // A replacement or a room is known where somebody has said it.
      room: before?.room ?? station.room,
      replacedBy: before?.replacedBy ?? station.replacedBy,
      admittedAt: earlier(before?.admittedAt ?? null, station.admittedAt),
      journalAt: later(before?.journalAt ?? null, station.journalAt),
    });
  }
  return [...merged.values()];
}

function mergeStage(
  stage: DayStage,
  newestFirst: readonly SiteDayReport[],
  stations: readonly Station[],
): Stage {
  const all = newestFirst.flatMap(({ stages }) => stages.filter((one) => one.stage === stage));
  // Each console asks the stations that it knows of: all have ended only where none of either is missing.
  const kind = ({ printed: 'print', scanned: 'scan' } as Partial<Record<DayStage, StationKind>>)[stage];
  const proved =
    kind === undefined
      ? all.find(({ at, said }) => at !== null && !said)
      : lastJournal(stations, kind, stage);
  return proved ?? all.find(({ said }) => said) ?? { stage, at: null, said: false };
}

function lastJournal(stations: readonly Station[], kind: StationKind, stage: DayStage): Stage | undefined {
  const times = stations.flatMap((one) => (one.kind === kind ? [one.journalAt] : []));
  const known = times.filter((at) => at !== null);
  return times.length > 0 && known.length === times.length
    ? { stage, at: Math.max(...known), said: false }
    : undefined;
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
