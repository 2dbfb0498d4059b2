/**
 * The way to the provider and back. The cookie that binds the two ends is SameSite=Lax, because the way back comes from another site; it is sent to
 * these routes only, opens nothing by itself and is worth nothing without the answer that was made for it. The session's cookie stays Strict.
 */
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { failureRefusal } from '../../journal/journal.ts';
import type { OperationContext } from '../../node/operations.ts';
import { cookieName, originOf } from '../../node/web-server.ts';
import type { Centre } from '../centre.ts';
import { openIdBeginSchema, type OpenIdOutcome, type OpenIdState } from './contract.ts';
import { flowLifeMs, Flows, type Flow } from './flows.ts';
import {
  authorizationAddress,
  findProvider,
  newFlow,
  provenIdentity,
  refusedAtOnce,
  type Provider,
} from './provider.ts';
import { providerOf, providerWithSecret } from './settings.ts';

const path = '/openid';
const callback = `${path}/callback`;
const beginBytes = 4_000;
/** What the provider says of itself is asked for again after that; that it does not answer, too: whoever presses the button does not flood it. */
const foundForMs = 5 * 60_000;
const notFoundForMs = 5_000;

interface Options {
  readonly centre: Centre;
  readonly publicNames: readonly string[];
}

export function openIdRoutes({ centre, publicNames }: Options) {
  const { node } = centre;
  const flows = new Flows(node.clock);
  const provider = remembered(centre);
  const redirectAddress = (c: Context): string => `${originOf(c, publicNames)}${callback}`;

  const give = (c: Context, token: string): void =>
    setCookie(c, cookieName(c, 'openid'), token, {
      path,
      httpOnly: true,
      sameSite: 'Lax',
      secure: originOf(c, publicNames).startsWith('https:'),
      maxAge: flowLifeMs / 1000,
    });
  const tell = (c: Context, place: string, outcome: OpenIdOutcome): Response => {
    give(c, flows.over.keep(outcome));
    return c.redirect(`/${place}`, 303);
  };

  return (app: Hono, contextOf: (c: Context) => OperationContext): void => {
    app.get(`${path}/state`, (c) => {
      const name = cookieName(c, 'openid');
      const outcome = flows.over.take(getCookie(c, name) ?? '');
      if (outcome) deleteCookie(c, name, { path });
      return c.json({
        label: providerOf(node)?.label ?? null,
        redirectAddress: redirectAddress(c),
        outcome,
      } satisfies OpenIdState);
    });

    app.post(`${path}/begin`, bodyLimit({ maxSize: beginBytes }), async (c) => {
      const asked = openIdBeginSchema.safeParse(await c.req.json().catch(() => null));
      if (!asked.success) return refused(c, { type: 'bad-request' });
      const { purpose, place } = asked.data;
      const { user } = contextOf(c);
      if (purpose === 'try' && (user?.role !== 'administrator' || user.mustChangePassword))
        return c.json({ type: 'not-allowed' }, 403);
      const found = await provider(purpose === 'try');
      if (!found.ok) return refused(c, found.refusal);
      const flow = newFlow({ purpose, place, redirectAddress: redirectAddress(c) });
      const address = await authorizationAddress(found.value, flow);
      const problem = purpose === 'try' ? await refusedAtOnce(address, flow) : null;
      if (problem) return refused(c, problem);
      give(c, flows.begun.keep(flow));
      return c.json({ address: address.href });
    });

    app.get(callback, async (c) => {
      const flow = flows.begun.take(getCookie(c, cookieName(c, 'openid')) ?? '');
      // Not asked for by this browser, answered already, or too late: nothing that came with it is looked at.
      if (!flow)
        return tell(c, '#/', { purpose: 'sign-in', refusal: { type: 'openid-not-asked' }, tried: null });
      const { purpose, place } = flow;
      const found = await provider(false);
      const done = found.ok ? await arrive(c, contextOf(c), found.value, flow) : found;
      if (!done.ok) return tell(c, place, { purpose, refusal: done.refusal, tried: null });
      if (done.value) return tell(c, place, { purpose, refusal: null, tried: done.value });
      deleteCookie(c, cookieName(c, 'openid'), { path });
      return c.redirect(`/${place}`, 303);
    });
  };

  /** @returns what a try has found; null: signed in. */
  async function arrive(
    c: Context,
    context: OperationContext,
    at: Provider,
    flow: Flow,
  ): Promise<Result<OpenIdOutcome['tried']>> {
    const proven = await provenIdentity(at, flow, new URL(c.req.url).searchParams);
    if (!proven.ok) return proven;
    const identity = proven.value;
    if (flow.purpose === 'try') {
      const would = node.accounts.openId.accountOf(identity);
      return would.ok ? ok({ name: identity.name, ...would.value }) : would;
    }
    const signedIn = node.accounts.signInWithOpenId(identity, context.whence);
    if (!signedIn.ok) return signedIn;
    const { token, account, bound } = signedIn.value;
    if (bound) {
      const data = { issuer: identity.issuer, by: account };
      try {
        await node.journal.append([{ kind: 'user-openid-bound', subject: `user:${account}`, data }]);
      } catch (error) {
        const failure = failureRefusal(error);
        if (!failure) throw error;
        // Nobody has its token.
        node.accounts.signOut(token);
        return refuse(failure);
      }
    }
    context.setSession(token);
    return ok(null);
  }
}

function refused(c: Context, refusal: Refusal): Response {
  return c.json(refusal, 422);
}

/** What is known of the provider, for a while; asked for once by all who wait for it. */
function remembered({ node }: Centre): (anew: boolean) => Promise<Result<Provider>> {
  let known: {
    readonly key: string;
    readonly until: number;
    readonly found: Promise<Result<Provider>>;
  } | null = null;
  return async (anew) => {
    const settings = await providerWithSecret(node);
    if (!settings) return refuse({ type: 'openid-not-set-up' });
    const key = JSON.stringify(settings);
    const now = node.clock.monotonic();
    if (!anew && known?.key === key && known.until > now) return known.found;
    const found = findProvider(settings);
    // While it is being asked everybody waits for the same answer.
    known = { key, until: now + foundForMs, found };
    const result = await found;
    if (!result.ok && known?.found === found)
      known = { key, until: node.clock.monotonic() + notFoundForMs, found };
    return result;
  };
}
