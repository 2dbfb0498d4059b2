/** Door sheets and seat tables (门贴座次表): what is glued on a room's door, and who sits where in each of its sessions. */
import type { PackageCandidate, PackageSession, RoomPackage } from '../../exam/package/room-package.ts';
import { ok, type Result } from '../../base/result.ts';
import { dateTime } from '../../ui/format.ts';
import {
  beside,
  framed,
  headline,
  paragraph,
  photoFrame,
  space,
  stack,
  table,
  type Block,
  type Column,
} from './blocks.ts';
import { Flow } from './flow.ts';
import { fitsOneFile } from './one-file.ts';
import { contentWidth, SheetDocument, type Printing } from './sheet-document.ts';
import { zoneAt, zonesOf, type SheetText } from './sheet-text.ts';

/** One room after the other: the door sheet, then a seat table for each session in which somebody sits there. Refusals: see `fitsOneFile`. */
export async function doorAndSeatSheets(
  rooms: readonly RoomPackage[],
  printing: Printing,
): Promise<Result<Uint8Array>> {
  const { text } = printing;
  const candidates = rooms.flatMap((room) => room.sessions.flatMap((session) => session.candidates));
  const fits = fitsOneFile(candidates);
  if (!fits.ok) return fits;
  const document = await SheetDocument.open({ ...printing, title: text('sheet.doorAndSeats') });
  for (const room of rooms) {
    doorSheet(document, room, text);
    for (const session of room.sessions) {
      if (session.candidates.length === 0) continue;
      await seatTable(document, room, session, text);
      // Others want their answers, too.
      await new Promise(setImmediate);
    }
  }
  return ok(await document.save());
}

const numbers = new Intl.Collator('en', { numeric: true });

function doorSheet(document: SheetDocument, room: RoomPackage, text: SheetText): void {
  const { lettering } = document;
  const centred = (words: string, size: number, weight: 'regular' | 'bold' = 'regular'): Block =>
    paragraph(lettering, words, contentWidth, { size, weight, align: 'centre' });
  const flow = new Flow(document, { foot: footOf(room, text, null) });
  flow.add(centred(room.project.name, 20, 'bold'));
  if (room.project.mode === 'mock') flow.add(mockMark(document, text));
  flow.add(space(14));
  flow.add(centred(`${room.site.code} · ${room.site.name}`, 15));
  flow.add(space(34));
  flow.add(centred(text('sheet.room'), 22));
  flow.add(headline(lettering, room.room.code, contentWidth, { size: 96, align: 'centre' }));
  if (room.room.name !== room.room.code) flow.add(centred(room.room.name, 30, 'bold'));
  flow.add(space(34));
  const columns: readonly Column<PackageSession>[] = [
    {
      title: text('column.session'),
      width: 150,
      weight: 'bold',
      cell: ({ number, name }) => `${number} · ${name}`,
    },
    { title: text('column.startAt'), width: 120, weight: 'bold', cell: ({ startAt }) => dateTime(startAt) },
    {
      title: text('column.candidates'),
      width: 75,
      align: 'right',
      cell: ({ candidates }) => String(candidates.length),
    },
    {
      title: text('sheet.numbers'),
      width: contentWidth - 345,
      cell: ({ candidates }) => {
        const sorted = candidates.map((one) => one.admissionNumber).toSorted(numbers.compare);
        const [first, last] = [sorted[0], sorted.at(-1)];
        if (first === undefined || last === undefined) return '–';
        return first === last ? first : `${first} – ${last}`;
      },
    },
  ];
  flow.table(table(lettering, columns, room.sessions, { size: 12.5, padding: 6 }));
  flow.add(space(8));
  flow.add(
    paragraph(
      lettering,
      text('sheet.zone', { zone: zonesOf(room.sessions.map((session) => session.startAt)) }),
      contentWidth,
      { size: 9, ink: 'grey' },
    ),
  );
}

async function seatTable(
  document: SheetDocument,
  room: RoomPackage,
  session: PackageSession,
  text: SheetText,
): Promise<void> {
  const { lettering } = document;
  const flow = new Flow(
    document,
    { foot: footOf(room, text, session.number) },
    seatTableHeading(document, room, session, text),
  );
  const photos = await photosOf(document, session.candidates);
  const seated = session.candidates
    .filter((one) => one.seatNumber !== null)
    .toSorted((a, b) => (a.seatNumber ?? 0) - (b.seatNumber ?? 0));
  const free = session.candidates.filter((one) => one.seatNumber === null);
  for (let i = 0; i < seated.length; i += perRow)
    flow.add(seatRow(document, seated.slice(i, i + perRow), photos, text));
  if (free.length === 0) return;
  if (seated.length > 0) {
    flow.add(space(8));
    flow.add(paragraph(lettering, text('sheet.freeSeats'), contentWidth, { size: 11, weight: 'bold' }));
    flow.add(space(4));
  }
  const photoWidth = photos === null ? 0 : listPhoto.width + 10;
  const columns: readonly Column<PackageCandidate>[] = [
    { title: text('sheet.index'), width: 34, align: 'right', cell: ({ index }) => String(index) },
    { title: text('column.seat'), width: 62, cell: () => '' },
    {
      title: text('column.admissionNumber'),
      width: 160,
      weight: 'bold',
      cell: ({ admissionNumber }) => admissionNumber,
    },
    { title: text('column.name'), width: contentWidth - 256 - photoWidth, cell: ({ name }) => name },
    ...(photos === null
      ? []
      : [
          {
            title: text('sheet.photo'),
            width: photoWidth,
            cell: (candidate: PackageCandidate) => () => photos(candidate, listPhoto),
          },
        ]),
  ];
  flow.table(table(lettering, columns, free, { size: 11, padding: 3.5 }));
}

