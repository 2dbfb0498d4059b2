import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Refused } from '../base/refused.ts';
import { expectOk } from '../base/result.ts';
import { sha256Hex } from '../trust/digest.ts';
import { collect, openBlobs, type BlobStore } from './blobs.ts';
import { openS3Blobs } from './s3-blobs.ts';
import { s3Address } from './s3-address.ts';
import { startTestStore, type Fault, type TestStore } from './s3.fixture.ts';

let s3: TestStore;
let folder: string;
/** A busy machine may be silent for a while, too: only a store that is meant to stay silent is given up soon. */
const patient = { silenceMs: 30_000, restsMs: [1, 20, 200] };
const soonGivingUp = { silenceMs: 2_000, restsMs: [1, 20, 200] };

beforeAll(async () => {
  s3 = await startTestStore();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-blobs-'));
  s3.fault = () => null;
  s3.seen.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => s3.close());

const staging = (): string => join(folder, 'staging');
const remote = async (prefix = 'p', patience = patient): Promise<BlobStore> =>
  expectOk(await openS3Blobs(`${s3.url}/${prefix}`, s3.environment, staging(), patience));
/** Different bytes for every seed, as large as wanted, made a piece at a time. */
async function* pieces(seed: number, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += 65_536) {
    const piece = new Uint8Array(Math.min(65_536, size - at));
    for (let i = 0; i < Math.min(8, piece.length); i++) piece[i] = (seed * 31 + at / 65_536 + i) % 256;
    yield piece;
  }
}
const whole = (seed: number, size: number): Promise<Uint8Array> => collect(pieces(seed, size));
/** Once for a matching request, then never again. */
const once = (wanted: RegExp, fault: Fault): void => {
  let done = false;
  s3.fault = (method, path) => {
    if (done || !wanted.test(`${method} ${path}`)) return null;
    done = true;
    return fault;
  };
};

describe.each([
  ['files', () => Promise.resolve<BlobStore>(openBlobs(join(folder, 'blobs')))],
  ['an S3-compatible store', () => remote()],
])('blobs as %s', (_, open) => {
  test.each([0, 1, 65_536, 3_000_000])(
    '%d bytes come back as they were put, by their SHA-256',
    async (size) => {
      const blobs = await open();
      const content = await whole(1, size);
      const put = await blobs.put(pieces(1, size));
      expect(put).toEqual({ digest: sha256Hex(content), size });
      expect(await blobs.put(content)).toEqual(put);
      expect(await blobs.has(put.digest)).toBe(true);
      expect(sha256Hex((await blobs.read(put.digest))!)).toBe(put.digest);
      expect(sha256Hex(await collect((await blobs.stream(put.digest))!))).toBe(put.digest);
    },
  );

  test('what is not there is null, and removing it is no error', async () => {
    const blobs = await open();
    const digest = 'b'.repeat(64);
    expect(await blobs.has(digest)).toBe(false);
    expect(await blobs.read(digest)).toBeNull();
    expect(await blobs.stream(digest)).toBeNull();
    await blobs.remove(digest);
    const put = await blobs.put(new Uint8Array([1, 2, 3]));
    await blobs.remove(put.digest);
    expect(await blobs.has(put.digest)).toBe(false);
  });

  test('a name that is no digest is refused before it becomes a path', async () => {
    const blobs = await open();
    await expect((async () => blobs.read('../../etc/passwd'))()).rejects.toThrow('not a digest');
  });

  test('the same content put several times at once is there once and whole', async () => {
    const blobs = await open();
    const puts = await Promise.all(Array.from({ length: 8 }, () => blobs.put(pieces(2, 500_000))));
    expect(new Set(puts.map((one) => one.digest)).size).toBe(1);
    expect(sha256Hex((await blobs.read(puts[0]!.digest))!)).toBe(sha256Hex(await whole(2, 500_000)));
  });

  test('a source that fails half-way leaves nothing behind', async () => {
    const blobs = await open();
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array([7, 7, 7]);
      await Promise.resolve();
      throw new Error('source is gone');
    };
    await expect(blobs.put(failing())).rejects.toThrow('source is gone');
    expect(await blobs.has(sha256Hex(new Uint8Array([7, 7, 7])))).toBe(false);
    expect(
      readdirSync(folder, { recursive: true }).filter((name) => /\.(part|blob)$/.test(String(name))),
    ).toEqual([]);
  });
});

test('a file whose content was changed on the disk is told, not given out', async () => {
  const blobs = openBlobs(join(folder, 'blobs'));
  const { digest } = await blobs.put(new Uint8Array([1, 2, 3]));
  writeFileSync(blobs.path(digest), new Uint8Array([1, 2, 4]));
  await expect(blobs.read(digest)).rejects.toMatchObject({ refusal: { type: 'blob-damaged', digest } });
});

