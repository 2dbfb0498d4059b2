/** A centre's console over HTTP, the provider that `oidc-provider` is, and one that says whatever a test wants. All on loopback. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import OidcProvider from 'oidc-provider';
import { pino } from 'pino';
import { afterEach, vi } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { Accounts } from '../../node/accounts.ts';
import { quickHash } from '../../node/users/console.fixture.ts';
import type { UserRole } from '../../node/users/contract.ts';
import { startWebServer } from '../../node/web-server.ts';
import { openTestCentre, type TestCentre } from '../centre.fixture.ts';
import type { centreContract } from '../contract.ts';
import { centreOperations } from '../operations/operations.ts';
import type { OpenIdState, ProviderSettings } from './contract.ts';
import { openIdRoutes } from './routes.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

export const password = 'chalk and slate';
export const clientSecret = 'a secret of the authority';

type Client = ContractRouterClient<typeof centreContract>;
type Begun = { readonly address: string } | { readonly type: string; readonly [more: string]: unknown };

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A browser as far as cookies and redirections go; it sends a cookie only where its path says. */
export class Browser {
  readonly #origin: string;
  readonly jar = new Map<string, { value: string; path: string; attributes: string }>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const to = new URL(url, this.#origin);
    const cookie = [...this.jar]
      .filter(([, one]) => to.pathname.startsWith(one.path))
      .map(([name, one]) => `${name}=${one.value}`)
      .join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), cookie };
    const answer = await fetch(to, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; */);
      const [name = '', value = ''] = pair.split('=');
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, { value, path, attributes: attributes.join('; ') });
    }
    return answer;
  }

  /** Follows redirections until an answer has none, or leads to `until`. @returns the last address and answer */
  async follow(
    url: string,
    init?: RequestInit,
    until?: (to: URL) => boolean,
  ): Promise<{ url: string; answer: Response }> {
    let at = new URL(url, this.#origin).href;
    let answer = await this.fetch(at, init);
    for (let i = 0; i < 20 && answer.headers.has('location'); i++) {
      at = new URL(answer.headers.get('location') ?? '', at).href;
      if (until?.(new URL(at))) break;
      answer = await this.fetch(at);
    }
    return { url: at, answer };
  }

  begin(purpose: 'sign-in' | 'try' = 'sign-in', place = '#/'): Promise<Begun> {
    return this.post('/openid/begin', { purpose, place });
  }

  async post(path: string, body: unknown): Promise<Begun> {
    const headers = { 'x-invigil': '1', 'content-type': 'application/json' };
    return (await (
      await this.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    ).json()) as Begun;
  }

  async state(): Promise<OpenIdState> {
    return (await (await this.fetch('/openid/state')).json()) as OpenIdState;
  }

  rpc(): Client {
    return createORPCClient(
      new RPCLink({
        url: `${this.#origin}/rpc`,
        headers: { 'x-invigil': '1' },
        fetch: async (request) => {
          const { url, method, headers } = request as Request;
          const body = method === 'GET' ? null : await (request as Request).text();
          return this.fetch(url, { method, headers: Object.fromEntries(headers), body });
        },
      }),
    );
  }

  async who(): Promise<string | null> {
    return (await this.rpc().account.me()).user?.account ?? null;
  }
}

export interface TestConsole {
  readonly test: TestCentre;
  readonly origin: string;
  browser(): Browser;
  /** Signed in. */
  readonly admin: Client;
  readonly adminBrowser: Browser;
  account(name: string, role: UserRole, password?: string): Promise<void>;
  signedIn(name: string): Browser;
  /** As the journal has them. */
  entries(kind: RegExp): { kind: string; subject: string; data: object }[];
}

export async function centreConsole(): Promise<TestConsole> {
  const test = await openTestCentre('file');
  ends.push(() => test.close());
  const { centre } = test;
  const { accounts } = centre.node;
  const quick = new Accounts(centre.node.db, centre.node.clock, quickHash);
  const account = async (name: string, role: UserRole, of = password): Promise<void> =>
    expectOk(await quick.create(name, role, of, false));
  await account('admin', 'administrator');
  await account('lin', 'operator', 'window seat 4');
  const web = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: ['exam.example'],
      screens: import.meta.dirname,
      router: centreOperations(centre, () => ({ port: 0, addresses: [] })),
      accounts,
      files: centre.node.files,
      log: pino({ level: 'silent' }),
      health: () => ({ ok: true }),
      extend: openIdRoutes({ centre, publicNames: ['exam.example'] }),
    }),
  );
  ends.push(() => web.close());
  const origin = `http://127.0.0.1:${web.port}`;
  const signedIn = (name: string): Browser => {
    const browser = new Browser(origin);
    browser.jar.set(`invigil-session-${web.port}`, {
      value: accounts.sessions.begin(name),
      path: '/',
      attributes: '',
    });
    return browser;
  };
  const adminBrowser = signedIn('admin');
  return {
    test,
    origin,
    browser: () => new Browser(origin),
    admin: adminBrowser.rpc(),
    adminBrowser,
    account,
    signedIn,
    entries: (kind) =>
      centre.node.journal
        .after(0, 1_000)
        .map(({ header }) => JSON.parse(header) as { kind: string; subject: string; data: object })
        .filter((one) => kind.test(one.kind))
        .map(({ kind: of, subject, data }) => ({ kind: of, subject, data })),
  };
}

