/** What lies at a scan or voice station goes once the centre has everything, or with a member's agreement; nothing of it is on the disk afterwards. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { PackageWord } from '../../exam/paper-day/parcels.ts';
import { bytesOf } from '../../exam/recording/flac/flac.fixture.ts';
import { activate } from '../access-key/access-key.ts';
import { loadMaterials } from '../materials/load-materials.ts';
import { scanRemains } from '../scan/scan-remains.ts';
import { scannersFolder } from '../scan/scanner-choice.ts';
import { takeWords as takeScanWords } from '../scan/package-words.ts';
import { closeRoom } from '../scan/packages.ts';
import { makeScanJournal } from '../scan/scan-journal.ts';
import { begun, scanned, scanPlace, sidesOf, type ScanPlace } from '../scan/scan.fixture.ts';
import { settingNames, type Station } from '../station.ts';
import { memberPin, type TestStation } from '../station.fixture.ts';
import { begin, endTake, keepPiece, lookUp, prepare, signIn } from '../voice/answering.ts';
import { close } from '../voice/closing.ts';
import { takeWords } from '../voice/package-words.ts';
import { formOf, openVoice, speech, type OpenVoice } from '../voice/voice.fixture.ts';
import { voiceRemains } from '../voice/voice-remains.ts';
import { goOn, remainsView, removeRemains } from './remove.ts';

let ends: () => Promise<void>;
afterEach(() => ends());

const good = (packageId: string): PackageWord => ({
  packageId,
  state: 'confirmed',
  quality: 'good',
  rescan: [],
  reason: '',
  at: 10,
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** Files of the station's data, its database with them, in which these bytes are. */
function whereIs({ folder }: TestStation, bytes: Uint8Array | string): string[] {
  return filesBelow(join(folder, 'data')).filter((path) => readFileSync(path).includes(bytes));
}

const kindsOf = ({ node: { journal } }: Station): string[] =>
  journal
    .ofOrigin(journal.self.origin, journal.self.epoch, 0, 1_000)
    .map(({ header }) => (JSON.parse(header) as { kind: string }).kind);

async function closedScan(): Promise<{ place: ScanPlace; id: string }> {
  const place = await scanPlace();
  ends = () => place.close();
  const kits = place.kits.filter(({ room }) => room === '0002');
  await begun(place, '0002', { kitsIssued: 2, registrations: 2 });
  await scanned(place, '0002', kits.flatMap(sidesOf));
  const [made] = expectOk(await closeRoom(place.desk, '0002', 'no journal of this room'));
  return { place, id: made?.id ?? '' };
}

test('images, packages and materials of a scan station go when the centre has everything; its journal can be made again', async () => {
  const { place, id } = await closedScan();
  const { here, above, desk } = place;
  const { station } = here;
  const work = scanRemains(desk);
  const against = () => expectOk(remainsView(station, work)).keptBack.map(({ type }) => type);
  expect(against()).toEqual(['remains-not-confirmed', 'remains-without-journal']);
  const { closing } = expectOk(await makeScanJournal(desk));
  expect(await removeRemains(station, work, '')).toMatchObject({
    refusal: { type: 'remains-not-confirmed', packages: 1, of: 1 },
  });
  // Whole, and it may still ask for sheets again.
  const checking = { ...good(id), quality: 'checking', at: 5 } as const;
  expectOk(await takeScanWords(desk, await above.words([checking])));
  expect(against()).toEqual(['remains-not-confirmed']);
  expectOk(await takeScanWords(desk, await above.words([good(id)])));
  expect(against()).toEqual([]);
  // A scanner gave it, and the station was killed before it was put away there.
  const left = join(scannersFolder(desk), 'of-a-scanner', 'unfinished');
  mkdirSync(left, { recursive: true });
  writeFileSync(join(left, 'p1.tiff'), 'jotting {');
  expect(whereIs(here, 'jotting {').length).toBeGreaterThan(1);
  expect(filesBelow(join(here.folder, 'data')).some((path) => path.endsWith('.parcel'))).toBe(true);

  expectOk(await removeRemains(station, work, ''));
  expect(whereIs(here, 'jotting {')).toEqual([]);
  expect(filesBelow(join(here.folder, 'data')).filter((path) => path.endsWith('.parcel'))).toEqual([]);
  expect(station.day()).toBeNull();
  expect(expectOk(remainsView(station, work))).toMatchObject({
    items: 0,
    good: 1,
    removedAt: expect.any(Number),
  });
  expect(kindsOf(station).slice(-2)).toEqual(['station-remains-to-go', 'station-remains-gone']);
  // A later END_SCAN takes the earlier one's place, and says the same of the rooms.
  expect(expectOk(await makeScanJournal(desk)).closing).toBe(closing + 1);
});

test('a rescan after everything was removed: the room is scanned anew, its package takes the other’s place, and it goes again', async () => {
  const { place, id } = await closedScan();
  const { above, desk } = place;
  const { station } = place.here;
  const work = scanRemains(desk);
  expectOk(await makeScanJournal(desk));
  expectOk(await takeScanWords(desk, await above.words([good(id)])));
  expectOk(await removeRemains(station, work, ''));
  // The materials come once more, and a member with them.
  expectOk(await loadMaterials(station, await above.materials()));
  expectOk(await activate(station, null, ''));
  expectOk(await desk.open());
  const kits = place.kits.filter(({ room }) => room === '0002');
  const rescan = [{ number: kits[0]?.sheets[0]?.number ?? '', side: 1 as const }];
  const again = { ...good(id), quality: 'rescan', rescan, at: 20 } as const;
  expect(expectOk(await takeScanWords(desk, await above.words([again]))).rooms).toEqual(['0002']);
  await scanned(place, '0002', kits.flatMap(sidesOf));
  expect(expectOk(remainsView(station, work))).toMatchObject({ items: 8, removedAt: null });
  const [made] = expectOk(await closeRoom(desk, '0002', 'once more'));
  expect(made).toMatchObject({ replaces: id, pages: 8 });
  expectOk(await makeScanJournal(desk));
  expectOk(await takeScanWords(desk, await above.words([{ ...good(made?.id ?? ''), at: 30 }])));
  expectOk(await removeRemains(station, work, ''));
  expect(whereIs(place.here, 'jotting {')).toEqual([]);
});

