/** What the centre promises of an exam on paper: that nothing opens early, that nothing is taken away, and that a kill loses nothing. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterEach, expect, test } from 'vitest';
import { fromUtf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { expectOk, type Result } from '../../base/result.ts';
import { planSchema, type Plan } from '../../exam/paper-day/parcels.ts';
import { takenAway } from '../../exam/paper-day/grant.ts';
import { Backups } from '../../node/backup/backup.ts';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import { openParcel, verifyParcel } from '../../parcel/parcel.ts';
import { collect } from '../../store/blobs.ts';
import { parseReleaseDigits } from '../../trust/release-digits.ts';
import { parseReleaseWords, readSessionKeys, unlockRelease } from '../../trust/release.ts';
import { openBytes } from '../../trust/seal.ts';
import type { NodeKeys } from '../../trust/keys.ts';
import { holdRelease, letGo, setRelease } from '../authorise/release-order.ts';
import { openTestCentre, pin, type TestCentre } from '../centre.fixture.ts';
import { ask, confirm, requireTwo } from '../four-eyes/four-eyes.ts';
import { registerKits } from '../scans/scans.fixture.ts';
import { dayView } from './day-view.ts';
import { exportAsZip, exportIntoFolder } from './export-files.ts';
import { dayFetchRows } from './fetches.ts';
import { dayDigits, dayWords, makeAccessKey, makeDayRelease, releaseOfDay } from './grants/give-out.ts';
import { grantsOf, makeGrants, makeReserveGrant } from './grants/grants.ts';
import { MaterialsPreparer } from './materials/preparer.ts';
import { keepQuestionPaper, removeQuestionPaper } from './materials/question-papers.ts';
import { siteMaterials } from './materials/site-materials.ts';
import { importMembers } from './members/import-members.ts';
import { membersOf, revokeMember, saveMembers } from './members/members.ts';
import { makeDay, pdfOf, type TestDay } from './paper-day.fixture.ts';
import { keepOpened, offersFor } from './serve-day.ts';
import { saveDayPolicy, saveDaySettings } from './settings.ts';
import { siteDays } from './site-days.ts';

const hour = 3_600_000;
const open: TestCentre[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function day(): Promise<TestCentre & { day: TestDay }> {
  const made = await openTestCentre('file');
  open.push(made);
  return { ...made, day: await makeDay(made) };
}

async function prepared(): Promise<TestCentre & { day: TestDay }> {
  const made = await day();
  const { projectId, eventId } = made.day;
  expectOk(await made.centre.materials.prepare(projectId, eventId, 'ann'));
  return made;
}

async function withKeys(): Promise<TestCentre & { day: TestDay }> {
  const made = await prepared();
  expectOk(await makeGrants(made.centre, all(made.day), pin, 'ann'));
  return made;
}

const all = ({ projectId, eventId }: TestDay) => ({
  projectId,
  eventId,
  siteCodes: null,
  validity: null,
  stations: [],
});
const at = ({ projectId, eventId }: TestDay, siteCode: string) => ({ projectId, eventId, siteCode });
const refusalOf = (result: Result<unknown>): string => (result.ok ? 'done' : result.refusal.type);

async function parcelFile(test: TestCentre & { day: TestDay }, site: string): Promise<string> {
  const { projectId, eventId } = test.day;
  const { parcel } = expectOk(await siteMaterials(test.centre, projectId, eventId, site));
  const file = join(test.folder, 'staging', `${newId()}.parcel`);
  writeFileSync(file, await collect(await parcel.from(0)));
  return file;
}

/** Opened as a site opens a parcel. */
async function parts(
  test: TestCentre,
  file: string,
  kind: 'access-key' | 'release',
  site: string,
  keys: NodeKeys,
) {
  const opened = expectOk(
    await openParcel(file, {
      trust: { roots: [test.centre.node.keys.signing.publicKey], at: null },
      identities: [keys.sealing.identity],
      recipient: keys.sealing.recipient,
      staging: join(test.folder, 'staging', newId()),
      expect: { kind, to: { role: 'site', code: site }, project: null, mode: 'formal' },
    }),
  );
  return new Map(
    [...opened.parts].map(([name, { file: path }]) => [name, new Uint8Array(readFileSync(path))]),
  );
}

