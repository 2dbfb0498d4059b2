/** The web server of a role's console: screens, operations (RPC and plain HTTP), files, health. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch';
import { ORPCError, type AnyRouter } from '@orpc/server';
import { Hono, type Context } from 'hono';
import { getCookie, setCookie, deleteCookie } from 'hono/cookie';
import type { Logger } from 'pino';
import { utf8 } from '../base/bytes.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { letSilentGo } from '../courier/https/let-silent-go.ts';
import { sameSecret } from '../trust/digest.ts';
import type { Accounts } from './accounts.ts';
import { serveDoctor, type Doctor } from './doctor.ts';
import type { FileExchange } from './files.ts';
import { guardOperation, type OperationContext, type Reach } from './operations.ts';
import { relyingPartyOf } from './passkeys/relying-party.ts';
import { whenceOf } from './sign-ins/whence.ts';

const rpcBodyLimit = 4 * 1024 * 1024;

export interface WebServerOptions {
  readonly host: string;
  readonly port: number;
  readonly publicNames: readonly string[];
  /** Folder with the built screens of this role. */
  readonly screens: string;
  readonly router: AnyRouter;
  readonly accounts: Accounts;
  readonly files: FileExchange;
  /** Where users may be limited: says what lies within a limit. */
  readonly reach?: Reach;
  readonly log: Logger;
  /** `ok: false` answers with status 503, for whoever watches. */
  readonly health: () => Record<string, unknown> | Promise<Record<string, unknown>>;
  /** While it says yes, a page that stands open counts as used: nobody is signed out in the middle of an exam. */
  readonly examUnderWay?: () => boolean;
  /** Given: whoever works at this computer may ask how it is, see `serveDoctor`. */
  readonly data?: string;
  /** Further routes of the role, behind the same guards; they come before the console's own. */
  readonly extend?: (app: Hono, contextOf: (c: Context) => OperationContext) => void;
  /** Routes for other programs, which have no page, no cookie and none of its headers: behind the check of the host alone, they guard themselves. */
  readonly programs?: (app: Hono) => void;
  /** Given: everything but the page itself wants the cookie that comes with the page. For roles that nobody signs in to. */
  readonly screenToken?: string;
  /** A further guard of the role's, after the others and before everything that answers. */
  readonly guard?: (app: Hono) => void;
  /** What the pages may load; the consoles' own when absent. */
  readonly contentSecurityPolicy?: string;
  /** The pages may use the microphone of the computer that shows them. */
  readonly microphone?: boolean;
}

export interface WebServer {
  readonly port: number;
  close(): Promise<void>;
}

export async function startWebServer(options: WebServerOptions): Promise<Result<WebServer>> {
  const { app, doctor } = consoleApp(options);
  const server = createServer(getRequestListener(app.fetch));
  // A large file takes as long as it takes.
  server.requestTimeout = 0;
  letSilentGo(server);
  // Longer than a person pauses: a connection that closes just as it is used again looks like a failure.
  server.keepAliveTimeout = 75_000;
  const listening = await listen(server, options.host, options.port);
  if (!listening.ok) return listening;
  const { port } = server.address() as AddressInfo;
  doctor?.announce(port);
  return ok({
    port,
    close: () =>
      new Promise<void>((resolve) => {
        doctor?.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Listens, or says in one line why not. */
export function listen(server: Server, host: string, port: number): Promise<Result<void>> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(refuse({ type: 'port-in-use', host, port }));
      else if (error.code === 'EACCES') resolve(refuse({ type: 'port-not-permitted', host, port }));
      else if (error.code === 'EADDRNOTAVAIL') resolve(refuse({ type: 'address-not-here', host, port }));
      else reject(error);
    });
    server.listen(port, host, () => resolve(ok()));
  });
}

