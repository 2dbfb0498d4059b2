import { expect, test } from 'vitest';
import {
  answerWithinMs,
  confirmGate,
  declineGate,
  standingOf,
  usable,
  type Asked,
  type Person,
} from './four-eyes.ts';
import { inHandsMs, oneHand, type PasswordGiven } from './passwords-given.ts';

const now = 1_000_000_000;
const asked: Asked = {
  id: 'r1',
  act: 'release-words',
  projectId: 'p',
  sessionId: 's',
  siteCode: 'S1',
  releaseAt: now + 60_000,
  reason: 'the line of S1 is down',
  askedBy: 'ann',
  askedAt: now,
  state: 'asked',
  decidedBy: null,
  decidedAt: null,
};
const ann: Person = { account: 'ann', role: 'administrator', active: true };
const bob: Person = { account: 'bob', role: 'operator', active: true };
const confirmed: Asked = { ...asked, state: 'confirmed', decidedBy: 'bob', decidedAt: now + 1_000 };
const what = { act: 'release-words', projectId: 'p', sessionId: 's', siteCode: 'S1' } as const;
const gave = (account: string, by: string, at = now - 1_000): PasswordGiven => ({ account, by, at });
const refusalOf = (result: ReturnType<typeof confirmGate>): string =>
  result.ok ? 'done' : result.refusal.type;

test('a second person with another account confirms', () => {
  expect(confirmGate(asked, bob, ann, [], now + 5).ok).toBe(true);
});

test.each<[string, Person, Person | null, PasswordGiven[], Partial<Asked>, number, string]>([
  ['the same account', ann, ann, [], {}, now, 'confirmation-own'],
  ['the same account in other letters', { ...ann, account: 'ANN' }, ann, [], {}, now, 'confirmation-own'],
  ['an observer', { ...bob, role: 'observer' }, ann, [], {}, now, 'not-allowed'],
  ['an account that is switched off', { ...bob, active: false }, ann, [], {}, now, 'not-allowed'],
  ['after half an hour', bob, ann, [], {}, now + answerWithinMs, 'confirmation-expired'],
  ['once more', bob, ann, [], { state: 'confirmed', decidedAt: now }, now, 'confirmation-not-open'],
  ['what was declined', bob, ann, [], { state: 'declined', decidedAt: now }, now, 'confirmation-not-open'],
  ['what was used', bob, ann, [], { state: 'used', decidedAt: now }, now, 'confirmation-not-open'],
  ['for somebody who is gone', bob, null, [], {}, now, 'confirmation-asker-gone'],
  ['for somebody switched off', bob, { ...ann, active: false }, [], {}, now, 'confirmation-asker-gone'],
  [
    'for somebody who may not any more',
    bob,
    { ...ann, role: 'observer' },
    [],
    {},
    now,
    'confirmation-asker-gone',
  ],
  [
    'an account whose password the asker gave',
    bob,
    ann,
    [gave('bob', 'ann')],
    {},
    now,
    'confirmation-one-hand',
  ],
  [
    'the one who gave the asker the password',
    bob,
    ann,
    [gave('Ann', 'BOB')],
    {},
    now,
    'confirmation-one-hand',
  ],
  ['over a third account', bob, ann, [gave('bob', 'c'), gave('c', 'ann')], {}, now, 'confirmation-one-hand'],
  ['both from one hand', bob, ann, [gave('bob', 'c'), gave('ann', 'c')], {}, now, 'confirmation-one-hand'],
])('%s does not confirm', (_, person, asker, given, more, at, refusal) => {
  expect(refusalOf(confirmGate({ ...asked, ...more }, person, asker, given, at))).toBe(refusal);
});

test('an operator cannot ask for what only an administrator does, also when the account became one since', () => {
  const operator = { ...ann, role: 'operator' };
  expect(refusalOf(confirmGate({ ...asked, act: 'prepare' }, bob, operator, [], now))).toBe(
    'confirmation-asker-gone',
  );
  expect(confirmGate(asked, bob, operator, [], now).ok).toBe(true);
});

test('a password that was given counts for a day, over every hand through which it went', () => {
  const given = [gave('bob', 'c', now - 100), gave('c', 'ann', now - 5_000)];
  expect(oneHand(['ann', 'bob'], given, now)).toEqual({ who: 'ann', until: now - 5_000 + inHandsMs });
  expect(oneHand(['ann', 'bob'], given, now - 5_000 + inHandsMs)).toBeNull();
  // Given again, it counts from then on.
  const again = [...given, gave('c', 'ann', now)];
  expect(oneHand(['ann', 'bob'], again, now)).toEqual({ who: 'ann', until: now - 100 + inHandsMs });
  expect(oneHand(['ann', 'bob'], [gave('other', 'ann'), gave('bob', 'c')], now)).toBeNull();
});

test('two that gave each other passwords are an end, too', () => {
  expect(oneHand(['ann', 'dan'], [gave('bob', 'c'), gave('c', 'bob')], now)).toBeNull();
  expect(oneHand(['c', 'bob'], [gave('bob', 'c', now), gave('c', 'bob', now - 7)], now)).toEqual({
    who: expect.any(String) as string,
    until: now + inHandsMs,
  });
});

test.each<[string, Partial<typeof what> & object, string, number, boolean]>([
  ['what was confirmed', {}, 'ann', now + 2_000, true],
  ['by the one who confirmed', {}, 'bob', now + 2_000, false],
  ['by a third', {}, 'cem', now + 2_000, false],
  ['for another site', { siteCode: 'S2' as 'S1' }, 'ann', now + 2_000, false],
  ['for another session', { sessionId: 't' as 's' }, 'ann', now + 2_000, false],
  ['for another project', { projectId: 'q' as 'p' }, 'ann', now + 2_000, false],
  ['for another act', { act: 'prepare' as 'release-words' }, 'ann', now + 2_000, false],
  ['half an hour after the confirmation', {}, 'ann', now + 1_000 + answerWithinMs, false],
])('it opens %s: %s', (_, other, by, at, opens) => {
  expect(usable(confirmed, { ...what, ...other }, by, at)).toBe(opens);
  expect(usable(asked, { ...what, ...other }, by, at)).toBe(false);
  expect(usable({ ...confirmed, state: 'used' }, { ...what, ...other }, by, at)).toBe(false);
});

test('it is taken back by the one who asked, declined by others, also after it was confirmed, and not after its time', () => {
  expect(declineGate(asked, 'Ann', now)).toEqual({ ok: true, value: 'withdrawn' });
  expect(declineGate(confirmed, 'bob', now + 2_000)).toEqual({ ok: true, value: 'declined' });
  expect(declineGate(asked, 'bob', now + answerWithinMs).ok).toBe(false);
  expect(declineGate({ ...confirmed, state: 'used' }, 'bob', now + 2_000).ok).toBe(false);
  expect(standingOf(asked, now + answerWithinMs)).toBe('expired');
  expect(standingOf({ ...confirmed, state: 'used' }, now + inHandsMs)).toBe('used');
});
