/** The scan station in the headquarters: it learns what was printed, and scans room by room until each is whole. */
import type { ScanRoomView } from '../../src/station/scan/contract.ts';
import { until } from '../exam-day/process.ts';
import type { Cast, Station } from './cast.ts';

export async function loadPrintJournals({ stick }: Cast, { screen, sockets }: Station): Promise<void> {
  const { journals } = screen.call.scan;
  await stick.in(sockets, async (drive) => {
    for (const { path } of await journals.find()) if (path.startsWith(drive)) await journals.load({ path });
  });
}

export async function roomView({ screen }: Station, room: string): Promise<ScanRoomView> {
  return screen.call.scan.room.view({ room });
}

/** Room number and counts, as the room's organisers hand them over; then the scanner begins. */
export async function beginRoom(
  { screen }: Station,
  room: string,
  counts: { readonly kits: number; readonly additional: number; readonly absent: number },
): Promise<void> {
  const { call } = screen;
  const { kits, additional, absent } = counts;
  await call.scan.room.open({ room });
  await call.scan.room.declare({
    room,
    counts: { kitsIssued: kits, registrations: kits, additional, absent, unfinished: 0 },
  });
  await call.scan.room.scan({ room });
}

/** All `pages` came from the scanner and were looked at. */
export async function allRead(station: Station, room: string, pages: number): Promise<ScanRoomView> {
  return until(`${pages} pages of room ${room}`, async () => {
    const view = await roomView(station, room);
    return view.pages.length >= pages && view.pages.every(({ state }) => state !== 'reading') ? view : null;
  });
}

export async function closeRoom({ screen }: Station, room: string): Promise<void> {
  await screen.call.scan.room.stop();
  await screen.call.scan.room.close({ room, reason: '' });
}

/** Packages that are on no stick yet. */
export async function writePackages({ stick }: Cast, { screen, sockets }: Station): Promise<void> {
  const { call } = screen;
  const { rooms } = await call.scan.view();
  const ids = rooms.flatMap(({ packages }) =>
    packages.filter(({ written }) => written === 0).map(({ id }) => id),
  );
  await stick.in(sockets, (drive) => call.scan.packages.write({ drive, ids }));
}
