/** Talking to the provider: OpenID Connect Core 1.0, authorization code flow with PKCE (RFC 7636) and the issuer in the answer (RFC 9207). */
import * as client from 'openid-client';
import { Refused } from '../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Identity } from '../../node/openid/access.ts';
import type { Flow } from './flows.ts';
import type { KnownProvider } from './settings.ts';

const timeoutS = 10;
/** Far more than any provider's configuration, keys or token. */
const answerLimit = 1024 * 1024;
const wantedScopes = ['openid', 'profile', 'email'];

export interface Provider {
  readonly known: KnownProvider;
  readonly configuration: client.Configuration;
  /** How far its clock is from ours, as its last answer said; null: it did not. */
  readonly clockOffsetS: () => number | null;
}

/** @returns refusals `openid-unreachable`, `openid-no-provider`, `openid-issuer-differs`. */
export async function findProvider(known: KnownProvider): Promise<Result<Provider>> {
  const heard: { offsetS: number | null } = { offsetS: null };
  const issuer = new URL(known.issuer);
  return expected(known, heard, async () => {
    const configuration = await client.discovery(
      issuer,
      known.clientId,
      undefined,
      clientSecret(known.secret),
      {
        timeout: timeoutS,
        execute: [
          // A token's signature counts, too, not only the connection that it came over.
          client.enableNonRepudiationChecks,
          ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
        ],
        [client.customFetch]: limitedFetch(heard),
      },
    );
    return { known, configuration, clockOffsetS: () => heard.offsetS };
  });
}

export function newFlow(of: Pick<Flow, 'purpose' | 'redirectAddress' | 'place'>): Flow {
  return {
    ...of,
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  };
}

export async function authorizationAddress({ configuration }: Provider, flow: Flow): Promise<URL> {
  const supported = configuration.serverMetadata().scopes_supported;
  return client.buildAuthorizationUrl(configuration, {
    redirect_uri: flow.redirectAddress,
    scope: wantedScopes.filter((one) => supported?.includes(one) ?? true).join(' ') || 'openid',
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
  });
}

/**
 * Asks the provider's page what a browser would see there: many refuse an address that is not registered on that page and send nobody back, so
 * that nothing else would ever tell.
 */
export async function refusedAtOnce(address: URL, flow: Flow): Promise<Refusal | null> {
  const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(timeoutS * 1000) })
    .then(async (response) => (response.status < 400 ? '' : (await response.text()).slice(0, answerLimit)))
    // Not reached like this: the browser will show what is wrong.
    .catch(() => '');
  if (/redirect[ _-]?ur[il]/i.test(answer))
    return { type: 'openid-address-not-registered', address: flow.redirectAddress };
  return /invalid_client|client is invalid|client not found/i.test(answer)
    ? { type: 'openid-no-such-client' }
    : null;
}

/** What the provider has proven of whoever comes back with this answer. */
export async function provenIdentity(
  provider: Provider,
  flow: Flow,
  answer: URLSearchParams,
): Promise<Result<Identity>> {
  const { known, configuration } = provider;
  const heard = { offsetS: provider.clockOffsetS() };
  return expected(known, heard, async () => {
    const address = new URL(flow.redirectAddress);
    address.search = answer.toString();
    const tokens = await client.authorizationCodeGrant(configuration, address, {
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      pkceCodeVerifier: flow.verifier,
      idTokenExpected: true,
    });
    heard.offsetS = provider.clockOffsetS();
    const token = tokens.claims();
    if (!token) throw new Refused({ type: 'openid-answer-not-ours' });
    const { iss: issuer, sub: subject } = token;
    const claims = await claimsWith(provider, tokens.access_token, token);
    const name = claims[known.claim];
    if (typeof name !== 'string' || name.trim() === '' || name.length > 200)
      throw new Refused({
        type: 'openid-claim-missing',
        claim: known.claim,
        claims: Object.keys(claims).toSorted().slice(0, 40).join(', '),
      });
    // Somebody else's address, typed in at the provider and never confirmed, must not open an account.
    if (known.claim === 'email' && claims['email_verified'] === false)
      throw new Refused({ type: 'openid-email-not-verified', email: name });
    return { issuer, subject, name: name.trim(), match: known.match };
  });
}

