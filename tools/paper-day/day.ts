/**
 * A whole paper day: two rooms, a print station that dies and is replaced, three kits that are spoiled, a sheet that was forgotten on a table, and
 * one that the centre wants scanned again. Everything goes by the operations that the consoles use.
 */
import { mostAtPrinter } from '../../src/station/print/desk.ts';
import { refusalIn, until } from '../exam-day/process.ts';
import { registerSite, stationNames, type Cast, type Station } from './cast.ts';
import { prepareDay, registerForms, type EventIds } from './centre.ts';
import { rooms, siteCode } from './plan.ts';
import {
  additionalFile,
  answeredAdditional,
  answeredKits,
  feed,
  outOfPrinter,
  printedKits,
  type AnsweredSheet,
} from './rooms.ts';
import { allRead, beginRoom, closeRoom, loadPrintJournals, roomView, writePackages } from './scan-room.ts';
import { activate, headquarters, loadMaterials, openAgain, setUpStation, type Headquarters } from './site.ts';
import { summaryOf, type Summary } from './summary.ts';
import { wayOf, type Way } from './way.ts';

interface Play {
  readonly cast: Cast;
  readonly ids: EventIds;
  readonly staff: Headquarters;
  readonly way: Way;
  readonly say: (text: string) => void;
}

/** @param online centre and site reach each other on the day; without it they never do after the registration */
export async function playPaperDay(
  cast: Cast,
  { online, say }: { online: boolean; say: (text: string) => void },
): Promise<Summary> {
  const begun = Date.now();
  const ids = await registerForms(cast);
  await registerSite(cast, ids.projectId);
  if (!online) cast.wire.cut(true);
  const play = { cast, ids, say, staff: headquarters(cast, ids.eventId), way: wayOf(cast, ids, online) };
  await daysBefore(play);
  await openMaterials(play);
  const piles = await printAndWrite(play);
  await scan(play, piles);
  await confirm(play, piles);
  return summaryOf(cast.centre, ids, online, begun);
}

async function daysBefore({ cast, ids, staff, way, say }: Play): Promise<void> {
  say('Days before: materials are sealed for the site, stations are admitted and get them');
  // Later than everything here takes; it is brought forward when all is ready.
  await prepareDay(cast, ids, Date.now() + 3_600_000);
  await way.bringSealed();
  for (const name of stationNames) {
    await setUpStation(cast, cast.stations[name]);
    await staff.admit(name);
  }
  await staff.writeMaterials();
  await loadMaterials(cast);
  await staff.tell('readiness-confirmed');
  await way.report();
}

async function openMaterials({ cast, ids, staff, way, say }: Play): Promise<void> {
  const early = await way.tooEarly();
  if (early === null) throw new Error('the papers opened before their time');
  say(`The morning: before the time the key opens nothing (${early})`);
  await cast.centre.call.paperDay.setRelease({ ...ids, at: Date.now() + 1_000 });
  await way.release();
  await staff.writeKey();
  for (const name of ['print-1', 'print-2', 'print-3'] as const) await activate(cast, cast.stations[name]);
  await staff.tell('key-received');
  say('The key is released; the member has opened the materials at three print stations');
}

type Piles = Readonly<Record<'0001' | '0002', AnsweredSheet[]>>;

async function printAndWrite(play: Play): Promise<Piles> {
  const { cast, staff, way, say } = play;
  const [first, second] = await Promise.all([firstRoom(play), secondRoom(play)]);
  await staff.tell('exam-started');
  await way.report();
  const { stations } = cast;
  const piles = {
    '0001': answeredKits(stations['print-1'], first.slice(0, rooms['0001'].kits - rooms['0001'].absent)),
    '0002': [
      ...answeredKits(stations['print-2'], second.before),
      ...answeredKits(stations['print-3'], second.after),
      answeredAdditional(stations['print-3'], second.after[0] ?? ''),
    ],
  };
  say('Candidates have written; the print stations finish');
  // The computer that died works again by the evening: what it printed is told by its own journal.
  await cast.startAgain('print-2');
  await openAgain(cast.tokenStick, stations['print-2']);
  await until('the verdicts of the station that died', async () => {
    const { call } = stations['print-2'].screen;
    const open = (await call.print.get()).kits.filter(({ fate }) => ['out', 'unsure'].includes(fate));
    if (open.length > 0)
      await call.print.run.judge({ kits: open.map(({ kit }) => kit), verdict: 'good', reason: '' });
    return open.length > 0;
  });
  for (const name of ['print-1', 'print-2', 'print-3'] as const) {
    const { screen, sockets } = stations[name];
    const short = name === 'print-2' ? 'Компьютер не включался, аудиторию взяла станция 3' : '';
    await screen.call.print.end.finish({ short });
    await cast.stick.in(sockets, (drive) => screen.call.print.end.write({ drive, language: 'ru' }));
  }
  await staff.takeFromStick();
  await staff.tell('exams-finished');
  await way.report();
  return piles;
}

