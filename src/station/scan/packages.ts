/** A room is closed: its pages become sealed packages, each below what a stick's file system and the centre take at once, and lie here until they are carried. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { namedDay, packageName } from '../../exam/paper-day/file-names.ts';
import { contentsPart, type AnswerSheetsContents } from '../../exam/paper-day/parcels.ts';
import {
  goesAlong,
  keepsOpen,
  mayClose,
  roomProblems,
  type Closing,
  type StandingPage,
} from '../../exam/paper-day/scan-room.ts';
import type { MadePackage, RoomState } from '../../exam/paper-day/scan-rooms.ts';
import { putOnStick } from '../../node/stick/put-on-stick.ts';
import { makeParcel } from '../../parcel/parcel.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import type { ScanDesk } from './desk.ts';

/** Of the images of one package: sealed, with its manifest, it stays below 200 MB. */
const partBytes = 180_000_000;
const partPages = 5_000;

const noCounts = { kitsIssued: 0, registrations: 0, additional: 0, absent: 0, unfinished: 0 };

/** What a room is judged by now; null: it is not there, or nobody has opened the materials. */
export function closingOf(desk: ScanDesk, room: string): Closing | null {
  const [state, known] = [desk.room(room), desk.known()];
  if (!state || !known) return null;
  const pages = desk.standing().get(room) ?? [];
  return {
    state,
    pages,
    problems: roomProblems(state, pages, known),
    scanning: desk.scanning.isAtWorkFor(room),
  };
}

export function whyNotClosed(desk: ScanDesk, room: string): Refusal | null {
  const closing = closingOf(desk, room);
  return closing ? keepsOpen(closing) : { type: 'materials-closed' };
}

/**
 * Makes the packages and then enters that the room is closed: a kill in between leaves files that the next try makes again, or finds.
 * @returns refusals `materials-closed`, those of `mayClose`, `disk-full`, `blob-damaged`
 */
export function closeRoom(
  desk: ScanDesk,
  room: string,
  reason: string,
  limits: { readonly bytes: number; readonly pages: number } = { bytes: partBytes, pages: partPages },
): Promise<Result<readonly MadePackage[]>> {
  return desk.inTurn(async ({ eventId, pages, book }) => {
    const known = await desk.open();
    if (!known.ok) return known;
    const closing = closingOf(desk, room);
    const state = book.rooms.get(room);
    if (!closing || !state) return refuse({ type: 'scan-room-not-open', room });
    const said = mayClose(closing, reason);
    if (!said.ok) return said;
    const along = closing.pages.filter(goesAlong);
    const sized = along.map((one) => ({ one, bytes: pages.get(one.page.id)?.bytes ?? 0 }));
    const parts = inParts(sized, limits);
    // One package takes the place of one: there are never fewer than before.
    while (parts.length < state.packages.length) parts.push([]);
    const made: MadePackage[] = [];
    for (const [i, part] of parts.entries()) {
      const done = await makePart(desk, state, said.value, part, { part: i + 1, parts: parts.length });
      if (!done.ok) return done;
      made.push(done.value);
    }
    const number = state.closings + 1;
    desk.station.node.db
      .prepare('INSERT OR REPLACE INTO room_closing (event_id, room, closing, pages) VALUES (?, ?, ?, ?)')
      .run(
        eventId,
        room,
        number,
        JSON.stringify(
          along.flatMap(({ sheet, kit }) => (sheet ? [{ number: sheet.number, side: sheet.side, kit }] : [])),
        ),
      );
    await desk.enter(eventId, [
      { kind: 'scan-room-closed', data: { room, closing: number, reason: said.value, packages: made } },
    ]);
    return ok(made);
  });
}

interface Sized {
  readonly one: StandingPage;
  readonly bytes: number;
}

/** One part at least: that a room has no page is a word, too. */
export function inParts<T extends { readonly bytes: number }>(
  all: readonly T[],
  { bytes, pages }: { readonly bytes: number; readonly pages: number },
): T[][] {
  const parts: T[][] = [[]];
  let size = 0;
  for (const one of all) {
    const last = parts.at(-1) as T[];
    if (last.length > 0 && (size + one.bytes > bytes || last.length >= pages)) {
      parts.push([one]);
      size = one.bytes;
    } else {
      last.push(one);
      size += one.bytes;
    }
  }
  return parts;
}

