/** What a paper day came to, as the centre sees it at its end. */
import type { BookSums, DayPackageRow, DaySite } from '../../src/centre/paper-day/receiving/contract.ts';
import type { Centre } from './cast.ts';
import type { EventIds } from './centre.ts';
import { siteCode } from './plan.ts';

export interface Summary {
  readonly online: boolean;
  readonly site: string;
  /** In the order in which they were told. */
  readonly statuses: readonly string[];
  readonly packages: readonly {
    readonly room: string;
    readonly part: string;
    readonly pages: number | null;
    readonly state: DayPackageRow['state'];
    readonly quality: DayPackageRow['quality'];
    /** Another one took its place. */
    readonly replaced: boolean;
  }[];
  readonly journals: readonly string[];
  readonly books: BookSums;
  /** By name; none, when everything is accounted for. */
  readonly differences: readonly string[];
  readonly seconds: number;
}

export async function summaryOf(
  { call }: Centre,
  ids: EventIds,
  online: boolean,
  begun: number,
): Promise<Summary> {
  const site: DaySite = await call.dayPackage.site({ ...ids, siteCode });
  const { sums, differences } = await call.dayPackage.books({ ...ids, siteCode });
  return {
    online,
    site: siteCode,
    statuses: site.statuses.map(({ status }) => status),
    packages: site.packages.map(({ room, part, parts, pages, state, quality, replacedBy }) => ({
      room,
      part: `${part}/${parts}`,
      pages,
      state,
      quality,
      replaced: replacedBy !== null,
    })),
    journals: site.stations.flatMap(({ kind, number, journal }) => (journal ? [`${kind} ${number}`] : [])),
    books: sums,
    differences: differences.map(({ type, room, kit, number, side, declared, found }) =>
      JSON.stringify({ type, room, kit, number, side, declared, found }),
    ),
    seconds: Math.round((Date.now() - begun) / 1_000),
  };
}

/** What must be so at the end; empty: it is. */
export function shortcomings({ packages, statuses, books, differences, journals }: Summary): string[] {
  const counting = packages.filter(({ replaced }) => !replaced);
  return [
    ...counting
      .filter(({ state, quality }) => state !== 'confirmed' || quality !== 'good')
      .map(({ room, part, state, quality }) => `package ${part} of room ${room} is ${state}, ${quality}`),
    ...(counting.length === 0 ? ['no package came'] : []),
    ...(statuses.at(-1) === 'forms-sent' ? [] : [`the last status is ${statuses.at(-1)}`]),
    ...differences.map((one) => `the books differ: ${one}`),
    ...(books.differences === differences.length ? [] : [`the books have ${books.differences} differences`]),
    ...(journals.length === 4 ? [] : [`${journals.length} journals came instead of 4`]),
  ];
}
