/**
 * One request to a printer or scanner of the network, over plain HTTP or TLS, with limits on size and time. Certificates of such devices are
 * self-signed: what counts is the pin, the SHA-256 of the certificate that a person took over with the device.
 */
import { createHash } from 'node:crypto';
import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';

/** How long a device may be silent: it wakes from sleep, or warms up. */
const patienceMs = 20_000;

export interface DeviceAddress {
  /** `http:` or `https:`. */
  readonly url: string;
  /** SHA-256 of its certificate, hex; null: none was taken over yet, or the address is without TLS. */
  readonly pin: string | null;
  /** A socket of this computer instead of the URL's host. */
  readonly socket?: string;
}

export interface DeviceRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly type?: string;
  readonly body?: readonly Uint8Array[];
  /** Of the answer; a longer one is refused and not read to its end. */
  readonly mostBytes: number;
  /** How long the device may be silent, when that is longer than usual. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface DeviceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer<ArrayBuffer>;
}

/**
 * Refusals: `device-unreachable` (with `code`; `sent`: whether the request may have arrived), `device-silent` (`sent`), `device-answer-too-large`,
 * `device-certificate-new` (with its `pin`, for a person to take over), `device-certificate-changed`.
 */
export function askDevice(
  address: DeviceAddress,
  path: string,
  asked: DeviceRequest,
): Promise<Result<DeviceAnswer>> {
  const url = new URL(path, address.url);
  const name = url.host;
  return new Promise((resolve) => {
    let sent = false;
    const headers: Record<string, string> = { connection: 'close' };
    const length = (asked.body ?? []).reduce((sum, part) => sum + part.length, 0);
    if (asked.body) headers['content-length'] = String(length);
    if (asked.type !== undefined) headers['content-type'] = asked.type;
    const options = {
      method: asked.method,
      agent: false,
      headers,
      timeout: asked.patienceMs ?? patienceMs,
      ...(address.socket !== undefined && { socketPath: address.socket }),
      ...(asked.signal && { signal: asked.signal }),
    } as const;
    const end = (result: Result<DeviceAnswer>): void => {
      resolve(result);
      request.destroy();
    };
    const send = (): void => {
      sent = true;
      for (const part of asked.body ?? []) request.write(part);
      request.end();
    };
    const request: ClientRequest =
      url.protocol === 'https:'
        ? // Nothing is sent before the certificate was compared with the pin.
          tlsRequest(url, { ...options, rejectUnauthorized: false, checkServerIdentity: () => undefined })
        : plainRequest(url, options);
    request.once('socket', (socket) => {
      if (url.protocol !== 'https:') {
        if (socket.connecting) socket.once('connect', send);
        else send();
        return;
      }
      socket.once('secureConnect', () => {
        const wrong = wrongCertificate(socket as TLSSocket, address, name);
        if (wrong) end(refuse(wrong));
        else send();
      });
    });
    request.on('timeout', () => end(refuse({ type: 'device-silent', address: name, sent })));
    request.on('error', (error: NodeJS.ErrnoException) =>
      end(refuse({ type: 'device-unreachable', address: name, code: error.code ?? error.message, sent })),
    );
    request.on('response', (response) => {
      void read(response, asked.mostBytes).then(
        (body) =>
          end(
            body
              ? ok({ status: response.statusCode ?? 0, headers: single(response), body })
              : refuse({ type: 'device-answer-too-large', address: name }),
          ),
        (error: NodeJS.ErrnoException) =>
          end(
            refuse({
              type: 'device-unreachable',
              address: name,
              code: error.code ?? error.message,
              sent: true,
            }),
          ),
      );
    });
  });
}

function wrongCertificate(socket: TLSSocket, { pin }: DeviceAddress, address: string): Refusal | null {
  const found = createHash('sha256')
    .update(socket.getPeerCertificate().raw ?? new Uint8Array())
    .digest('hex');
  if (pin === null) return { type: 'device-certificate-new', address, pin: found };
  return found === pin ? null : { type: 'device-certificate-changed', address, pin: found };
}

/** @returns null: it is longer than it may be */
async function read(response: IncomingMessage, mostBytes: number): Promise<Buffer<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function single(response: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}
