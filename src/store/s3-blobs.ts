/**
 * Blobs in an S3-compatible store: objects `<prefix>ab/abcdef…`. Content is written to a file beside first, because its digest is its name; large
 * content goes up in parts, each tried again by itself. The store checks every part against the digest in its signature.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { newId } from '../base/ids.ts';
import { asResult } from '../base/refused.ts';
import { ok, type Result } from '../base/result.ts';
import { sha256Hex } from '../trust/digest.ts';
import { utf8 } from '../base/bytes.ts';
import { checkDigest, collect, verified, writeDurably, type BlobStore } from './blobs.ts';
import { s3Address } from './s3-address.ts';
import { S3Client, usualPatience, type S3Patience } from './s3-request.ts';

/** Larger content goes in parts of at least this size. Amazon takes 10,000 parts. */
const partBytes = 8 * 1024 ** 2;
const mostParts = 9_000;

/**
 * @param staging a folder for content on its way.
 * @returns refusals `bad-option`, `blob-store-unreachable`, `blob-store-refused`: it is tried once, by writing, before anything depends on it.
 */
export async function openS3Blobs(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
  staging: string,
  patience: S3Patience = usualPatience,
): Promise<Result<BlobStore>> {
  const address = s3Address(url, environment);
  if (!address.ok) return address;
  const store = s3Blobs(new S3Client(address.value, patience), staging);
  const tried = await asResult(() => store.put(new Uint8Array(0)));
  return tried.ok ? ok(store) : tried;
}

function s3Blobs(client: S3Client, staging: string): BlobStore {
  const has = async (digest: string): Promise<boolean> => {
    const { status } = await client.sendAndRead({ method: 'HEAD', key: keyOf(digest) }, [200, 404]);
    return status === 200;
  };
  const stream = async (digest: string) => {
    const key = keyOf(digest);
    const first = await client.send({ method: 'GET', key }, [200, 404]);
    if (first.statusCode === 200) return verified(resumed(client, key, first), digest);
    first.resume();
    return null;
  };
  return {
    has,
    stream,
    async put(content) {
      await mkdir(staging, { recursive: true });
      const file = join(staging, `${newId()}.blob`);
      try {
        const kept = await writeDurably(file, content);
        if (!(await has(kept.digest))) await upload(client, file, kept);
        return kept;
      } finally {
        await rm(file, { force: true });
      }
    },
    async read(digest) {
      const found = await stream(digest);
      return found === null ? null : collect(found);
    },
    async remove(digest) {
      await client.sendAndRead({ method: 'DELETE', key: keyOf(digest) }, [200, 204, 404]);
    },
  };
}

function keyOf(digest: string): string {
  return `${checkDigest(digest).slice(0, 2)}/${digest}`;
}

async function upload(client: S3Client, file: string, kept: { digest: string; size: number }): Promise<void> {
  const key = keyOf(kept.digest);
  if (kept.size > partBytes) return uploadParts(client, file, key, kept.size);
  await client.sendAndRead(
    {
      method: 'PUT',
      key,
      // Whatever it is, nobody shall be shown it as a page.
      headers: { 'content-type': 'application/octet-stream' },
      body: {
        sha256: kept.digest,
        size: kept.size,
        from: kept.size === 0 ? new Uint8Array(0) : { file, start: 0 },
      },
    },
    [200],
  );
}

/** Nothing can be read before the last step; what was begun is taken back when it fails. */
async function uploadParts(client: S3Client, file: string, key: string, size: number): Promise<void> {
  const begun = await client.sendAndRead(
    {
      method: 'POST',
      key,
      query: { uploads: '' },
      headers: { 'content-type': 'application/octet-stream' },
    },
    [200],
  );
  const uploadId = /<UploadId>([^<]+)<\/UploadId>/.exec(begun.text)?.[1];
  if (uploadId === undefined) throw new Error('store gave no upload id');
  try {
    const step = Math.max(partBytes, Math.ceil(size / mostParts));
    const parts: string[] = [];
    for (let start = 0, number = 1; start < size; start += step, number++) {
      const length = Math.min(step, size - start);
      const sum = createHash('sha256');
      await pipeline(createReadStream(file, { start, end: start + length - 1, highWaterMark: 1 << 20 }), sum);
      const sent = await client.sendAndRead(
        {
          method: 'PUT',
          key,
          query: { partNumber: String(number), uploadId },
          body: { sha256: sum.digest('hex'), size: length, from: { file, start } },
        },
        [200],
      );
      parts.push(`<Part><PartNumber>${number}</PartNumber><ETag>${sent.etag}</ETag></Part>`);
    }
    await complete(client, key, uploadId, parts);
  } catch (error) {
    // Parts that stay behind cost space only, and the store's own rules remove them: the first error is the one to tell.
    await asResult(() => client.sendAndRead({ method: 'DELETE', key, query: { uploadId } }, [204, 404]));
    throw error;
  }
}

async function complete(
  client: S3Client,
  key: string,
  uploadId: string,
  parts: readonly string[],
): Promise<void> {
  const xml = utf8(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  await client.again(async () => {
    const done = await client.sendAndRead(
      {
        method: 'POST',
        key,
        query: { uploadId },
        headers: { 'content-type': 'application/xml' },
        body: { sha256: sha256Hex(xml), size: xml.length, from: xml },
      },
      [200, 404],
    );
    // An answer that was lost on the way: the upload is complete and its number gone.
    if (done.status === 404) {
      const { status } = await client.sendAndRead({ method: 'HEAD', key }, [200, 404]);
      if (status === 200) return;
      throw new Error('upload is gone');
    }
    // The status comes before the work: an error can follow a 200.
    if (done.text.includes('<Error>')) throw new Error('upload not completed');
  });
}

/** A store that gives nothing more for so many tries is not asked again. */
const mostStalls = 5;

/** Goes on behind the last byte when the connection breaks. */
async function* resumed(client: S3Client, key: string, first: IncomingMessage): AsyncGenerator<Uint8Array> {
  const size = Number(first.headers['content-length']);
  let answer = first;
  let at = 0;
  for (let stalls = 0; ;) {
    const before = at;
    try {
      for await (const chunk of answer) {
        at += (chunk as Uint8Array).length;
        yield chunk as Uint8Array;
      }
    } catch (error) {
      stalls = at > before ? 0 : stalls + 1;
      if (stalls > mostStalls) throw error;
    } finally {
      answer.destroy();
    }
    if (at >= size) return;
    answer = await client.send({ method: 'GET', key, headers: { range: `bytes=${at}-` } }, [206]);
    if (answer.headers['content-range']?.startsWith(`bytes ${at}-`) !== true)
      throw new Error('store answered another range');
  }
}