export const setUp = (issuer: string, more: Partial<ProviderSettings> = {}) => ({
  issuer,
  clientId: 'invigil',
  claim: 'preferred_username',
  match: 'account' as const,
  label: 'the authority',
  secret: clientSecret,
  ...more,
});

/** The real one, with a person for every name. @param redirectAddress as it is registered there */
export async function realProvider(redirectAddress: string) {
  // It says at length that it is meant for more than a test.
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  let provider: OidcProvider | null = null;
  const server = createServer((request, response) => void provider?.callback()(request, response));
  const issuer = await listening(server);
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  provider = new OidcProvider(issuer, {
    clients: [{ client_id: 'invigil', client_secret: clientSecret, redirect_uris: [redirectAddress] }],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['a test'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['preferred_username', 'name'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: `person-${id}`,
        preferred_username: id,
        email: `${id}@school.example`,
        email_verified: true,
      }),
    }),
  });
  return {
    issuer,
    /** Types the name, any password, and agrees. @returns the address that the provider sends the browser back to */
    async signIn(address: string, name: string): Promise<string> {
      const browser = new Browser(issuer);
      const back = (to: URL): boolean => to.origin !== issuer;
      let { url, answer } = await browser.follow(address, {}, back);
      for (let i = 0; i < 5 && new URL(url).origin === issuer; i++) {
        const prompt = /name="prompt" value="(\w+)"/.exec(await answer.text())?.[1] ?? 'none';
        const body = new URLSearchParams({ prompt, login: name, password: 'x' });
        ({ url, answer } = await browser.follow(url, { method: 'POST', body }, back));
      }
      return url;
    },
    async cancel(address: string): Promise<string> {
      const browser = new Browser(issuer);
      const { url } = await browser.follow(address);
      return (await browser.follow(`${url}/abort`, {}, (to) => to.origin !== issuer)).url;
    },
    async stop(): Promise<void> {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** One that answers with whatever a test makes of its token; everything else about it is right. */
export async function lyingProvider() {
  const keys = await generateKeyPair('RS256', { extractable: true });
  const others = await generateKeyPair('RS256', { extractable: true });
  const lie = {
    token: (right: JWTPayload): JWTPayload => right,
    foreignKey: false,
    /** Of what its configuration says. */
    configuration: {} as Record<string, unknown>,
    tokenStatus: 200,
    asked: 0,
  };
  let nonce = '';
  let issuer = '';
  const server = createServer((request, response) => {
    void (async () => {
      const json = (body: unknown, status = 200): void => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      lie.asked++;
      if (request.url?.includes('openid-configuration') === true)
        return json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          authorization_response_iss_parameter_supported: true,
          ...lie.configuration,
        });
      if (request.url === '/keys')
        return json({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k', use: 'sig', alg: 'RS256' }] });
      if (request.url !== '/token') return json({}, 404);
      if (lie.tokenStatus !== 200) return json({ error: 'invalid_client' }, lie.tokenStatus);
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer,
        sub: 'person-lin',
        aud: 'invigil',
        nonce,
        iat: now,
        exp: now + 300,
        preferred_username: 'lin',
      };
      const signed = new SignJWT(lie.token(claims)).setProtectedHeader({ alg: 'RS256', kid: 'k' });
      const id_token = await signed.sign((lie.foreignKey ? others : keys).privateKey);
      return json({ access_token: 'x', token_type: 'Bearer', expires_in: 300, id_token });
    })();
  });
  issuer = await listening(server);
  return {
    issuer,
    lie,
    /** As it would send the browser back. @param more other parameters than the right ones */
    answer(address: string, more: Record<string, string> = {}): string {
      const asked = new URL(address).searchParams;
      nonce = asked.get('nonce') ?? '';
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({
        code: 'c',
        state: asked.get('state') ?? '',
        iss: issuer,
        ...more,
      }).toString();
      return back.href;
    },
  };
}
