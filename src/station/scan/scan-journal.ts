/** END_SCAN: what was scanned, room by room, and in which packages it went. A later one takes the place of the one before. */
import * as z from 'zod';
import type { JsonValue } from '../../base/json.ts';
import { refuse, type Result } from '../../base/result.ts';
import { scanFatesSchema, type ScanFates } from '../../exam/paper-day/parcels.ts';
import { siteFormsRoom } from '../../exam/paper-day/scan-room.ts';
import type { RoomState } from '../../exam/paper-day/scan-rooms.ts';
import { makeJournal } from '../closing/make-journal.ts';
import type { ScanDesk } from './desk.ts';

const closedPagesSchema = scanFatesSchema.shape.rooms.element.shape.pages;

/** Refusals: `scan-rooms-open`, `materials-missing`, those of `makeJournal`. */
export function makeScanJournal(
  desk: ScanDesk,
): Promise<Result<{ file: string; fileName: string; closing: number }>> {
  return desk.inTurn(async ({ eventId, book }) => {
    const rooms = [...book.rooms.values()];
    const open = rooms.filter((one) => one.open && !isUntouched(desk, one));
    if (open.length > 0)
      return refuse({ type: 'scan-rooms-open', rooms: open.map(({ room }) => room).join(', ') });
    const fates: ScanFates = {
      v: 1,
      rooms: rooms
        .filter(({ closings }) => closings > 0)
        .map((one) => ({
          room: one.room,
          ...(one.counts ?? { kitsIssued: 0, registrations: 0, additional: 0, absent: 0, unfinished: 0 }),
          reason: one.reason,
          pages: closedPages(desk, eventId, one),
          packages: [...one.everMade],
        })),
    };
    return makeJournal(desk.station, z.json().parse(fates) as JsonValue);
  });
}

/** Opened by mistake: nothing was declared, nothing scanned, nothing closed. */
function isUntouched(desk: ScanDesk, { room, counts, closings }: RoomState): boolean {
  const isEmpty =
    desk
      .current()
      ?.pages.all()
      .every((page) => page.room !== room) ?? true;
  return isEmpty && closings === 0 && (counts === null || room === siteFormsRoom);
}

function closedPages(
  desk: ScanDesk,
  eventId: string,
  { room, closings }: RoomState,
): ScanFates['rooms'][number]['pages'] {
  const row = desk.station.node.db
    .prepare('SELECT pages FROM room_closing WHERE event_id = ? AND room = ? AND closing = ?')
    .get(eventId, room, closings);
  return closedPagesSchema.parse(JSON.parse(String(row?.['pages'] ?? '[]')));
}
