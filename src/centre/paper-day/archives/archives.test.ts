/** What a site finds that has nothing but a file manager and 7-Zip, and that nobody opens it before the release. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectOk, type Result } from '../../../base/result.ts';
import { collect } from '../../../store/blobs.ts';
import { openBytes } from '../../../trust/seal.ts';
import { holdRelease, letGo } from '../../authorise/release-order.ts';
import type { Centre } from '../../centre.ts';
import { openTestCentre, pin, type TestCentre } from '../../centre.fixture.ts';
import { ask, confirm, requireTwo } from '../../four-eyes/four-eyes.ts';
import { registerKits } from '../../scans/scans.fixture.ts';
import { postingsOf } from '../../support/postings.ts';
import { usualDay } from '../event-day.ts';
import { dayView } from '../day-view.ts';
import { exportAsZip } from '../export-files.ts';
import { filesFor, MadeParcels } from '../gateway/site-files.ts';
import { keyOfEvent, makeGrants } from '../grants/grants.ts';
import { makeDay, type TestDay } from '../paper-day.fixture.ts';
import { saveDayPolicy, saveDaySettings } from '../settings.ts';
import { siteDays } from '../site-days.ts';
import { ArchiveMaker } from './archive-maker.ts';
import { unlockPassword } from './archive-password.ts';
import { postPasswords } from './post-passwords.ts';
import { releasePasswords } from './release-passwords.ts';
import { passwordOf, siteArchive } from './site-archive.ts';

const run = promisify(execFile);
const hour = 3_600_000;
const open: TestCentre[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function has7z(): boolean {
  try {
    execFileSync('7z', ['i'], { stdio: 'ignore' });
    return true;
  } catch {
    // Where it is not installed the archives are tried elsewhere.
    return false;
  }
}

const all = ({ projectId, eventId }: TestDay) => ({
  projectId,
  eventId,
  siteCodes: null,
  validity: null,
  stations: [],
  language: 'en' as const,
});
const at = ({ projectId, eventId }: TestDay, siteCode: string) => ({ projectId, eventId, siteCode });
const refusalOf = (result: Result<unknown>): string => (result.ok ? 'done' : result.refusal.type);

/** S2 has no computer that is registered here. Forms take longer to draw than all that is tried with them: they come printed, where nobody looks at them. */
async function prepared(postsPassword = true, preprinted = true): Promise<TestCentre & { day: TestDay }> {
  const made = await openTestCentre('file');
  const day = await makeDay(made);
  const { centre } = made;
  const policy = { opens: 'password', releaseBeforeMin: 60, postsPassword } as const;
  expectOk(await saveDayPolicy(centre, day.projectId, policy, 'ann'));
  const settings = { ...usualDay, startAt: day.startAt, roomReserve: 1, preprinted };
  expectOk(await saveDaySettings(centre, day.projectId, day.eventId, settings, 'ann'));
  await centre.db.updateTable('site').set({ sealing_key: null }).where('code', '=', 'S2').execute();
  expectOk(await centre.materials.prepare(day.projectId, day.eventId, 'ann'));
  return { ...made, day };
}

async function withArchives(postsPassword = true, preprinted = true): Promise<TestCentre & { day: TestDay }> {
  const made = await prepared(postsPassword, preprinted);
  expect(expectOk(await makeGrants(made.centre, all(made.day), pin, 'ann'))).toEqual({
    made: 1,
    archives: 2,
    problems: [],
  });
  expectOk(await made.centre.archives.finished(made.day.eventId));
  return made;
}

async function archiveFile(test: TestCentre & { day: TestDay }, site: string): Promise<string> {
  const { fileName, from } = expectOk(await siteArchive(test.centre, at(test.day, site)));
  const file = join(test.folder, fileName);
  writeFileSync(file, await collect(await from(0)));
  return file;
}

const postings = async ({ centre, day }: TestCentre & { day: TestDay }, site: string): Promise<string[]> =>
  ((await postingsOf(centre, day.projectId, site)).get(site) ?? []).flatMap(({ body }) =>
    body.kind === 'opened' ? [body.text] : [],
  );

/** One day for what follows: with archives, then released, then opened. */
let shared: TestCentre & { day: TestDay };
beforeAll(async () => {
  shared = await withArchives(true, false);
});
afterAll(async () => {
  await shared.close();
});

