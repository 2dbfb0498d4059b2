/** What is printed before the exam day, from the rooms' packages and the photos that came with them. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { admissionTickets, ticketsOf } from '../../node/printed-sheet/admission-tickets.ts';
import { doorAndSeatSheets } from '../../node/printed-sheet/door-and-seats.ts';
import { sheetText, type SheetText } from '../../node/printed-sheet/sheet-text.ts';
import { packageOf, roomRows, type Site } from '../site.ts';

export interface SheetWish {
  /** null: all rooms. */
  readonly roomCode: string | null;
  readonly language: SheetText['language'];
}

interface PrintedFile {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** Refusals: `exam-not-loaded`, `no-such-room`, and those of `doorAndSeatSheets`. */
export async function printDoorAndSeats(site: Site, wish: SheetWish): Promise<Result<PrintedFile>> {
  const packages = packagesFor(site, wish.roomCode);
  if (!packages.ok) return packages;
  const { roomCode } = wish;
  const made = await doorAndSeatSheets(
    packages.value.filter(({ room }) => roomCode === null || room.code === roomCode),
    printing(site, wish),
  );
  return made.ok ? ok({ fileName: fileName(site, 'door-and-seats', roomCode), content: made.value }) : made;
}

/** Refusals: `exam-not-loaded`, `no-such-room`, and those of `admissionTickets`. */
export async function printTickets(site: Site, wish: SheetWish): Promise<Result<PrintedFile>> {
  const packages = packagesFor(site, wish.roomCode);
  if (!packages.ok) return packages;
  const [first] = packages.value;
  if (!first) return refuse({ type: 'exam-not-loaded' });
  const tickets = ticketsOf(packages.value, wish.roomCode);
  const made = await admissionTickets(first.project, tickets, printing(site, wish));
  return made.ok ? ok({ fileName: fileName(site, 'tickets', wish.roomCode), content: made.value }) : made;
}

/** Of all rooms, also when one is asked for: a candidate may have another session in another room. */
function packagesFor(site: Site, roomCode: string | null) {
  const packages = roomRows(site).map((row) => packageOf(site, row));
  if (packages.length === 0) return refuse({ type: 'exam-not-loaded' });
  if (roomCode !== null && !packages.some(({ room }) => room.code === roomCode))
    return refuse({ type: 'no-such-room', room: roomCode });
  return ok(packages);
}

function printing({ node }: Site, { language }: SheetWish) {
  return {
    text: sheetText(language),
    at: node.clock.now(),
    readPhoto: (sha256: string) => node.blobs.read(sha256),
  };
}

function fileName(site: Site, what: string, roomCode: string | null): string {
  return `${[what, site.setup()?.siteCode, roomCode].filter(Boolean).join('_')}.pdf`;
}
