import { expect, test } from 'vitest';
import { isContractProcedure } from '@orpc/contract';
import type { Policy } from '../../exam/project/policy.ts';
import { packageWith } from './package.fixture.ts';
import { newSession, type SessionState } from '../../exam/session/session.ts';
import { siteAwayGate } from '../../exam/session/site-away.ts';
import { roomContract } from '../contract.ts';
import { goesOnWithoutSite, siteAway } from './site-away.ts';

const minute = 60_000;
const start = Date.UTC(2026, 5, 1, 9);
const content = (policy: Partial<Policy>) => packageWith(policy, start);

const readOnly = { withoutSite: 'read-only' } as const;

test('an exam that is under way, or over, is never held up', () => {
  const [session] = content(readOnly).sessions;
  if (!session) throw new Error('no session');
  const gate = (state: Partial<SessionState>) => siteAwayGate({ ...newSession, ...state }, session, start);
  expect(gate({}).allowed).toBe(false);
  expect(gate({ status: 'authorised', authorisedAt: 1 }).allowed).toBe(false);
  expect(gate({ status: 'sign-in-open', signInOpenedAt: 1 }).allowed).toBe(true);
  expect(gate({ status: 'counting-down', signInOpenedAt: 1, startsAt: 2 }).allowed).toBe(true);
  expect(gate({ status: 'ended', signInOpenedAt: 1, startsAt: 2, endedAt: 3 }).allowed).toBe(true);
});

/** A room as the rule sees it. */
function seen(policy: Partial<Policy>, now: number, online: boolean, change: object = {}) {
  const states: Record<string, Partial<SessionState>> = {};
  const room = {
    state: {
      package: content(policy),
      session: (id: string): SessionState => ({ ...newSession, ...states[id] }),
    },
    node: { clock: { now: () => now, monotonic: () => now } },
    link: { uplink: { state: { online } } },
    chosen: () => null,
    membership: () => ({}),
    settings: () => ({ siteMode: true }),
    ...change,
  };
  return { room: room as unknown as Parameters<typeof siteAway>[0], states };
}

test.each<[string, Partial<Policy>, number, boolean, object, boolean]>([
  ['the policy lets it go on', {}, start, false, {}, true],
  ['the site is there', readOnly, start, true, {}, true],
  ['the exam is days away', readOnly, start - 3 * 24 * 60 * minute, false, {}, true],
  ['the work of the day has not begun', readOnly, start - 61 * minute, false, {}, true],
  ['the work of the day can begin', readOnly, start - 60 * minute, false, {}, false],
  ['the start is over and nobody has signed in', readOnly, start + 30 * minute, false, {}, false],
  ['no site was ever joined', readOnly, start, false, { membership: () => null }, true],
  ['the room works without a site', readOnly, start, false, { settings: () => ({ siteMode: false }) }, true],
  ['the link was never made', readOnly, start, false, { link: null }, false],
])('when %s', (_, policy, now, online, change, allowed) => {
  expect(siteAway(seen(policy, now, online, change).room).allowed).toBe(allowed);
});

test('the next session does not hold up the one that is under way, and holds up what comes after it', () => {
  const { room, states } = seen(readOnly, start + 280 * minute, false, { chosen: () => 'afternoon' });
  states['morning'] = { signInOpenedAt: 1, startsAt: 2 };
  expect(siteAway(room).allowed).toBe(true);
  states['morning'] = { signInOpenedAt: 1, startsAt: 2, endedAt: 3 };
  expect(siteAway(room)).toMatchObject({ allowed: false, reason: { session: 'afternoon' } });
});

function* paths(contract: object, before: readonly string[] = []): Generator<string> {
  for (const [name, part] of Object.entries(contract) as [string, object][])
    if (isContractProcedure(part)) yield [...before, name].join('.');
    else yield* paths(part, [...before, name]);
}

test('what begins, changes or corrects anything of an exam waits for the site', () => {
  const waiting = [...paths(roomContract)].filter((path) => !goesOnWithoutSite(path.split('.')));
  for (const path of [
    'session.choose',
    'session.authorise',
    'session.importAuthorisation',
    'session.allowSignIn',
    'session.allowStart',
    'session.setAutomatics',
    'code.ask',
    'code.answer',
    'exam.load',
    'exam.importFile',
    'sealCheck.run',
    'environment.start',
    'seat.approve',
    'seat.order',
  ])
    expect(waiting).toContain(path);
  for (const path of ['account.signIn', 'settings.register', 'overview.live', 'board.live', 'session.backup'])
    expect(waiting).not.toContain(path);
});
