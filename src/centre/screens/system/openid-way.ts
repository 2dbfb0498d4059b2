/** The browser's part of the way to the sign-in service and back. */
import { ORPCError } from '@orpc/client';
import * as z from 'zod';
import { refusalSchema } from '../../../node/contract.ts';
import type { Elsewhere } from '../../../ui/sign-ins/elsewhere.ts';
import { openIdStateSchema, type OpenIdState } from '../../openid/contract.ts';

const begunSchema = z.object({ address: z.url({ protocol: /^https?$/ }) });

export async function openIdState(): Promise<OpenIdState> {
  return openIdStateSchema.parse(await (await fetch('/openid/state')).json());
}

/** Leaves this page for the service's; it comes back to the place that is open now. */
export async function goToService(purpose: 'sign-in' | 'try'): Promise<void> {
  const answer = await fetch('/openid/begin', {
    method: 'POST',
    headers: { 'x-invigil': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ purpose, place: location.hash.startsWith('#/') ? location.hash : '#/' }),
  });
  const said: unknown = await answer.json();
  if (!answer.ok) throw new ORPCError('REFUSED', { status: 422, data: refusalSchema.parse(said) });
  location.assign(begunSchema.parse(said).address);
  // Until the page is gone its button stays busy.
  await new Promise(() => undefined);
}

export const signInService: Elsewhere = {
  state: async () => {
    const { label, outcome } = await openIdState();
    return { label, refusal: outcome?.refusal ?? null };
  },
  go: () => goToService('sign-in'),
};
