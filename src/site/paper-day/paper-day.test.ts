/** A whole day between a site and its stations, and every file that a site must not take. */
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { expectOk, type Result } from '../../base/result.ts';
import type { PackageWord } from '../../exam/paper-day/parcels.ts';
import type { StationKind } from '../../exam/paper-day/site-day.ts';
import type { Token } from '../../hardware/token/port.ts';
import { FakeDrives } from '../../hardware/removable-drive/fake.ts';
import { Backups } from '../../node/backup/backup.ts';
import { putOnStick } from '../../node/stick/put-on-stick.ts';
import { inspectParcel, makeParcel } from '../../parcel/parcel.ts';
import { activate, loadKey } from '../../station/access-key/access-key.ts';
import { makeReadiness } from '../../station/admission/readiness.ts';
import { rootOf, takeAdmission } from '../../station/admission/take-admission.ts';
import { makeJournal } from '../../station/closing/make-journal.ts';
import { loadMaterials } from '../../station/materials/load-materials.ts';
import { saveSettings } from '../../station/settings/settings.ts';
import {
  day,
  memberPin,
  openTestStation,
  putMemberKey,
  tampered,
  type TestStation,
} from '../../station/station.fixture.ts';
import type { Station } from '../../station/station.ts';
import { fingerprintOf } from '../../trust/fingerprint.ts';
import { releaseDigits } from '../../trust/release-digits.ts';
import { newReleaseSecret, releaseWords } from '../../trust/release.ts';
import { clearSite, whyNotInitialise } from '../initialise/initialise.ts';
import { keysOf } from './access-key/keys.ts';
import { enterRelease } from './access-key/release.ts';
import { keyCopies, withoutKey, writeStationKey } from './access-key/station-key.ts';
import { packagesOf } from './forms/packages.ts';
import { sendPackages, writePackages } from './forms/send.ts';
import { filesOnSticks, takeFile, takeFromSticks } from './intake/intake.ts';
import { materialsHere, writeMaterials } from './materials/materials.ts';
import { makeDayParcel, writeForCentre } from './monitoring/day-parcel.ts';
import { sayStage, stagesOf } from './monitoring/stages.ts';
import { enterStatuses, tellStatus } from './monitoring/tell-status.ts';
import { openTestDay, type TestDay } from './paper-day.fixture.ts';
import { admitStation } from './stations/admit.ts';
import { removeStation, takeRoom } from './stations/change-stations.ts';
import { knownStations, stationsAtWork } from './stations/stations.ts';
import { paperDayView } from './view.ts';

let here: TestDay;
let member: Token;
const open: TestStation[] = [];

beforeEach(async () => {
  here = await openTestDay(day);
  member = await putMemberKey(join(here.folder, 'member.key'));
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await here.close();
});

async function station(
  kind: StationKind,
  number: string,
  room: string | null = '0001',
  siteCode = '0801',
): Promise<Station> {
  const made = await openTestStation(kind);
  open.push(made);
  expectOk(await saveSettings(made.station, { siteCode, room, number }));
  return made.station;
}

async function readinessOf(one: Station): Promise<string> {
  const made = expectOk(await makeReadiness(one, [{ name: 'printer', good: true, words: '' }]));
  return made.file;
}

const admit = (one: Station, replaces: string | null = null, sticks = here.sticks) =>
  admitStation(here.site, sticks, {
    stationId: one.node.id,
    fingerprint: fingerprintOf(one.node.keys.signing.publicKey),
    replaces,
    drive: here.stick,
    by: 'head',
  });

/** Readiness to the site, admission back. */
async function admitted(
  kind: StationKind,
  number: string,
  room: string | null = '0001',
  replaces: string | null = null,
): Promise<Station> {
  const one = await station(kind, number, room);
  expectOk(await takeFile(here.site, await readinessOf(one)));
  const { path } = expectOk(await admit(one, replaces));
  expectOk(await takeAdmission(one, path, (await rootOf(path)) ?? ''));
  return one;
}

const members = () => [{ name: 'Ivanova', serial: member.serial, recipient: member.recipient }];
const keyFile = (more: object = {}, how = {}) =>
  here.key({ members: members(), ...more }, [member.recipient], how);

async function released(): Promise<void> {
  expectOk(await takeFile(here.site, await here.materials()));
  expectOk(await takeFile(here.site, await keyFile()));
  expectOk(await enterRelease(here.site, day.id, releaseWords(here.releaseSecret, 'en').join(' ')));
}

const journalOf = async (one: Station, fates: object = { v: 1, kits: [], additional: [] }) =>
  expectOk(await makeJournal(one, fates as never)).file;

/** Materials and key from the site's stick, opened by the member. */
async function opened(one: Station): Promise<void> {
  const materials = expectOk(await writeMaterials(here.site, here.sticks, day.id, here.stick));
  const [file = ''] = readdirSync(materials.path);
  expectOk(await loadMaterials(one, join(materials.path, file)));
  const key = expectOk(await writeStationKey(here.site, here.sticks, day.id, here.stick, 'head'));
  expectOk(await loadKey(one, key.path));
  expectOk(await activate(one, member, memberPin));
}

