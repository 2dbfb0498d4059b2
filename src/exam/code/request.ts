/**
 * What a one-time code is asked for, written as a challenge that people read out and type: the request itself, not a number that stands
 * for it. Whoever answers sees in words what is asked; an answer fits this request and no other. Format: `formats/code/`.
 */
import { normaliseReadable, readableAlphabet } from '../../base/bytes.ts';
import { ok, refuse, type Result } from '../../base/result.ts';

/** Numbers are part of the format: none is ever given another meaning. */
export const codeActions = {
  'late-start': 1,
  'late-candidate': 2,
  'extra-time': 3,
  reinitialise: 4,
} as const;
export type CodeAction = keyof typeof codeActions;

export interface CodeRequest {
  readonly action: CodeAction;
  /** First or second subject of the session. */
  readonly subject: 1 | 2;
  /** Place in the room's list from 1 to 1023; 0: the whole room. */
  readonly candidate: number;
  /** Minutes of extra time, 0 to 255; 0 where there is nothing to count. */
  readonly amount: number;
  /** 27 random bits: two requests for the same are two requests. */
  readonly nonce: number;
}

export const challengeLength = 11;
export const nonceLimit = 2 ** 27;

const letters = challengeLength - 1;
const actionOf = new Map<number, CodeAction>(
  Object.entries(codeActions).map(([name, number]) => [number, name as CodeAction]),
);

/** @returns 11 readable letters and digits in two groups: `70H36-Z8AMPA`. @throws RangeError when a field is out of its range. */
export function encodeRequest(request: CodeRequest): string {
  const { action, subject, candidate, amount, nonce } = request;
  const value =
    (field(codeActions[action], 16) << 46n) |
    (field(subject - 1, 2) << 45n) |
    (field(candidate, 1024) << 35n) |
    (field(amount, 256) << 27n) |
    field(nonce, nonceLimit);
  let text = '';
  for (let shift = 5 * (letters - 1); shift >= 0; shift -= 5)
    text += readableAlphabet[Number((value >> BigInt(shift)) & 31n)];
  return grouped(text + checkLetter(text));
}

function field(value: number, limit: number): bigint {
  if (!Number.isInteger(value) || value < 0 || value >= limit)
    throw new RangeError(`not below ${limit}: ${value}`);
  return BigInt(value);
}

/**
 * Reads what was typed: in any case, with or without separators, O as 0, I and L as 1.
 *
 * @returns refusals `challenge-length`, `challenge-letter`, `challenge-mistyped`, `challenge-action-unknown`.
 */
export function decodeRequest(typed: string): Result<CodeRequest> {
  const plain = plainChallenge(typed);
  if (!plain.ok) return plain;
  let value = 0n;
  for (const letter of plain.value.slice(0, letters))
    value = (value << 5n) | BigInt(readableAlphabet.indexOf(letter));
  const bits = (shift: bigint, limit: number): number => Number((value >> shift) & BigInt(limit - 1));
  const action = actionOf.get(bits(46n, 16));
  if (action === undefined) return refuse({ type: 'challenge-action-unknown', number: bits(46n, 16) });
  return ok({
    action,
    subject: bits(45n, 2) === 0 ? 1 : 2,
    candidate: bits(35n, 1024),
    amount: bits(27n, 256),
    nonce: bits(0n, nonceLimit),
  });
}

/** The 11 letters over which an answer is computed, without separators and look-alikes; refuses what cannot have been shown. */
export function plainChallenge(typed: string): Result<string> {
  // Chinese keyboards type letters and digits in full width.
  const text = normaliseReadable(typed.normalize('NFKC'));
  if (text.length !== challengeLength)
    return refuse({ type: 'challenge-length', found: text.length, expected: challengeLength });
  const unknown = [...text].findIndex((letter) => !readableAlphabet.includes(letter));
  if (unknown !== -1)
    return refuse({ type: 'challenge-letter', position: unknown + 1, letter: text[unknown] });
  return checkLetter(text.slice(0, letters)) === text[letters]
    ? ok(text)
    : refuse({ type: 'challenge-mistyped' });
}

function grouped(text: string): string {
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/**
 * One Reed–Solomon check symbol over GF(32) with x⁵ + x² + 1: every letter weighs another power of x, so that any one wrong letter and any
 * two exchanged ones, neighbours or not, give another sum.
 */
function checkLetter(text: string): string {
  let sum = 0;
  for (const letter of text) sum = timesX(sum) ^ readableAlphabet.indexOf(letter);
  return readableAlphabet[timesX(sum)] as string;
}

function timesX(value: number): number {
  return value & 16 ? (value << 1) ^ 0b100101 : value << 1;
}
