/** Completeness as tables, in the language of who takes them away. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { missingOf, scansOf, type KeptSideState } from '../../exam/scan/completeness.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import type { Limit } from '../../node/users/limit.ts';
import { fillText } from '../../ui/format.ts';
import { completeness as en } from '../../ui/strings/en/completeness.ts';
import { completeness as ru } from '../../ui/strings/ru/completeness.ts';
import { completeness as zh } from '../../ui/strings/zh/completeness.ts';
import type { Centre } from '../centre.ts';
import { csvText, xlsxOf, type Cell } from '../export/table-text.ts';
import type { KitsFilter, SitesFilter } from './contract.ts';
import { everyKit, sheetsOf } from './kits.ts';
import { everySite } from './sites.ts';

const texts = { en, zh, ru };
type Language = keyof typeof texts;
type Key = keyof typeof en;
interface As {
  readonly format: 'csv' | 'xlsx';
  readonly language: Language;
}
export interface TableToTake {
  readonly fileName: string;
  readonly content: string | Uint8Array;
}

/** Rows of what is missing in one file: more than anybody reads, and than a spreadsheet opens quickly. */
export const mostMissing = 200_000;

export type Words = (key: Key, values?: Readonly<Record<string, unknown>>) => string;

export function wordsIn(language: Language): Words {
  return (key, values = {}) => fillText(texts[language][key], values, language);
}

/** @returns refusal `no-such-event`. */
export async function sitesTable(
  centre: Pick<Centre, 'db'>,
  filter: SitesFilter & As,
  limit: Limit | null,
): Promise<Result<TableToTake>> {
  const found = await everySite(centre, filter, limit);
  if (!found.ok) return found;
  const text = wordsIn(filter.language);
  const head = [
    text('completeness.site'),
    text('completeness.siteName'),
    text('completeness.region'),
    text('completeness.kits'),
    text('completeness.scans'),
    text('completeness.filled'),
    text('completeness.duplicate'),
    text('completeness.empty'),
    text('completeness.missing'),
    text('completeness.expected'),
  ];
  const rows = found.value.rows.map(({ siteCode, siteName, region, sums }) => [
    siteCode,
    siteName ?? '',
    region ?? '',
    sums.kits,
    scansOf(sums),
    sums.filled,
    sums.duplicate,
    sums.empty,
    missingOf(sums),
    sums.sides,
  ]);
  const { code } = found.value.event;
  return ok(await taken(`completeness_${code}`, text('completeness.title'), [head, ...rows], filter, [1]));
}

/** @returns refusals `no-such-event`, `no-such-site`. */
export async function kitsTable(
  centre: Pick<Centre, 'db' | 'node'>,
  filter: KitsFilter & As,
): Promise<Result<TableToTake>> {
  const found = await everyKit(centre, filter);
  if (!found.ok) return found;
  const { columns, kits, event } = found.value;
  const text = wordsIn(filter.language);
  const side = (state: KeptSideState): string => text(`completeness.side.${state}`);
  const head = [
    text('completeness.kit'),
    text('completeness.room'),
    ...columns.flatMap((column) => {
      const name = sheetName(text, column);
      return column.sides === 1 ? [name] : [1, 2].map((n) => text('completeness.sideOf', { name, n }));
    }),
  ];
  const rows = kits.map(({ kit, room, sheets }) => [
    kit,
    room,
    ...columns.flatMap(({ sides }, i) => {
      const sheet = sheets[i];
      const first = sheet ? side(sheet.side1) : '';
      return sides === 1 ? [first] : [first, sheet?.side2 ? side(sheet.side2) : ''];
    }),
  ]);
  const name = `kits_${event.code}_${filter.siteCode}`;
  return ok(await taken(name, filter.siteCode, [head, ...rows], filter, [1, 2]));
}

/** @returns refusals `no-such-event`, `too-much-missing`. */
export async function missingTable(
  centre: Pick<Centre, 'db'>,
  filter: SitesFilter & As & { readonly siteCode: string | null },
  limit: Limit | null,
): Promise<Result<TableToTake>> {
  const found = await everySite(centre, filter, limit, filter.siteCode);
  if (!found.ok) return found;
  const missing = missingOf(found.value.sums);
  if (missing > mostMissing) return refuse({ type: 'too-much-missing', missing, most: mostMissing });
  const text = wordsIn(filter.language);
  const rows: Cell[][] = [missingHead(text)];
  for (const { siteCode, sums } of found.value.rows)
    if (missingOf(sums) > 0)
      rows.push(...missingRows(text, siteCode, await sheetsOf(centre, filter.eventId, siteCode)));
  const name = `missing_${found.value.event.code}`;
  return ok(await taken(name, text('completeness.missing'), rows, filter, [1, 2, 3, 5]));
}

function missingHead(text: Words): Cell[] {
  return [
    text('completeness.site'),
    text('completeness.room'),
    text('completeness.kit'),
    text('completeness.sheet'),
    text('completeness.number'),
    text('completeness.sideNumber'),
  ];
}

function missingRows(text: Words, siteCode: string, sheets: Awaited<ReturnType<typeof sheetsOf>>): Cell[][] {
  return sheets.flatMap(({ kit, room, kind, number, side1, side2 }) =>
    [side1, side2].flatMap((state, i) =>
      state === 'missing' ? [[siteCode, room, kit, text(`completeness.kind.${kind}`), number, i + 1]] : [],
    ),
  );
}

export function sheetName(
  text: Words,
  { kind, ofKind }: { readonly kind: SheetKind; readonly ofKind: number | null },
): string {
  const name = text(`completeness.kind.${kind}`);
  return ofKind === null ? name : `${name} ${ofKind}`;
}

async function taken(
  name: string,
  title: string,
  rows: readonly (readonly Cell[])[],
  { format }: As,
  textColumns: readonly number[],
): Promise<TableToTake> {
  // Codes are the authority's own; a file's name takes fewer characters.
  const fileName = `${name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')}.${format}`;
  const content = format === 'csv' ? csvText(rows) : await xlsxOf(title, rows, textColumns);
  return { fileName, content };
}