async function packageOf(
  one: Station,
  more: { id?: string; replaces?: string | null; about?: object } = {},
): Promise<string> {
  const admission = one.admission();
  if (!admission) throw new Error('not admitted');
  const id = more.id ?? `answer-sheets:${newId()}`;
  const file = join(one.node.staging, newId());
  expectOk(
    await makeParcel(
      file,
      {
        kind: 'answer-sheets',
        id,
        to: { role: 'centre', code: 'CENTRE' },
        project: 'project-1',
        session: day.id,
        mode: 'formal',
        createdAt: one.node.clock.now(),
        about: {
          event: day,
          station: { id: one.node.id, number: one.settings()?.number ?? '' },
          room: '0001',
          part: 1,
          parts: 1,
          pages: 12,
          replaces: more.replaces ?? null,
          ...more.about,
        },
      },
      [{ name: 'page-1', content: utf8('a scan'), recipients: [admission.centreRecipient] }],
      {
        name: { role: 'station', code: one.node.id, id: one.node.id },
        key: one.node.keys.signing,
        chain: admission.chain,
      },
    ),
  );
  return file;
}

const word = (packageId: string, more: Partial<PackageWord> = {}): PackageWord => ({
  packageId,
  state: 'confirmed',
  quality: 'good',
  rescan: [],
  reason: '',
  at: 1,
  ...more,
});

const view = () => expectOk(paperDayView(here.site, day.id));
const refused = (result: Result<unknown>) => (result.ok ? null : result.refusal);
const tell = (status: Parameters<typeof tellStatus>[1]['status'], reason = '') =>
  tellStatus(here.site, { eventId: day.id, status, reason, by: 'head' });
const kindsWritten = () =>
  here.site.node.journal.after(0, 200).map(({ header }) => (JSON.parse(header) as { kind: string }).kind);

test('a whole day: from readiness to forms sent, with a site and stations that share nothing but a stick', async () => {
  expectOk(await takeFile(here.site, await here.materials()));
  const print = await admitted('print', '1');
  const scan = await admitted('scan', '1', null);
  expectOk(await tell('readiness-confirmed'));
  expectOk(await takeFile(here.site, await keyFile()));
  expectOk(await tell('key-received'));
  expect(await writeStationKey(here.site, here.sticks, day.id, here.stick, 'head')).toMatchObject({
    refusal: { type: 'key-not-released' },
  });
  expectOk(await takeFile(here.site, await here.release()));
  await opened(print);
  expect(withoutKey(here.site, day.id)).toEqual([]);
  expectOk(await tell('exam-started'));
  expect(await tell('exams-finished')).toMatchObject({
    refusal: { gaps: [{ type: 'journals-missing', stations: ['print 1'] }], reasonHelps: true },
  });

  expectOk(await takeFile(here.site, await journalOf(print)));
  expectOk(await tell('exams-finished'));
  expect(await tell('exams-finished')).toMatchObject({ refusal: { type: 'status-told-already' } });

  await opened(scan);
  const sheets = await packageOf(scan, { id: 'answer-sheets:1' });
  expectOk(await takeFile(here.site, sheets));
  expect(await tell('forms-sent', 'we have to go')).toMatchObject({ refusal: { reasonHelps: false } });
  const sent = expectOk(await writePackages(here.site, here.sticks, day.id, { drive: here.stick }));
  expect(sent.path.endsWith(join('INVIGIL', '0801_rus_010626'))).toBe(true);
  expect(readdirSync(sent.path)).toEqual([expect.stringMatching(/^ANSWERS_.*_0001_1_.{1,8}\.parcel$/)]);
  expectOk(
    await takeFile(
      here.site,
      await here.words([word('answer-sheets:1', { state: 'received', quality: 'checking' })]),
    ),
  );
  expectOk(await takeFile(here.site, await here.words([word('answer-sheets:1', { at: 2 })])));
  expect(packagesOf(here.site, day.id)).toMatchObject([{ state: 'confirmed', quality: 'good' }]);
  expectOk(await takeFile(here.site, await journalOf(scan, { v: 1, rooms: [] })));
  expectOk(await tell('forms-sent'));

  const stages = stagesOf(here.site, day.id);
  // What people look at beforehand nothing proves.
  const checks = ['checked-by-member', 'checked-by-head'];
  expect(stages.filter(({ at, said }) => at === null || said).map(({ stage }) => stage)).toEqual(checks);
  const toCentre = expectOk(await writeForCentre(here.site, here.sticks, day.id, here.stick));
  expect(
    readdirSync(toCentre.path)
      .filter((name) => /END_|site-day/.test(name))
      .toSorted(),
  ).toEqual([
    'END_PRINT_07_0801_010626_01_Русский_язык_0001_1.dat',
    'END_SCAN_07_0801_010626_01_Русский_язык_01.dat',
    expect.stringMatching(/^site-day_CENTRE_/),
  ]);
  expect(view().statuses.every(({ toldAt }) => toldAt !== null)).toBe(true);
  expect(kindsWritten().filter((kind) => kind === 'site-status-told')).toHaveLength(5);
  // Nothing of the question paper or of the event's key is on this computer's disk.
  const files = readdirSync(join(here.folder, 'data'), { recursive: true, withFileTypes: true });
  for (const entry of files.filter((one) => one.isFile())) {
    const content = readFileSync(join(entry.parentPath, entry.name));
    expect([entry.name, content.includes('%PDF-1.7'), content.includes(here.eventKey.identity)]).toEqual([
      entry.name,
      false,
      false,
    ]);
  }
});

