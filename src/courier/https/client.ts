/** A child's connection to its parent: pinned HTTPS with keep-alive. What fails is data: the courier tries again. */
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { createSecureContext, type TLSSocket } from 'node:tls';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';

const answerLimit = 64 * 1024 * 1024;
const silenceMs = 20_000;

export interface ParentAddress {
  /** `host:port` */
  readonly address: string;
  /** The parent's own certificate, known since the pairing; null only while pairing. */
  readonly certPem: string | null;
}

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | null;
}

export class ExchangeClient {
  readonly #agent: Agent;
  readonly #host: string;
  readonly #port: number;
  readonly #pinned: boolean;

  /** @param own what the child shows; null: nobody who is known there asks. */
  constructor(parent: ParentAddress, own: { keyPem: string; certPem: string } | null) {
    const { host, port } = splitAddress(parent.address);
    this.#host = host;
    this.#port = port;
    this.#pinned = parent.certPem !== null;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: 8,
      // Made once: every connection, also each try at a parent that is away, would read the keys and certificates anew.
      secureContext: createSecureContext({
        ...(own === null ? {} : { key: own.keyPem, cert: own.certPem }),
        minVersion: 'TLSv1.3',
        // With the parent's own self-signed certificate as the only authority, nothing but this very certificate is accepted.
        ...(parent.certPem === null ? {} : { ca: [parent.certPem] }),
      }),
      ...(parent.certPem === null ? { rejectUnauthorized: false } : { checkServerIdentity: () => undefined }),
    });
  }

  /**
   * Posts JSON and reads JSON. A refusal of the parent comes back as it is; no connection is `parent-unreachable`.
   * @param patienceMs how long the parent may be silent: longer where it works through what it was given.
   */
  async post<T>(path: string, body: unknown, patienceMs = silenceMs): Promise<Result<T>> {
    return this.#json<T>('POST', path, JSON.stringify(body), undefined, undefined, patienceMs);
  }

  async get<T>(path: string, signal?: AbortSignal): Promise<Result<T>> {
    return this.#json<T>('GET', path, null, signal);
  }

  /** While pairing: also gives the certificate that the parent showed, which the proof binds. */
  async postUnpinned<T>(
    path: string,
    body: unknown,
  ): Promise<Result<{ answer: T; certPem: string; fingerprint: string }>> {
    if (this.#pinned) throw new Error('postUnpinned on a pinned connection');
    let certPem = '';
    let fingerprint = '';
    const answer = await this.#json<T>('POST', path, JSON.stringify(body), undefined, (response) => {
      const certificate = (response.socket as TLSSocket).getPeerX509Certificate();
      if (!certificate) return;
      certPem = certificate.toString();
      fingerprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
    });
    return answer.ok ? ok({ answer: answer.value, certPem, fingerprint }) : answer;
  }

  /** Downloads to a file and goes on where an earlier try stopped. */
  async download(path: string, file: string, signal?: AbortSignal): Promise<Result<{ bytes: number }>> {
    const have = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    const response = await this.#open(
      { method: 'GET', path, headers: have > 0 ? { range: `bytes=${have}-` } : {} },
      null,
      signal,
    );
    if (!response.ok) return response;
    const message = response.value;
    if (message.statusCode === 416) {
      message.resume();
      return ok({ bytes: have });
    }
    if (message.statusCode !== 200 && message.statusCode !== 206) return readRefusal(message);
    try {
      await pipeline(message, createWriteStream(file, { flags: message.statusCode === 206 ? 'a' : 'w' }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
        return refuse({ type: 'disk-full', path: file });
      return unreachable(error);
    }
    return ok({ bytes: (await stat(file)).size });
  }

  /** Reads an answer only to count its bytes: how fast is the way to the parent? */
  async count(path: string): Promise<Result<{ bytes: number }>> {
    const response = await this.#open({ method: 'GET', path }, null);
    if (!response.ok) return response;
    if (response.value.statusCode !== 200) return readRefusal(response.value);
    let bytes = 0;
    try {
      for await (const chunk of response.value) bytes += (chunk as Buffer).length;
    } catch (error) {
      return unreachable(error);
    }
    return ok({ bytes });
  }

  /** Reads a stream of server-sent events until it ends or is aborted. */
  async events(
    path: string,
    onEvent: (event: ServerEvent) => void,
    signal: AbortSignal,
  ): Promise<Result<void>> {
    const response = await this.#open(
      { method: 'GET', path, headers: { accept: 'text/event-stream' } },
      null,
      signal,
    );
    if (!response.ok) return response;
    if (response.value.statusCode !== 200) return readRefusal(response.value);
    try {
      let buffer = '';
      response.value.setEncoding('utf8');
      for await (const chunk of response.value) {
        buffer += chunk as string;
        let end = buffer.indexOf('\n\n');
        while (end !== -1) {
          const event = parseEvent(buffer.slice(0, end));
          if (event) onEvent(event);
          buffer = buffer.slice(end + 2);
          end = buffer.indexOf('\n\n');
        }
        if (buffer.length > answerLimit) return refuse({ type: 'answer-too-large' });
      }
      return ok();
    } catch (error) {
      return unreachable(error);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  /** For libraries that make their own requests (resumable uploads). */
  get agent(): Agent {
    return this.#agent;
  }

  async #json<T>(
    method: string,
    path: string,
    body: string | null,
    signal?: AbortSignal,
    onResponse?: (response: IncomingMessage) => void,
    patienceMs = silenceMs,
  ): Promise<Result<T>> {
    const headers =
      body === null
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
    const response = await this.#open({ method, path, headers }, body, signal, patienceMs);
    if (!response.ok) return response;
    onResponse?.(response.value);
    if (response.value.statusCode !== 200) return readRefusal(response.value);
    const text = await readText(response.value);
    if (!text.ok) return text;
    try {
      return ok(JSON.parse(text.value) as T);
    } catch {
      return refuse({ type: 'parent-not-understood' });
    }
  }

  #open(
    options: RequestOptions,
    body: string | null,
    signal?: AbortSignal,
    patienceMs = silenceMs,
  ): Promise<Result<IncomingMessage>> {
    return new Promise((resolve) => {
      const sent = request(
        { ...options, host: this.#host, port: this.#port, agent: this.#agent, ...(signal ? { signal } : {}) },
        (response) => resolve(ok(response)),
      );
      sent.setTimeout(patienceMs, () => sent.destroy(new Error('no answer in time')));
      sent.on('error', (error) => resolve(unreachable(error)));
      if (body !== null) sent.write(body);
      sent.end();
    });
  }
}

