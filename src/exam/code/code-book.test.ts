import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import {
  answerGate,
  codeValidMs,
  decideCode,
  evolveCode,
  newCodeBook,
  type CodeBook,
  type CodeCommand,
} from './code-book.ts';
import { encodeRequest, type CodeRequest } from './request.ts';

const request: CodeRequest = { action: 'extra-time', subject: 1, candidate: 7, amount: 20, nonce: 1 };
const challenge = encodeRequest(request);
const answer = (right: boolean, to = challenge): CodeCommand => ({
  type: 'answer',
  challenge: to,
  right,
  by: 'Li Wei',
});
const ask = (asked: CodeRequest): CodeCommand => ({
  type: 'ask',
  request: asked,
  session: 'session-1',
  room: '01',
  reason: 'power cut',
  by: 'Li Wei',
});

function after(book: CodeBook, command: CodeCommand, now: number): CodeBook {
  return expectOk(decideCode(book, command, now)).reduce(
    (state, event) => evolveCode(state, { ...event, at: now }),
    book,
  );
}

const asked = after(newCodeBook, ask(request), 0);

test('a code opens what it was asked for, once', () => {
  const used = after(asked, answer(true), 1000);
  expect(used.asked.get(challenge)).toEqual({
    request,
    session: 'session-1',
    room: '01',
    reason: 'power cut',
    by: 'Li Wei',
    askedAt: 0,
    usedAt: 1000,
  });
  expect(decideCode(used, answer(true), 2000)).toEqual({ ok: false, refusal: { type: 'code-used-already' } });
});

test('an answer to what was never asked here opens nothing', () => {
  const other = encodeRequest({ ...request, amount: 60 });
  expect(decideCode(asked, answer(true, other), 1)).toEqual({
    ok: false,
    refusal: { type: 'code-not-asked' },
  });
});

test('a request is answered within an hour of room time', () => {
  expect(answerGate(asked, challenge, codeValidMs)).toEqual({ allowed: true });
  expect(answerGate(asked, challenge, codeValidMs + 1)).toEqual({
    allowed: false,
    reason: { type: 'code-expired' },
  });
});

test('every fifth wrong answer locks the action, each time twice as long; other actions go on', () => {
  const late: CodeRequest = { action: 'late-start', subject: 1, candidate: 0, amount: 0, nonce: 9 };
  let book = after(asked, ask(late), 0);
  let now = 0;
  const wrong = (): void => void (book = after(book, answer(false), now));
  for (let i = 0; i < 5; i++) wrong();
  expect(answerGate(book, challenge, now + 59_999)).toMatchObject({ allowed: false, opensAt: now + 60_000 });
  expect(answerGate(book, encodeRequest(late), now)).toEqual({ allowed: true });
  now += 60_000;
  for (let i = 0; i < 5; i++) wrong();
  expect(answerGate(book, challenge, now)).toMatchObject({ allowed: false, opensAt: now + 120_000 });
  now += 120_000;
  // However long somebody guesses: who has the right one gets on within the exam.
  const guessed = { ...book, mistakes: new Map([[request.action, { count: 100, lastAt: now }]]) };
  expect(answerGate(guessed, challenge, now)).toMatchObject({ allowed: false, opensAt: now + 16 * 60_000 });
  book = after(book, answer(true), now);
  expect(book.mistakes.size).toBe(0);
});

test('the same challenge is not shown twice', () => {
  expect(decideCode(asked, ask(request), 5)).toEqual({ ok: false, refusal: { type: 'code-asked-already' } });
  expect(decideCode(asked, ask({ ...request, nonce: 2 }), 5).ok).toBe(true);
});
