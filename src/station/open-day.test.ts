/** From an empty computer to open materials, and every way in which they must stay closed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import { expectOk } from '../base/result.ts';
import { readinessPart, readinessSchema } from '../exam/paper-day/parcels.ts';
import { FakeTokens } from '../hardware/token/fake.ts';
import { quickKeyFile } from '../hardware/token/key-file.fixture.ts';
import type { Token } from '../hardware/token/port.ts';
import type { Entry } from '../journal/entry.ts';
import { inspectParcel, openParcel, verifyParcel } from '../parcel/parcel.ts';
import { createNodeKeys } from '../trust/keys.ts';
import { activate, loadKey } from './access-key/access-key.ts';
import { activateWithToken, tokensHere } from './access-key/tokens-here.ts';
import { makeReadiness } from './admission/readiness.ts';
import { rootOf, takeAdmission } from './admission/take-admission.ts';
import { watchClock } from './clock-watch.ts';
import { makeJournal } from './closing/make-journal.ts';
import { loadMaterials } from './materials/load-materials.ts';
import { saveSettings } from './settings/settings.ts';
import {
  day,
  makeAuthorities,
  memberPin,
  openTestStation,
  tampered,
  type Authorities,
  type TestStation,
} from './station.fixture.ts';
import type { Station } from './station.ts';

let here: TestStation;
let above: Authorities;
beforeEach(async () => {
  here = await openTestStation();
  above = await makeAuthorities(here.folder);
  expectOk(await saveSettings(here.station, { siteCode: '0801', room: '0001', number: '3' }));
});
afterEach(() => here.close());

async function admitted(): Promise<void> {
  expectOk(await takeAdmission(here.station, await above.admission(here.station), above.root));
}

async function loaded(): Promise<void> {
  await admitted();
  expectOk(await loadMaterials(here.station, await above.materials()));
  expectOk(await loadKey(here.station, await above.key(here.station)));
}

test('materials, key and a member’s token together open the day, and only in memory', async () => {
  await loaded();
  expect(await tokensHere(here.station)).toEqual([
    { serial: above.member.serial, kind: 'key-file', member: 'Ivanova', problem: null },
  ]);
  const day = expectOk(await activateWithToken(here.station, above.member.serial, memberPin));
  expect(day).toMatchObject({ kits: 5, token: above.member.serial });
  expect(day.plan.kits).toHaveLength(5);
  expect(expectOk(await day.variant(2))).toEqual(utf8('%PDF-1.7 two'));
  for (const file of everyFile(join(here.folder, 'data')))
    expect(
      readFileSync(file).includes('%PDF-1.7') ||
        readFileSync(file).includes(day.plan.kits[0]?.sheets[0]?.number ?? ''),
    ).toBe(false);
  const after = await here.again();
  expect(after.day()).toBeNull();
  expect(after.materials()?.revision).toBe(1);
});

test('materials of another event that are loaded while a member opens these: nothing is open of the one and entered for the other', async () => {
  await loaded();
  const { station } = here;
  const rest = { siteName: 'School 801', region: '07', revision: 1, rooms: [] };
  const about = { event: { ...day, id: 'event-2' }, ...rest };
  const other = await above.materials({ id: 'other', session: 'event-2', about });
  const { serial, recipient } = above.member;
  const slow: Token = {
    ...above.member,
    serial,
    recipient,
    unseal: async (sealed, pin) => {
      expectOk(await loadMaterials(station, other));
      return above.member.unseal(sealed, pin);
    },
  };
  expect(await activate(station, slow, memberPin)).toMatchObject({
    refusal: { type: 'key-of-another-event' },
  });
  expect(station.day()).toBeNull();
});

function everyFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('a wrong PIN, another’s token, another key, another event, and the wrong time open nothing', async () => {
  await loaded();
  const { station } = here;
  expect(await activate(station, above.member, 'wrong')).toMatchObject({ refusal: { type: 'wrong-pin' } });
  const other = await quickKeyFile(join(here.folder, 'other.key'), 'x-1234');
  expect(await activate(station, other, 'x-1234')).toMatchObject({
    refusal: { type: 'token-opens-nothing' },
  });
  expectOk(await loadKey(station, await above.key(station, { number: 2 }, 'AGE-SECRET-KEY-1NOTAKEY')));
  expect(await activate(station, above.member, memberPin)).toMatchObject({
    refusal: { type: 'key-opens-nothing' },
  });
  expectOk(await loadKey(station, await above.key(station, { number: 3 })));
  here.pass(40_000_000);
  expect(await activate(station, above.member, memberPin)).toMatchObject({
    refusal: { type: 'key-expired' },
  });
  here.pass(-41_000_000 - 1_000);
  expect(await activate(station, above.member, memberPin)).toMatchObject({
    refusal: { type: 'key-too-early' },
  });
  // Materials of another event with the key of this one.
  const about = {
    event: { ...day, id: 'event-2' },
    siteName: 'School 801',
    region: '07',
    revision: 1,
    rooms: [],
  };
  expectOk(await loadMaterials(station, await above.materials({ id: 'other', session: 'event-2', about })));
  expect(await activate(station, above.member, memberPin)).toMatchObject({
    refusal: { type: 'key-of-another-event' },
  });
  expect(station.day()).toBeNull();
});

test('wrong PINs lock a token, which is said and entered; the token of another member opens', async () => {
  const tokens = new FakeTokens();
  tokens.create('T1', '4321');
  const first = expectOk(await tokens.prepare(tokens.library, 'T1', '4321'));
  await here.close();
  here = await openTestStation('print', tokens);
  above = await makeAuthorities(here.folder);
  expectOk(await saveSettings(here.station, { siteCode: '0801', room: '0001', number: '3' }));
  await loaded();
  const { station } = here;
  const members = [
    { name: 'Petrov', serial: 'T1', recipient: first.recipient },
    { name: 'Ivanova', serial: above.member.serial, recipient: above.member.recipient },
  ];
  expectOk(await loadKey(station, await above.key(station, { number: 2, members })));
  const said: string[] = [];
  for (let i = 0; i < 4; i++) {
    const done = await activateWithToken(station, 'T1', '0000');
    said.push(done.ok ? 'open' : done.refusal.type);
  }
  const refusals = ['wrong-pin-few-tries', 'wrong-pin-last-try', 'pin-locked', 'pin-locked'];
  expect(said).toEqual(refusals);
  // Nor does the right one open it any more.
  expect(await activateWithToken(station, 'T1', '4321')).toMatchObject({ refusal: { type: 'pin-locked' } });
  expect(await tokensHere(station)).toEqual(
    expect.arrayContaining([
      { serial: 'T1', kind: 'pkcs11', member: 'Petrov', problem: 'pin-locked' },
      { serial: above.member.serial, kind: 'key-file', member: 'Ivanova', problem: null },
    ]),
  );
  expect(
    ownEntries(station).flatMap(({ kind, data }) => (kind === 'key-not-activated' ? [data] : [])),
  ).toEqual([...refusals, 'pin-locked'].map((reason) => ({ token: 'T1', reason })));
  tokens.pullOut('T1');
  expect(await activateWithToken(station, 'T1', '4321')).toMatchObject({
    refusal: { type: 'token-missing' },
  });
  expectOk(await activateWithToken(station, above.member.serial, memberPin));
  expect(station.day()).toMatchObject({ token: above.member.serial });
});

test('a clock that is set is said in the journal, whose order is its numbers; keys go by what the clock says now', async () => {
  await loaded();
  const { station } = here;
  const look = watchClock(station);
  await look();
  here.pass(60_000);
  await look();
  expect(jumps(station)).toEqual([]);
  const dayMs = 24 * 60 * 60 * 1000;
  here.setClock(dayMs);
  await look();
  await look();
  expect(await activate(station, above.member, memberPin)).toMatchObject({
    refusal: { type: 'key-expired' },
  });
  const ahead = await readyAt(station);
  here.setClock(-2 * dayMs);
  await look();
  expect(await activate(station, above.member, memberPin)).toMatchObject({
    refusal: { type: 'key-too-early' },
  });
  expect(jumps(station)).toEqual([dayMs, -2 * dayMs]);
  // Set back while the program did not run.
  here.setClock(-dayMs);
  const again = await here.again();
  await watchClock(again)();
  expect(jumps(again)).toHaveLength(3);
  // A readiness that is made after the clock was set right is the newer one all the same.
  expect(await readyAt(again)).toBe(ahead + 1);
  const entries = ownEntries(again);
  expect(entries.map(({ place }) => place.seq)).toEqual(entries.map((_, i) => i + 1));
});

/** When it was made, as the site reads it. */
async function readyAt(station: Station): Promise<number> {
  const { file } = expectOk(await makeReadiness(station, []));
  return expectOk(await inspectParcel(file)).manifest.createdAt;
}