function consoleApp(options: WebServerOptions): { app: Hono; doctor: Doctor | null } {
  const { accounts, files, log } = options;
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    // Whoever asks for the head alone gets no body: a file that was opened for it would stay open, and one day take the program down.
    if (c.req.method === 'HEAD') await c.res.body?.cancel();
  });

  app.use(async (c, next) => {
    if (hostAllowed(c.req.header('host'), options)) await next();
    else c.res = c.json({ type: 'wrong-host' }, 421);
    const { headers } = c.res;
    headers.set('content-security-policy', options.contentSecurityPolicy ?? consolesPolicy);
    headers.set('permissions-policy', permissionsPolicy(options.microphone === true));
    headers.set('x-content-type-options', 'nosniff');
    headers.set('x-frame-options', 'DENY');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    // Built files carry their digest in their names. Nothing else may lie in a cache: it is a file on a disk that others use tomorrow.
    const built = c.res.ok && c.req.path.startsWith('/assets/');
    headers.set('cache-control', built ? 'public, max-age=31536000, immutable' : 'no-store');
    return undefined;
  });

  options.programs?.(app);

  app.use(async (c, next) => {
    if (fromElsewhere(c)) return c.json({ type: 'foreign-origin' }, 403);
    // A page from elsewhere can send a form, but not this header.
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!reads && c.req.header('x-invigil') === undefined) return c.json({ type: 'header-missing' }, 403);
    await next();
    return undefined;
  });

  app.get('/health', async (c) => {
    const health = await options.health();
    return c.json(health, health['ok'] === false ? 503 : 200);
  });
  const nobody: OperationContext = {
    user: null,
    account: '-',
    files,
    accounts,
    sessionToken: null,
    whence: { address: '', browser: '' },
    relyingParty: null,
    reach: null,
    setSession: () => undefined,
  };
  const doctor = options.data === undefined ? null : serveDoctor(app, options.router, options.data, nobody);
  if (options.screenToken !== undefined) screenOnly(app, options.screenToken);
  options.guard?.(app);

  const contextOf = (c: Context): OperationContext => {
    const token = getCookie(c, cookieName(c, 'session')) ?? null;
    const byPerson = c.req.header('x-invigil-unattended') === undefined || options.examUnderWay?.() === true;
    const user = token === null ? null : accounts.user(token, byPerson);
    return {
      user,
      account: user?.account ?? '-',
      files,
      accounts,
      sessionToken: token,
      whence: whenceOf(c),
      relyingParty: relyingPartyOf(c.req.header('host'), options.publicNames),
      reach: options.reach ?? null,
      setSession: (next) => {
        // Whoever signs in anew leaves nothing behind that would still be signed in.
        if (next !== null && token !== null) accounts.signOut(token);
        if (next === null) deleteCookie(c, cookieName(c, 'session'), { path: '/' });
        else
          setCookie(c, cookieName(c, 'session'), next, {
            path: '/',
            httpOnly: true,
            sameSite: 'Strict',
            secure: c.req.header('x-forwarded-proto') === 'https',
          });
      },
    };
  };

  const handling = {
    plugins: [new BodyLimitPlugin<OperationContext>({ maxBodySize: rpcBodyLimit })],
    // Around the operation itself: a body that cannot be read is no failure of ours, and what the reader says of it would quote it in the log.
    clientInterceptors: [logFailure(log), guardOperation],
  };
  const rpc = new RPCHandler<OperationContext>(options.router, handling);
  const api = new OpenAPIHandler<OperationContext>(options.router, handling);
  for (const [prefix, handler] of [
    ['/rpc', rpc],
    ['/api', api],
  ] as const) {
    app.use(`${prefix}/*`, async (c, next) => {
      const context = contextOf(c);
      const answer = await handler.handle(whileSignedIn(c.req.raw, context), { prefix, context });
      if (!answer.matched) return next();
      return c.newResponse(answer.response.body, answer.response);
    });
  }

  options.extend?.(app, contextOf);
  exchangeFiles(app, files, contextOf);
  app.use('*', serveStatic({ root: options.screens, precompressed: true }));
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, 'request failed');
    return c.json({ type: 'internal-error' }, 500);
  });
  return { app, doctor };
}

function logFailure(log: Logger) {
  return async <T>(call: { next: () => Promise<T> }): Promise<T> => {
    try {
      return await call.next();
    } catch (error) {
      // An answer that is not what its contract says is our fault, too.
      if (!(error instanceof ORPCError) || error.status >= 500) log.error({ err: error }, 'operation failed');
      throw error;
    }
  };
}

/** A view that is watched stops when its user is signed out, by whom ever: a stream outlives the check at its beginning. */
function whileSignedIn(request: Request, context: OperationContext): Request {
  const signal = over(context);
  return signal === undefined
    ? request
    : new Request(request, { signal: AbortSignal.any([request.signal, signal]) });
}

function over({ sessionToken, accounts }: OperationContext): AbortSignal | undefined {
  return sessionToken === null ? undefined : (accounts.sessions.over(sessionToken) ?? undefined);
}

/** A file that is on its way breaks off: whoever fetches it sees that it is not whole. */
function stopWhenOver(signal: AbortSignal | undefined, outgoing: HttpBindings['outgoing'] | undefined): void {
  if (!signal || !outgoing) return;
  const stop = (): void => void outgoing.destroy();
  signal.addEventListener('abort', stop, { once: true });
  outgoing.once('close', () => signal.removeEventListener('abort', stop));
}