test('every station of the day is asked for its journal by the handbook’s name: reserves that did nothing, replaced ones, and both scan stations', async () => {
  await here.close();
  const speaking = { ...day, speaking: true };
  here = await openTestDay(speaking);
  member = await putMemberKey(join(here.folder, 'member.key'));
  const materials = await here.materials();
  expectOk(await takeFile(here.site, materials));
  const broken = await admitted('print', '3');
  expectOk(await takeFile(here.site, await keyFile()));
  expectOk(await takeFile(here.site, await here.release()));
  expectOk(await writeStationKey(here.site, here.sticks, day.id, here.stick, 'head'));
  const all = [
    broken,
    await admitted('print', '3', '0001', broken.node.id),
    await admitted('print', '9', null),
    await admitted('voice', '4'),
    await admitted('voice', '5', null),
    await admitted('scan', '1', null),
    await admitted('scan', '2', null),
  ];
  const names = [
    'END_PRINT_07_0801_010626_01_Русский_язык_0001_3.dat',
    'END_PRINT_07_0801_010626_01_Русский_язык_0001_3.dat',
    'END_PRINT_07_0801_010626_01_Русский_язык_0000_9.dat',
    'END_VOICE_07_0801_010626_01_0001_Русский_язык_4.dat',
    'END_VOICE_07_0801_010626_01_0000_Русский_язык_5.dat',
    'END_SCAN_07_0801_010626_01_Русский_язык_01.dat',
    'END_SCAN_07_0801_010626_01_Русский_язык_02.dat',
  ];
  const of = (one: Station) => view().stations.find(({ id }) => id === one.node.id);
  expect(all.map((one) => [of(one)?.counts, of(one)?.journalName])).toEqual(
    names.map((name) => [true, name]),
  );
  for (const status of ['readiness-confirmed', 'key-received', 'exam-started'] as const)
    expectOk(await tell(status));
  expect(await tell('exams-finished')).toMatchObject({
    refusal: {
      gaps: [{ stations: ['print 3', 'print 3', 'print 9', 'voice 4', 'voice 5'] }],
      reasonHelps: true,
    },
  });
  const noFates = {
    print: { v: 1, kits: [], additional: [] },
    voice: { v: 1, candidates: [], packages: [] },
    scan: { v: 1, rooms: [] },
  };
  const close = async (one: Station) => {
    const made = expectOk(await makeJournal(one, noFates[one.kind] as never));
    expectOk(await takeFile(here.site, made.file));
    return made.fileName;
  };
  // None of them was used: each gives its journal all the same, called as it was asked for.
  for (const one of all) expectOk(await loadMaterials(one, materials));
  const called: string[] = [];
  for (const one of all.slice(0, 5)) called.push(await close(one));
  expectOk(await tell('exams-finished'));
  expectOk(await takeFile(here.site, await packageOf(all[5] as Station, { id: 'p1' })));
  expectOk(await takeFile(here.site, await here.words([word('p1')])));
  expect(await tell('forms-sent')).toMatchObject({
    refusal: { gaps: [{ type: 'scan-journals-missing', stations: ['scan 1', 'scan 2'] }] },
  });
  for (const one of all.slice(5)) called.push(await close(one));
  expect(called).toEqual(names);
  // A rescan: the later END_SCAN takes the earlier one's place, under the same name.
  expect(await close(all[5] as Station)).toBe(names[5]);
  expect(of(all[5] as Station)?.journal).toMatchObject({ closing: 2, fileName: names[5] });
  expectOk(await tell('forms-sent'));
  const { path } = expectOk(await writeForCentre(here.site, here.sticks, day.id, here.stick));
  const written = readdirSync(path).filter((name) => name.startsWith('END_'));
  expect(written.toSorted()).toEqual(
    [...names.slice(1), String(names[0]).replace('.dat', '_(2).dat')].toSorted(),
  );
});

test('two windows admit two stations of one number at once: one is admitted, and the other window is told', async () => {
  const both = [await station('print', '7'), await station('print', '7')];
  for (const one of both) expectOk(await takeFile(here.site, await readinessOf(one)));
  const done = await Promise.all(both.map((one) => admit(one)));
  expect(done.filter(({ ok }) => ok)).toHaveLength(1);
  expect(done.find(({ ok }) => !ok)).toMatchObject({ refusal: { type: 'station-number-taken' } });
  expect(stationsAtWork(here.site)).toHaveLength(1);
});

