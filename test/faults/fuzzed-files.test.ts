/** Files that fuzzing has found to do harm, and a moment of fuzzing for every import: see tools/fuzz. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { utf8 } from '../../src/base/bytes.ts';
import type { Result } from '../../src/base/result.ts';
import { joinWebm } from '../../src/exam/recording/join-webm.ts';
import { clusterOf, webmOf } from '../../src/exam/recording/webm.fixture.ts';
import { openKeyFile } from '../../src/hardware/token/key-file.ts';
import { inspectParcel, makeParcel } from '../../src/parcel/parcel.ts';
import { padding, tarEnd, tarHeader } from '../../src/parcel/tar.ts';
import { loadOrCreateNodeKeys } from '../../src/trust/keys.ts';
import { peekJws } from '../../src/trust/jws.ts';
import { readSessionKeys } from '../../src/trust/release.ts';
import { openBytes, sealBytes } from '../../src/trust/seal.ts';
import { lockPin } from '../../tools/exam-day/exam-day.ts';
import { roomCode, siteCode } from '../../tools/exam-day/exam.ts';
import { attempt } from '../../tools/fuzz/attempt.ts';
import { fuzz, takesRightOnes } from '../../tools/fuzz/fuzz.ts';
import { said, type Target } from '../../tools/fuzz/import.ts';
import { imports } from '../../tools/fuzz/imports.ts';
import { openReader } from '../../tools/fuzz/reader.ts';
import { Watch } from '../../tools/fuzz/watch.ts';
import { openWorld, stages, type World } from '../../tools/fuzz/world.ts';

/** A run that failed is repeated with the seed that it printed. */
const seed = Number(process.env['INVIGIL_FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const filesEach = 4;

let world: World;
let folder: string;

beforeAll(async () => {
  console.log(`INVIGIL_FUZZ_SEED=${seed}`);
  folder = mkdtempSync(join(tmpdir(), 'invigil-fuzzed-'));
  world = await openWorld(false);
});
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @returns the refusal's type; null: it was taken. */
const refused = (result: Result<unknown>): string | null => (result.ok ? null : result.refusal.type);

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

test('a key file whose key is no base64, or opens as no key, is refused', async () => {
  const file = { format: 'invigil-key-file-1', serial: 'X', recipient: 'age1x', key: 'A' };
  expect(refused(openKeyFile(written('lock', JSON.stringify(file))))).toBe('key-file-damaged');
  const sealed = await sealBytes(utf8('a secret'), {
    recipients: [(await loadOrCreateNodeKeys(join(folder, 'keys'), { name: '' })).sealing.recipient],
  });
  expect(refused(await openBytes(sealed, { identities: ['\0 no key'] }))).toBe('wrong-key');
  for (const keys of ['', '{', '{}', '[1]', '["no key"]', '[]'])
    expect({ keys, said: refused(readSessionKeys(utf8(keys))) }).toEqual({ keys, said: 'wrong-key' });
});

test('the head of a signature may say anything and makes nothing stumble', async () => {
  for (const more of [
    { chain: 7 },
    { chain: {} },
    { chain: [1] },
    { chain: null },
    { kid: 1 },
    { alg: null },
  ]) {
    const head = { alg: 'EdDSA', typ: 'invigil-parcel+jws', ...more };
    const jws = [head, {}].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    expect({ more, said: refused(peekJws(`${jws}.AA`)) }).toEqual({ more, said: 'not-signed' });
    const bytes = utf8(`${jws}.AA`);
    const parcel = Buffer.concat([
      tarHeader('manifest.jws', bytes.length),
      bytes,
      padding(bytes.length),
      tarEnd,
    ]);
    expect(refused(await inspectParcel(written('parcel', parcel)))).toBe('not-a-parcel');
  }
});

test('a parcel that says something without end, before anybody has proved it, is none', async () => {
  const deep = 20_000;
  const manifest = `{"about":{"x":${'['.repeat(deep)}${']'.repeat(deep)}}}`;
  const head = JSON.stringify({ alg: 'EdDSA', typ: 'invigil-parcel+jws', kid: 'k' });
  const jws = utf8(`${[head, manifest].map((part) => Buffer.from(part).toString('base64url')).join('.')}.AA`);
  const parcel = Buffer.concat([tarHeader('manifest.jws', jws.length), jws, padding(jws.length), tarEnd]);
  expect(refused(await inspectParcel(written('deep', parcel)))).toBe('not-a-parcel');
});

test('a recording whose cluster begins at the end of time is put behind the other as it is', () => {
  const part = webmOf([clusterOf(0, [0, new Uint8Array(4)])]);
  const endless = Uint8Array.from(part);
  // The cluster's time becomes an element of 255 bytes of ones.
  const at = endless.lastIndexOf(0xe7);
  const long = new Uint8Array([
    ...endless.subarray(0, at),
    0xe7,
    0x40,
    0xff,
    ...new Uint8Array(255).fill(0xff),
  ]);
  expect(joinWebm([long, part])).toHaveLength(long.length + part.length);
});

/** The right parcel, with something else inside, under a right signature and seal. */
async function withOther(
  parcel: Uint8Array,
  contents: Readonly<Record<string, Uint8Array>>,
): Promise<Uint8Array> {
  return (await world.inside(parcel)).withParts(contents);
}

test('a parcel that is rightly signed and holds something else is refused, and nothing of it stays', async () => {
  const { centre, site, room, projectId } = world.exam;
  const ofSite = await centre.download(await centre.call.publication.exportSite({ projectId, siteCode }));
  const ofRoom = await site.download(await site.call.room.exportPackage({ roomCode }));
  const registered = await site.download(await site.call.room.exportRegistrations());
  const toSite = async (file: Uint8Array) =>
    said(site.call.exam.importFile({ uploadId: await site.upload('x', file) }));
  const toRoom = async (file: Uint8Array) =>
    said(room.call.exam.importFile({ uploadId: await room.upload('x', file) }));
  const back = async (file: Uint8Array) =>
    said(site.call.room.restoreRegistrations({ uploadId: await site.upload('x', file), pin: lockPin }));
  const paperOf = async (parcel: Uint8Array): Promise<string> =>
    (await world.inside(parcel)).manifest.parts.find(({ name }) => name.startsWith('paper-'))?.name ?? '';
  const watch = new Watch(world.exam.folder, ['site', 'room']);
  for (const [take, parcel, contents, type] of [
    [toSite, ofSite, { 'rooms.json': utf8('{') }, 'altered'],
    [toSite, ofSite, { 'rooms.json': utf8('{"__proto__":[]}') }, 'altered'],
    [toSite, ofSite, { [await paperOf(ofSite)]: utf8('no paper') }, 'altered'],
    [toRoom, ofRoom, { [await paperOf(ofRoom)]: utf8('no paper') }, 'altered'],
    [toRoom, ofRoom, { 'room.jws': utf8('no signature') }, 'bad-signature'],
    [back, registered, { 'registrations.json': utf8('no JSON') }, 'not-a-parcel'],
    [back, registered, { 'registrations.json': new Uint8Array([0xff, 0xfe, 0xff]) }, 'not-a-parcel'],
  ] as const) {
    const file = await withOther(parcel, contents);
    expect(await attempt({ take }, file, watch)).toBe('refused');
    expect((await take(file))?.type).toBe(type);
  }
  watch.close();
});

test('what only the centre makes is not taken from whom it has certified', async () => {
  const { centre, site, projectId } = world.exam;
  const exported = await centre.download(await centre.call.publication.exportSite({ projectId, siteCode }));
  const right = await world.inside(exported);
  const { chain, manifest } = await inspected(
    await site.download(await site.call.room.exportPackage({ roomCode })),
  );
  const { signing, sealing } = await loadOrCreateNodeKeys(join(world.exam.data('site'), 'keys'), {
    name: '',
  });
  for (const kind of ['site-package', 'authorisation', 'release'] as const) {
    const file = join(folder, kind);
    await makeParcel(
      file,
      { ...right.manifest, kind, session: 'x' },
      [{ name: 'part', content: utf8('{}'), recipients: [sealing.recipient] }],
      { name: manifest.from, key: signing, chain },
    );
    const uploadId = await site.upload('x', readFileSync(file));
    const refusal = await said(
      kind === 'site-package'
        ? site.call.exam.importFile({ uploadId })
        : kind === 'authorisation'
          ? site.call.authorisation.importFile({ uploadId })
          : site.call.authorisation.importRelease({ uploadId, pin: lockPin }),
    );
    expect({ kind, said: refusal?.type }).toEqual({ kind, said: 'untrusted-sender' });
  }
});

async function inspected(parcel: Uint8Array) {
  const read = await inspectParcel(written('inspected', parcel));
  if (!read.ok) throw new Error(read.refusal.type);
  return read.value;
}

test("a backup with another key, or with something else in the place of the site's database, restores nothing", async () => {
  const { site } = world.exam;
  const stick = join(folder, 'stick');
  mkdirSync(stick);
  await site.call.backup.make({ directory: stick, note: '' });
  const parcel = new Uint8Array(readFileSync(join(stick, readdirSync(stick)[0] ?? '')));
  const reader = openReader('backup', { lockPath: join(world.exam.folder, 'lock.key'), pin: lockPin });
  const sealedKey = await withOther(parcel, { key: utf8('no key') });
  expect((await reader.take(sealedKey))?.type).toBe('altered');
  await reader.close();
});

test('a moment of fuzzing for every import: taken or refused with a word, and nothing is left behind', async () => {
  // What is taken of what was invented would hinder the day: it goes to its end first, and each import takes the right file in its time.
  const targets: { name: string; at: readonly string[]; target: Target }[] = [];
  for (const stage of [null, ...stages]) {
    if (stage !== null) await world.reach(stage);
    for (const one of imports.filter((each) => each.stage === stage)) {
      // It takes the site away from the others.
      if (one.name === 'room-authorisation') continue;
      const target: Target = one.stage === null ? await one.open() : await one.open(world);
      await takesRightOnes(target);
      targets.push({ name: one.name, at: one.stage === null ? [] : one.at, target });
    }
  }
  for (const { name, at, target } of targets) {
    const watch = new Watch(world.exam.folder, at);
    const { broken } = await fuzz(target, { runs: filesEach, seed, watch: target.watch ?? watch });
    watch.close();
    await target.close?.();
    expect({ name, seed, problem: broken?.problem ?? null }).toEqual({ name, seed, problem: null });
  }
});
