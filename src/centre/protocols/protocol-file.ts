/** Protocols of all rooms of a site as one table: a template to fill in, and how it is read back, line by line. */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { protocolBodySchema, protocolProblems, type ProtocolBody } from '../../exam/scan/protocol.ts';
import { readTable } from '../../node/read-table/read-table.ts';
import { fillText } from '../../ui/format.ts';
import { protocols as en } from '../../ui/strings/en/protocols.ts';
import { protocols as ru } from '../../ui/strings/ru/protocols.ts';
import { protocols as zh } from '../../ui/strings/zh/protocols.ts';
import type { Centre } from '../centre.ts';
import { xlsxOf, type Cell } from '../export/table-text.ts';
import { protocolColumns, type ProtocolColumn, type ProtocolPreview } from './contract.ts';
import { dueEventOf, registerOf, siteProtocols, versionsOf, type OfSite } from './site-protocols.ts';

export const protocolTexts = { en, zh, ru };
export type Language = keyof typeof protocolTexts;

const fields = protocolColumns.slice(1) as (keyof ProtocolBody)[];
type Column = ProtocolColumn;
const columns = protocolColumns;
const isAmount: ReadonlySet<Column> = new Set([
  'kitsReceived',
  'kitsUsed',
  'absent',
  'notFinished',
  'registrationForms',
  'answerForms',
  'additionalSheets',
]);

function heading(column: Column, language: Language): string {
  return fillText(protocolTexts[language][`protocols.field.${column}`], {}, language);
}

/** With the register's rooms, and what was handed in already. @returns refusals of `siteProtocols` */
export async function protocolTemplate(
  centre: Pick<Centre, 'db' | 'node'>,
  of: OfSite & { readonly language: Language },
): Promise<Result<{ fileName: string; content: Uint8Array }>> {
  const site = await siteProtocols(centre, of);
  if (!site.ok) return site;
  const rows = site.value.rooms.map(({ room, versions: [newest], received }): Cell[] => {
    const body = newest?.body;
    return columns.map((column): Cell => {
      if (column === 'room') return room;
      if (!body) return column === 'kitsReceived' ? received.kits : '';
      const value = body[column];
      return Array.isArray(value) ? value.join(', ') : value;
    });
  });
  const head = columns.map((column) => heading(column, of.language));
  // What is typed as a time or as a kit's number is to stay what was typed.
  const texts = columns.flatMap((column, i) => (isAmount.has(column) ? [] : [i + 1]));
  const name = protocolTexts[of.language]['protocols.title'];
  return ok({
    fileName: `protocol_${of.siteCode.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')}.xlsx`,
    content: await xlsxOf(name, [head, ...rows], texts),
  });
}

/** Headings of any of our languages, in any order. @returns refusals of the table's reader, `no-such-event`, `protocol-columns-missing`, `protocol-file-empty` */
export async function readProtocolFile(
  centre: Pick<Centre, 'db'>,
  of: OfSite,
  file: { readonly path: string },
): Promise<Result<ProtocolPreview>> {
  const event = await dueEventOf(centre, of);
  if (!event.ok) return event;
  const table = await readTable(file.path);
  if (!table.ok) return table;
  const [head = [], ...lines] = table.value.rows;
  const places = new Map(columns.map((column) => [column, placeOf(column, head)]));
  const absent = columns.filter((column) => places.get(column) === -1);
  if (absent.length > 0)
    return refuse({
      type: 'protocol-columns-missing',
      columns: absent.map((column) => heading(column, 'en')),
    });
  const register = await registerOf(centre, of);
  const versions = await versionsOf(centre, of);
  const preview: ProtocolPreview = { rooms: [], errors: [] };
  const seen = new Set<string>();
  for (const [i, cells] of lines.entries()) {
    const line = i + 2;
    const text = (column: Column): string => (cells[places.get(column) ?? -1] ?? '').trim();
    // The template names all rooms and how many kits they have: the others are left for later.
    if (fields.every((field) => field === 'kitsReceived' || text(field) === '')) continue;
    const room = text('room');
    const wrong = (column: Column, reason: Refusal): void =>
      void preview.errors.push({ line, room, column, value: text(column), reason });
    const has = register.get(room);
    if (!has) wrong('room', { type: 'protocol-room-unknown', room });
    if (seen.has(room)) wrong('room', { type: 'protocol-room-twice', room });
    seen.add(room);
    const body = bodyOf(text, wrong);
    if (!has || !body) continue;
    const problems = protocolProblems(body, has);
    for (const reason of problems) wrong(columnOf(reason), reason);
    if (problems.length === 0)
      preview.rooms.push({ line, room, body, replaces: (versions.get(room)?.length ?? 0) > 0 });
  }
  return preview.rooms.length + preview.errors.length === 0
    ? refuse({ type: 'protocol-file-empty' })
    : ok(preview);
}

function placeOf(column: Column, head: readonly string[]): number {
  const names = new Set((['en', 'zh', 'ru'] as const).map((one) => heading(column, one).toLowerCase()));
  return head.findIndex((name) => names.has(name.trim().toLowerCase()));
}

function bodyOf(
  text: (column: Column) => string,
  wrong: (column: Column, reason: Refusal) => void,
): ProtocolBody | null {
  const values = Object.fromEntries(
    fields.map((field) => {
      if (field === 'spoiledKits')
        return [
          field,
          text(field)
            .split(/[\s,;，；、]+/)
            .filter((one) => one !== ''),
        ];
      if (!isAmount.has(field)) return [field, clock(text(field))];
      return [field, text(field) === '' ? 0 : Number(text(field))];
    }),
  );
  const read = protocolBodySchema.safeParse(values);
  if (read.success) return read.data;
  const columnsWrong = new Set(read.error.issues.map(({ path }) => path[0] as keyof ProtocolBody));
  for (const field of columnsWrong)
    wrong(field, {
      type:
        text(field) === ''
          ? 'protocol-value-missing'
          : isAmount.has(field)
            ? 'protocol-value-not-number'
            : field === 'startedAt' || field === 'endedAt'
              ? 'protocol-value-not-time'
              : 'protocol-value-too-long',
      value: text(field),
    });
  return null;
}

/** `9:05` is a time as well as `09:05`. */
function clock(text: string): string {
  return /^\d:\d\d$/.test(text) ? `0${text}` : text;
}

function columnOf({ type }: Refusal): Column {
  if (type === 'protocol-ends-before-start') return 'endedAt';
  if (type === 'protocol-more-than-received') return 'kitsReceived';
  return type === 'protocol-not-finished-above-used' ? 'notFinished' : 'spoiledKits';
}
