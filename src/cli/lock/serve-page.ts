/**
 * The lock helper's page, on this computer alone. It asks for a PIN and works with what is plugged in: nobody but the page that this program opened
 * may call it. The page has a token in its address behind the `#`, which no browser sends anywhere; it comes in a header with each call. What the
 * browser says of a call's origin and host has to fit as well. The program ends when its page is closed.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { toBase64Url, utf8 } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { sameSecret } from '../../trust/digest.ts';
import type { LockHelper } from './helper.ts';
import { pageHtml, pageScript, pageStyle } from './page.ts';
import { languageSchema, refusalIn, textsIn, type Language } from './texts.ts';

const host = '127.0.0.1';
const mostBytes = 64 * 1024;
/** A page that is loaded anew is away for a moment. */
const comesBackMs = 5_000;
/** Until the browser has started. */
const firstComesMs = 5 * 60_000;

const pin = z.string().min(1).max(128);
const id = z.string().min(1).max(1_000);
const asked = {
  state: z.object({ again: z.boolean() }),
  register: z.object({ id, pin, code: z.string().trim().min(1).max(40) }),
  calibrate: z.object({ id, pin }),
  make: z.object({ drive: z.string().min(1).max(500), pin }),
} as const;

export interface ServedPage {
  readonly port: number;
  /** To be opened in a browser of this computer. */
  readonly address: string;
  /** Resolves when the page was closed, or never came. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** @returns refusals of listening: `port-in-use`, `port-not-permitted` */
export async function servePage(helper: LockHelper, port: number): Promise<Result<ServedPage>> {
  const token = toBase64Url(randomBytes(24));
  const presence = new Presence();
  const server = createServer((request, response) => {
    answer(helper, token, presence, request, response).catch(() => {
      if (!response.headersSent) send(response, 500, { type: 'internal-error' });
      else response.destroy();
    });
  });
  const listening = await new Promise<Result<void>>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        refuse({ type: error.code === 'EADDRINUSE' ? 'port-in-use' : 'port-not-permitted', host, port }),
      ),
    );
    server.listen(port, host, () => resolve(ok()));
  });
  if (!listening.ok) return listening;
  const own = (server.address() as AddressInfo).port;
  return ok({
    port: own,
    address: `http://${host}:${own}/#${token}`,
    closed: presence.gone,
    close: () =>
      new Promise((resolve) => {
        presence.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Whether a page is open: each holds one call for as long as it lives. */
class Presence {
  readonly #gone = Promise.withResolvers<void>();
  readonly #open = new Set<ServerResponse>();
  #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setTimeout(this.#gone.resolve, firstComesMs);
  }

  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  hold(response: ServerResponse): void {
    clearTimeout(this.#timer);
    this.#open.add(response);
    response.writeHead(200, { ...headers, 'content-type': 'text/plain' });
    response.write('.');
    response.once('close', () => {
      this.#open.delete(response);
      if (this.#open.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.#gone.resolve, comesBackMs);
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const response of this.#open) response.destroy();
  }
}

const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const pages: Readonly<Record<string, readonly [type: string, content: () => string]>> = {
  '/': ['text/html; charset=utf-8', () => pageHtml],
  '/page.js': ['text/javascript; charset=utf-8', () => pageScript],
  '/page.css': ['text/css; charset=utf-8', () => pageStyle],
};

async function answer(
  helper: LockHelper,
  token: string,
  presence: Presence,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const port = request.socket.localPort ?? 0;
  const path = new URL(request.url ?? '/', `http://${host}`).pathname;
  const turnedAway = guard(request, port, path);
  if (turnedAway) return send(response, turnedAway.status, { type: turnedAway.type });
  const page = pages[path];
  if (page && request.method === 'GET') {
    response.writeHead(200, { ...headers, 'content-type': page[0] });
    response.end(page[1]());
    return undefined;
  }
  if (request.method !== 'POST' || !path.startsWith('/do/')) return send(response, 404, { type: 'not-here' });
  const given = request.headers['x-invigil-lock'];
  if (!sameSecret(utf8(typeof given === 'string' ? given : ''), utf8(token)))
    return send(response, 403, { type: 'page-only' });
  if (path === '/do/here') return presence.hold(response);
  const body = await jsonOf(request);
  const language = languageSchema.safeParse((body as { language?: unknown } | null)?.language);
  if (!language.success) return send(response, 400, { type: 'bad-request' });
  const done = await carryOut(helper, path.slice('/do/'.length), body, language.data);
  return done.ok
    ? send(response, 200, done.value)
    : send(response, 422, refusalIn(language.data, done.refusal));
}

function guard(
  { headers: said, method }: IncomingMessage,
  port: number,
  path: string,
): { status: number; type: string } | null {
  // A name that was made to point here (DNS rebinding) is not ours.
  if (said.host !== `${host}:${port}`) return { status: 421, type: 'wrong-host' };
  if (said.origin !== undefined)
    return said.origin === `http://${host}:${port}` ? null : { status: 403, type: 'foreign-origin' };
  const site = said['sec-fetch-site'] ?? 'none';
  // A link to the page may be followed from anywhere: it shows nothing without the token.
  const follows =
    method === 'GET' &&
    path === '/' &&
    said['sec-fetch-mode'] === 'navigate' &&
    said['sec-fetch-dest'] === 'document';
  return site === 'same-origin' || site === 'none' || follows
    ? null
    : { status: 403, type: 'foreign-origin' };
}

async function carryOut(
  helper: LockHelper,
  what: string,
  body: unknown,
  language: Language,
): Promise<Result<unknown>> {
  switch (what) {
    case 'texts':
      return ok(textsIn(language));
    case 'state': {
      const ask = asked.state.safeParse(body);
      return ask.success ? ok(await stateOf(helper, ask.data.again, language)) : notUnderstood;
    }
    case 'register': {
      const ask = asked.register.safeParse(body);
      return ask.success ? helper.register(ask.data.id, ask.data) : notUnderstood;
    }
    case 'calibrate': {
      const ask = asked.calibrate.safeParse(body);
      return ask.success ? helper.calibrate(ask.data.id, ask.data.pin) : notUnderstood;
    }
    case 'make': {
      const ask = asked.make.safeParse(body);
      return ask.success ? helper.makeKeyFile(ask.data.drive, ask.data.pin) : notUnderstood;
    }
    default:
      return notUnderstood;
  }
}

const notUnderstood = refuse({ type: 'bad-request' });

async function stateOf(helper: LockHelper, again: boolean, language: Language) {
  const asked = helper.centre().then((centre) => ({
    centre,
    // In this moment: looking for tokens takes longer.
    offset: centre.ok ? centre.value.at - Date.now() : null,
  }));
  const [{ centre, offset }, locks, drives] = await Promise.all([
    asked,
    helper.locks(again),
    helper.drives(),
  ]);
  const said = (refusal: Refusal | null) => refusal && refusalIn(language, refusal);
  return {
    centre: {
      address: helper.address,
      code: centre.ok ? centre.value.code : null,
      offset,
      contacts: centre.ok ? centre.value.contacts : [],
      problem: centre.ok ? null : said(centre.refusal),
    },
    locks: locks.map(({ problem, calibration, ...lock }) => ({
      ...lock,
      problem: said(problem),
      calibration: calibration && {
        at: calibration.at,
        sites: calibration.sites,
        releases: calibration.releases.map(({ sessionNumber, name, startAt }) => ({
          number: sessionNumber,
          name,
          startAt,
        })),
      },
    })),
    drives: drives.map(({ path, name }) => ({ path, name })),
  };
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > mostBytes) return null;
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? {}));
}
