/**
 * The codes that a room asked for: `asked → used`, or expired. A code opens the one thing that it was asked for, once. Pure: whether an answer is the
 * right one says `answerIsRight`; time is the room's and arrives as an argument.
 */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { DatedEvent, ExamEvent, Gate } from '../session/session.ts';
import { decodeRequest, encodeRequest, type CodeAction, type CodeRequest } from './request.ts';

export interface AskedCode {
  readonly request: CodeRequest;
  readonly session: string;
  /** Code of the room that asked. */
  readonly room: string;
  readonly reason: string;
  readonly by: string;
  readonly askedAt: number;
  readonly usedAt: number | null;
}

export interface CodeBook {
  /** By challenge, as it is shown. */
  readonly asked: ReadonlyMap<string, AskedCode>;
  /** Wrong answers since the last right one. */
  readonly mistakes: ReadonlyMap<CodeAction, { readonly count: number; readonly lastAt: number }>;
}

export const newCodeBook: CodeBook = { asked: new Map(), mistakes: new Map() };

export const codeValidMs = 60 * 60_000;
const mistakesBeforeLock = 5;
const firstLockMs = 60_000;
/** Five tries at eight digits in that time take centuries; an invigilator who mistyped gets on before the exam is over. */
const longestLockMs = 16 * 60_000;

export type CodeCommand =
  | {
      readonly type: 'ask';
      readonly request: CodeRequest;
      readonly session: string;
      readonly room: string;
      readonly reason: string;
      readonly by: string;
    }
  | { readonly type: 'answer'; readonly challenge: string; readonly right: boolean; readonly by: string };

/** May an answer to this challenge be tried now? The refusals: `code-not-asked`, `code-used-already`, `code-expired`, `code-locked`. */
export function answerGate(book: CodeBook, challenge: string, now: number): Gate {
  const no = (reason: { type: string; opensAt?: number }, opensAt?: number): Gate =>
    opensAt === undefined ? { allowed: false, reason } : { allowed: false, reason, opensAt };
  const asked = book.asked.get(challenge);
  if (!asked) return no({ type: 'code-not-asked' });
  if (asked.usedAt !== null) return no({ type: 'code-used-already' });
  if (now > asked.askedAt + codeValidMs) return no({ type: 'code-expired' });
  const opensAt = lockedUntil(book, asked.request.action);
  return now < opensAt ? no({ type: 'code-locked', opensAt }, opensAt) : { allowed: true };
}

/** Every fifth wrong answer locks the action: a minute, then two, then four, up to sixteen. */
function lockedUntil(book: CodeBook, action: CodeAction): number {
  const { count, lastAt } = book.mistakes.get(action) ?? { count: 0, lastAt: 0 };
  if (count === 0 || count % mistakesBeforeLock !== 0) return 0;
  return lastAt + Math.min(firstLockMs * 2 ** (count / mistakesBeforeLock - 1), longestLockMs);
}

/** A wrong answer is an entry, too (`code-mistaken`): otherwise a restart would forget that somebody guesses. */
export function decideCode(book: CodeBook, command: CodeCommand, now: number): Result<ExamEvent[]> {
  if (command.type === 'ask') {
    const challenge = encodeRequest(command.request);
    if (book.asked.has(challenge)) return refuse({ type: 'code-asked-already' });
    const { request, session, room, reason, by } = command;
    return ok([
      {
        kind: 'code-asked',
        subject: `code:${challenge}`,
        data: { ...request, challenge, session, room, reason, by },
      },
    ]);
  }
  const { challenge, right, by } = command;
  const gate = answerGate(book, challenge, now);
  if (!gate.allowed) return refuse(gate.reason);
  const { session = '', room = '' } = book.asked.get(challenge) ?? {};
  return ok([
    {
      kind: right ? 'code-used' : 'code-mistaken',
      subject: `code:${challenge}`,
      data: { challenge, session, room, by },
    },
  ]);
}

export function evolveCode(book: CodeBook, { kind, data, at }: DatedEvent): CodeBook {
  const challenge = String(data['challenge']);
  if (kind === 'code-asked') {
    const request = decodeRequest(challenge);
    if (!request.ok) return book;
    const asked: AskedCode = {
      request: request.value,
      session: String(data['session']),
      room: String(data['room']),
      reason: String(data['reason']),
      by: String(data['by']),
      askedAt: at,
      usedAt: null,
    };
    return { ...book, asked: new Map(book.asked).set(challenge, asked) };
  }
  const asked = book.asked.get(challenge);
  if (!asked) return book;
  const { action } = asked.request;
  const mistakes = new Map(book.mistakes);
  if (kind === 'code-mistaken') {
    const count = (mistakes.get(action)?.count ?? 0) + 1;
    return { ...book, mistakes: mistakes.set(action, { count, lastAt: at }) };
  }
  if (kind !== 'code-used') return book;
  mistakes.delete(action);
  return { asked: new Map(book.asked).set(challenge, { ...asked, usedAt: at }), mistakes };
}