const jumps = (station: Station): unknown[] =>
  ownEntries(station).flatMap(({ kind, data }) => (kind === 'station-clock-jumped' ? [data['byMs']] : []));

function ownEntries({ node }: Station): Entry[] {
  const entries: Entry[] = [];
  node.journal.replay((entry) => void entries.push(entry));
  return entries;
}

test('a key of a lower number, of another site or for other stations is refused; what was here stays', async () => {
  await loaded();
  const { station } = here;
  expectOk(await loadKey(station, await above.key(station, { number: 5 })));
  expect(await loadKey(station, await above.key(station, { number: 4 }))).toMatchObject({
    refusal: { type: 'key-older', here: 5 },
  });
  expectOk(await loadKey(station, await above.key(station, { number: 6, siteCode: '0999' })));
  expect(await activate(station, above.member, memberPin)).toMatchObject({
    refusal: { type: 'key-of-another-site' },
  });
  const stranger = await openTestStation();
  const foreign = await above.key(stranger.station);
  expect(await loadKey(station, foreign)).toMatchObject({ refusal: { type: 'key-not-for-station' } });
  await stranger.close();
});

test('materials of an older revision, of another sender, altered or cut, change nothing', async () => {
  await admitted();
  const { station } = here;
  expectOk(await loadMaterials(station, await above.materials({ revision: 2 })));
  expect(await loadMaterials(station, await above.materials({ revision: 1 }))).toMatchObject({
    refusal: { type: 'materials-older' },
  });
  const forger = await createNodeKeys('forger');
  const forged = await above.materials({
    revision: 3,
    sender: { name: { role: 'centre', code: 'CENTRE', id: 'centre-1' }, key: forger.signing, chain: [] },
  });
  expect(await loadMaterials(station, forged)).toMatchObject({ refusal: { type: 'bad-signature' } });
  expect(
    await loadMaterials(station, await tampered(await above.materials({ revision: 4 }), 700)),
  ).toMatchObject({ refusal: { type: 'altered' } });
  expect(
    await loadMaterials(station, await above.materials({ to: { role: 'site', code: '0999' }, revision: 5 })),
  ).toMatchObject({ refusal: { type: 'wrong-receiver' } });
  expect(station.materials()?.revision).toBe(2);
  expect(readdirSync(join(here.folder, 'data', 'materials'))).toEqual([station.materials()?.file]);
});

