/** Main and reserve authorisation station of one site with a real centre: whichever is left goes on, and nothing counts twice. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { expectOk } from '../../src/base/result.ts';
import { stageBoard } from '../../src/centre/paper-day/board/stage-board.ts';
import {
  openReserveConsole,
  removeReserveConsole,
  reserveConsoles,
} from '../../src/centre/reserve-consoles/reserve-consoles.ts';
import type { Token } from '../../src/hardware/token/port.ts';
import { activate, loadKey } from '../../src/station/access-key/access-key.ts';
import { makeReadiness } from '../../src/station/admission/readiness.ts';
import { rootOf, takeAdmission } from '../../src/station/admission/take-admission.ts';
import { makeJournal } from '../../src/station/closing/make-journal.ts';
import { loadMaterials } from '../../src/station/materials/load-materials.ts';
import { saveSettings } from '../../src/station/settings/settings.ts';
import { day as anyDay, openTestStation, type TestStation } from '../../src/station/station.fixture.ts';
import { fingerprintOf } from '../../src/trust/fingerprint.ts';
import { openBytes } from '../../src/trust/seal.ts';
import { fetchKeys } from '../../src/site/paper-day/access-key/keys.ts';
import { fetchRelease } from '../../src/site/paper-day/access-key/release.ts';
import { withoutKey, writeStationKey } from '../../src/site/paper-day/access-key/station-key.ts';
import { askForEvents } from '../../src/site/paper-day/events.ts';
import { takeFile } from '../../src/site/paper-day/intake/intake.ts';
import { fetchMaterials, writeMaterials } from '../../src/site/paper-day/materials/materials.ts';
import { tellStatus } from '../../src/site/paper-day/monitoring/tell-status.ts';
import { openTestDay, type TestDay } from '../../src/site/paper-day/paper-day.fixture.ts';
import { admitStation } from '../../src/site/paper-day/stations/admit.ts';
import { knownStations } from '../../src/site/paper-day/stations/stations.ts';
import { paperDayView } from '../../src/site/paper-day/view.ts';
import { openCentreAbove, type CentreAbove } from './centre-above.ts';

let up: CentreAbove;
let main: TestDay;
let reserve: TestDay;
let [first, second]: TestStation[] = [];
const noFates = { v: 1, kits: [], additional: [] };

beforeAll(async () => {
  up = await openCentreAbove();
  [main, reserve] = [await openTestDay(anyDay), await openTestDay(anyDay)];
  [first, second] = [await openTestStation('print'), await openTestStation('print')];
  expectOk(await up.register(main, up.registrationCode));
});
afterAll(async () => {
  for (const console of [main, reserve]) {
    await up.cut(console);
    await console.close();
  }
  await first?.close();
  await second?.close();
  await up.close();
});

const ofSite = () => ({ projectId: up.theirs.projectId, siteCode: 'S1' });
const tell = (console: TestDay, status: Parameters<typeof tellStatus>[1]['status']) => {
  console.pass(1_000);
  return tellStatus(console.site, { eventId: up.theirs.eventId, status, reason: '', by: 'head' });
};

async function admit(console: TestDay, { station }: TestStation, number: string): Promise<void> {
  expectOk(await saveSettings(station, { siteCode: 'S1', room: '0001', number }));
  expectOk(await takeFile(console.site, expectOk(await makeReadiness(station, [])).file));
  const fingerprint = fingerprintOf(station.node.keys.signing.publicKey);
  const { stick, sticks, site } = console;
  const ready = { stationId: station.node.id, fingerprint, replaces: null, drive: stick, by: 'head' };
  const { path } = expectOk(await admitStation(site, sticks, ready));
  expectOk(await takeAdmission(station, path, (await rootOf(path)) ?? ''));
}

async function fetchAll(console: TestDay): Promise<void> {
  const { site } = console;
  const { eventId } = up.theirs;
  expectOk(await askForEvents(site));
  expectOk(await fetchMaterials(site, eventId));
  expectOk(await fetchKeys(site, eventId, () => join(site.node.staging, newId())));
}

async function handUp({ site }: TestDay): Promise<void> {
  site.dayCourier.go();
  await site.dayCourier.settled();
}

/** The centre is asked for events once a minute. */
async function ask(console: TestDay): Promise<void> {
  expectOk(await askForEvents(console.site));
}