test('the archive lies in the site’s folder of the gateways and goes out with the files; a site without a computer here is ready with it', async () => {
  const { centre, day } = shared;
  const files = await filesFor(centre, new MadeParcels(), at(day, 'S2'), 'two');
  const archive = files.find(({ name }) => name === 'S2_rus_010626_ekim.zip');
  const whole = await collect(expectOk((await archive?.from(0)) as Result<AsyncIterable<Uint8Array>>));
  expect(whole.length).toBe(archive?.size);
  const rest = await collect(expectOk((await archive?.from(1_000)) as Result<AsyncIterable<Uint8Array>>));
  expect(Buffer.compare(rest, whole.subarray(1_000))).toBe(0);
  const zip = expectOk(await exportAsZip(centre, { ...all(day), what: ['archive'] }, 'ann'));
  const names = readFileSync(zip.file).toString('latin1');
  expect(names).toContain('rus_010626/S2/S2_rus_010626_ekim.zip');
  const rows = expectOk(await siteDays(centre, day.projectId, day.eventId));
  expect(rows[1]).toMatchObject({ problem: null, archive: { revision: 1, taken: { by: 'ann' } } });
  expect(expectOk(await dayView(centre, day.projectId, day.eventId))).toMatchObject({
    counts: { archives: 2, passwords: 0, ready: 2 },
    steps: [{}, {}, {}, { state: 'done' }, { state: 'current' }],
  });
});

test('nothing at the centre holds a password before the release, and its key and the token alone open none', async () => {
  const { centre, day, pass, folder } = shared;
  expect(refusalOf(await releasePasswords(centre, all(day), pin, 'ann'))).toBe('too-early');
  expect(refusalOf(await passwordOf(centre, at(day, 'S1')))).toBe('password-not-released');
  const before = join(folder, 'before');
  mkdirSync(before);
  for (const name of readdirSync(folder).filter((one) => one !== 'before'))
    cpSync(join(folder, name), join(before, name), { recursive: true });
  const { sealed_password: sealed } = await centre.db
    .selectFrom('site_archive')
    .select('sealed_password')
    .where('site_code', '=', 'S1')
    .executeTakeFirstOrThrow();
  // The centre's own key opens the outer seal, and finds another one.
  const inner = expectOk(
    await openBytes(Buffer.from(sealed, 'base64'), { identities: [centre.node.keys.sealing.identity] }),
  );
  expect(refusalOf(await openBytes(inner, { identities: [centre.node.keys.sealing.identity] }))).toBe(
    'wrong-key',
  );
  // The event's key, for which the release token and its PIN are needed, does not open the outer one.
  const key = expectOk(await keyOfEvent(centre, day.eventId, pin));
  expect(refusalOf(await openBytes(Buffer.from(sealed, 'base64'), { identities: [key] }))).toBe('wrong-key');
  pass(23 * hour);
  // Killed between the release and the desk: the desk's table is away in that moment.
  await centre.db.schema.alterTable('support_posting').renameTo('away').execute();
  await expect(releasePasswords(centre, all(day), pin, 'ann')).rejects.toThrow('support_posting');
  await centre.db.schema.alterTable('away').renameTo('support_posting').execute();
  const { password } = expectOk(await passwordOf(centre, at(day, 'S1')));
  expect(expectOk(await unlockPassword(centre, sealed, key))).toBe(password);
  const files = (readdirSync(before, { recursive: true }) as string[])
    .map((name) => join(before, name))
    .filter((path) => statSync(path).isFile());
  expect(files.length).toBeGreaterThan(5);
  const found = files.filter((path) => {
    const content = readFileSync(path);
    return [password, Buffer.from(password).toString('base64')].some((text) => content.includes(text));
  });
  expect(found).toEqual([]);
});

test('a password is posted in its site’s thread once, also when the centre was killed in between', async () => {
  const made = shared;
  const { centre, day } = made;
  expect(await postings(made, 'S1')).toEqual([]);
  expect(expectOk(await siteDays(centre, day.projectId, day.eventId))[0]?.archive).toMatchObject({
    posted: 'waiting',
  });
  await postPasswords(centre);
  const { password } = expectOk(await passwordOf(centre, at(day, 'S1')));
  const [text = ''] = await postings(made, 'S1');
  for (const said of [password, 'S1_rus_010626_ekim.zip', 'пароль', '密码']) expect(text).toContain(said);
  // Killed between the desk and the note of it.
  await centre.db.updateTable('site_archive').set({ posted_at: null }).execute();
  await Promise.all([postPasswords(centre), postPasswords(centre)]);
  expectOk(await releasePasswords(centre, all(day), pin, 'ann'));
  expect(await postings(made, 'S1')).toHaveLength(1);
  expect(await postings(made, 'S2')).toHaveLength(1);
  expect(expectOk(await siteDays(centre, day.projectId, day.eventId))[0]?.archive).toMatchObject({
    posted: 'posted',
  });
});