/** The plan of a site, with a key of the event. */
async function planOf(test: TestCentre & { day: TestDay }, site: string, key: string): Promise<Plan> {
  const file = await parcelFile(test, site);
  const { entries } = expectOk(
    await verifyParcel(file, { roots: [test.centre.node.keys.signing.publicKey], at: null }),
  );
  const plan = entries.find(({ name }) => name === 'parts/plan.json.age');
  const sealed = readFileSync(file).subarray(plan?.offset, (plan?.offset ?? 0) + (plan?.size ?? 0));
  return planSchema.parse(JSON.parse(fromUtf8(expectOk(await openBytes(sealed, { identities: [key] })))));
}

async function keyOf(test: TestCentre & { day: TestDay }): Promise<string> {
  const { db, releaseToken } = test.centre;
  const { sealed_key } = await db.selectFrom('event_seal').select('sealed_key').executeTakeFirstOrThrow();
  return fromUtf8(
    expectOk(await releaseToken.unseal(new Uint8Array(Buffer.from(sealed_key, 'base64')), pin)),
  );
}

test('each site gets its plan and the papers, sealed, as the same bytes from any place on, and neighbours have different papers', async () => {
  const made = await prepared();
  const { centre, day: of } = made;
  const { projectId, eventId } = of;
  const { parcel, revision } = expectOk(await siteMaterials(centre, projectId, eventId, 'S1'));
  expect(revision).toBe(1);
  expect(parcel.manifest).toMatchObject({
    kind: 'paper-materials',
    session: eventId,
    about: {
      revision: 1,
      rooms: [
        { room: '0001', kits: 4, reserve: 1 },
        { room: '0002', kits: 2, reserve: 1 },
      ],
    },
  });
  const plan = await planOf(made, 'S1', await keyOf(made));
  expect(plan.kits.map(({ room, variant, reserve }) => `${room}:${variant}${reserve ? 'R' : ''}`)).toEqual([
    '0001:2',
    '0001:1',
    '0001:2',
    '0001:1',
    '0001:2R',
    '0002:1',
    '0002:2',
    '0002:1R',
    ':1R',
    ':2R',
  ]);
  expect(plan.keptAfterwards).toBeUndefined();
  expect(plan.kits[0]?.sheets.map(({ kind }) => kind)).toEqual(['registration', 'answers-1', 'answers-2']);
  expect(plan.variants.map(({ variant, pages }) => [variant, pages])).toEqual([
    [1, 2],
    [2, 3],
  ]);
  const whole = await collect(await parcel.from(0));
  const again = expectOk(await siteMaterials(centre, projectId, eventId, 'S1')).parcel;
  expect(Buffer.compare(whole.subarray(777), await collect(await again.from(777)))).toBe(0);
  expect((await planOf(made, 'S2', await keyOf(made))).kits).toHaveLength(3);
});

test('question papers lie nowhere at the centre in the clear', async () => {
  const { folder, centre, day: of, file } = await day();
  const pdf = await pdfOf(3, 'the secret title');
  const { projectId, eventId } = of;
  const upload = await file('three.pdf', pdf);
  expectOk(await keepQuestionPaper(centre, { projectId, eventId, variant: 3 }, upload, 'ann'));
  const found = (readdirSync(join(folder, 'blobs'), { recursive: true }) as string[])
    .map((name) => join(folder, 'blobs', name))
    .filter((path) => statSync(path).isFile())
    .filter((path) => readFileSync(path).includes('%PDF'));
  expect(found).toEqual([]);
});