test('a reserve registers with a code of its own, once, and the first console stays', async () => {
  const { centre } = up.above;
  const code = expectOk(await openReserveConsole(centre, ofSite(), 'ann'));
  expect(await up.register(main, code)).toMatchObject({ refusal: { type: 'reserve-console-is-first' } });
  expectOk(await up.register(reserve, code));
  expect(await up.register(reserve, code)).toMatchObject({ refusal: { type: 'wrong-registration-code' } });
  expect(await reserveConsoles(centre, up.theirs.projectId, null)).toMatchObject([
    { siteCode: 'S1', registrationCode: null, by: 'ann' },
  ]);
  await up.prepare();
  await fetchAll(main);
  await fetchAll(reserve);
  // Exams on computers stay with the first one.
  const asked = await reserve.site.link?.client.get('/release/any');
  expect(asked).toMatchObject({ refusal: { type: 'reserve-console-paper-only' } });
});

test('when the first console is gone, its stations go on at the reserve', async () => {
  const { theirs, above } = up;
  const { eventId, memberKey, startAt } = theirs;
  if (!first || !second) throw new Error('no stations');
  await admit(main, first, '3');
  expectOk(await tell(main, 'readiness-confirmed'));
  await handUp(main);

  // The morning of the exam: the first computer does not start.
  await up.cut(main);
  for (const one of [main, reserve]) one.pass(startAt - one.site.node.clock.now());
  for (const one of [first, second]) one.pass(startAt - one.station.node.clock.now());
  above.pass(startAt - above.centre.node.clock.now());
  const { site, sticks, stick } = reserve;
  await ask(reserve);
  const view = () => expectOk(paperDayView(reserve.site, eventId));
  expect(view().statuses[0]).toMatchObject({ status: 'readiness-confirmed', by: 'head' });
  expect(view().elsewhere.stations).toMatchObject([{ kind: 'print', number: '3', journalAt: null }]);

  // It meets the station, which says so with its certificate: nobody compares it again.
  expectOk(await takeFile(site, expectOk(await makeReadiness(first.station, [])).file));
  expect(knownStations(site)).toMatchObject([{ number: '3', admittedBy: main.site.node.id }]);
  expect(view().elsewhere.stations).toEqual([]);
  expect(withoutKey(site, eventId)).toHaveLength(1);
  expectOk(await tell(reserve, 'key-received'));
  expectOk(await fetchRelease(site, eventId));
  const materials = expectOk(await writeMaterials(site, sticks, eventId, stick));
  const { station } = first;
  expectOk(await loadMaterials(station, join(materials.path, readdirSync(materials.path)[0] ?? '')));
  const { path } = expectOk(await writeStationKey(site, sticks, eventId, stick, 'head'));
  expectOk(await loadKey(station, path));
  const token: Token = {
    serial: 'T-1',
    recipient: await identityToRecipient(memberKey),
    present: () => true,
    unseal: (sealed) => openBytes(sealed, { identities: [memberKey] }),
  };
  expect(expectOk(await activate(station, token, '')).plan.kits.length).toBeGreaterThan(0);
  expectOk(await tell(reserve, 'exam-started'));
  expect(await tell(reserve, 'exams-finished')).toMatchObject({
    refusal: { gaps: [{ type: 'journals-missing', stations: ['print 3'] }] },
  });
});

test('a journal is taken by whichever console it is carried to, over a kill, and is at the centre once', async () => {
  const { eventId } = up.theirs;
  const { centre } = up.above;
  if (!first) throw new Error('no station');
  const { file } = expectOk(await makeJournal(first.station, noFates));
  // Both can open it: the station has heard of both.
  expect(expectOk(await takeFile(main.site, file)).known).toBe(false);
  expect(expectOk(await takeFile(reserve.site, file)).known).toBe(false);
  await up.cut(reserve);
  await reserve.again();
  up.link(reserve);
  await handUp(reserve);
  expectOk(await tell(reserve, 'exams-finished'));
  await handUp(reserve);

  // The first computer is repaired: it says what it knew, and what was told meanwhile stays.
  up.link(main);
  await ask(main);
  await handUp(main);
  const journals = await centre.db.selectFrom('station_journal').select(['number', 'closing']).execute();
  expect(journals).toEqual([{ number: '3', closing: 1 }]);
  const filter = { search: '', show: 'all', offset: 0, limit: 10 } as const;
  const board = expectOk(
    await stageBoard(centre, { projectId: up.theirs.projectId, eventId, ...filter }, null),
  );
  const row = board.rows.find(({ siteCode }) => siteCode === 'S1');
  expect(Object.keys(row?.told ?? {})).toEqual([
    'readiness-confirmed',
    'key-received',
    'exam-started',
    'exams-finished',
  ]);
  expect(row?.journals).toMatchObject({ missing: 0 });
  const uses = await centre.db.selectFrom('access_use').select(['number', 'station']).execute();
  expect(uses).toEqual([{ number: 1, station: '3' }]);
  // What was told at one of them is told at the other.
  expect(await tell(main, 'exams-finished')).toMatchObject({ refusal: { type: 'status-told-already' } });
});