async function makePart(
  desk: ScanDesk,
  state: RoomState,
  reason: string | null,
  pages: readonly Sized[],
  { part, parts }: { readonly part: number; readonly parts: number },
): Promise<Result<MadePackage>> {
  const { station } = desk;
  const { node } = station;
  const [settings, admission, materials] = [station.settings(), station.admission(), station.materials()];
  if (!settings || !admission) return refuse({ type: 'station-not-admitted' });
  if (!materials) return refuse({ type: 'materials-missing' });
  const { event } = materials;
  const contents: AnswerSheetsContents = {
    v: 1,
    pages: pages.map(({ one: { page, sheet, kit, form } }, i) => ({
      part: `page-${i + 1}`,
      digest: page.digest,
      name: desk.current()?.pages.get(page.id)?.name ?? '',
      number: sheet?.number ?? null,
      side: sheet?.side ?? 1,
      kit,
      form,
    })),
    counts: { ...(state.counts ?? noCounts), reason },
  };
  const before = state.packages[part - 1] ?? null;
  const idWith = (replaces: string | null): string =>
    createHash('sha256')
      .update(JSON.stringify([event.id, admission.siteCode, state.room, part, parts, replaces, contents]))
      .digest('hex');
  // Nothing is different: it is the same package, and takes no other place. One that is gone is sealed anew, and is another file: it says so.
  if (before && before.id === idWith(before.replaces) && existsSync(packagePath(desk, before.id)))
    return ok(before);
  const replaces = before?.id ?? null;
  const made: MadePackage = { id: idWith(replaces), part, parts, pages: pages.length, replaces };
  const file = packagePath(desk, made.id);
  if (await stat(file).catch(() => null)) return ok(made);
  try {
    await mkdir(join(node.data, 'packages'), { recursive: true });
    for (const { one } of pages) await checkImage(desk, one.page.digest);
    const recipients = [admission.centreRecipient];
    const parcel = await makeParcel(
      file,
      {
        kind: 'answer-sheets',
        id: made.id,
        to: { role: 'centre', code: admission.centreCode },
        project: admission.project.id,
        session: event.id,
        mode: admission.project.mode,
        createdAt: node.clock.now(),
        about: {
          event,
          station: { id: node.id, number: settings.number },
          room: state.room,
          part,
          parts,
          pages: pages.length,
          replaces,
        },
      },
      [
        { name: contentsPart, content: utf8(JSON.stringify(contents)), recipients },
        ...pages.map(({ one }, i) => ({
          name: `page-${i + 1}`,
          content: { file: node.blobs.path(one.page.digest) },
          recipients,
        })),
      ],
      {
        name: { role: 'station', code: node.id, id: node.id },
        key: node.keys.signing,
        chain: admission.chain,
      },
    );
    return parcel.ok ? ok(made) : parcel;
  } catch (error) {
    const refusal = diskRefusal(error);
    if (!refusal) throw error;
    return refuse({ ...refusal, path: node.data });
  }
}

/** @throws Refused `blob-damaged`: a page that is not what came from the scanner any more is not sealed as if it were. */
async function checkImage({ station: { node } }: ScanDesk, digest: string): Promise<void> {
  const image = await node.blobs.stream(digest);
  // oxlint-disable-next-line no-unused-vars -- its end is what matters
  for await (const _ of image ?? []) continue;
}

export function packagePath({ station: { node } }: ScanDesk, id: string): string {
  return join(node.data, 'packages', `${id}.parcel`);
}

/**
 * Packages of closed rooms go to a stick, each whole or not at all; a stick that is full or pulled out says so, and what is on it counts.
 * @param ids those that are wanted
 * @returns how many went. Refusals: `station-not-admitted`, `scan-package-gone`, those of `putOnStick`.
 */
export async function writePackages(
  desk: ScanDesk,
  drive: string,
  ids: readonly string[],
): Promise<Result<{ written: number }>> {
  const { station } = desk;
  const [admission, materials, current] = [station.admission(), station.materials(), desk.current()];
  if (!admission || !materials || !current) return refuse({ type: 'station-not-admitted' });
  let written = 0;
  for (const { room, packages, open } of current.book.rooms.values())
    for (const { id, part } of open ? [] : packages) {
      if (!ids.includes(id)) continue;
      const staged = join(station.node.staging, newId());
      try {
        await copyFile(packagePath(desk, id), staged);
      } catch (error) {
        const refusal = diskRefusal(error);
        if (refusal) return refuse({ ...refusal, path: station.node.data });
        if ((error as NodeJS.ErrnoException).code === 'ENOENT')
          return refuse({ type: 'scan-package-gone', room });
        throw error;
      }
      const day = namedDay(materials.event, admission.region, admission.siteCode);
      const fileName = packageName('answer-sheets', day, room, part, id);
      const put = await putOnStick(station, drive, 'answers', { file: staged, fileName });
      if (!put.ok) return put;
      await desk.enter(current.eventId, [
        { kind: 'scan-package-written', data: { package: id, room, drive } },
      ]);
      written++;
    }
  return ok({ written });
}
