/** What the site's process and the process that speaks to the token say to each other. A PIN goes this way and no other. */
import type { Refusal, Result } from '../../../base/result.ts';
import type { FoundToken } from '../port.ts';

export type Ask =
  | { readonly do: 'list' }
  /** Finds the lock's key, or makes it where that is wanted, and proves that the token opens what is sealed to it. */
  | { readonly do: 'prepare'; readonly serial: string; readonly pin: string; readonly make: boolean }
  /** @param point uncompressed, of P-256 */
  | { readonly do: 'agree'; readonly serial: string; readonly pin: string; readonly point: Uint8Array }
  /** What lies beside the key. */
  | { readonly do: 'carried'; readonly serial: string }
  | { readonly do: 'carry'; readonly serial: string; readonly pin: string; readonly content: Uint8Array };

export interface Answers {
  readonly list: readonly FoundToken[];
  readonly prepare: { readonly recipient: string };
  /** The x coordinate of the shared point. */
  readonly agree: Uint8Array;
  readonly carried: readonly Uint8Array[];
  readonly carry: Record<string, never>;
}

export type ToTokenProcess =
  | { readonly number: number; readonly ask: Ask }
  /** From now on say every moment whether this token is here. */
  | { readonly watch: string };

/** @param refusal why the token cannot be used; null: it is here */
export interface Seen {
  readonly refusal: Refusal | null;
}

export type FromTokenProcess =
  | { readonly number: number; readonly result: Result<Answers[Ask['do']]> }
  | { readonly seen: Seen };
