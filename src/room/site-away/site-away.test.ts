import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { isContractProcedure, type ContractRouterClient } from '@orpc/contract';
import { systemClock } from '../../base/clock.ts';
import { expectOk } from '../../base/result.ts';
import { roomPackageSchema, roomPackageTyp } from '../../exam/package/room-package.ts';
import { defaultPolicy, type Policy } from '../../exam/project/policy.ts';
import { newSession, type SessionState } from '../../exam/session/session.ts';
import { siteAwayGate } from '../../exam/session/site-away.ts';
import { openNode } from '../../node/node.ts';
import { signJws } from '../../trust/jws.ts';
import { roomContract } from '../contract.ts';
import { roomOptionsSchema, startRoom } from '../main.ts';
import { roomMigrations } from '../storage.ts';
import { goesOnWithoutSite, siteAway } from './site-away.ts';

const minute = 60_000;
const start = Date.UTC(2026, 5, 1, 9);

function content(policy: Partial<Policy>, startAt = start) {
  const session = (id: string, number: number, at: number) => ({
    id,
    number,
    name: id,
    startAt: at,
    subjects: [
      { number: 1, name: 'A', durationMin: 60, paperSha256: 'a'.repeat(64), paperSize: 1, items: 1 },
    ],
    policy: { ...defaultPolicy, ...policy },
    candidates: [],
  });
  return roomPackageSchema.parse({
    v: 1,
    project: { id: 'p', code: 'P', name: 'P', mode: 'formal', supportPhone: '' },
    publication: { number: 1, at: 1 },
    site: { code: 'S', name: 'S' },
    room: { code: 'S-R1', name: 'R' },
    sessions: [session('morning', 1, startAt), session('afternoon', 2, startAt + 300 * minute)],
    centreSealingKey: 'age1',
  });
}

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

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A real room, in this process, whose site does not answer. `under way`: sign-in was open when it was started. */
async function roomOf(policy: Partial<Policy>, underWay: boolean) {
  const data = mkdtempSync(join(tmpdir(), 'invigil-site-away-'));
  ends.push(() => rmSync(data, { recursive: true, force: true }));
  const node = expectOk(
    await openNode({
      role: 'room',
      data,
      logLevel: 'silent',
      clock: systemClock,
      migrations: roomMigrations,
    }),
  );
  const jws = signJws(roomPackageTyp, content(policy, Date.now() + 5 * minute), node.keys.signing);
  node.settings.write('package', { jws, loadedAt: 1 });
  node.settings.write('chosen', 'morning');
  node.settings.write('settings', {
    roomCode: 'S-R1',
    siteAddress: '127.0.0.1:9',
    ownAddress: '',
    storagePath: '',
    siteMode: true,
  });
  node.settings.write('membership', {
    siteAddress: '127.0.0.1:9',
    certPem: node.keys.tls.certPem,
    siteSigningKey: '',
    siteSealingKey: '',
    chain: [],
    centreSigningKey: '',
    centreCode: 'C',
    siteCode: 'S',
    mode: 'formal',
    projectId: 'p',
    registeredAt: 1,
  });
  const subject = 'session:morning';
  await node.journal.append(
    ['session-authorised', ...(underWay ? ['sign-in-opened'] : [])].map((kind) => ({
      kind,
      subject,
      data: {},
    })),
  );
  await node.accounts.create('lin', 'administrator', 'chalk and slate', false);
  await node.close();
  const options = roomOptionsSchema.parse({ data, port: 0, logLevel: 'silent', exchangeHost: '127.0.0.1' });
  const room = expectOk(await startRoom(options));
  ends.push(() => room.close());
  let cookie = '';
  const call: ContractRouterClient<typeof roomContract> = createORPCClient(
    new RPCLink({
      url: `http://127.0.0.1:${room.port}/rpc`,
      headers: () => ({ 'x-invigil': '1', cookie }),
      fetch: async (request, init) => {
        const answer = await fetch(request, init);
        cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
        return answer;
      },
    }),
  );
  await call.account.signIn({ account: 'lin', password: 'chalk and slate' });
  return call;
}

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return (error as { data?: { type?: string } }).data?.type ?? String(error);
  }
}

test('a room whose site is away shows everything, says why it changes nothing, and does not open sign-in by itself', async () => {
  const call = await roomOf(readOnly, false);
  expect((await call.frame()).notice).toMatchObject({ type: 'read-only-without-site', session: 'morning' });
  const board = await call.board.get();
  expect(board.toolbar.allowSignIn).toMatchObject({
    allowed: false,
    reason: { type: 'read-only-without-site' },
  });
  for (const attempt of [
    call.session.allowSignIn({ sessionId: 'morning' }),
    call.session.choose({ sessionId: 'afternoon', administrator: '', invigilators: [] }),
    call.environment.start({ seats: 'all' }),
    call.seat.order({ seatIds: [] }),
  ])
    expect(await refusal(attempt)).toBe('read-only-without-site');
  // The window for sign-in is open; the room's own clockwork keeps to the policy too.
  expect((await call.board.get()).session?.state).toBe('authorised');
  expect(await refusal(call.overview.get())).toBe('done');
  expect(await refusal(call.user.people())).toBe('done');
});

test('where the policy lets it, the room goes on without its site', async () => {
  const call = await roomOf({ withoutSite: 'go-on' }, false);
  expect((await call.frame()).notice).toBeUndefined();
  await expect.poll(async () => (await call.board.get()).session?.state).toBe('sign-in-open');
});

test('an exam that was under way goes on after the room was started again without its site', async () => {
  const call = await roomOf(readOnly, true);
  expect((await call.frame()).notice).toBeUndefined();
  await call.session.allowStart({ sessionId: 'morning' });
  expect((await call.board.get()).session?.state).toBe('counting-down');
});