/** Many providers put no more into the token than who it is: the rest they tell when asked. */
async function claimsWith(
  { known, configuration }: Provider,
  accessToken: string,
  token: client.IDToken,
): Promise<Readonly<Record<string, unknown>>> {
  const complete = known.claim in token;
  if (complete || configuration.serverMetadata().userinfo_endpoint === undefined) return token;
  return { ...token, ...(await client.fetchUserInfo(configuration, accessToken, token.sub)) };
}

/** The way that the provider prefers of the two that every provider has. */
function clientSecret(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...more) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (ways.includes('client_secret_basic') ? basic : post)(server, ...more);
  };
}

function limitedFetch(heard: { offsetS: number | null }): client.CustomFetch {
  return async (url, options) => {
    const response = await fetch(url, options as RequestInit).catch((error: unknown) => {
      // The library hands a time-out on as it comes.
      if ((error as Error).name === 'TimeoutError') throw error;
      throw new Refused(unreachable(url, error));
    });
    const said = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(said)) heard.offsetS = Math.round((said - Date.now()) / 1000);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > answerLimit) throw new Refused({ type: 'openid-no-provider', issuer: new URL(url).origin });
      parts.push(part);
    }
    const { status, statusText, headers } = response;
    return new Response(size === 0 ? null : Buffer.concat(parts), { status, statusText, headers });
  };
}

function unreachable(url: string, error: unknown): Refusal {
  const { cause } = error as Error & { cause?: { code?: string } };
  return { type: 'openid-unreachable', host: new URL(url).host, code: cause?.code ?? 'no answer' };
}

/** What can go wrong with a provider comes back as a refusal with its remedy; everything else is thrown on. */
async function expected<T>(
  { issuer }: KnownProvider,
  heard: { readonly offsetS: number | null },
  work: () => Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    const refusal = refusalOf(error, issuer, heard.offsetS);
    if (!refusal) throw error;
    return refuse(refusal);
  }
}

function refusalOf(error: unknown, issuer: string, offsetS: number | null): Refusal | null {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof client.AuthorizationResponseError)
    return error.error === 'access_denied'
      ? { type: 'openid-cancelled' }
      : { type: 'openid-provider-refused', code: plain(error.error) };
  if (error instanceof client.WWWAuthenticateChallengeError)
    return error.status === 401
      ? { type: 'openid-wrong-secret' }
      : { type: 'openid-provider-refused', code: `HTTP ${error.status}` };
  if (error instanceof client.ResponseBodyError)
    return error.error === 'invalid_client' || error.error === 'unauthorized_client'
      ? { type: 'openid-wrong-secret' }
      : { type: 'openid-provider-refused', code: plain(error.error) };
  if (!(error instanceof client.ClientError)) return null;
  if (error.cause instanceof Refused) return error.cause.refusal;
  switch (error.code) {
    case 'OAUTH_TIMEOUT':
    case 'OAUTH_ABORT':
      return { type: 'openid-unreachable', host: new URL(issuer).host, code: 'time-out' };
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return { type: 'openid-clock-off', seconds: offsetS ?? '?' };
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
      return { type: 'openid-issuer-differs', issuer, found: foundIssuer(error.cause) };
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
    case 'OAUTH_PARSE_ERROR':
    case 'OAUTH_MISSING_SERVER_METADATA':
    case 'OAUTH_INVALID_SERVER_METADATA':
    case 'OAUTH_HTTP_REQUEST_FORBIDDEN':
      return { type: 'openid-no-provider', issuer };
    case 'OAUTH_INVALID_RESPONSE':
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
    case 'OAUTH_KEY_SELECTION_FAILED':
    case 'OAUTH_UNSUPPORTED_OPERATION':
      return { type: 'openid-answer-not-ours' };
    default:
      return null;
  }
}

function foundIssuer(cause: unknown): string {
  const { body } = (cause ?? {}) as { body?: { issuer?: unknown } };
  return plain(typeof body?.issuer === 'string' ? body.issuer : '');
}

/** Somebody else's words, for a message. */
function plain(text: string): string {
  return text.replaceAll(/[^\w:/.-]/g, ' ').slice(0, 200);
}