test('only what changed afterwards makes a new revision, and only at the sites concerned', async () => {
  const made = await prepared();
  const { centre, day: of, file } = made;
  const { projectId, eventId } = of;
  const revisions = async (): Promise<unknown[]> =>
    expectOk(await siteDays(centre, projectId, eventId)).map(({ materials }) => materials?.revision);
  const before = await planOf(made, 'S1', await keyOf(made));
  expectOk(await centre.materials.prepare(projectId, eventId, 'ann'));
  expect(await revisions()).toEqual([1, 1]);
  await registerKits(centre, { id: eventId, projectId }, { site: 'S2', room: '0001', from: 14, to: 15 });
  expect(expectOk(await dayView(centre, projectId, eventId)).steps[2]).toMatchObject({ state: 'warning' });
  expectOk(await centre.materials.prepare(projectId, eventId, 'ann'));
  expect(await revisions()).toEqual([1, 2]);
  // The same file again is no change, another one is one for all who print it.
  const where = { projectId, eventId, variant: 1 };
  const same = await file('variant-1.pdf', await pdfOf(9));
  expectOk(await keepQuestionPaper(centre, where, same, 'ann'));
  expectOk(await keepQuestionPaper(centre, where, same, 'ann'));
  const [paper] = expectOk(await dayView(centre, projectId, eventId)).papers;
  expect(paper).toMatchObject({ variant: 1, revision: 2, pages: 9 });
  expectOk(await centre.materials.prepare(projectId, eventId, 'ann'));
  expect(await revisions()).toEqual([2, 3]);
  expect((await planOf(made, 'S1', await keyOf(made))).kits).toEqual(before.kits);
  expect(expectOk(await dayView(centre, projectId, eventId)).steps[2]).toMatchObject({ state: 'done' });
});

test('a centre that is killed in the middle of preparing goes on, and makes nothing twice', async () => {
  const { centre, day: of } = await day();
  const { projectId, eventId } = of;
  // As a kill leaves it: one site is made, and the work stands in the database.
  const stopped = new MaterialsPreparer(() => centre);
  const killed = new Promise<void>((resolve) => {
    // With the first site that is made.
    const end = stopped.changed.subscribe(() => {
      end();
      void stopped.stop().then(resolve);
    });
  });
  expectOk(await stopped.begin(projectId, eventId, 'ann'));
  await killed;
  const rows = await centre.db.selectFrom('site_material').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(await centre.db.selectFrom('material_work').selectAll().execute()).toHaveLength(1);
  await centre.materials.resume();
  await centre.materials.prepare(projectId, eventId, 'ann');
  expect(await centre.db.selectFrom('material_work').selectAll().execute()).toEqual([]);
  const after = await centre.db.selectFrom('site_material').selectAll().orderBy('site_code').execute();
  expect(after.map(({ site_code, revision }) => [site_code, revision])).toEqual([
    ['S1', 1],
    ['S2', 1],
  ]);
  for (const row of rows) expect(after).toContainEqual(row);
});

test('what is no PDF, is damaged or encrypted is refused, and so is what is missing', async () => {
  const { centre, day: of, file } = await day();
  const { projectId, eventId } = of;
  const where = { projectId, eventId, variant: 1 };
  const tried = async (content: Uint8Array | string) =>
    refusalOf(await keepQuestionPaper(centre, where, await file('p.pdf', content), 'ann'));
  expect(await tried('PK a word document')).toBe('not-a-pdf');
  expect(await tried('%PDF-1.7 and then nothing')).toBe('pdf-damaged');
  expect(await tried((await pdfOf(3)).subarray(0, -30))).toBe('pdf-damaged');
  const document = await PDFDocument.create();
  document.addPage();
  document.encrypt({ userPassword: 'secret', ownerPassword: 'secret' });
  expect(await tried(await document.save())).toBe('pdf-encrypted');
  for (const variant of [1, 2]) expectOk(await removeQuestionPaper(centre, { ...where, variant }, 'ann'));
  expect(refusalOf(await removeQuestionPaper(centre, where, 'ann'))).toBe('no-such-variant');
  expect(await centre.materials.begin(projectId, eventId, 'ann')).toMatchObject({
    refusal: { type: 'materials-incomplete', missing: [{ type: 'question-papers-missing' }] },
  });
  expect(refusalOf(await makeGrants(centre, all(of), pin, 'ann'))).toBe('materials-not-prepared');
});

