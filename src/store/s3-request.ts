/** One request to an S3-compatible store: signed by aws4fetch, sent by Node with a length, timed out by silence, tried again while that can help. */
import { createReadStream } from 'node:fs';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { setTimeout as rest } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { Refused } from '../base/refused.ts';
import { sha256Hex } from '../trust/digest.ts';
import type { S3Address } from './s3-address.ts';

export interface S3Body {
  readonly sha256: string;
  readonly size: number;
  /** A part of a file, or bytes. */
  readonly from: Uint8Array | { readonly file: string; readonly start: number };
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: S3Body;
}

export interface S3Patience {
  /** A connection on which nothing moves for so long is given up. */
  readonly silenceMs: number;
  /** Rests between tries; as many as there are more tries. */
  readonly restsMs: readonly number[];
}

export const usualPatience: S3Patience = { silenceMs: 30_000, restsMs: [200, 500, 1_500, 4_000, 10_000] };

export class S3Client {
  readonly #address: S3Address;
  readonly #patience: S3Patience;
  readonly #agent: HttpAgent;

  constructor(address: S3Address, patience: S3Patience) {
    this.#address = address;
    this.#patience = patience;
    const options = { keepAlive: true, maxSockets: 16 };
    this.#agent = address.base.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  }

  /** @returns the answer, its body unread, with a status that was asked for. @throws Refused `blob-store-unreachable`, `blob-store-refused` */
  async send(request: S3Request, wanted: readonly number[]): Promise<IncomingMessage> {
    return this.again(async () => {
      const answer = await this.#once(request);
      const status = answer.statusCode ?? 0;
      if (wanted.includes(status)) return answer;
      const code = /<Code>([^<]{1,80})<\/Code>/.exec(await textOf(answer))?.[1] ?? `HTTP ${status}`;
      if (status >= 500 || status === 429 || code === 'RequestTimeout') throw new Error(code);
      throw new Refused({ type: 'blob-store-refused', host: this.#address.base.host, problem: code });
    });
  }

  /** For answers that are read to their end: reading is part of the try. */
  async sendAndRead(
    request: S3Request,
    wanted: readonly number[],
  ): Promise<{ status: number; etag: string; text: string }> {
    return this.again(async () => {
      const answer = await this.send(request, wanted);
      const text = await textOf(answer);
      return { status: answer.statusCode ?? 0, etag: String(answer.headers.etag ?? ''), text };
    });
  }

  /** Tries until it works or patience ends; what was refused stays refused. */
  async again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refused) throw error;
        const pause = this.#patience.restsMs[tries];
        if (pause === undefined)
          throw new Refused({
            type: 'blob-store-unreachable',
            host: this.#address.base.host,
            problem: (error as Error).message,
          });
        await rest(pause);
      }
    }
  }

  async #once(request: S3Request): Promise<IncomingMessage> {
    const { base, prefix, region, accessKeyId, secretAccessKey, sessionToken } = this.#address;
    const url = new URL(`${prefix}${request.key}`, base);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const { body } = request;
    // Signed anew for each try: a signature is only good for some minutes. With the content's digest in it, the store checks what arrived.
    const signed = await new AwsV4Signer({
      method: request.method,
      url: url.href,
      headers: { ...request.headers, 'x-amz-content-sha256': body?.sha256 ?? emptySha256 },
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      service: 's3',
      region,
    }).sign();
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(signed.url, {
      method: request.method,
      agent: this.#agent,
      headers: { ...Object.fromEntries(signed.headers), 'content-length': String(body?.size ?? 0) },
    });
    outgoing.setTimeout(this.#patience.silenceMs, () => outgoing.destroy(new Error('no answer in time')));
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.on('response', resolve);
      outgoing.on('error', reject);
    });
    const sending =
      body === undefined ? Promise.resolve(void outgoing.end()) : pipeline(contentOf(body), outgoing);
    // A store that refuses answers before it has read everything: its answer counts, not the pipe that broke.
    sending.catch(() => undefined);
    return answer;
  }
}

const emptySha256 = sha256Hex(new Uint8Array(0));

function contentOf(body: S3Body): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (body.from instanceof Uint8Array) return [body.from];
  const { file, start } = body.from;
  return createReadStream(file, { start, end: start + body.size - 1, highWaterMark: 1 << 20 });
}

/** Answers that are not content are short. */
const textLimit = 1024 * 1024;

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  answer.setEncoding('utf8');
  for await (const chunk of answer) {
    text += chunk as string;
    if (text.length > textLimit) throw new Error('answer too long');
  }
  return text;
}