test('an admission is for this station alone, and no second centre is trusted', async () => {
  const other = await openTestStation();
  const foreign = await above.admission(other.station);
  expect(await rootOf(foreign)).toBe(above.root);
  expect(await takeAdmission(here.station, foreign, above.root)).toMatchObject({
    refusal: { type: 'wrong-receiver' },
  });
  const wrongSite = await above.admission(here.station, { siteCode: '0999' });
  expect(await takeAdmission(here.station, wrongSite, above.root)).toMatchObject({
    refusal: { type: 'station-admitted-elsewhere' },
  });
  await admitted();
  expect(
    await takeAdmission(
      here.station,
      await above.admission(here.station),
      other.station.node.keys.signing.publicKey,
    ),
  ).toMatchObject({
    refusal: { type: 'admission-of-another-centre' },
  });
  await other.close();
});

test('readiness proves its key, and the journal at the end proves everything to centre and site', async () => {
  const ready = expectOk(await makeReadiness(here.station, [{ name: 'printer', good: true, words: '' }]));
  expect(ready.fileName).toMatch(/^READY_print_3_/);
  const opened = expectOk(
    await openParcel(ready.file, {
      trust: { roots: [here.station.node.keys.signing.publicKey], at: null },
      identities: [],
      recipient: '',
      staging: join(here.folder, 'opened'),
      expect: { kind: 'station-readiness', to: { role: 'site', code: '0801' }, project: null, mode: null },
    }),
  );
  const said: unknown = JSON.parse(readFileSync(opened.parts.get(readinessPart)?.file ?? '', 'utf8'));
  expect(readinessSchema.parse(said)).toMatchObject({ kind: 'print', room: '0001', number: '3' });
  await loaded();
  const journal = expectOk(await makeJournal(here.station, { v: 1, kits: [], additional: [] }));
  expect(journal.fileName).toBe('END_PRINT_07_0801_010626_01_Русский_язык_0001_3.dat');
  const verified = expectOk(await verifyParcel(journal.file, { roots: [above.root], at: null }));
  expect(verified.certificates.map(({ subject }) => subject.role)).toEqual(['station', 'site']);
  expect(verified.manifest.about).toMatchObject({ closing: 1, keyNumber: 1 });
  expect(expectOk(await makeJournal(here.station, { v: 1, kits: [], additional: [] })).closing).toBe(2);
});