test('what is told after a clock that was ahead was set right is newer than what was told before', async () => {
  expectOk(await takeFile(here.site, await here.materials()));
  const at = async (): Promise<number> => {
    const { file } = expectOk(await makeDayParcel(here.site, day.id));
    return expectOk(await inspectParcel(file)).manifest.createdAt;
  };
  const before = await at();
  here.pass(-24 * 3_600_000);
  expect(await at()).toBeGreaterThan(before);
});

test('in a project without tokens the stations open with what the site seals to them, and the site keeps nothing open', async () => {
  const print = await admitted('print', '1');
  expectOk(await takeFile(here.site, await here.materials()));
  expectOk(
    await takeFile(
      here.site,
      await here.key({ members: [], opens: 'password' }, [here.site.node.keys.sealing.recipient]),
    ),
  );
  expectOk(await enterRelease(here.site, day.id, releaseDigits(here.releaseSecret).join(' ')));
  const materials = expectOk(await writeMaterials(here.site, here.sticks, day.id, here.stick));
  const [file = ''] = readdirSync(materials.path);
  expectOk(await loadMaterials(print, join(materials.path, file)));
  const key = expectOk(await writeStationKey(here.site, here.sticks, day.id, here.stick, 'head'));
  expectOk(await loadKey(print, key.path));
  expectOk(await activate(print, null, ''));
  expect(readFileSync(join(here.folder, 'data', 'node.db')).includes(here.eventKey.identity)).toBe(false);
});

test('materials: an older revision, another sender’s, another site’s, an altered or a cut file change nothing', async () => {
  expectOk(await takeFile(here.site, await here.materials({}, { revision: 2 })));
  expect(expectOk(await takeFile(here.site, await here.materials({}, { revision: 2 }))).known).toBe(true);
  expect(refused(await takeFile(here.site, await here.materials({}, { revision: 1 })))).toMatchObject({
    type: 'materials-older',
    here: 2,
  });
  const { node } = here.site;
  const membership = here.site.membership();
  const asSite = {
    name: { role: 'site' as const, code: '0801', id: node.id },
    key: node.keys.signing,
    chain: membership?.chain ?? [],
  };
  for (const [file, type] of [
    [await here.materials({}, { revision: 3, sender: asSite }), 'untrusted-sender'],
    [await here.materials({}, { revision: 4, to: { role: 'site', code: '0999' } }), 'wrong-receiver'],
    [await here.materials({}, { revision: 5, project: 'other' }), 'wrong-project'],
    [await here.materials({}, { revision: 6, mode: 'mock' }), 'wrong-mode'],
    [await here.materials({}, { revision: 7, session: 'other' }), 'wrong-event'],
    [await tampered(await here.materials({}, { revision: 8 }), 700), 'altered'],
  ] as const)
    expect(refused(await takeFile(here.site, file))?.type).toBe(type);
  const cut = join(here.folder, 'cut.parcel');
  writeFileSync(cut, readFileSync(await here.materials({}, { revision: 9 })).subarray(0, 2_000));
  expect(await takeFile(here.site, cut)).toMatchObject({ ok: false });
  expect(materialsHere(here.site, day.id)?.about.revision).toBe(2);
  expect((await here.again()) && materialsHere(here.site, day.id)?.about.revision).toBe(2);
});

test('stations: of another site, with another’s key, one number twice; a replaced computer stays and is asked for its journal', async () => {
  const foreign = await station('print', '1', '0001', '0999');
  expect(refused(await takeFile(here.site, await readinessOf(foreign)))).toEqual({
    type: 'station-of-another-site',
    site: '0999',
  });
  const forged = await tampered(await readinessOf(await station('print', '8')), 600);
  expect((await takeFile(here.site, forged)).ok).toBe(false);

  await released();
  const first = await admitted('print', '1');
  expectOk(await writeStationKey(here.site, here.sticks, day.id, here.stick, 'head'));
  const second = await station('print', '1');
  expectOk(await takeFile(here.site, await readinessOf(second)));
  expect(view().stations.find(({ id }) => id === second.node.id)?.problem).toMatchObject({
    type: 'station-number-taken',
  });
  expect(refused(await admit(second))).toMatchObject({ type: 'station-number-taken', number: '1' });
  expect(
    refused(
      await admitStation(here.site, here.sticks, {
        stationId: second.node.id,
        fingerprint: fingerprintOf(first.node.keys.signing.publicKey),
        replaces: first.node.id,
        drive: here.stick,
        by: 'head',
      }),
    ),
  ).toEqual({ type: 'station-changed-meanwhile' });
  expectOk(await admit(second, first.node.id));
  expect(view().stations.map(({ id, replacedBy, counts }) => [id, replacedBy, counts])).toEqual(
    expect.arrayContaining([
      [first.node.id, second.node.id, true],
      [second.node.id, null, true],
    ]),
  );
  expect(withoutKey(here.site, day.id).map(({ id }) => id)).toEqual([second.node.id]);
  for (const status of ['readiness-confirmed', 'key-received', 'exam-started'] as const)
    expectOk(await tell(status));
  expect(await tell('exams-finished')).toMatchObject({
    refusal: { gaps: [{ stations: ['print 1', 'print 1'] }] },
  });
  // The station's id with another key is nobody.
  const copy = await station('print', '7');
  const claims = {
    ...copy,
    node: Object.create(copy.node, { id: { value: first.node.id } }) as Station['node'],
  };
  expect(refused(await takeFile(here.site, await readinessOf(claims)))).toMatchObject({
    type: 'station-has-another-key',
  });
});

