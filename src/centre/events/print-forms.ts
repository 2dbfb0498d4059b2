/** The forms of a room or of a site as PDF, in files of bounded size. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { newId } from '../../base/ids.ts';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import { numberProblem, ownNumbers } from '../../exam/form/sheet-number.ts';
import type { Words } from '../../exam/form/template.ts';
import { formsPdf, type SheetToPrint } from '../../node/printed-form/forms-pdf.ts';
import { printedValues } from '../../node/printed-form/printed-values.ts';
import type { Centre } from '../centre.ts';
import type { EventRow } from './event-row.ts';
import { templatesOf } from './templates.ts';

/** Of one file: made in memory, a few seconds long. */
const sheetsOfFile = 1_000;
/** At once: what takes longer than a minute is better printed room by room. */
const mostSheets = 20_000;

export interface PrintWish {
  readonly siteCode: string;
  /** null: all rooms, a file each. */
  readonly roomCode: string | null;
  readonly language: keyof Words;
}

interface Part {
  readonly fileName: string;
  readonly roomCode: string;
  readonly sheets: readonly SheetToPrint[];
}

export type Printed = { readonly fileName: string } & (
  | { readonly content: Uint8Array }
  | { readonly file: string }
);

/** Refusals: `register-nothing-here`, `forms-printed-elsewhere`, `forms-too-many`. */
export async function printForms(
  centre: Centre,
  event: EventRow,
  wish: PrintWish,
  account: string,
): Promise<Result<Printed>> {
  const sheets = await sheetsOf(centre, event, wish);
  if (!sheets.ok) return sheets;
  const parts = partsOf(event, wish.siteCode, sheets.value);
  const [only] = parts;
  if (!only) return refuse({ type: 'register-nothing-here' });
  const name = legalName([event.code, wish.siteCode, wish.roomCode ?? ''].filter(Boolean).join('_'));
  let pages = 0;
  const make = async (part: Part): Promise<Uint8Array> => {
    const made = await formsPdf({
      title: `${event.name} · ${part.fileName.replace(/\.pdf$/, '')}`,
      language: wish.language,
      at: centre.node.clock.now(),
      templates: templatesOf(event),
      values: printedValues(
        { subjectName: event.subject_name, date: event.date, site: wish.siteCode, room: part.roomCode },
        wish.language,
      ),
      sheets: part.sheets,
    });
    pages += made.pages;
    return made.content;
  };
  const printed: Printed =
    parts.length === 1
      ? { fileName: only.fileName, content: await make(only) }
      : { fileName: `${name}.zip`, file: await zipOf(centre, parts, make) };
  await centre.node.journal.append([
    {
      kind: 'forms-printed',
      subject: `event:${event.id}`,
      data: {
        project: event.project_id,
        code: event.code,
        site: wish.siteCode,
        room: wish.roomCode,
        sheets: sheets.value.length,
        pages,
        by: account,
      },
    },
  ]);
  return ok(printed);
}

async function sheetsOf(
  { db }: Centre,
  event: EventRow,
  { siteCode, roomCode }: PrintWish,
): Promise<Result<(SheetToPrint & { readonly roomCode: string })[]>> {
  const ofPlace = db
    .selectFrom('sheet')
    .where('event_id', '=', event.id)
    .where('site_code', '=', siteCode)
    .$if(roomCode !== null, (query) => query.where('room_code', '=', roomCode ?? ''));
  // Before they are read: a site may have a hundred thousand.
  const { n } = await ofPlace.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  if (Number(n) > mostSheets) return refuse({ type: 'forms-too-many', count: Number(n), limit: mostSheets });
  const rows = await ofPlace
    .select(['number', 'kit', 'kind', 'copy', 'room_code'])
    .orderBy('room_code')
    .orderBy('kit')
    .orderBy('place')
    .orderBy('number')
    .execute();
  if (rows.some(({ number }) => numberProblem(number, ownNumbers) !== null))
    return refuse({ type: 'forms-printed-elsewhere' });
  return ok(
    rows.map(({ number, kit, kind, copy, room_code }) => ({
      number,
      kit,
      kind: kind as SheetKind,
      copy,
      roomCode: room_code,
    })),
  );
}

/** A room is one file, a very large one several; a kit is never torn apart, and sheets that belong to none come last. */
function partsOf(
  event: EventRow,
  siteCode: string,
  sheets: readonly (SheetToPrint & { readonly roomCode: string })[],
): Part[] {
  return [...Map.groupBy(sheets, (sheet) => sheet.roomCode)].flatMap(([roomCode, all]) => {
    const kits = Map.groupBy(
      all.filter(({ kit }) => kit !== null),
      ({ kit }) => kit,
    );
    const loose = all.filter(({ kit }) => kit === null);
    const files: SheetToPrint[][] = [[]];
    for (const group of [...kits.values(), ...loose.map((one) => [one])]) {
      const last = files.at(-1) as SheetToPrint[];
      if (last.length > 0 && last.length + group.length > sheetsOfFile) files.push([...group]);
      else last.push(...group);
    }
    const name = [event.code, siteCode, roomCode].filter(Boolean).join('_');
    return files.map((part, i) => ({
      fileName: `${legalName(files.length === 1 ? name : `${name}_${i + 1}`)}.pdf`,
      roomCode,
      sheets: part,
    }));
  });
}

async function zipOf(
  centre: Centre,
  parts: readonly Part[],
  make: (part: Part) => Promise<Uint8Array>,
): Promise<string> {
  const { Uint8ArrayReader, ZipWriter } = await import('@zip.js/zip.js');
  const file = join(centre.node.staging, `${newId()}.zip`);
  const zip = new ZipWriter(Writable.toWeb(createWriteStream(file)) as WritableStream<Uint8Array>, {
    useWebWorkers: false,
    // Packed already.
    level: 0,
  });
  try {
    for (const part of parts) await zip.add(part.fileName, new Uint8ArrayReader(await make(part)));
    await zip.close();
    return file;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Codes of sites and rooms come from rosters: what no file system takes is left out. */
export function legalName(name: string): string {
  return name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-').replace(/[. ]+$/, '');
}
