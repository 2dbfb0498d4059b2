/**
 * What two people must want (four eyes): one asks, another one confirms, and the one who asked carries it out, once.
 *
 *   asked → confirmed → used
 *         ↘ declined, withdrawn; asked and confirmed run out by themselves
 *
 * Letting a session go and going back to one person need nothing more than the confirmation: they are done with it. Pure: who is who was
 * proved before, and time arrives as an argument.
 */
import { ok, refuse, type Result } from '../../base/result.ts';
import { oneHand, type PasswordGiven } from './passwords-given.ts';

export const actsOfTwo = [
  'prepare',
  'release-file',
  'release-words',
  'release-passwords',
  'let-go',
  'one-person',
] as const;
export type ActOfTwo = (typeof actsOfTwo)[number];

/** Done in the moment in which they are confirmed. */
export const doneByConfirming: ReadonlySet<ActOfTwo> = new Set(['let-go', 'one-person']);

/** Who may carry it out, and so may ask for it; everybody who may is also asked to confirm. */
export const mayAsk: Readonly<Record<ActOfTwo, readonly string[]>> = {
  prepare: ['administrator'],
  'release-file': ['administrator', 'operator'],
  'release-words': ['administrator', 'operator'],
  'release-passwords': ['administrator'],
  'let-go': ['administrator'],
  'one-person': ['administrator'],
};
export const mayConfirm: readonly string[] = ['administrator', 'operator'];

/** An answer is waited for as long, and what was confirmed is carried out within as long. */
export const answerWithinMs = 30 * 60_000;

export interface WhatIsAsked {
  readonly act: ActOfTwo;
  readonly projectId: string;
  readonly sessionId: string | null;
  readonly siteCode: string | null;
}

export interface Asked extends WhatIsAsked {
  readonly id: string;
  /** When the session is released then; null where there is nothing to release. */
  readonly releaseAt: number | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly state: AskedState;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
}

export type AskedState = 'asked' | 'confirmed' | 'declined' | 'withdrawn' | 'used';

/** Until when something can still be done with it; null: nothing can. */
export function openUntil({ state, askedAt, decidedAt }: Asked): number | null {
  if (state === 'asked') return askedAt + answerWithinMs;
  return state === 'confirmed' ? (decidedAt ?? askedAt) + answerWithinMs : null;
}

export function standingOf(asked: Asked, now: number): AskedState | 'expired' {
  const until = openUntil(asked);
  return until !== null && now >= until ? 'expired' : asked.state;
}

/** An account as it is now. */
export interface Person {
  readonly account: string;
  readonly role: string;
  readonly active: boolean;
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * May this person confirm it?
 *
 * @param asker whoever asked, as the account is now; null: it is gone.
 * @param given passwords that were given by somebody else.
 * @returns refusals `confirmation-not-open`, `confirmation-expired`, `confirmation-own`, `confirmation-asker-gone`, `not-allowed`,
 * `confirmation-one-hand`.
 */
export function confirmGate(
  asked: Asked,
  person: Person,
  asker: Person | null,
  given: readonly PasswordGiven[],
  now: number,
): Result<void> {
  const open = stillOpen(asked, 'asked', now);
  if (!open.ok) return open;
  if (same(person.account, asked.askedBy)) return refuse({ type: 'confirmation-own' });
  if (!person.active || !mayConfirm.includes(person.role)) return refuse({ type: 'not-allowed' });
  if (!asker?.active || !mayAsk[asked.act].includes(asker.role))
    return refuse({ type: 'confirmation-asker-gone', account: asked.askedBy });
  const hand = oneHand([asked.askedBy, person.account], given, now);
  return hand ? refuse({ type: 'confirmation-one-hand', account: hand.who, opensAt: hand.until }) : ok();
}

/** Whoever asked takes it back, anybody else who may confirm declines it. */
export function declineGate(asked: Asked, by: string, now: number): Result<'withdrawn' | 'declined'> {
  const open = stillOpen(asked, asked.state === 'confirmed' ? 'confirmed' : 'asked', now);
  if (!open.ok) return open;
  return ok(same(by, asked.askedBy) ? 'withdrawn' : 'declined');
}

/** Is this what the confirmation was given for? By the one who asked, for the same, in time. */
export function usable(asked: Asked, what: WhatIsAsked, by: string, now: number): boolean {
  return (
    stillOpen(asked, 'confirmed', now).ok &&
    same(by, asked.askedBy) &&
    asked.act === what.act &&
    asked.projectId === what.projectId &&
    asked.sessionId === what.sessionId &&
    asked.siteCode === what.siteCode
  );
}

function stillOpen(asked: Asked, wanted: AskedState, now: number): Result<void> {
  const standing = standingOf(asked, now);
  if (standing === 'expired') return refuse({ type: 'confirmation-expired' });
  return standing === wanted ? ok() : refuse({ type: 'confirmation-not-open' });
}