test('where candidates speak nothing is printed, and each task has its page', async () => {
  const made = await day();
  const { centre, day: of } = made;
  const { projectId, eventId } = of;
  const speaking = (page: number) => ({
    startAt: of.startAt,
    speaking: true,
    preprinted: false,
    roomReserve: 1,
    keptAfterwards: false,
    tasks: [{ name: 'Read aloud', page, prepareS: 90, answerS: 120 }],
  });
  expectOk(await saveDaySettings(centre, projectId, eventId, speaking(3), 'ann'));
  expect(refusalOf(await centre.materials.begin(projectId, eventId, 'ann'))).toBe('materials-incomplete');
  expectOk(await saveDaySettings(centre, projectId, eventId, speaking(2), 'ann'));
  expectOk(await centre.materials.prepare(projectId, eventId, 'ann'));
  const plan = await planOf(made, 'S1', await keyOf(made));
  expect(plan.tasks).toHaveLength(1);
  expect(plan.variants).toHaveLength(2);
  expect(plan.kits.every(({ variant }) => variant === null)).toBe(true);
});

test('nothing opens early: of the site’s parcel, the release and the token each alone and any two are nothing', async () => {
  const made = await withKeys();
  const { centre, day: of, pass } = made;
  const key = expectOk(await makeAccessKey(centre, at(of, 'S1')));
  pass(23 * hour);
  const context = { project: of.projectId, session: of.eventId, site: 'S1' };
  const secret = expectOk(await releaseOfDay(centre, at(of, 'S1')));
  const locked = (await parts(made, key.file, 'access-key', 'S1', of.sites.S1)).get('locked') as Uint8Array;
  // All three.
  const inner = expectOk(unlockRelease(locked, secret, context));
  const keys = expectOk(readSessionKeys(expectOk(await openBytes(inner, { identities: [of.memberKey] }))));
  expect(keys).toEqual([await keyOf(made)]);
  // Without the site's own key: the parcel stays shut, whoever has release and token.
  const opened = await openParcel(key.file, {
    trust: { roots: [centre.node.keys.signing.publicKey], at: null },
    identities: [of.sites.S2.sealing.identity, of.memberKey],
    recipient: of.sites.S1.sealing.recipient,
    staging: join(made.folder, 'staging', newId()),
    expect: { kind: 'access-key', to: { role: 'site', code: 'S1' }, project: null, mode: 'formal' },
  });
  expect(refusalOf(opened)).toBe('wrong-key');
  // Parcel and token, without the release.
  for (const other of [new Uint8Array(16), new Uint8Array(16).fill(7)])
    expect(refusalOf(unlockRelease(locked, other, context))).toBe('wrong-release');
  expect(refusalOf(await openBytes(locked, { identities: [of.memberKey] }))).not.toBe('done');
  // Parcel and release, without the token: also with the site's own key.
  for (const identity of [of.sites.S1.sealing.identity, centre.node.keys.sealing.identity])
    expect(refusalOf(await openBytes(inner, { identities: [identity] }))).toBe('wrong-key');
  // The release of another site, and of another event.
  const foreign = expectOk(await releaseOfDay(centre, at(of, 'S2')));
  expect(refusalOf(unlockRelease(locked, foreign, context))).toBe('wrong-release');
  expect(refusalOf(unlockRelease(locked, secret, { ...context, session: 'x' }))).toBe('wrong-release');
  // A file that was changed on the way.
  const bytes = readFileSync(key.file);
  bytes[700] = (bytes[700] ?? 0) ^ 1;
  writeFileSync(key.file, bytes);
  expect(
    refusalOf(await verifyParcel(key.file, { roots: [centre.node.keys.signing.publicKey], at: null })),
  ).toBe('altered');
});