function seatTableHeading(
  { lettering }: SheetDocument,
  room: RoomPackage,
  session: PackageSession,
  text: SheetText,
): Block {
  const left = contentWidth * 0.68;
  const mock = room.project.mode === 'mock' ? ` · ${text('mode.mock')}` : '';
  const where = `${room.site.code} · ${room.site.name}`;
  return stack(
    beside(
      {
        x: 0,
        block: stack(
          paragraph(lettering, `${room.project.name}${mock}`, left, { size: 11, weight: 'bold' }),
          paragraph(lettering, where, left, { size: 10 }),
          paragraph(lettering, `${text('sheet.seatTable')} · ${session.number} · ${session.name}`, left, {
            size: 13,
            weight: 'bold',
          }),
          paragraph(
            lettering,
            [
              `${text('column.startAt')}: ${dateTime(session.startAt)} (${zoneAt(session.startAt)})`,
              `${text('column.candidates')}: ${session.candidates.length}`,
            ].join(' · '),
            left,
            { size: 10 },
          ),
        ),
      },
      {
        x: left,
        block: stack(
          paragraph(lettering, text('sheet.room'), contentWidth - left, {
            size: 9,
            ink: 'grey',
            align: 'right',
          }),
          headline(lettering, room.room.code, contentWidth - left, { size: 26, align: 'right' }),
          ...(room.room.name === room.room.code
            ? []
            : [paragraph(lettering, room.room.name, contentWidth - left, { size: 10, align: 'right' })]),
        ),
      },
    ),
    space(10),
  );
}

type PhotoBlocks = (candidate: PackageCandidate, size: { width: number; height: number }) => Block;

const listPhoto = { width: 36, height: 48 };
const cardPhoto = { width: 39, height: 52 };

/** @returns null when nobody in the session has one: no space is kept for them. */
async function photosOf(
  document: SheetDocument,
  candidates: readonly PackageCandidate[],
): Promise<PhotoBlocks | null> {
  if (candidates.every((one) => one.photo === null)) return null;
  const pictures = new Map<string, Awaited<ReturnType<SheetDocument['photo']>>>();
  for (const { photo } of candidates) if (photo) pictures.set(photo.sha256, await document.photo(photo));
  const unprintable = document.text('sheet.photoUnprintable');
  return ({ photo }, size) =>
    photoFrame(
      document.lettering,
      photo && (pictures.get(photo.sha256) ?? null),
      photo === null ? document.text('sheet.photo') : unprintable,
      size,
    );
}

/** Cards beside each other. */
const perRow = 4;
const cardGap = 6;

/** Cards in the order of the seats: which of them stand behind each other in the room is known to nobody but those who are there. */
function seatRow(
  { lettering }: SheetDocument,
  candidates: readonly PackageCandidate[],
  photos: PhotoBlocks | null,
  text: SheetText,
): Block {
  const width = (contentWidth - (perRow - 1) * cardGap) / perRow;
  const [padding, photoWidth] = [5, photos === null ? 0 : cardPhoto.width + 5];
  const inner = width - 2 * padding;
  const contents = candidates.map((candidate) =>
    stack(
      beside(
        {
          x: 0,
          block: stack(
            paragraph(lettering, text('column.seat'), inner - photoWidth, { size: 7, ink: 'grey' }),
            headline(lettering, String(candidate.seatNumber), inner - photoWidth, { size: 24 }),
          ),
        },
        ...(photos === null ? [] : [{ x: inner - cardPhoto.width, block: photos(candidate, cardPhoto) }]),
      ),
      space(2),
      paragraph(lettering, candidate.name, inner, { size: 10.5, weight: 'bold' }),
      paragraph(lettering, candidate.admissionNumber, inner, { size: 8.5 }),
    ),
  );
  const height = Math.max(...contents.map((one) => one.height));
  return stack(
    beside(
      ...contents.map((block, i) => ({
        x: i * (width + cardGap),
        block: framed({ ...block, height }, width, padding),
      })),
    ),
    space(cardGap),
  );
}

function mockMark({ lettering }: SheetDocument, text: SheetText): Block {
  const width = 220;
  const words = paragraph(lettering, text('mode.mock'), width - 12, {
    size: 18,
    weight: 'bold',
    align: 'centre',
  });
  return stack(space(8), beside({ x: (contentWidth - width) / 2, block: framed(words, width, 6, 'black') }));
}

function footOf(room: RoomPackage, text: SheetText, session: number | null): string {
  return [
    room.project.code,
    room.site.code,
    `${text('sheet.room')} ${room.room.code}`,
    ...(session === null ? [] : [`${text('column.session')} ${session}`]),
    text('sheet.publication', { number: room.publication.number }),
  ].join(' · ');
}