test('with a member’s agreement and a reason it goes earlier, and the journal has both', async () => {
  const { place } = await closedScan();
  const { here, desk } = place;
  const { station } = here;
  const work = scanRemains(desk);
  const day = station.day();
  station.openDay(null);
  expect(await removeRemains(station, work, 'the building is given up')).toMatchObject({
    refusal: { type: 'remains-need-a-member' },
  });
  expect(whereIs(here, 'jotting {').length).toBeGreaterThan(0);
  station.openDay(day);
  expectOk(await removeRemains(station, work, 'the building is given up'));
  expect(whereIs(here, 'jotting {')).toEqual([]);
  const { journal } = station.node;
  const [entry] = journal
    .ofOrigin(journal.self.origin, journal.self.epoch, 0, 1_000)
    .map(({ header }) => JSON.parse(header) as { kind: string; data: object })
    .filter(({ kind }) => kind === 'station-remains-to-go');
  expect(entry?.data).toMatchObject({ reason: 'the building is given up', packages: [{ state: null }] });
});

test('a station that was killed while it removed goes on at its next start', async () => {
  const { place } = await closedScan();
  const { here } = place;
  // Killed after it was entered that everything is to go.
  here.station.node.settings.write(settingNames.removal, {
    eventId: here.station.materials()?.event.id,
    begunAt: 1,
    doneAt: null,
  });
  const desk = await place.again(false);
  expect(whereIs(here, 'jotting {').length).toBeGreaterThan(0);
  expectOk(await goOn(here.station, scanRemains(desk)));
  expect(whereIs(here, 'jotting {')).toEqual([]);
  // Done is done.
  const before = kindsOf(here.station).length;
  expectOk(await goOn(here.station, scanRemains(desk)));
  expect(kindsOf(here.station)).toHaveLength(before);
});

const rate = 16_000;

async function speaks({ voice, here }: OpenVoice, form: string, said: Int16Array): Promise<void> {
  expectOk(await signIn(voice, form));
  expectOk(await prepare(voice));
  for (const [n, task] of [said, said.map((sample) => -sample)].entries()) {
    const take = expectOk(await begin(voice, rate)).id;
    for (let at = 0; at < task.length; at += rate)
      expectOk(
        keepPiece(voice, take, { number: at / rate + 1, start: at }, bytesOf(task.subarray(at, at + rate))),
      );
    // The pieces are in the database's file before they become a recording, and are overwritten there.
    here.station.node.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(whereIs(here, bytesOf(task.subarray(2_000, 2_400)))).not.toEqual([]);
    expectOk(await endTake(voice, take, n === 0 ? 'done' : 'time-over', task.length));
  }
  expectOk(await voice.does({ do: 'finish', reason: '' }));
}

test('recordings of a voice station go the same way, and END_VOICE still says how long each was', async () => {
  const open = await openVoice();
  ends = () => open.here.close();
  const { here, above, voice } = open;
  const { station } = here;
  const work = voiceRemains(voice);
  const said = speech(3);
  await speaks(open, formOf(1), said);
  expectOk(await close(voice, here.stick));
  const [id = ''] = voice.run().packed ?? [];
  expect(expectOk(remainsView(station, work))).toMatchObject({ items: 2, packages: 1, good: 0 });
  // Of another station: nothing of it is asked here.
  expect(expectOk(await takeWords(voice, await above.words([good('other')]))).news).toBe(0);
  expect(expectOk(await takeWords(voice, await above.words([good(id)]))).news).toBe(1);
  expect(expectOk(await takeWords(voice, await above.words([good(id)]))).news).toBe(0);
  const flac = 'fLaC';
  const spoken = bytesOf(said.subarray(2_000, 2_400));
  expect(whereIs(here, flac)).toHaveLength(2);

  expectOk(await removeRemains(station, work, ''));
  expect(whereIs(here, flac)).toEqual([]);
  expect(whereIs(here, spoken)).toEqual([]);
  expect(filesBelow(join(here.folder, 'data')).filter((path) => path.endsWith('.parcel'))).toEqual([]);
  const { paths } = expectOk(await close(voice, here.stick));
  expect(paths).toHaveLength(1);
  expect(await activate(station, above.member, memberPin)).toMatchObject({
    refusal: { type: 'materials-removed' },
  });
  expect(lookUp(voice, formOf(2))).toMatchObject({ refusal: { type: 'key-not-activated' } });
});

test('while somebody speaks nothing is removed, whoever agrees', async () => {
  const open = await openVoice();
  ends = () => open.here.close();
  expectOk(await signIn(open.voice, formOf(1)));
  const work = voiceRemains(open.voice);
  expect(await removeRemains(open.here.station, work, 'in a hurry')).toMatchObject({
    refusal: { type: 'still-speaking' },
  });
});