test('the release comes at its time: not before, later where it was set, and not while it is held back', async () => {
  const made = await withKeys();
  const { centre, day: of, pass } = made;
  const { projectId, eventId } = of;
  const tried = async () => [
    refusalOf(await releaseOfDay(centre, at(of, 'S1'))),
    refusalOf(await makeDayRelease(centre, at(of, 'S1'), 'ann')),
    refusalOf(await dayWords(centre, at(of, 'S1'), 'ru', 'ann')),
    refusalOf(await dayDigits(centre, at(of, 'S1'), 'ann')),
  ];
  expect(await tried()).toEqual(Array.from({ length: 4 }, () => 'too-early'));
  expect(refusalOf(await setRelease(centre, projectId, eventId, of.startAt - 2 * hour, 'ann'))).toBe(
    'release-before-policy',
  );
  expectOk(await setRelease(centre, projectId, eventId, of.startAt - hour / 2, 'ann'));
  pass(23 * hour + 60_000);
  expect(await tried()).toEqual(Array.from({ length: 4 }, () => 'too-early'));
  expectOk(await setRelease(centre, projectId, eventId, null, 'ann'));
  expectOk(await holdRelease(centre, projectId, eventId, 'a leak', 'ann'));
  expect(await tried()).toEqual(Array.from({ length: 4 }, () => 'release-held'));
  expect((await offersFor(centre, { projectId, siteCode: 'S1' })).events[0]).toMatchObject({
    held: 'a leak',
  });
  expectOk(await letGo(centre, projectId, eventId, 'ann'));
  const secret = expectOk(await releaseOfDay(centre, at(of, 'S1')));
  const words = expectOk(await dayWords(centre, at(of, 'S1'), 'ru', 'ann'));
  const digits = expectOk(await dayDigits(centre, at(of, 'S1'), 'ann'));
  expect(parseReleaseWords(words.join(' '))).toEqual({ ok: true, value: secret });
  expect(parseReleaseDigits(digits.join(' '))).toEqual({ ok: true, value: secret });
  const file = expectOk(await makeDayRelease(centre, at(of, 'S1'), 'ann'));
  expect((await parts(made, file.file, 'release', 'S1', of.sites.S1)).get('secret')).toEqual(secret);
  const fetches = await dayFetchRows(centre, {
    projectId,
    eventId,
    siteCode: '',
    what: null,
    offset: 0,
    limit: 9,
  });
  expect(fetches.rows.map(({ what, way, by }) => [what, way, by])).toEqual(
    expect.arrayContaining([
      ['release', 'words', 'ann'],
      ['release', 'digits', 'ann'],
      ['release', 'file', 'ann'],
    ]),
  );
});

test('a wrong PIN makes no key, and costs no confirmation', async () => {
  const { centre, day: of } = await prepared();
  expect(refusalOf(await makeGrants(centre, all(of), 'not the PIN', 'ann'))).toBe('wrong-pin');
  expect(await centre.db.selectFrom('access_grant').selectAll().execute()).toEqual([]);
  const { projectId, eventId } = of;
  expectOk(await requireTwo(centre, projectId, 'ann'));
  expect(refusalOf(await makeGrants(centre, all(of), pin, 'ann'))).toBe('needs-second-person');
  const act = { act: 'prepare' as const, projectId, sessionId: eventId, siteCode: null };
  const who = (account: string) => ({ account, address: '10.0.0.9' });
  expectOk(await ask(centre, { ...act, releaseAt: null, reason: 'day' }, who('ann')));
  const { id } = await centre.db.selectFrom('confirmation_request').select('id').executeTakeFirstOrThrow();
  expectOk(await confirm(centre, projectId, id, who('bob'), 'password'));
  expect(refusalOf(await makeGrants(centre, all(of), 'not the PIN', 'ann'))).toBe('wrong-pin');
  expect(expectOk(await makeGrants(centre, all(of), pin, 'ann'))).toEqual({
    made: 2,
    archives: 0,
    problems: [],
  });
  expect(refusalOf(await makeGrants(centre, all(of), pin, 'ann'))).toBe('needs-second-person');
  // An earlier start moves nothing that two have agreed to.
  expectOk(
    await saveDaySettings(
      centre,
      projectId,
      eventId,
      {
        startAt: centre.node.clock.now(),
        speaking: false,
        preprinted: false,
        roomReserve: 1,
        keptAfterwards: false,
        tasks: [],
      },
      'ann',
    ),
  );
  expect(refusalOf(await releaseOfDay(centre, at(of, 'S1')))).toBe('too-early');
});

test('two must want what a person hands on, and what was released to the site itself needs nobody', async () => {
  const { centre, day: of, pass } = await withKeys();
  expectOk(await requireTwo(centre, of.projectId, 'ann'));
  pass(24 * hour);
  expect(refusalOf(await dayWords(centre, at(of, 'S1'), 'en', 'ann'))).toBe('needs-second-person');
  expect(refusalOf(await dayDigits(centre, at(of, 'S1'), 'ann'))).toBe('needs-second-person');
  expect(refusalOf(await makeDayRelease(centre, at(of, 'S1'), 'ann'))).toBe('needs-second-person');
  expectOk(await releaseOfDay(centre, at(of, 'S1')));
});

