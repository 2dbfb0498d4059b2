import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { fromHex, toHex } from '../../src/base/bytes.ts';
import { expectOk } from '../../src/base/result.ts';
import {
  codeActions,
  decodeRequest,
  encodeRequest,
  plainChallenge,
  type CodeAction,
} from '../../src/exam/code/request.ts';
import { answerFor, answerIsRight, codeSuite, roomCodeKey } from '../../src/trust/one-time-code.ts';

const request = z.object({
  action: z.enum(Object.keys(codeActions) as [CodeAction, ...CodeAction[]]),
  subject: z.union([z.literal(1), z.literal(2)]),
  candidate: z.number(),
  amount: z.number(),
  nonce: z.number(),
});
const vectors = z
  .object({
    suite: z.string(),
    siteKey: z.string(),
    rooms: z.array(
      z.object({
        session: z.string(),
        room: z.string(),
        roomKey: z.string(),
        answers: z.array(z.object({ request, challenge: z.string(), answer: z.string() })),
      }),
    ),
    forgiven: z.array(z.object({ typed: z.string(), request })),
    refused: z.array(z.object({ about: z.string(), typed: z.string(), refusal: z.looseObject({}) })),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/vectors.json'), 'utf8')));

test('each room has its own key, each request its own answer', () => {
  expect(vectors.suite).toBe(codeSuite);
  for (const { session, room, roomKey, answers } of vectors.rooms) {
    const key = roomCodeKey(fromHex(vectors.siteKey), session, room);
    expect(toHex(key)).toBe(roomKey);
    for (const one of answers) {
      expect(encodeRequest(one.request)).toBe(one.challenge);
      expect(decodeRequest(one.challenge)).toEqual({ ok: true, value: one.request });
      expect(answerFor(key, expectOk(plainChallenge(one.challenge)))).toBe(one.answer);
    }
  }
  const all = vectors.rooms.flatMap(({ answers }) => answers.map(({ answer }) => answer));
  expect(new Set(all).size).toBe(all.length);
});

test('an answer is right however it is typed, and nothing else is', () => {
  const [room] = vectors.rooms;
  const [first, second] = room?.answers ?? [];
  if (!room || !first || !second) throw new Error('no vectors');
  const right = (typed: string): boolean =>
    answerIsRight(fromHex(room.roomKey), expectOk(plainChallenge(first.challenge)), typed);
  const { answer } = first;
  for (const typed of [
    answer,
    `${answer.slice(0, 4)} ${answer.slice(4)}`,
    ` ${answer.slice(0, 4)}-${answer.slice(4)} `,
  ])
    expect(right(typed)).toBe(true);
  expect(right([...answer].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(''))).toBe(true);
  for (const typed of [second.answer, '', answer.slice(1), `${answer}0`, 'abcdefgh'])
    expect(right(typed)).toBe(false);
});

test.each(vectors.forgiven)('$typed is read', ({ typed, request: asked }) => {
  expect(decodeRequest(typed)).toEqual({ ok: true, value: asked });
});

test.each(vectors.refused)('$typed is refused: $about', ({ typed, refusal }) => {
  expect(decodeRequest(typed)).toEqual({ ok: false, refusal });
});