test('of a station the newest readiness counts, and an admitted one keeps its number', async () => {
  const print = await station('print', '1');
  const [older, newer] = [await readinessOf(print), await readinessOf(print)];
  expectOk(await takeFile(here.site, newer));
  expect(refused(await takeFile(here.site, older))?.type).toBe('readiness-older');
  expectOk(await admit(print));
  expectOk(await saveSettings(print, { siteCode: '0801', room: '0001', number: '7' }));
  expect(refused(await takeFile(here.site, await readinessOf(print)))).toMatchObject({
    type: 'station-number-changed',
    before: '1',
  });
});

test('a reserve takes a room, as a person says; one that was never admitted can go, and hinders readiness until then', async () => {
  const first = await admitted('print', '1');
  const reserve = await admitted('print', '2', null);
  const by = 'head';
  const take = { stationId: reserve.node.id, room: '0001', replaces: first.node.id, reason: 'no toner', by };
  expect(await takeRoom(here.site, { ...take, stationId: first.node.id, replaces: null })).toMatchObject({
    refusal: { type: 'station-is-no-reserve' },
  });
  expectOk(await takeRoom(here.site, take));
  expect(await takeRoom(here.site, take)).toMatchObject({ refusal: { type: 'station-not-replaceable' } });
  expect(knownStations(here.site)).toMatchObject([
    { id: first.node.id, replacedBy: reserve.node.id },
    { id: reserve.node.id, roomNow: '0001' },
  ]);
  expectOk(await takeFile(here.site, await here.materials()));
  const wrong = await station('scan', '3', null);
  expectOk(await takeFile(here.site, await readinessOf(wrong)));
  expect(await tell('readiness-confirmed')).toMatchObject({
    refusal: { gaps: [{ type: 'stations-not-ready', stations: ['scan 3'] }] },
  });
  expect(await removeStation(here.site, first.node.id, by)).toMatchObject({
    refusal: { type: 'station-is-admitted' },
  });
  expectOk(await removeStation(here.site, wrong.node.id, by));
  expectOk(await tell('readiness-confirmed'));
});

test('a wrong release opens nothing, whichever way it comes; a reserve key after the right one waits for nobody', async () => {
  await admitted('print', '1');
  const other = newReleaseSecret();
  expect(await enterRelease(here.site, day.id, releaseWords(other, 'en').join(' '))).toMatchObject({
    refusal: { type: 'no-such-event-here' },
  });
  expectOk(await takeFile(here.site, await keyFile()));
  for (const text of [releaseWords(other, 'zh').join(''), releaseDigits(other).join('-')])
    expect(await enterRelease(here.site, day.id, text)).toMatchObject({ refusal: { type: 'wrong-release' } });
  expect(refused(await takeFile(here.site, await here.release(other)))?.type).toBe('wrong-release');
  expect(await enterRelease(here.site, day.id, '1234 5678')).toMatchObject({
    refusal: { type: 'digits-count' },
  });
  const digits = releaseDigits(here.releaseSecret).join('');
  const misheard = `${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}`;
  expect(await enterRelease(here.site, day.id, misheard)).toMatchObject({
    refusal: { type: 'digits-checksum' },
  });
  expect(keysOf(here.site, day.id)[0]?.openedAt).toBeNull();
  expectOk(await enterRelease(here.site, day.id, digits));
  expectOk(await takeFile(here.site, await keyFile({ number: 2, reason: 'a new station' })));
  expect(expectOk(await takeFile(here.site, await keyFile({ number: 2 }))).known).toBe(true);
  expect(keysOf(here.site, day.id).map(({ number, inner }) => [number, inner !== null])).toEqual([
    [2, true],
    [1, true],
  ]);
  // One under another release stays locked, and is the one that counts.
  expectOk(await takeFile(here.site, await keyFile({ number: 3 }, { secret: other })));
  expect(await writeStationKey(here.site, here.sticks, day.id, here.stick, 'head')).toMatchObject({
    refusal: { type: 'key-not-released', number: 3 },
  });
  expectOk(await enterRelease(here.site, day.id, releaseWords(other, 'en').join(' ')));
  expectOk(await writeStationKey(here.site, here.sticks, day.id, here.stick, 'head'));
  expect(keyCopies(here.site, day.id)).toMatchObject([{ number: 3, stick: 'stick', by: 'head' }]);
});

