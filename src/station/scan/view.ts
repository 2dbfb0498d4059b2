/** What the scan station's page shows. */
import {
  goesAlong,
  foundIn,
  siteFormsRoom,
  unfit,
  type StandingPage,
} from '../../exam/paper-day/scan-room.ts';
import type { RoomState, ScanState } from '../../exam/paper-day/scan-rooms.ts';
import type { ScanPage, ScanRoomRow, ScanRoomView, ScanView } from './contract.ts';
import type { ScanDesk } from './desk.ts';
import { closingOf, whyNotClosed } from './packages.ts';
import { loadedJournals } from './print-journals.ts';
import { chosenScanner } from './scanner-choice.ts';

export function scanView(desk: ScanDesk): ScanView {
  const { station } = desk;
  const [current, known, day] = [desk.current(), desk.known(), station.day()];
  const { run } = desk.scanning;
  const planned = known?.rooms ?? station.materials()?.rooms.map(({ room }) => room) ?? [];
  const begun = [...(current?.book.rooms.keys() ?? [])];
  const rooms = [...new Set([...planned, ...begun, siteFormsRoom])].toSorted((a, b) =>
    // Forms of the site come last.
    a === siteFormsRoom ? 1 : b === siteFormsRoom ? -1 : a.localeCompare(b, 'en', { numeric: true }),
  );
  return {
    open: day !== null && known !== null,
    speaking: station.materials()?.event.speaking === true,
    scanner: chosenScanner(station),
    run: run && { ...run, passedOver: [...run.passedOver], words: [...run.words] },
    rooms: rooms.map((room) => roomRow(desk, room)),
    journals: loadedJournals(station, current?.eventId ?? '').map((one) => {
      const kits = known && one.opened ? desk.toldBy(one.stationId) : null;
      return {
        stationId: one.stationId,
        number: one.number,
        room: one.room,
        closing: one.closing,
        good: one.opened ? (kits?.filter(({ fate }) => fate === 'good').length ?? null) : 0,
        spoiled: one.opened ? (kits?.filter(({ fate }) => fate === 'spoiled').length ?? null) : 0,
        opened: one.opened,
        loadedAt: one.loadedAt,
      };
    }),
    untoldRooms: [...(known?.untoldRooms ?? [])],
    failing: desk.failing(),
  };
}

function roomRow(desk: ScanDesk, room: string): ScanRoomRow {
  const [current, known, state] = [desk.current(), desk.known(), desk.room(room)];
  const closing = closingOf(desk, room);
  const pages = current?.pages.all().filter((page) => page.room === room) ?? [];
  return {
    room,
    state: state === null ? 'none' : state.open ? 'open' : 'closed',
    kits: known
      ? [...known.kits.values()].filter((kit) => kit.room === room).length
      : (desk.station.materials()?.rooms.find((one) => one.room === room)?.kits ?? 0),
    pages: closing ? closing.pages.filter(goesAlong).length : pages.length,
    unread: pages.filter(({ reading }) => reading === null).length,
    unfit: closing && state?.open ? unfit(closing) : 0,
    journalMissing: known?.untoldRooms.has(room) ?? false,
    reason: state?.reason ?? null,
    packages: current && state && !state.open ? packagesOf(current.book, state) : [],
  };
}

function packagesOf({ words, written }: ScanState, { packages }: RoomState): ScanRoomRow['packages'] {
  return packages.map((one) => {
    const word = words.get(one.id);
    return {
      ...one,
      written: written.get(one.id) ?? 0,
      word: word ? { state: word.state, quality: word.quality, reason: word.reason, at: word.at } : null,
    };
  });
}

/** null: nobody has begun with it, or nobody has opened the materials. */
export function roomView(desk: ScanDesk, room: string): ScanRoomView | null {
  const [state, closing] = [desk.room(room), closingOf(desk, room)];
  if (!state || !closing) return null;
  return {
    room,
    open: state.open,
    counts: state.counts,
    found: foundIn(closing.pages),
    pages: closing.pages.map((one) => pageView(desk, one)),
    problems: state.open ? [...closing.problems] : [],
    blocked: whyNotClosed(desk, room),
    unfit: unfit(closing),
    reason: state.reason,
  };
}

function pageView(desk: ScanDesk, one: StandingPage): ScanPage {
  const { page, state, problem, sheet, known, kit, form, mates } = one;
  const { reading, decided } = page;
  return {
    id: page.id,
    seq: page.seq,
    name: desk.current()?.pages.get(page.id)?.name ?? '',
    state,
    problem,
    why: problem === 'bad-image' || problem === 'two-sheets' ? (reading?.problem ?? null) : null,
    number: sheet?.number ?? null,
    side: sheet?.side ?? null,
    kind: known?.kind ?? null,
    kit,
    roomOfSheet: known?.room ?? null,
    form,
    empty: reading?.ink?.filled === false,
    note: decided.taken,
    mates: [...mates],
    rotation: reading?.rotation ?? 0,
    hasThumbnail: reading !== null && reading.class !== 'bad-image',
    seen: decided.seen,
  };
}
