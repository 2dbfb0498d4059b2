/** A room in this process whose site does not answer, or whose disk is too small. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { expectOk } from '../../src/base/result.ts';
import { roomPackageTyp } from '../../src/exam/package/room-package.ts';
import type { Policy } from '../../src/exam/project/policy.ts';
import { openNode } from '../../src/node/node.ts';
import { roomOptionsSchema, startRoom } from '../../src/room/main.ts';
import { packageWith } from '../../src/room/site-away/package.fixture.ts';
import { roomMigrations } from '../../src/room/storage.ts';
import { openOwnSite } from '../../src/site/own-site.ts';
import { signJws } from '../../src/trust/jws.ts';
import { patienceMs } from '../../tools/exam-day/browser.ts';
import { openConsole, refusalIn } from '../../tools/exam-day/process.ts';
import { noSmallDisk, smallDisk } from './small-disk.ts';

const password = 'chalk and slate';
const minuteMs = 60_000;
const settings = {
  roomCode: 'S-R1',
  // Nothing listens there.
  siteAddress: '127.0.0.1:9',
  ownAddress: '',
  siteMode: true,
};

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function begin(data: string) {
  const options = roomOptionsSchema.parse({ data, port: 0, logLevel: 'silent', exchangeHost: '127.0.0.1' });
  const room = expectOk(await startRoom(options, openOwnSite));
  ends.push(() => room.close());
  const { call } = await openConsole('room', room.port);
  return call;
}

/** A room that has loaded its exam, as its data folder is after the site went away. `underWay`: sign-in was open by then. */
async function loadedRoom(policy: Partial<Policy>, underWay: boolean) {
  const data = mkdtempSync(join(tmpdir(), 'invigil-room-alone-'));
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
  const content = packageWith(policy, Date.now() + 5 * minuteMs);
  const jws = signJws(roomPackageTyp, content, node.keys.signing);
  node.settings.write('package', { jws, loadedAt: 1 });
  node.settings.write('chosen', 'morning');
  node.settings.write('settings', settings);
  node.settings.write('membership', {
    siteAddress: settings.siteAddress,
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
  const kinds = ['session-authorised', ...(underWay ? ['sign-in-opened'] : [])];
  await node.journal.append(kinds.map((kind) => ({ kind, subject: 'session:morning', data: {} })));
  await node.accounts.create('lin', 'administrator', password, false);
  await node.close();
  const call = await begin(data);
  await call.account.signIn({ account: 'lin', password });
  return call;
}

const refusal = async (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => refusalIn(error),
  );
const readOnly = { withoutSite: 'read-only' } as const;

test('a room whose site is away shows everything, says why it changes nothing, and does not open sign-in by itself', async () => {
  const call = await loadedRoom(readOnly, false);
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
    expect(await refusal(attempt)).toMatchObject({ type: 'read-only-without-site' });
  // The window for sign-in is open; the room's own clockwork keeps to the policy too.
  expect((await call.board.get()).session?.state).toBe('authorised');
  expect(await refusal(call.overview.get())).toBeNull();
  expect(await refusal(call.user.people())).toBeNull();
});

test('where the policy lets it, the room goes on without its site', async () => {
  const call = await loadedRoom({ withoutSite: 'go-on' }, false);
  expect((await call.frame()).notice).toBeUndefined();
  await expect
    .poll(async () => (await call.board.get()).session?.state, { timeout: patienceMs })
    .toBe('sign-in-open');
});

test('an exam that was under way goes on after the room was started again without its site', async () => {
  const call = await loadedRoom(readOnly, true);
  expect((await call.frame()).notice).toBeUndefined();
  await call.session.allowStart({ sessionId: 'morning' });
  expect((await call.board.get()).session?.state).toBe('counting-down');
});

test.skipIf(noSmallDisk !== null)(
  'settings are not saved on a disk with less than 5 GB free, and what was measured is said',
  async () => {
    const disk = smallDisk(64 * 1024);
    ends.push(() => disk.remove());
    const call = await begin(join(disk.path, 'room'));
    await call.account.signIn({ account: 'admin', password: 'invigil-first' });
    await call.account.changePassword({ current: 'invigil-first', next: password });
    const said = await refusal(call.settings.save(settings));
    expect(said).toMatchObject({ type: 'storage-low', least: 5 * 1024 ** 3 });
    expect(said?.['free']).toBeLessThan(64 * 1024 * 1024);
    expect(said?.['free']).toBeGreaterThan(0);
    const kept = (await call.overview.get()).settings;
    expect(kept).toMatchObject({ roomCode: '', dataFolder: join(disk.path, 'room') });
  },
);
