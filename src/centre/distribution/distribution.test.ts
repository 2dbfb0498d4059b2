/** What lies in the folder is given out only while it is what the list names; whoever can write to the folder leads nobody out of it. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { listSchema, type DistributionList, type ListedFile } from '../../exam/distribution/listed.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { openTestCentre, type TestCentre } from '../centre.fixture.ts';

const file = (name: string, content: string, more: Partial<ListedFile> = {}): ListedFile => ({
  name,
  kind: 'program',
  role: 'site',
  system: 'linux-x64',
  language: null,
  version: '0.2.0',
  size: content.length,
  sha256: sha256Hex(content),
  commit: null,
  altered: false,
  ...more,
});
const site = file('invigil-site-0.2.0-linux-x64.tar.gz', 'the site');
const list: DistributionList = {
  v: 1,
  files: [
    site,
    file('invigil-site-0.10.0-linux-x64.tar.gz', 'newer', { version: '0.10.0' }),
    file('invigil-manual-site-0.2.0-en.html', 'read me', { kind: 'manual', system: null, language: 'en' }),
  ],
  without: [{ system: 'macos-arm64', why: 'not here' }],
};

let opened: TestCentre;
let folder = '';
beforeAll(async () => {
  opened = await openTestCentre('file');
});
afterAll(() => opened.close());
beforeEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), 'invigil-given-out-'));
  write(list);
  writeFileSync(join(folder, site.name), 'the site');
  writeFileSync(join(folder, 'invigil-site-0.10.0-linux-x64.tar.gz'), 'newer');
  writeFileSync(join(folder, 'invigil-manual-site-0.2.0-en.html'), 'read me');
  expectOk(await opened.centre.distribution.choose(folder, 'admin'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(content: unknown): void {
  writeFileSync(join(folder, 'distribution.json'), JSON.stringify(content));
}

async function states(): Promise<Record<string, string>> {
  const { distribution } = opened.centre;
  for (;;) {
    // Before the question: what is compared is told once.
    const changed = Promise.withResolvers<void>();
    const stop = distribution.changed.subscribe(changed.resolve);
    const { files } = expectOk(await distribution.files());
    const now = Object.fromEntries(files.map(({ name, state }) => [name, state]));
    if (Object.values(now).includes('checking')) await changed.promise;
    stop();
    if (!Object.values(now).includes('checking')) return now;
  }
}

async function content(name: string, start = 0): Promise<string> {
  const given = expectOk(await opened.centre.distribution.giveOut(name));
  return new Response((await Array.fromAsync(expectOk(await given.from(start)))).join('')).text();
}

test('files that are what the list names are given out, whole or from where somebody was cut off', async () => {
  expect(Object.values(await states())).toEqual(['whole', 'whole', 'whole']);
  expect(await content(site.name)).toBe('the site');
  expect(await content(site.name, 4)).toBe('site');
  expect(opened.centre.distribution.newest()).toEqual({
    centre: null,
    site: '0.10.0',
    room: null,
    seat: null,
    'print-station': null,
    'voice-station': null,
    'scan-station': null,
  });
});

test('one that is altered, cut, missing or a link is said and not given out', async () => {
  const path = join(folder, site.name);
  expect((await states())[site.name]).toBe('whole');
  const { mtime } = statSync(path);
  writeFileSync(path, 'the sitE');
  // Also where the date was put back.
  utimesSync(path, mtime, mtime);
  expect((await states())[site.name]).toBe('altered');
  expect(await opened.centre.distribution.giveOut(site.name)).toMatchObject({
    ok: false,
    refusal: { type: 'distributed-file-altered' },
  });
  truncateSync(path, 3);
  expect((await states())[site.name]).toBe('cut');
  appendFileSync(path, ' site');
  expect((await states())[site.name]).toBe('whole');
  rmSync(path);
  expect((await states())[site.name]).toBe('missing');
  const elsewhere = join(opened.folder, 'elsewhere');
  writeFileSync(elsewhere, 'the site');
  symlinkSync(elsewhere, path);
  expect((await states())[site.name]).toBe('not-a-file');
  expect(await opened.centre.distribution.giveOut(site.name)).toMatchObject({
    ok: false,
    refusal: { type: 'distributed-file-not-a-file' },
  });
  rmSync(path);
  mkdirSync(path);
  expect((await states())[site.name]).toBe('not-a-file');
});

test('a file that becomes another one between the question and the sending is not sent', async () => {
  const given = expectOk(await opened.centre.distribution.giveOut(site.name));
  writeFileSync(join(folder, site.name), 'the sitE');
  expect(await given.from(0)).toMatchObject({ ok: false, refusal: { type: 'distributed-file-altered' } });
});

test.each([
  '../node-keys.json',
  '/etc/passwd',
  'keys/node-keys.json',
  '..\\keys.json',
  '.hidden.json',
  'nul.txt',
  'C:secret.txt',
  'name.',
  'a'.repeat(120) + '.gz',
])('a list that names %s is no list', async (name) => {
  write({ ...list, files: [{ ...site, name }] });
  expect(await opened.centre.distribution.files()).toMatchObject({
    ok: false,
    refusal: { type: 'distribution-not-understood' },
  });
  expect(opened.centre.distribution.newest()).toBeNull();
});

test('a name twice, a version that is none, something else than JSON and far too much are no lists either', async () => {
  const bad = [
    { ...list, files: [site, { ...site, name: site.name.toUpperCase() }] },
    { ...list, files: [{ ...site, version: 'newest' }] },
    { ...list, v: 2 },
  ];
  for (const one of bad) expect(listSchema.safeParse(one).success).toBe(false);
  for (const text of ['{', '[]', ' '.repeat(2 * 1024 * 1024)]) {
    writeFileSync(join(folder, 'distribution.json'), text);
    expect(await opened.centre.distribution.list()).toMatchObject({
      ok: false,
      refusal: { type: 'distribution-not-understood' },
    });
  }
  rmSync(join(folder, 'distribution.json'));
  symlinkSync('/dev/zero', join(folder, 'distribution.json'));
  expect(await opened.centre.distribution.list()).toMatchObject({
    ok: false,
    refusal: { type: 'no-distribution' },
  });
});

test('a folder that is gone, or none, is said; the one before stays in use', async () => {
  const { distribution } = opened.centre;
  expect(await distribution.choose(join(folder, 'no'), 'admin')).toMatchObject({
    ok: false,
    refusal: { type: 'no-distribution' },
  });
  expect(await distribution.choose('relative', 'admin')).toMatchObject({
    ok: false,
    refusal: { type: 'folder-not-absolute' },
  });
  expect(distribution.folder).toEqual({ path: folder, own: false });
  rmSync(folder, { recursive: true });
  expect(await distribution.files()).toMatchObject({ ok: false, refusal: { type: 'no-distribution' } });
  expect(await distribution.giveOut(site.name)).toMatchObject({ ok: false });
});

test('files come into the centre’s own folder after their list, and only as it names them', async () => {
  const { distribution, node } = opened.centre;
  const upload = async (name: string, of: string) => distribution.take(await opened.file(name, of), 'admin');
  const refused = { ok: false };
  expect(await upload('distribution.json', JSON.stringify(list))).toMatchObject({
    ...refused,
    refusal: { type: 'distribution-folder-elsewhere' },
  });
  expectOk(await distribution.choose(null, 'admin'));
  expect(distribution.folder).toEqual({ path: join(node.data, 'distribution'), own: true });
  expect(await upload(site.name, 'the site')).toMatchObject({
    ...refused,
    refusal: { type: 'no-distribution' },
  });
  expect(await upload('distribution.json', '{"v":1}')).toMatchObject({
    ...refused,
    refusal: { type: 'distribution-not-understood' },
  });
  expectOk(await upload('distribution.json', JSON.stringify({ ...list, files: [site] })));
  expect(await states()).toEqual({ [site.name]: 'missing' });
  expect(await upload(site.name, 'the sitE')).toMatchObject({
    ...refused,
    refusal: { type: 'distributed-file-altered' },
  });
  expect(await upload('other.zip', 'x')).toMatchObject({
    ...refused,
    refusal: { type: 'not-in-distribution' },
  });
  expectOk(await upload(site.name, 'the site'));
  expect(await states()).toEqual({ [site.name]: 'whole' });
  // A newer version comes; the older one stays listed, because it is there.
  const newer = file('invigil-site-0.3.0-linux-x64.tar.gz', 'third', { version: '0.3.0' });
  expectOk(await upload('distribution.json', JSON.stringify({ ...list, files: [newer] })));
  expectOk(await upload(newer.name, 'third'));
  expect(await states()).toEqual({ [newer.name]: 'whole', [site.name]: 'whole' });
  expect(distribution.newest()?.site).toBe('0.3.0');
});