test('keys of another site, of another sender or altered are refused', async () => {
  expect(refused(await takeFile(here.site, await keyFile({}, { siteCode: '0999' })))).toMatchObject({
    type: 'key-of-another-site',
  });
  expect(refused(await takeFile(here.site, await tampered(await keyFile(), 700)))).toMatchObject({
    type: 'altered',
  });
  expect(keysOf(here.site, day.id)).toEqual([]);
  const junk = join(here.folder, 'photo.parcel');
  writeFileSync(junk, Buffer.alloc(3_000, 7));
  expect((await takeFile(here.site, junk)).ok).toBe(false);
});

test('a stick that is pulled out, full or worn while a key is written: the copy does not count, and the station is named', async () => {
  await released();
  await admitted('print', '1');
  const drives = new FakeDrives();
  const sticks = { drives, sticks: new Backups(drives) };
  const write = () => writeStationKey(here.site, sticks, day.id, '/stick', 'head');
  expect(await write()).toMatchObject({ refusal: { type: 'no-such-drive' } });
  const files = drives.plugIn('/stick', 1e6);
  drives.pullOutAfter(500);
  expect(await write()).toMatchObject({ refusal: { type: 'drive-pulled-out' } });
  drives.plugIn('/stick', 1_000);
  expect(await write()).toMatchObject({ refusal: { type: 'backup-drive-full' } });
  drives.pullOut('/stick');
  drives.plugIn('/stick', 1e6, files);
  drives.spoilNext();
  expect(await write()).toMatchObject({ refusal: { type: 'backup-not-readable' } });
  expect(keyCopies(here.site, day.id).map(({ writtenAt }) => writtenAt)).toEqual([null, null, null]);
  expect(withoutKey(here.site, day.id)).toHaveLength(1);
  expectOk(await write());
  expect(withoutKey(here.site, day.id)).toEqual([]);
  expect(kindsWritten().filter((kind) => kind === 'station-key-given')).toHaveLength(4);
});

test('an admission that the stick did not take is written again; the station was admitted once', async () => {
  const one = await station('print', '1');
  expectOk(await takeFile(here.site, await readinessOf(one)));
  const drives = new FakeDrives();
  drives.plugIn(here.stick, 300);
  expect(await admit(one, null, { drives, sticks: new Backups(drives) })).toMatchObject({
    refusal: { type: 'backup-drive-full' },
  });
  const at = knownStations(here.site)[0]?.admittedAt;
  expect(at).not.toBeNull();
  await here.again();
  here.pass(60_000);
  const { path } = expectOk(await admit(one));
  expect(knownStations(here.site)[0]?.admittedAt).toBe(at);
  expectOk(await takeAdmission(one, path, (await rootOf(path)) ?? ''));
});

test('journals: of another site, altered, twice, an older closing, or one that tells the day anew', async () => {
  await released();
  const print = await admitted('print', '1');
  await opened(print);
  const first = await journalOf(print);
  expect(refused(await takeFile(here.site, await tampered(first, 700)))).toMatchObject({ type: 'altered' });
  const second = await journalOf(print, {
    v: 1,
    kits: [
      { kit: 'K1', room: '0001', fate: 'good', copy: 1, replaces: null, reason: null, sheets: [] },
      { kit: 'K2', room: '0001', fate: 'spoiled', copy: 1, replaces: null, reason: 'torn', sheets: [] },
    ],
    additional: [],
  });
  expectOk(await takeFile(here.site, second));
  expect(expectOk(await takeFile(here.site, second)).known).toBe(true);
  expectOk(await takeFile(here.site, first));
  expect(view().stations[0]?.journal).toMatchObject({
    closing: 2,
    counts: { good: 1, spoiled: 1, unused: 0 },
    fileName: 'END_PRINT_07_0801_010626_01_Русский_язык_0001_1.dat',
  });
  // What a member has opened stands in the station's own entries.
  expect(here.site.node.db.prepare('SELECT number, station, token FROM paper_key_use').all()).toMatchObject([
    { number: 1, station: '1', token: member.serial },
  ]);

  const other = await openTestDay(day);
  try {
    const stranger = await station('print', '1');
    expectOk(await takeFile(other.site, await readinessOf(stranger)));
    other.site.node.settings.write('setup', { ...here.site.setup(), siteCode: '0802' });
    const journal = await journalOf(print);
    expect(refused(await takeFile(other.site, journal))?.type).toBe('no-such-event-here');
  } finally {
    await other.close();
  }
  const unknown = await admitted('print', '5');
  expectOk(await loadMaterials(unknown, await here.materials()));
  const lost = await journalOf(unknown);
  here.site.node.db.prepare('DELETE FROM paper_station WHERE id = ?').run(unknown.node.id);
  expect(refused(await takeFile(here.site, lost))).toMatchObject({ type: 'station-not-known', number: '5' });

  // Of the same exam, and of another day.
  const tomorrow = {
    event: { ...day, date: '2026-06-02' },
    siteName: '',
    region: '07',
    revision: 9,
    rooms: [],
  };
  expectOk(await loadMaterials(unknown, await here.materials({}, { about: tomorrow })));
  expectOk(await takeFile(here.site, await readinessOf(unknown)));
  expectOk(await admit(unknown));
  expect(refused(await takeFile(here.site, await journalOf(unknown)))).toMatchObject({
    type: 'journal-of-another-day',
    date: '2026-06-02',
  });

  // The data folder of the station was put back to the morning: the same closing, another story.
  const forked = {
    ...print,
    node: Object.create(print.node, { journal: { value: forkOf(print) } }) as Station['node'],
  };
  expect(refused(await takeFile(here.site, await journalOf(forked)))).toMatchObject({
    type: 'station-journal-not-whole',
  });
});