function unreachable(error: unknown): Result<never> {
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  // The certificate is not the one from the pairing: another machine answers at this address.
  if (/CERT|SIGNED/.test(code)) return refuse({ type: 'parent-is-another', code });
  return refuse({ type: 'parent-unreachable', code });
}

async function readText(message: IncomingMessage): Promise<Result<string>> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of message) {
      size += (chunk as Buffer).length;
      if (size > answerLimit) {
        message.destroy();
        return refuse({ type: 'answer-too-large' });
      }
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    return unreachable(error);
  }
  return ok(Buffer.concat(chunks).toString('utf8'));
}

async function readRefusal(message: IncomingMessage): Promise<Result<never>> {
  const text = await readText(message);
  if (!text.ok) return text;
  try {
    const refusal = JSON.parse(text.value) as Refusal;
    if (typeof refusal === 'object' && refusal !== null && typeof refusal.type === 'string')
      return { ok: false, refusal };
  } catch {
    // Said below: an answer that is no refusal of ours.
  }
  return refuse({ type: 'parent-failed', status: message.statusCode ?? 0 });
}

function parseEvent(block: string): ServerEvent | null {
  let event = 'message';
  let id: string | null = null;
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('id:')) id = line.slice(3).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  return data.length > 0 ? { event, data: data.join('\n'), id } : null;
}

export function splitAddress(address: string): { host: string; port: number } {
  const url = new URL(/^\w+:\/\//.test(address) ? address : `https://${address}`);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 443) };
}