describe('a store that fails now and then', () => {
  const size = 20_000_000;

  test.each<[string, RegExp, Fault]>([
    ['answers 500', /^PUT/, { kind: 'status', status: 500 }],
    ['is too busy', /^PUT/, { kind: 'status', status: 503, code: 'SlowDown' }],
    ['cuts the upload', /^PUT/, { kind: 'cut-request', after: 1_000_000 }],
    ['keeps it and its answer is lost', /^PUT/, { kind: 'lost-answer' }],
    ['does not answer in time', /^PUT/, { kind: 'silence' }],
    ['cuts the look before', /^HEAD/, { kind: 'lost-answer' }],
  ])('%s: the content is put all the same', async (name, wanted, fault) => {
    const prefix = `put-${name.replaceAll(' ', '-')}`;
    const blobs = await remote(prefix, fault.kind === 'silence' ? soonGivingUp : patient);
    once(wanted, fault);
    const put = await blobs.put(pieces(3, 3_000_000));
    s3.fault = () => null;
    expect(sha256Hex((await blobs.read(put.digest))!)).toBe(put.digest);
  });

  test.each<[string, RegExp, Fault]>([
    ['a part fails', /partNumber=2/, { kind: 'status', status: 500 }],
    ['a part is cut', /partNumber=3/, { kind: 'cut-request', after: 2_000_000 }],
    ['the beginning is lost', /uploads=/, { kind: 'lost-answer' }],
    ['the word that it is complete is lost', /^POST .*uploadId=/, { kind: 'lost-answer' }],
    ['the end fails behind a 200', /^POST .*uploadId=/, { kind: 'status', status: 200 }],
  ])('large content in parts, when %s', async (name, wanted, fault) => {
    const blobs = await remote(`parts-${name.replaceAll(' ', '-')}`);
    once(wanted, fault);
    const put = await blobs.put(pieces(4, size));
    expect(s3.seen.filter((one) => one.includes('partNumber=1')).length).toBeGreaterThan(0);
    expect(put.size).toBe(size);
    expect(sha256Hex((await blobs.read(put.digest))!)).toBe(put.digest);
  });

  test('a download that is cut goes on behind its last byte', async () => {
    const blobs = await remote();
    const put = await blobs.put(pieces(5, 5_000_000));
    let cuts = 0;
    s3.fault = (method) => (method === 'GET' && cuts++ < 2 ? { kind: 'cut-answer', after: 1_500_000 } : null);
    expect(sha256Hex((await blobs.read(put.digest))!)).toBe(put.digest);
    expect(s3.seen.filter((one) => one.startsWith('GET'))).toHaveLength(3);
  });

  test('one changed bit on the way is told, not given out', async () => {
    const blobs = await remote();
    const put = await blobs.put(pieces(6, 300_000));
    once(/^GET/, { kind: 'flip', at: 200_000 });
    await expect(blobs.read(put.digest)).rejects.toMatchObject({ refusal: { type: 'blob-damaged' } });
  });

  test.each<[Fault, string]>([
    [{ kind: 'status', status: 500 }, 'blob-store-unreachable'],
    [{ kind: 'silence' }, 'blob-store-unreachable'],
    [{ kind: 'status', status: 403, code: 'AccessDenied' }, 'blob-store-refused'],
    [{ kind: 'status', status: 403, code: 'RequestTimeTooSkewed' }, 'blob-store-refused'],
  ])('%j for good: nothing resolves, and the reason is said (%s)', async (fault, type) => {
    const blobs = await remote('p', fault.kind === 'silence' ? soonGivingUp : patient);
    s3.fault = () => fault;
    const failed = await blobs.put(new Uint8Array([9])).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Refused);
    expect(failed).toMatchObject({ refusal: { type } });
    s3.fault = () => null;
    expect(await blobs.has(sha256Hex(new Uint8Array([9])))).toBe(false);
  });

  test('parts of an upload that failed for good are taken back', async () => {
    const blobs = await remote('abandoned');
    s3.fault = (_, path) => (path.includes('partNumber=2') ? { kind: 'status', status: 500 } : null);
    await expect(blobs.put(pieces(7, size))).rejects.toMatchObject({
      refusal: { type: 'blob-store-unreachable' },
    });
    expect(s3.seen.some((one) => /^DELETE .*uploadId=/.test(one))).toBe(true);
  });

  test('a store that is not there, or a bucket that is not, is refused at the start', async () => {
    const nowhere = await openS3Blobs('http://127.0.0.1:1/exam', s3.environment, staging(), patient);
    expect(nowhere).toMatchObject({ ok: false, refusal: { type: 'blob-store-unreachable' } });
    const none = await openS3Blobs(s3.url.replace('/exam', '/none'), s3.environment, staging(), patient);
    expect(none).toMatchObject({
      ok: false,
      refusal: { type: 'blob-store-refused', problem: 'NoSuchBucket' },
    });
  });
});

describe('the address of a store', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };

  test.each([
    ['s3://exam', {}, 'https://exam.s3.us-east-1.amazonaws.com/', ''],
    ['s3://exam/2026/a/', { AWS_REGION: 'eu-west-1' }, 'https://exam.s3.eu-west-1.amazonaws.com/', '2026/a/'],
    [
      's3://exam/x',
      { AWS_ENDPOINT_URL: 'https://minio.example:9000' },
      'https://minio.example:9000/exam/',
      'x/',
    ],
    ['https://store.example/exam', {}, 'https://store.example/exam/', ''],
    ['http://127.0.0.1:9000/exam/p', {}, 'http://127.0.0.1:9000/exam/', 'p/'],
  ])('%s', (url, more, base, prefix) => {
    const address = expectOk(s3Address(url, { ...keys, ...more }));
    expect([address.base.href, address.prefix]).toEqual([base, prefix]);
  });

  test.each([
    ['https://key:secret@store.example/exam', keys, /credentials/],
    ['http://store.example/exam', keys, /https/],
    ['http://127.evil.example/exam', keys, /https/],
    ['https://store.example/', keys, /bucket/],
    ['s3://', keys, /bucket/],
    ['nonsense', keys, /URL/],
    ['https://store.example/exam?x=1', keys, /end with/],
    ['s3://exam', {}, /AWS_ACCESS_KEY_ID/],
  ])('%s is refused', (url, environment, problem) => {
    const address = s3Address(url, environment);
    expect(address).toMatchObject({ ok: false, refusal: { type: 'bad-option', option: 'blobs' } });
    expect(JSON.stringify(address)).toMatch(problem);
    expect(JSON.stringify(address)).not.toContain('secret@');
  });
});
