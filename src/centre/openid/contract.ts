/** Sign-in with OpenID Connect: the provider, and which accounts may use it. Browser-safe. */
import * as z from 'zod';
import { operation, refusalSchema, time } from '../../node/contract.ts';
import { userRoles } from '../../node/users/contract.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Who could read along or answer in the provider's place: nobody, by https, or nobody else, on this computer. */
export function isSafeIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  if (search !== '' || hash !== '' || username !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
}

export const openIdMatches = ['account', 'email'] as const;

export const providerSchema = z.object({
  /** As the provider writes it: its configuration is found below it. */
  issuer: z.string().trim().max(300).refine(isSafeIssuer),
  clientId: z.string().trim().min(1).max(200),
  /** Of the token or of the provider's information on the user. */
  claim: z
    .string()
    .trim()
    .regex(/^[\w:./-]{1,100}$/),
  /** What of the account the claim has to be. */
  match: z.enum(openIdMatches),
  /** What the button at the sign-in says after “Sign in with”. */
  label: z.string().trim().min(1).max(40),
});
export type ProviderSettings = z.infer<typeof providerSchema>;

const account = z.string().min(1).max(64);

const openIdViewSchema = z.object({
  /** Its secret is never shown. */
  provider: providerSchema.nullable(),
  people: z.array(
    z.object({
      account: z.string(),
      name: z.string(),
      role: z.enum(userRoles),
      active: z.boolean(),
      email: z.string(),
      /** Null: may not. */
      access: z.object({ alone: z.boolean(), boundAt: time.nullable(), usedAt: time.nullable() }).nullable(),
    }),
  ),
});
export type OpenIdView = z.infer<typeof openIdViewSchema>;

export const openIdContract = {
  get: operation.everything('administrator').output(openIdViewSchema),
  /** `secret` null: the one that is there stays. */
  save: operation
    .everything('administrator')
    .input(providerSchema.extend({ secret: z.string().min(1).max(1_000).nullable() }))
    .output(openIdViewSchema),
  remove: operation.everything('administrator').output(openIdViewSchema),
  /** `alone` true: no password and no passkey opens this account any more. */
  allow: operation
    .everything('administrator')
    .input(z.object({ account, alone: z.boolean() }))
    .output(openIdViewSchema),
  /** Another person may be bound to the account: the next one who comes with its name. */
  release: operation.everything('administrator').input(z.object({ account })).output(openIdViewSchema),
  withdraw: operation.everything('administrator').input(z.object({ account })).output(openIdViewSchema),
};

/** Plain routes, because a browser comes back to one of them from elsewhere, and a cookie of their own goes with them. */
export const openIdBeginSchema = z.object({
  purpose: z.enum(['sign-in', 'try']),
  /** Where to go afterwards: a place in this console, never another address. */
  place: z
    .string()
    .max(400)
    .regex(/^#\/[\w%./~!'()*-]*$/),
});

export const openIdOutcomeSchema = z.object({
  purpose: z.enum(['sign-in', 'try']),
  refusal: refusalSchema.nullable(),
  /** What the try has found. */
  tried: z.object({ name: z.string(), account: z.string(), bound: z.boolean() }).nullable(),
});
export type OpenIdOutcome = z.infer<typeof openIdOutcomeSchema>;

export const openIdStateSchema = z.object({
  /** Null: no provider is set up. */
  label: z.string().nullable(),
  /** To be registered at the provider, exactly so. */
  redirectAddress: z.string(),
  /** Of the sign-in or try that has just come back; told once. */
  outcome: openIdOutcomeSchema.nullable(),
});
export type OpenIdState = z.infer<typeof openIdStateSchema>;
