/**
 * How far a site is, as its centre knows it: by what the site's console derived, by what the centre has seen itself, and by what people say
 * where nothing can tell. A site that has no console here is known by the other two. Browser-safe.
 */
import { dayStages, type DayStage, type SiteDayReport } from './hand-up.ts';
import type { StationKind } from './site-day.ts';

export interface StageReached {
  readonly stage: DayStage;
  readonly at: number | null;
  /** Somebody said so; nothing proves it (yet). */
  readonly said: boolean;
}

/** What the centre sees by itself it lets nobody say. */
export const sayableAtCentre: readonly DayStage[] = [
  'software-installed',
  'checked-by-member',
  'materials-received',
  'checked-by-head',
  'key-received',
  'decrypted',
  'printed',
  'scanned',
];

export interface SeenAtCentre {
  /** The site itself took them, or was read out what opens them. */
  readonly materialsAt: number | null;
  readonly keyAt: number | null;
  /** A key was opened at a station. */
  readonly openedAt: number | null;
  readonly journals: readonly {
    readonly stationId: string;
    readonly kind: StationKind;
    readonly at: number;
  }[];
  /** Packages that none replaced, and archives that came by a gateway. */
  readonly sent: readonly {
    readonly receivedAt: number;
    /** When the centre said that it is whole, and of an archive that it is good; null: it has not. */
    readonly confirmedAt: number | null;
  }[];
}

export function stagesAtCentre(
  report: SiteDayReport | null,
  seen: SeenAtCentre,
  said: ReadonlyMap<DayStage, number>,
): StageReached[] {
  const told = new Map(report?.stages.map((one) => [one.stage, one]));
  const sent = lastOf(seen.sent.map(({ receivedAt }) => receivedAt));
  const confirmed = lastOf(seen.sent.map(({ confirmedAt }) => confirmedAt));
  const proved: Record<DayStage, number | null> = {
    'software-installed': null,
    // What people look at nothing can prove.
    'checked-by-member': null,
    'checked-by-head': null,
    'materials-received': seen.materialsAt,
    'key-received': seen.keyAt,
    decrypted: seen.openedAt,
    printed: closed(report, seen, 'print'),
    scanned: closed(report, seen, 'scan'),
    // Whether there is more to come only the site's own console knows, where there is one.
    sent: report === null ? sent : null,
    confirmed: report === null ? confirmed : null,
  };
  return dayStages.map((stage) => {
    const own = told.get(stage);
    const at = (own?.said === false ? own.at : null) ?? proved[stage];
    return {
      stage,
      at: at ?? own?.at ?? said.get(stage) ?? null,
      said: at === null && (own?.at != null || said.has(stage)),
    };
  });
}

/** Every station of the kind that the site has named has closed its work; of a site that has named none, those whose journals came. */
function closed(report: SiteDayReport | null, { journals }: SeenAtCentre, kind: StationKind): number | null {
  const newest = new Map<string, number>();
  for (const { stationId, at } of journals.filter((one) => one.kind === kind))
    newest.set(stationId, Math.max(newest.get(stationId) ?? 0, at));
  const named = (report?.stations ?? []).filter((one) => one.kind === kind).map(({ id }) => id);
  return lastOf(named.length === 0 ? [...newest.values()] : named.map((id) => newest.get(id) ?? null));
}

/** @returns the last of the moments, once none is missing; null: there are none, or one is */
export function lastOf(times: readonly (number | null)[]): number | null {
  return times.length === 0
    ? null
    : times.reduce<number | null>(
        (last, at) => (last === null || at === null ? null : Math.max(last, at)),
        0,
      );
}