test('keys are numbered and cumulative: a reserve key has all of the earlier and more, and opens with the same release', async () => {
  const made = await withKeys();
  const { centre, day: of, pass } = made;
  const { projectId, eventId } = of;
  const extra = await generateX25519Identity();
  const member = {
    name: 'Petrov',
    serial: 'T-2',
    recipient: await identityToRecipient(extra),
    sites: ['S1'],
  };
  pass(23 * hour);
  const secret = expectOk(await releaseOfDay(centre, at(of, 'S1')));
  expectOk(await saveMembers(centre, projectId, [member], 'ann'));
  const more = { rooms: [{ room: '0001', kits: 3 }], stations: [], reason: 'a box fell into water' };
  expectOk(await makeReserveGrant(centre, { ...at(of, 'S1'), ...more }, pin, 'ann'));
  const [first, second] = await grantsOf(centre.db, eventId, 'S1');
  if (!first || !second) throw new Error('not two keys');
  expect(takenAway(first.grant, second.grant)).toBeNull();
  expect(first.grant.rooms).toEqual([
    { room: '0001', kits: 7 },
    { room: '0002', kits: 5 },
  ]);
  expect(second.grant).toMatchObject({
    number: 2,
    reason: 'a box fell into water',
    rooms: [
      { room: '0001', kits: 10 },
      { room: '0002', kits: 5 },
    ],
    members: [{ serial: 'T-1' }, { serial: 'T-2' }],
  });
  const key = expectOk(await makeAccessKey(centre, at(of, 'S1')));
  expect(key.number).toBe(2);
  const locked = (await parts(made, key.file, 'access-key', 'S1', of.sites.S1)).get('locked') as Uint8Array;
  const inner = expectOk(unlockRelease(locked, secret, { project: projectId, session: eventId, site: 'S1' }));
  expectOk(await openBytes(inner, { identities: [extra] }));
  // Nothing else changed: nothing is made at the other site, and nothing again here.
  expect(expectOk(await makeGrants(centre, all(of), pin, 'ann')).made).toBe(0);
  // Everything is kept where keys name stations later.
  const named = { rooms: [], stations: ['9'], reason: 'a station more' };
  expectOk(await makeReserveGrant(centre, { ...at(of, 'S1'), ...named }, pin, 'ann'));
  expect((await grantsOf(centre.db, eventId, 'S1')).at(-1)?.grant).toMatchObject({ number: 3, stations: [] });
});

test('a token that is revoked before the release makes keys worthless until they are made again', async () => {
  const made = await withKeys();
  const { centre, day: of, pass } = made;
  const { projectId, eventId } = of;
  const old = expectOk(await makeAccessKey(centre, at(of, 'S1')));
  const [member] = await membersOf(centre.db, projectId);
  const key = await generateX25519Identity();
  const next = { name: 'Sidorova', serial: 'T-9', recipient: await identityToRecipient(key), sites: null };
  expectOk(await saveMembers(centre, projectId, [next], 'ann'));
  expect(
    expectOk(await revokeMember(centre, projectId, member?.id ?? '', { reason: 'lost', by: 'ann' })),
  ).toEqual({ again: 2, released: 0 });
  pass(23 * hour);
  expect(refusalOf(await makeAccessKey(centre, at(of, 'S1')))).toBe('key-for-revoked-token');
  expect(refusalOf(await releaseOfDay(centre, at(of, 'S1')))).toBe('key-for-revoked-token');
  const [row] = expectOk(await siteDays(centre, projectId, eventId));
  expect(row).toMatchObject({ state: 'key-again' });
  expect(expectOk(await makeGrants(centre, all(of), pin, 'ann')).made).toBe(2);
  const secret = expectOk(await releaseOfDay(centre, at(of, 'S1')));
  const locked = (await parts(made, old.file, 'access-key', 'S1', of.sites.S1)).get('locked') as Uint8Array;
  const context = { project: projectId, session: eventId, site: 'S1' };
  expect(refusalOf(unlockRelease(locked, secret, context))).toBe('wrong-release');
  expect((await grantsOf(centre.db, eventId, 'S1')).at(-1)?.grant.members).toMatchObject([{ serial: 'T-9' }]);
  expect(refusalOf(await saveMembers(centre, projectId, [member as never], 'ann'))).toBe('member-revoked');
});

