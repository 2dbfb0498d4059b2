/** Which sites of the board are shown, and in which order. Pure. */
import { compareVersions } from '../../base/version.ts';
import { isSilent, siteStates, stateOf, type BoardSite } from './board-view.ts';
import { siteStages, stageOf, type SiteStage } from './site-facts.ts';

export interface SiteFilter {
  /** Part of a code or name. */
  readonly text: string;
  /** What the code begins with. */
  readonly prefix: string;
  /** null: any. */
  readonly region: string | null;
  readonly stage: SiteStage | null;
  readonly alarmOnly: boolean;
  readonly silentOnly: boolean;
  /** Only those whose program is older than this version; null: whatever they run. */
  readonly olderThan: string | null;
}

export const everySite: SiteFilter = {
  text: '',
  prefix: '',
  region: null,
  stage: null,
  alarmOnly: false,
  silentOnly: false,
  olderThan: null,
};

export type SiteOrder =
  | 'program'
  | 'code'
  | 'region'
  | 'state'
  | 'stage'
  | 'lastContact'
  | 'expected'
  | 'signedIn'
  | 'inExam'
  | 'handedIn'
  | 'absent'
  | 'away'
  | 'violations'
  | 'extraTime';

export function findSites(sites: readonly BoardSite[], filter: SiteFilter, now: number): BoardSite[] {
  const text = filter.text.trim().toLowerCase();
  const prefix = filter.prefix.trim().toLowerCase();
  return sites.filter(
    (site) =>
      (text === '' || site.code.toLowerCase().includes(text) || site.name.toLowerCase().includes(text)) &&
      site.code.toLowerCase().startsWith(prefix) &&
      (filter.region === null || site.region === filter.region) &&
      (filter.stage === null || stageOf(site) === filter.stage) &&
      (!filter.alarmOnly || site.alarms.length > 0) &&
      (!filter.silentOnly || isSilent(site, now)) &&
      (filter.olderThan === null || isOlder(site.program, filter.olderThan)),
  );
}

/** @param program null: it has not told yet, and nobody knows. */
export function isOlder(program: string | null, than: string): boolean {
  return program !== null && compareVersions(program, than) < 0;
}

/** Sites that are equal in it stay in the order of their codes. */
export function inOrder(
  sites: readonly BoardSite[],
  { by, descending }: { readonly by: SiteOrder; readonly descending: boolean },
): BoardSite[] {
  const direction = descending ? -1 : 1;
  const value = valueOf[by] ?? ((site: BoardSite) => site.counts[by as keyof BoardSite['counts']]);
  const known = sites.map((site) => ({ site, value: value(site) }));
  known.sort((a, b) =>
    a.value === b.value
      ? compare(a.site.code, b.site.code) * (by === 'code' ? direction : 1)
      : (by === 'program' ? compareVersions(String(a.value), String(b.value)) : compare(a.value, b.value)) *
        direction,
  );
  return known.map(({ site }) => site);
}

const valueOf: Partial<Record<SiteOrder, (site: BoardSite) => string | number>> = {
  code: (site) => site.code,
  region: (site) => site.region ?? '',
  state: (site) => siteStates.indexOf(stateOf(site)),
  stage: (site) => siteStages.indexOf(stageOf(site)),
  lastContact: (site) => site.lastContact ?? 0,
  program: (site) => site.program ?? '',
};

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