test('a station whose folder was copied, or whose older disk was put back, tells nothing in the place of what it told before', async () => {
  await released();
  const print = await admitted('print', '1');
  const computer = open.at(-1);
  if (!computer) throw new Error('no station');
  const [data, older] = [join(computer.folder, 'data'), join(computer.folder, 'older')];
  await opened(print);
  const first = await computer.again(() => cpSync(data, older, { recursive: true }));
  expectOk(await takeFile(here.site, await journalOf(first)));
  // The same closing number, and more in it: but not what the first one said.
  const second = await computer.again(() => {
    rmSync(data, { recursive: true });
    cpSync(older, data, { recursive: true });
  });
  for (let i = 0; i < 3; i++) await readinessOf(second);
  expect(refused(await takeFile(here.site, await journalOf(second)))).toMatchObject({
    type: 'journal-told-twice',
    closing: 1,
  });
  expect(refused(await takeFile(here.site, await journalOf(second)))).toMatchObject({
    type: 'station-journal-not-whole',
  });
  expect(view().stations[0]?.journal).toMatchObject({ closing: 1 });
});

/** A journal whose last entries were taken away: a chain that ends before what was shown already. */
function forkOf({ node }: Station): Station['node']['journal'] {
  const { journal } = node;
  return {
    ...journal,
    self: journal.self,
    append: (drafts) => journal.append(drafts),
    signedHead: () => journal.signedHead(),
    head: (origin, epoch) => {
      const head = journal.head(origin, epoch);
      return head && { ...head, seq: 3 };
    },
    ofOrigin: (...which) => journal.ofOrigin(...which),
  };
}

test('packages: known ones change nothing, altered and foreign ones are refused, replaced ones do not count', async () => {
  await released();
  const scan = await admitted('scan', '1', null);
  const print = await admitted('print', '1');
  const file = await packageOf(scan, { id: 'p1' });
  expect(refused(await takeFile(here.site, await tampered(file, 600)))).toMatchObject({ type: 'altered' });
  expectOk(await takeFile(here.site, file));
  expect(expectOk(await takeFile(here.site, file)).known).toBe(true);
  expect(refused(await takeFile(here.site, await packageOf(scan, { id: 'p1' })))?.type).toBe(
    'package-differs',
  );
  // One station speaks for another.
  const forOther = { station: { id: print.node.id, number: '1' } };
  expect(refused(await takeFile(here.site, await packageOf(scan, { about: forOther })))?.type).toBe(
    'untrusted-sender',
  );
  expectOk(
    await takeFile(
      here.site,
      await here.words([
        word('p1', {
          state: 'confirmed',
          quality: 'rescan',
          rescan: [{ number: '20411700000000017', side: 2 }],
          at: 10,
        }),
        word('nobody’s', { at: 10 }),
      ]),
    ),
  );
  // What was said before comes too late.
  expect(expectOk(await takeFile(here.site, await here.words([word('p1', { at: 9 })]))).known).toBe(true);
  expect(packagesOf(here.site, day.id)).toMatchObject([{ quality: 'rescan', rescan: [{ side: 2 }] }]);
  expectOk(await takeFile(here.site, await packageOf(scan, { id: 'p2', replaces: 'p1' })));
  expect(packagesOf(here.site, day.id).map(({ id, replacedBy }) => [id, replacedBy])).toEqual([
    ['p1', 'p2'],
    ['p2', null],
  ]);
  expect(whyNotInitialise(here.site)).toMatchObject({
    type: 'packages-not-at-centre',
    packages: ['0001 (1/1)'],
  });
  expectOk(await takeFile(here.site, await here.words([word('p2', { at: 11 })])));
  expect(whyNotInitialise(here.site)).toBeNull();
  await clearSite(here.site, { registration: true }, 'head');
  expect(here.site.node.db.prepare('SELECT count(*) AS n FROM paper_event').get()).toMatchObject({ n: 0 });
});