test('where a project opens with the key alone it is sealed to the site itself, and worthless for one that was registered anew', async () => {
  const made = await prepared();
  const { centre, day: of, pass } = made;
  expectOk(
    await saveDayPolicy(
      centre,
      of.projectId,
      { opens: 'password', releaseBeforeMin: 30, postsPassword: true },
      'ann',
    ),
  );
  expectOk(await makeGrants(centre, all(of), pin, 'ann'));
  const key = expectOk(await makeAccessKey(centre, at(of, 'S1')));
  pass(23.5 * hour);
  const secret = expectOk(await releaseOfDay(centre, at(of, 'S1')));
  const locked = (await parts(made, key.file, 'access-key', 'S1', of.sites.S1)).get('locked') as Uint8Array;
  const inner = expectOk(
    unlockRelease(locked, secret, { project: of.projectId, session: of.eventId, site: 'S1' }),
  );
  expectOk(await openBytes(inner, { identities: [of.sites.S1.sealing.identity] }));
  expect(refusalOf(await openBytes(inner, { identities: [of.sites.S2.sealing.identity] }))).toBe('wrong-key');
  await centre.db
    .updateTable('site')
    .set({ sealing_key: of.sites.S2.sealing.recipient })
    .where('code', '=', 'S1')
    .execute();
  expect(refusalOf(await makeAccessKey(centre, at(of, 'S1')))).toBe('key-for-former-site');
  expect(expectOk(await makeGrants(centre, all(of), pin, 'ann')).made).toBe(1);
  expectOk(await makeAccessKey(centre, at(of, 'S1')));
});

test('before the release, a key of a console that is no longer the site’s opens nothing, also not with the release of the new one', async () => {
  const made = await prepared();
  const { centre, day: of, pass } = made;
  const policy = { opens: 'password', releaseBeforeMin: 30, postsPassword: true } as const;
  expectOk(await saveDayPolicy(centre, of.projectId, policy, 'ann'));
  expectOk(await makeGrants(centre, all(of), pin, 'ann'));
  const stolen = expectOk(await makeAccessKey(centre, at(of, 'S1')));
  await centre.db
    .updateTable('site')
    .set({ sealing_key: of.sites.S2.sealing.recipient })
    .where('code', '=', 'S1')
    .execute();
  expect(expectOk(await makeGrants(centre, all(of), pin, 'ann')).made).toBe(1);
  // Only the site that is another one, and once.
  expect(expectOk(await makeGrants(centre, all(of), pin, 'ann')).made).toBe(0);
  pass(23.5 * hour);
  const secret = expectOk(await releaseOfDay(centre, at(of, 'S1')));
  const context = { project: of.projectId, session: of.eventId, site: 'S1' };
  const locked = async (file: string, keys: typeof of.sites.S1) =>
    (await parts(made, file, 'access-key', 'S1', keys)).get('locked') as Uint8Array;
  expect(refusalOf(unlockRelease(await locked(stolen.file, of.sites.S1), secret, context))).toBe(
    'wrong-release',
  );
  const now = expectOk(await makeAccessKey(centre, at(of, 'S1')));
  expectOk(unlockRelease(await locked(now.file, of.sites.S2), secret, context));
});