/** All kits come out, three are spoiled and replaced. @returns the good ones */
async function firstRoom({ cast, say }: Play): Promise<string[]> {
  const station = cast.stations['print-1'];
  const { run } = station.screen.call.print;
  const count = rooms['0001'].kits;
  await run.start({ count, from: null, language: 'ru' });
  const out = (await outOfPrinter(station, count)).map(({ kit }) => kit);
  const spoiled = out.slice(0, 3);
  const good = out.slice(3);
  await run.judge({ kits: spoiled, verdict: 'spoiled', reason: 'Полосы на листах' });
  await run.judge({ kits: good, verdict: 'good', reason: '' });
  for (const kit of spoiled) await run.replace({ kit, language: 'ru' });
  const instead = (await outOfPrinter(station, spoiled.length)).map(({ kit }) => kit);
  await run.judge({ kits: instead, verdict: 'good', reason: '' });
  say(`Room 0001: ${spoiled.length} of ${out.length} kits were spoiled, reserve kits took their places`);
  return [...good, ...instead];
}

/** The station dies in the middle; a reserve goes on where it stopped. */
async function secondRoom({ cast, staff, say }: Play) {
  const [dying, reserve] = [cast.stations['print-2'], cast.stations['print-3']];
  const count = rooms['0002'].kits;
  const { office } = dying.printer ?? {};
  if (!office) throw new Error('a print station without a printer');
  const earlier = office.received;
  office.takePaperOut();
  await dying.screen.call.print.run.start({ count, from: null, language: 'ru' });
  // As many as it gives a printer at once: no kit is on its way when the station dies. One that were would be told by two stations, and
  // the books would rightly ask about it.
  await until('a printer that has all it gets', () =>
    Promise.resolve(office.received - earlier === mostAtPrinter),
  );
  await cast.kill('print-2');
  // What the printer had already got comes out all the same.
  office.putPaperIn();
  await printerAtRest(dying);
  const before = printedKits(dying);
  await staff.takeRoom('print-3', '0002', 'print-2', 'Компьютер станции 2 не включается');
  const { run } = reserve.screen.call.print;
  await run.room({ room: '0002' });
  const { kits } = await reserve.screen.call.print.get();
  const next = kits.find(({ kit, reserve: spare }) => !spare && !before.includes(kit));
  await run.start({ count: count - before.length, from: next?.kit ?? null, language: 'ru' });
  const after = (await outOfPrinter(reserve, count - before.length)).map(({ kit }) => kit);
  await run.judge({ kits: after, verdict: 'good', reason: '' });
  await run.additional({ count: 1, language: 'ru' });
  // Its test page lies in the tray, too.
  await until('the additional sheet', () => Promise.resolve(additionalFile(reserve)));
  say(`Room 0002: station 2 died after ${before.length} kits, reserve station 3 printed ${after.length}`);
  return { before, after };
}

/** Twice in a row: what was on its way to it has arrived. */
async function printerAtRest({ printer }: Station): Promise<void> {
  let looks = 0;
  await until('a printer at rest', () => {
    looks = printer?.office.atRest ? looks + 1 : 0;
    return Promise.resolve(looks >= 5);
  });
}