test.skipIf(!has7z())(
  '7-Zip opens a site’s archive with its password and with no other, and finds papers, forms and the list of kits',
  async () => {
    const { centre, day, folder } = shared;
    const [one, two] = [
      expectOk(await passwordOf(centre, at(day, 'S1'))),
      expectOk(await passwordOf(centre, at(day, 'S2'))),
    ];
    expect(one.password).toMatch(/^\d{32}$/);
    expect(one.password).not.toBe(two.password);
    expect(one.fileName).toBe('S1_rus_010626_ekim.zip');
    const file = await archiveFile(shared, 'S1');
    const to = join(folder, 'opened');
    await run('7z', ['x', `-p${one.password}`, `-o${to}`, file]);
    expect((readdirSync(to, { recursive: true }) as string[]).toSorted()).toEqual(
      [
        'papers',
        'papers/1.pdf',
        'papers/2.pdf',
        'forms',
        'forms/0001.pdf',
        'forms/0002.pdf',
        'forms/reserve.pdf',
        'kits.pdf',
      ]
        .map((name) => join(name))
        .toSorted(),
    );
    for (const name of ['papers/1.pdf', 'forms/0001.pdf', 'kits.pdf'])
      expect(readFileSync(join(to, name)).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    for (const wrong of [two.password, one.password.slice(1), '1'])
      await expect(run('7z', ['t', `-p${wrong}`, file])).rejects.toThrow('Wrong password');
    const { stdout } = await run('7z', ['l', '-slt', `-p${one.password}`, file]);
    expect(stdout.match(/Method = .*/g)?.filter((method) => !method.includes('AES-256'))).toEqual([]);
  },
);

test('there is no archive before the materials, and another one with another password for each revision', async () => {
  const made = await prepared();
  open.push(made);
  const { centre, day, pass } = made;
  expect(refusalOf(await siteArchive(centre, at(day, 'S2')))).toBe('archive-not-made');
  expect(refusalOf(await releasePasswords(centre, all(day), pin, 'ann'))).toBe('archives-not-made');
  expect(refusalOf(await makeGrants(centre, all(day), 'not the PIN', 'ann'))).toBe('wrong-pin');
  expect(await centre.db.selectFrom('site_archive').selectAll().execute()).toEqual([]);
  // Two who press at once make each once.
  const both = await Promise.all(['ann', 'cem'].map((who) => makeGrants(centre, all(day), pin, who)));
  expect(both.map((one) => expectOk(one).archives).reduce((a, b) => a + b)).toBe(2);
  expectOk(await centre.archives.finished(day.eventId));
  pass(23 * hour);
  expectOk(await releasePasswords(centre, all(day), pin, 'ann'));
  const first = expectOk(await passwordOf(centre, at(day, 'S2')));
  await registerKits(
    centre,
    { id: day.eventId, projectId: day.projectId },
    { site: 'S2', room: '0001', from: 14, to: 15 },
  );
  expectOk(await centre.materials.prepare(day.projectId, day.eventId, 'ann'));
  // What was made for the kits of before is given out no more.
  expect(refusalOf(await passwordOf(centre, at(day, 'S2')))).toBe('archive-not-made');
  expect(expectOk(await dayView(centre, day.projectId, day.eventId)).steps[3]).toMatchObject({
    reason: { type: 'sites-without-key', sites: 1 },
  });
  expect(expectOk(await makeGrants(centre, all(day), pin, 'ann')).archives).toBe(1);
  expectOk(await centre.archives.finished(day.eventId));
  expect(refusalOf(await passwordOf(centre, at(day, 'S2')))).toBe('password-not-released');
  expect(expectOk(await releasePasswords(centre, all(day), pin, 'ann'))).toEqual({ released: 1 });
  const second = expectOk(await passwordOf(centre, at(day, 'S2')));
  expect(second.fileName).toBe('S2_rus_010626_ekim_2.zip');
  expect(second.password).not.toBe(first.password);
  expect(await postings(made, 'S2')).toHaveLength(2);
});

const archivesOf = ({ centre }: TestCentre) =>
  centre.db.selectFrom('site_archive').select(['site_code', 'digest']).orderBy('site_code').execute();

/** Of entries, who made what. */
const entered = ({ centre }: TestCentre): [by: string, sites: string[]][] => {
  const told: [by: string, sites: string[]][] = [];
  centre.node.journal.replay(({ kind, data }) => {
    if (kind !== 'site-archives-made') return;
    const { by, archives } = data as { by: string; archives: { site: string }[] };
    told.push([by, archives.map(({ site }) => site)]);
  });
  return told;
};

test('a centre that is killed while it makes archives keeps those that are made and no key, and says that keys are to be made again', async () => {
  const made = await prepared();
  open.push(made);
  const { centre, day, folder } = made;
  const killed = new Promise<void>((resolve) => {
    // With the first archive that is made.
    const end = centre.archives.changed.subscribe(() => {
      end();
      void centre.archives.stop().then(resolve);
    });
  });
  expect(expectOk(await makeGrants(centre, all(day), pin, 'ann')).archives).toBe(2);
  await killed;
  const [first, ...others] = await archivesOf(made);
  expect([first?.site_code, others.length]).toEqual(['S1', 0]);
  const key = expectOk(await keyOfEvent(centre, day.eventId, pin));
  const holding = (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(key));
  expect(holding).toEqual([]);
  const next: Centre = { ...centre, archives: new ArchiveMaker(() => next) };
  await next.archives.resume();
  expect(expectOk(await dayView(next, day.projectId, day.eventId)).archiving).toMatchObject({
    by: 'ann',
    running: false,
    problem: { type: 'archives-interrupted' },
  });
  expect(expectOk(await makeGrants(next, all(day), pin, 'cem')).archives).toBe(1);
  expect(await next.archives.view(day.eventId)).toMatchObject({ by: 'cem', of: 1, running: true });
  expectOk(await next.archives.finished(day.eventId));
  expect(await next.archives.view(day.eventId)).toBeNull();
  expect((await archivesOf(made)).map(({ site_code }) => site_code)).toEqual(['S1', 'S2']);
  expect((await archivesOf(made))[0]).toEqual(first);
  expect(entered(made)).toEqual([
    ['ann', ['S1']],
    ['cem', ['S2']],
  ]);
});

test('archives are stopped and put away by a person, sites that are wanted meanwhile are made with the others, and why one could not be made is said', async () => {
  const made = await prepared();
  open.push(made);
  const { centre, day } = made;
  const { projectId, eventId } = day;
  const { archives } = centre;
  const make = async (who: string, siteCodes: string[] | null = null): Promise<number> =>
    expectOk(await makeGrants(centre, { ...all(day), siteCodes }, pin, who)).archives;
  expect(await make('ann')).toBe(2);
  const ended = archives.finished(eventId);
  expectOk(await archives.cancel(projectId, eventId));
  expect(refusalOf(await ended)).toBe('archives-cancelled');
  expect(await archives.view(eventId)).toBeNull();
  expect(refusalOf(await archives.cancel(projectId, eventId))).toBe('archives-not-running');
  expect(await archivesOf(made)).toEqual([]);
  // What the second site's archive is made of is gone.
  const row = await centre.db
    .selectFrom('site_material')
    .select('plan_digest')
    .where('site_code', '=', 'S2')
    .executeTakeFirstOrThrow();
  const plan = await centre.blobs.read(row.plan_digest);
  if (!plan) throw new Error('no plan');
  await centre.blobs.remove(row.plan_digest);
  expect(await make('ann', ['S2'])).toBe(1);
  await archives.finished(eventId);
  expect(await archives.view(eventId)).toMatchObject({
    running: false,
    problem: { type: 'archives-failed', problem: `${row.plan_digest} is not in the blob store` },
  });
  expectOk(await archives.cancel(projectId, eventId));
  expect(await archives.view(eventId)).toBeNull();
  await centre.blobs.put(plan);
  expect(await Promise.all([make('ann', ['S1']), make('cem', ['S2'])])).toEqual([1, 1]);
  expectOk(await archives.finished(eventId));
  expect(entered(made).toSorted(([a], [b]) => a.localeCompare(b))).toEqual([
    ['ann', ['S1']],
    ['cem', ['S2']],
  ]);
  expect(await make('cem')).toBe(0);
});

test('where the project does not want it nothing is posted, and what is held back or lacks a second person is not told', async () => {
  const made = await withArchives(false);
  open.push(made);
  const { centre, day, pass } = made;
  const { projectId, eventId } = day;
  pass(23 * hour);
  expectOk(await holdRelease(centre, projectId, eventId, 'a leak', 'ann'));
  expect(refusalOf(await releasePasswords(centre, all(day), pin, 'ann'))).toBe('release-held');
  expectOk(await letGo(centre, projectId, eventId, 'ann'));
  expect(refusalOf(await releasePasswords(centre, all(day), 'not the PIN', 'ann'))).toBe('wrong-pin');
  expectOk(await requireTwo(centre, projectId, 'ann'));
  expect(refusalOf(await releasePasswords(centre, all(day), pin, 'ann'))).toBe('needs-second-person');
  const act = { act: 'release-passwords' as const, projectId, sessionId: eventId, siteCode: null };
  const who = (account: string) => ({ account, address: '10.0.0.9' });
  expectOk(await ask(centre, { ...act, releaseAt: null, reason: 'morning' }, who('ann')));
  const { id } = await centre.db.selectFrom('confirmation_request').select('id').executeTakeFirstOrThrow();
  expectOk(await confirm(centre, projectId, id, who('cem'), 'password'));
  expect(expectOk(await releasePasswords(centre, { ...all(day), siteCodes: ['S1'] }, pin, 'ann'))).toEqual({
    released: 1,
  });
  expect(await postings(made, 'S1')).toEqual([]);
  expect(refusalOf(await passwordOf(centre, at(day, 'S2')))).toBe('password-not-released');
});