test('a site is told what there is for it, and nothing of another one’s', async () => {
  const made = await withKeys();
  const { centre, day: of } = made;
  const { projectId, eventId } = of;
  const { events } = await offersFor(centre, { projectId, siteCode: 'S1' });
  expect(events).toMatchObject([
    {
      event: { id: eventId },
      releaseAt: of.startAt - hour,
      held: null,
      materials: {
        revision: 1,
        parts: [{ name: 'plan.json' }, { name: 'variant-1' }, { name: 'variant-2' }],
      },
      keys: [{ number: 1, id: `access-key:${eventId}:S1:1` }],
      problem: null,
    },
  ]);
  expect((await offersFor(centre, { projectId, siteCode: 'S9' })).events).toEqual([]);
  expect((await offersFor(centre, { projectId: 'other', siteCode: 'S1' })).events).toEqual([]);
  expect(refusalOf(await makeAccessKey(centre, { ...at(of, 'S1'), projectId: 'other' }))).toBe(
    'no-such-event',
  );
  const used = { eventId, number: 1, station: '3', tokenSerial: 'T-1', at: 5 };
  expectOk(await keepOpened(centre, { projectId, siteCode: 'S1' }, used));
  expectOk(await keepOpened(centre, { projectId, siteCode: 'S1' }, used));
  expect(refusalOf(await keepOpened(centre, { projectId, siteCode: 'S1' }, { ...used, number: 7 }))).toBe(
    'no-access-key',
  );
  expect(expectOk(await siteDays(centre, projectId, eventId))).toMatchObject([
    { state: 'used', used: { at: 5, stations: 1 } },
    { state: 'key-made' },
  ]);
});

test('files go out in folders of subject and date with one of each site, and it is noted who took them', async () => {
  const made = await withKeys();
  const { centre, day: of, folder } = made;
  const { projectId, eventId } = of;
  const target = join(folder, 'stick');
  mkdirSync(target);
  const wanted = { projectId, eventId, siteCodes: null, what: ['materials', 'access-key'] as const };
  const backups = new Backups({ ...removableDrives, list: () => Promise.resolve([]) });
  expect(expectOk(await exportIntoFolder(centre, backups, target, wanted, 'bob')).files).toBe(4);
  const files = (readdirSync(target, { recursive: true }) as string[])
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.includes('parcel') || /\.[A-Za-z]+$/.test(name));
  expect(files).toHaveLength(4);
  for (const name of files) {
    expect(name).toMatch(/^rus_010626\/S[12]\/[A-Za-z0-9_-]+\.\w+$/);
    expectOk(
      await verifyParcel(join(target, name), { roots: [centre.node.keys.signing.publicKey], at: null }),
    );
  }
  const zip = expectOk(await exportAsZip(centre, { ...wanted, siteCodes: ['S2'] }, 'bob'));
  expect(zip.fileName).toBe('rus_010626.zip');
  expect(statSync(zip.file).size).toBeGreaterThan(1_000);
  const { total } = await dayFetchRows(centre, {
    projectId,
    eventId,
    siteCode: 'S2',
    what: null,
    offset: 0,
    limit: 9,
  });
  expect(total).toBe(4);
  expect(
    refusalOf(
      await saveDaySettings(
        centre,
        projectId,
        eventId,
        {
          startAt: of.startAt,
          speaking: false,
          preprinted: false,
          roomReserve: 2,
          keptAfterwards: false,
          tasks: [],
        },
        'ann',
      ),
    ),
  ).toBe('materials-handed-out');
});

test('members come as a table, all rows or none', async () => {
  const { centre, day: of, file } = await day();
  const key = await identityToRecipient(await generateX25519Identity());
  const table = (rows: string[]) =>
    file('m.csv', `ФИО;Серийный номер;Открытый ключ;ППЭ\n${rows.join('\n')}\n`);
  const wrong = await importMembers(
    centre,
    of.projectId,
    await table([
      `Петрова;T-5;${key};S1`,
      'Сидоров;T-6;age1nonsense;',
      `Кто;T-7;${key.replace('age1', 'age1q')};S9`,
    ]),
    'ann',
  );
  expect(wrong).toMatchObject({
    refusal: { type: 'members-wrong', wrong: 2, errors: [{ line: 3 }, { line: 4 }] },
  });
  expect(await membersOf(centre.db, of.projectId)).toHaveLength(1);
  const right = await table([`Петрова;T-5;${key};S1 S2`]);
  expectOk(await importMembers(centre, of.projectId, right, 'ann'));
  expectOk(await importMembers(centre, of.projectId, right, 'ann'));
  expect((await membersOf(centre.db, of.projectId)).find(({ serial }) => serial === 'T-5')).toMatchObject({
    name: 'Петрова',
    sites: ['S1', 'S2'],
  });
});