async function scan({ cast, staff, say }: Play, piles: Piles): Promise<void> {
  const scanner = cast.stations['scan-1'];
  const { call } = scanner.screen;
  await activate(cast, scanner);
  await loadPrintJournals(cast, scanner);
  const { forgotten, pale, others } = parted(piles['0001']);
  const { kits, absent } = rooms['0001'];
  await beginRoom(scanner, '0001', { kits: kits - absent, additional: 0, absent });
  await feed(scanner, 'a', others);
  // One page comes out so pale that no machine reads it.
  await feed(scanner, 'b', [pale], { blur: 3.2, contrast: 0.3 });
  const view = await allRead(scanner, '0001', others.length + 1);
  const refused = await closeRoom(scanner, '0001').then(
    () => null,
    (error: unknown) => refusalIn(error)?.type ?? null,
  );
  if (refused === null) throw new Error('a room in which a sheet is missing was closed without a word');
  const missing = view.problems.flatMap((one) => (one.type === 'sheet-missing' ? [one] : []));
  say(
    `Room 0001 is not closed (${refused}): missing ${missing.map(({ kind, kit }) => `${kind} of ${kit}`).join(', ')}`,
  );
  const unread = view.pages.find(({ problem }) => problem === 'unreadable');
  const itsSheet = missing.find(({ kit, kind }) => kit === pale.kit && kind === pale.side.kind);
  if (!unread || !itsSheet) throw new Error('the station does not say which page it cannot read');
  const { number, side } = itsSheet;
  await call.scan.page.decide({
    page: unread.id,
    seen: unread.seen,
    decision: { what: 'number', number, side },
  });
  await call.scan.room.scan({ room: '0001' });
  await feed(scanner, 'c', [forgotten]);
  await allRead(scanner, '0001', others.length + 2);
  await closeRoom(scanner, '0001');
  say('The sheet was found on a window sill and scanned, the number of the pale page was typed');

  await beginRoom(scanner, '0002', { kits: rooms['0002'].kits, additional: 1, absent: 0 });
  await feed(scanner, 'd', piles['0002']);
  const second = await allRead(scanner, '0002', piles['0002'].length);
  const loose = second.pages.find(({ problem }) => problem === 'kit-not-linked');
  const kit = piles['0002'].at(-1)?.kit;
  if (!loose || kit === undefined) throw new Error('the station does not ask whose additional sheet it is');
  await call.scan.page.decide({ page: loose.id, seen: loose.seen, decision: { what: 'kit', kit } });
  await closeRoom(scanner, '0002');
  await writePackages(cast, scanner);
  await staff.takeFromStick();
  say('Room 0002: the additional sheet was entered to its kit; both rooms are packed and sealed');
}

/** One sheet stays behind in the room, another is the one that comes out badly. */
function parted(pile: readonly AnsweredSheet[]) {
  const [forgotten, pale] = pile.filter(({ side }) => side.kind === 'answers-1');
  if (!forgotten || !pale) throw new Error('too few kits were written in room 0001');
  return { forgotten, pale, others: pile.filter((one) => one !== forgotten && one !== pale) };
}

async function confirm({ cast, ids, staff, way, say }: Play, piles: Piles): Promise<void> {
  const scanner = cast.stations['scan-1'];
  const { call } = scanner.screen;
  await way.send();
  const [bad] = await settledPackages(cast, ids, way, staff, 1);
  if (!bad) throw new Error('the centre reads a page that no machine could read');
  say(`The centre has opened both packages and wants ${bad.rescan.length} side of room ${bad.room} again`);
  await cast.stick.in(cast.siteSockets, (drive) =>
    cast.site.call.paperDay.package.writeWords({ eventId: ids.eventId, drive }),
  );
  const { pale } = parted(piles['0001']);
  await cast.stick.in(scanner.sockets, async (drive) => {
    for (const { path } of await call.scan.words.find())
      if (path.startsWith(drive)) await call.scan.words.take({ path });
  });
  const before = (await roomView(scanner, '0001')).pages.length;
  await call.scan.room.scan({ room: '0001' });
  await feed(scanner, 'e', [pale]);
  await allRead(scanner, '0001', before + 1);
  await closeRoom(scanner, '0001');
  await writePackages(cast, scanner);
  await staff.takeFromStick();
  await way.send();
  await settledPackages(cast, ids, way, staff, 0);
  say('The page was scanned again: all packages are «Подтвержден»');
  await cast.stick.in(scanner.sockets, (drive) => call.scan.journal.write({ drive }));
  await staff.takeFromStick();
  await staff.tell('forms-sent');
  await way.report();
  await until('the last status at the centre', async () => {
    const board = await cast.centre.call.dayPackage.board({ ...ids });
    return board.rows.every(
      ({ told, journals }) => told['forms-sent'] !== undefined && journals.missing === 0,
    );
  });
}

/** The site has heard the last word about every package. @returns those of which something is to be scanned again */
async function settledPackages(
  cast: Cast,
  ids: EventIds,
  way: Way,
  staff: Headquarters,
  again: number,
): Promise<{ room: string; rescan: readonly unknown[] }[]> {
  return until('the last word about all packages', async () => {
    const atCentre = (await cast.centre.call.dayPackage.site({ ...ids, siteCode })).packages;
    const counting = atCentre.filter(({ replacedBy }) => replacedBy === null);
    if (
      counting.length < 2 ||
      counting.some(({ state, quality }) => state === 'received' || quality === 'checking')
    )
      return null;
    await way.hear();
    const here = (await staff.view()).packages.filter(({ replacedBy }) => replacedBy === null);
    const bad = here.filter(({ quality }) => quality === 'rescan');
    if (bad.length !== again || here.some(({ state }) => state !== 'confirmed')) return null;
    return bad;
  });
}