test('a folder of any place takes packages for FTP, and nothing is sent twice or without a network', async () => {
  await released();
  const scan = await admitted('scan', '1', null);
  expect(await writePackages(here.site, here.sticks, day.id, { drive: here.stick })).toMatchObject({
    refusal: { type: 'nothing-to-send' },
  });
  expectOk(await takeFile(here.site, await packageOf(scan, { id: 'p1' })));
  expect(await sendPackages(here.site, day.id, 'head')).toMatchObject({
    refusal: { type: 'site-not-registered-at-centre' },
  });
  const directory = join(here.folder, 'ftp');
  mkdirSync(directory);
  expectOk(await writePackages(here.site, here.sticks, day.id, { directory }));
  expect(readdirSync(directory)).toEqual(['0801_rus_010626']);
  expect(packagesOf(here.site, day.id)).toMatchObject([{ state: 'sending', sentWay: 'folder' }]);
});

test('everything on a stick is taken in its order; what is damaged or gone keeps nothing else out', async () => {
  await here.materials();
  await keyFile();
  await here.release();
  const one = await station('print', '1');
  const ready = expectOk(await makeReadiness(one, []));
  expectOk(await putOnStick(here.sticks, here.stick, 'stations', ready));
  const bad = await tampered(await keyFile({ number: 2 }), 700);
  const files = await filesOnSticks(here.sticks);
  expect(files).toHaveLength(6);
  const done = await takeFromSticks(here.site, here.sticks, [
    ...files.map(({ path }) => path).toReversed(),
    join(here.stick, 'gone.parcel'),
    '/etc/passwd',
  ]);
  const failed = done.filter(({ refusal }) => refusal !== null);
  expect(failed.map(({ path, refusal }) => [path, refusal?.type])).toEqual([
    [bad, 'altered'],
    [join(here.stick, 'gone.parcel'), 'file-not-on-stick'],
    ['/etc/passwd', 'file-not-on-stick'],
  ]);
  expect(view()).toMatchObject({
    materials: { revision: 1 },
    stations: [{ number: '1', admittedAt: null }],
  });
  expect(keysOf(here.site, day.id)).toMatchObject([{ number: 2 }, { number: 1 }]);
  expect(readdirSync(here.site.node.staging)).toEqual([]);
});

test('a status that was told and not entered before a kill is entered at the next start, once', async () => {
  expectOk(await takeFile(here.site, await here.materials()));
  here.site.node.db
    .prepare(
      "INSERT INTO paper_status (event_id, status, reason, gaps, told_at, by) VALUES (?, 'readiness-confirmed', 'one station', '[]', 5, 'head')",
    )
    .run(day.id);
  await here.again();
  await enterStatuses(here.site);
  await enterStatuses(here.site);
  expect(kindsWritten().filter((kind) => kind === 'site-status-told')).toHaveLength(1);
});

test('what nothing can tell is said by a person, and gives way to what is proved', async () => {
  expectOk(await takeFile(here.site, await here.materials()));
  const say = (stage: 'printed' | 'confirmed' | 'checked-by-member', done = true) =>
    sayStage(here.site, { eventId: day.id, stage, done, by: 'head' });
  expect(await say('confirmed')).toMatchObject({ refusal: { type: 'stage-is-derived' } });
  const printed = () => stagesOf(here.site, day.id).find(({ stage }) => stage === 'printed');
  expect(await writeForCentre(here.site, here.sticks, day.id, here.stick)).toMatchObject({
    refusal: { type: 'nothing-told-yet' },
  });
  // Two weeks before: looked at, before any status is told.
  expectOk(await say('checked-by-member'));
  expect(stagesOf(here.site, day.id)[1]).toMatchObject({
    stage: 'checked-by-member',
    said: true,
    by: 'head',
  });
  expectOk(await writeForCentre(here.site, here.sticks, day.id, here.stick));
  expectOk(await say('printed'));
  expect(printed()).toMatchObject({ said: true });
  expectOk(await say('printed', false));
  expect(printed()).toMatchObject({ at: null, said: false });
  expectOk(await say('printed'));
  const print = await admitted('print', '1');
  expectOk(await loadMaterials(print, await here.materials()));
  expectOk(await takeFile(here.site, await journalOf(print)));
  expect(printed()).toMatchObject({ said: false });
});

test('a station that was replaced on a day before, and never got a key of this exam, is asked for nothing', async () => {
  expectOk(await takeFile(here.site, await here.materials()));
  here.pass(-3 * 86_400_000);
  const first = await admitted('print', '1');
  const second = await admitted('print', '1', '0001', first.node.id);
  here.pass(3 * 86_400_000);
  expect(view().stations.map(({ id, counts }) => [id, counts])).toEqual(
    expect.arrayContaining([
      [first.node.id, false],
      [second.node.id, true],
    ]),
  );
});

test('a disk that is full keeps nothing of a file, and the same file is taken afterwards', async () => {
  const file = await here.materials();
  const { blobs } = here.site.node;
  const put = blobs.put;
  blobs.put = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  expect(refused(await takeFile(here.site, file))).toMatchObject({ type: 'disk-full' });
  blobs.put = put;
  expect(materialsHere(here.site, day.id)).toBeNull();
  expectOk(await takeFile(here.site, file));
  copyFileSync(file, join(here.folder, 'again.parcel'));
  rmSync(file);
  expect(expectOk(await takeFile(here.site, join(here.folder, 'again.parcel'))).known).toBe(true);
});