test('a station whose file comes to the reserve first is known by the certificate in it; another site’s is not', async () => {
  if (!second) throw new Error('no station');
  await admit(main, second, '4');
  const materials = expectOk(await writeMaterials(main.site, main.sticks, up.theirs.eventId, main.stick));
  expectOk(await loadMaterials(second.station, join(materials.path, readdirSync(materials.path)[0] ?? '')));
  const { file } = expectOk(await makeJournal(second.station, noFates));
  expect(expectOk(await takeFile(reserve.site, file))).toMatchObject({ name: '4', known: false });
  expect(knownStations(reserve.site).map(({ number, admittedBy }) => [number, admittedBy])).toEqual([
    ['3', main.site.node.id],
    ['4', main.site.node.id],
  ]);
  const setup = reserve.site.setup();
  reserve.site.node.settings.write('setup', { ...setup, siteCode: 'S2' });
  const again = expectOk(await makeJournal(second.station, noFates));
  expect(await takeFile(reserve.site, again.file)).toMatchObject({
    refusal: { type: 'station-of-another-site', site: 'S1' },
  });
  reserve.site.node.settings.write('setup', setup);
});

test('a certificate that is another’s, or of another exam, makes nobody known', async () => {
  if (!first) throw new Error('no station');
  const third = await openTestStation('print');
  const { station } = third;
  expectOk(await saveSettings(station, { siteCode: 'S1', room: '0001', number: '8' }));
  const admission = first.station.admission();
  const stateOf = () => knownStations(reserve.site).find(({ id }) => id === station.node.id);
  // Shown around by somebody who has seen it, with a key of his own.
  station.node.settings.write('station-admission', admission);
  expectOk(await takeFile(reserve.site, expectOk(await makeReadiness(station, [])).file));
  expect(stateOf()).toMatchObject({ admittedAt: null, admittedBy: null });
  expectOk(await tellsOfOtherExam(first));
  await third.close();
});

/** Admitted in another project of the same centre: a person compares. */
async function tellsOfOtherExam({ station }: TestStation) {
  const { node } = station;
  const admission = station.admission();
  if (!admission) throw new Error('not admitted');
  const other = { ...admission, project: { ...admission.project, id: 'another' } };
  node.settings.write('station-admission', other);
  reserve.site.node.db.prepare('UPDATE paper_station SET admitted_at = NULL WHERE id = ?').run(node.id);
  const taken = await takeFile(reserve.site, expectOk(await makeReadiness(station, [])).file);
  expect(knownStations(reserve.site).find(({ id }) => id === node.id)?.admittedAt).toBeNull();
  node.settings.write('station-admission', admission);
  return taken;
}

test('a reserve that was removed is nobody at the centre', async () => {
  const { centre } = up.above;
  const [one] = await reserveConsoles(centre, up.theirs.projectId, null);
  expectOk(await removeReserveConsole(centre, ofSite(), one?.id ?? '', 'ann'));
  expect(await removeReserveConsole(centre, ofSite(), one?.id ?? '', 'ann')).toMatchObject({
    refusal: { type: 'no-such-reserve-console' },
  });
  await expect
    .poll(async () => askForEvents(reserve.site))
    .toMatchObject({ refusal: { type: 'not-registered' } });
  expectOk(await askForEvents(main.site));
});

test('a reserve that registers as the site takes the first one’s place, and is no reserve any more', async () => {
  const { centre } = up.above;
  const code = expectOk(await openReserveConsole(centre, ofSite(), 'ann'));
  await expect.poll(async () => (await up.register(reserve, code)).ok).toBe(true);
  await centre.db
    .updateTable('site')
    .set({ registration_code: 'ABCD EFGH JKMN PQRS' })
    .where('code', '=', 'S1')
    .execute();
  centre.changed.notify();
  await expect.poll(async () => (await up.register(reserve, 'ABCD EFGH JKMN PQRS')).ok).toBe(true);
  expect(await reserveConsoles(centre, up.theirs.projectId, null)).toMatchObject([{ registeredAt: null }]);
  expect(await askForEvents(main.site)).toMatchObject({ refusal: { type: 'not-registered' } });
  expectOk(await askForEvents(reserve.site));
  const asked = await reserve.site.link?.client.get('/release/any');
  expect(asked).not.toMatchObject({ refusal: { type: 'reserve-console-paper-only' } });
});