function exchangeFiles(app: Hono, files: FileExchange, contextOf: (c: Context) => OperationContext): void {
  app.post('/files', async (c) => {
    const { user } = contextOf(c);
    if (!user || user.mustChangePassword) return c.json({ type: 'sign-in-needed' }, 401);
    const body = c.req.raw.body;
    if (!body) return c.json({ type: 'file-missing' }, 422);
    const received = await files.receive(body, decodeName(c.req.header('x-file-name')), user.account);
    return received.ok ? c.json(received.value) : c.json(received.refusal, 422);
  });
  app.get('/files/:ticket', async (c) => {
    const context = contextOf(c);
    const { user } = context;
    if (!user) return c.json({ type: 'sign-in-needed' }, 401);
    const range = /^bytes=(\d{1,15})-$/.exec(c.req.header('range') ?? '');
    const start = range ? Number(range[1]) : 0;
    const sent = await files.send(c.req.param('ticket'), user.account, start);
    if (!sent.ok) return c.json(sent.refusal, sent.refusal.type === 'range-not-there' ? 416 : 404);
    const { size } = sent.value;
    c.header(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(sent.value.fileName)}`,
    );
    c.header('content-type', 'application/octet-stream');
    c.header('content-length', String(size - start));
    c.header('accept-ranges', 'bytes');
    if (start > 0) c.header('content-range', `bytes ${start}-${size - 1}/${size}`);
    stopWhenOver(over(context), (c.env as Partial<HttpBindings> | undefined)?.outgoing);
    return c.body(sent.value.body, start > 0 ? 206 : 200);
  });
}

/** Browsers keep cookies by host, not by port, and several roles may run on one computer. */
export function cookieName(c: Context, purpose: 'session' | 'screen' | 'openid'): string {
  return `invigil-${purpose}-${/:(\d+)$/.exec(c.req.header('host') ?? '')?.[1] ?? '443'}`;
}

/** The address under which the console was opened, as its browser writes it; the request's Host was found to be one of ours before. */
export function originOf(c: Context, publicNames: readonly string[]): string {
  const host = c.req.header('host') ?? '';
  const scheme = c.req.header('x-forwarded-proto') === 'https' ? 'https' : 'http';
  // Published under a name means: behind a proxy with https.
  return relyingPartyOf(host, publicNames)?.origin ?? `${scheme}://${host}`;
}

/** Requests that did not come from the page that this server gave out are turned away. */
function screenOnly(app: Hono, token: string): void {
  app.use(async (c, next) => {
    const page = c.req.method === 'GET' && (c.req.path === '/' || c.req.path === '/index.html');
    if (page) setCookie(c, cookieName(c, 'screen'), token, { path: '/', httpOnly: true, sameSite: 'Strict' });
    else if (
      /^\/(rpc|api|paper|files)\b/.test(c.req.path) &&
      !sameSecret(utf8(getCookie(c, cookieName(c, 'screen')) ?? ''), utf8(token))
    )
      return c.json({ type: 'screen-only' }, 403);
    await next();
    return undefined;
  });
}

/** Of what a browser could give a page, nothing; the seat's page hears its candidate, no page in a frame does. */
function permissionsPolicy(microphone: boolean): string {
  return `camera=(), display-capture=(), geolocation=(), microphone=(${microphone ? 'self' : ''})`;
}

const consolesPolicy =
  "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * Did another page ask, one of another site or of another program on this computer? Following a link to us is allowed to everyone: it
 * shows our page, and tells the other one nothing.
 */
function fromElsewhere(c: Context): boolean {
  const origin = c.req.header('origin');
  if (origin !== undefined) return !URL.canParse(origin) || new URL(origin).host !== c.req.header('host');
  const site = c.req.header('sec-fetch-site') ?? 'none';
  const follows =
    c.req.method === 'GET' &&
    c.req.header('sec-fetch-mode') === 'navigate' &&
    c.req.header('sec-fetch-dest') === 'document';
  return site !== 'same-origin' && site !== 'none' && !follows;
}

/** Only names we serve: a page whose name was made to point here (DNS rebinding) is turned away. */
function hostAllowed(host: string | undefined, options: WebServerOptions): boolean {
  if (host === undefined) return false;
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  if (['127.0.0.1', 'localhost', '::1'].includes(name) || options.publicNames.includes(name)) return true;
  // Listening beyond loopback was asked for: numeric addresses cannot be rebound.
  return options.host !== '127.0.0.1' && /^[\d.]+$|:/.test(name);
}

function decodeName(header: string | undefined): string {
  try {
    return decodeURIComponent(header ?? '') || 'file';
  } catch {
    return 'file';
  }
}
