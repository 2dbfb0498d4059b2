import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { verifyJournal } from '../../journal/verify.ts';
import { roomRole } from '../register-room/serve-rooms.ts';
import { fingerprint, signer, trialSite, type TrialSite } from '../site.fixture.ts';
import { initialiseNotice, initialiseSite, whyNotInitialise } from './initialise.ts';
import { removeContents } from './remove-contents.ts';

const open: TrialSite[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function siteFor(mode: 'formal' | 'mock'): Promise<TrialSite> {
  const made = await trialSite(mode);
  open.push(made);
  return made;
}
const nothingStays = { registration: false };

test('a formal exam that nobody has used goes, and the site is as at its first start; the chain stays whole', async () => {
  const { site, data, count } = await siteFor('formal');
  expectOk(await initialiseSite(site, nothingStays, 'admin'));
  expect([count('room'), count('authorisation'), count('result')]).toEqual([0, 0, 0]);
  expect([site.setup(), site.membership(), site.exam()]).toEqual([null, null, null]);
  expect(readdirSync(join(data, 'blobs'))).toEqual([]);
  expect(readdirSync(join(data, 'uploads'))).toEqual([]);
  expectOk(verifyJournal(data, { signingKeys: new Map([['site', signer.publicKey]]) }));
  expect(initialiseNotice(site)).toBeNull();
});

test('site code, lock and registration can stay', async () => {
  const { site, count } = await siteFor('formal');
  expectOk(await initialiseSite(site, { registration: true }, 'admin'));
  expect(site.setup()).toMatchObject({ siteCode: 'S1', mode: 'formal' });
  expect(site.membership()).toMatchObject({ project: { id: 'p1' } });
  expect([count('room'), site.exam()]).toEqual([0, null]);
});

test('from the first sign-in on a formal exam stays until the centre has confirmed it', async () => {
  const { site, roomSays, collect, receipt, count } = await siteFor('formal');
  roomSays(0);
  expect(whyNotInitialise(site)).toBeNull();
  roomSays(1);
  expect(whyNotInitialise(site)).toEqual({ type: 'rooms-in-use', rooms: ['R1 (1)'] });
  const digest = await collect('first');
  expect(whyNotInitialise(site)).toEqual({ type: 'results-not-reported', results: ['R1 (1)'] });
  receipt(digest);
  expect(whyNotInitialise(site)).toBeNull();
  await collect('late answers');
  expect(await initialiseSite(site, nothingStays, 'admin')).toMatchObject({
    refusal: { type: 'results-not-reported' },
  });
  expect([count('room'), count('result')]).toEqual([2, 2]);
});

test('a session that was started and that nobody came to is in use, too: its record is the centre’s', async () => {
  const { site, roomSays } = await siteFor('formal');
  roomSays(0, { startedAt: 5 });
  expect(whyNotInitialise(site)).toMatchObject({ type: 'rooms-in-use' });
});

test('a mock exam holds nothing up', async () => {
  const { site, roomSays, collect, count } = await siteFor('mock');
  roomSays(2, { startedAt: 5 });
  await collect('unreported');
  expectOk(await initialiseSite(site, nothingStays, 'admin'));
  expect(count('result')).toBe(0);
});

test('a room of before is told that the site was initialised, a stranger that nobody knows it', async () => {
  const { site } = await siteFor('formal');
  const role = roomRole(site);
  expect(role.childWith(fingerprint)).toMatchObject({ code: 'R1' });
  expectOk(await initialiseSite(site, nothingStays, 'admin'));
  expect(role.childWith(fingerprint)).toBeNull();
  expect(role.stranger?.(fingerprint)).toEqual({ type: 'site-was-initialised' });
  expect(role.stranger?.('a'.repeat(64))).toEqual({ type: 'not-registered' });
});

test('a disk that refuses in the middle leaves everything, no room is admitted, and asked again it is finished', async () => {
  const { site, count } = await siteFor('formal');
  site.node.db.exec(
    "CREATE TRIGGER full BEFORE DELETE ON authorisation BEGIN SELECT RAISE(ABORT, 'disk full'); END;",
  );
  await expect(initialiseSite(site, nothingStays, 'admin')).rejects.toThrow('disk full');
  expect([count('room'), site.setup()?.siteCode]).toEqual([2, 'S1']);
  expect(initialiseNotice(site)).toEqual({ type: 'initialise-unfinished' });
  expect(roomRole(site).childWith(fingerprint)).toBeNull();
  site.node.db.exec('DROP TRIGGER full');
  expectOk(await initialiseSite(site, nothingStays, 'admin'));
  expect([count('room'), initialiseNotice(site)]).toEqual([0, null]);
});

test('contents that could not go any more go at the next start', async () => {
  const { site, data } = await siteFor('formal');
  const { blobs } = site.node;
  expectOk(await initialiseSite(site, nothingStays, 'admin'));
  const { digest } = await blobs.put(new TextEncoder().encode('of the next exam'));
  await removeContents(site);
  expect(blobs.holds(digest)).toBe(true);
  site.node.settings.write('contents-go', true);
  await removeContents(site);
  expect(blobs.holds(digest)).toBe(false);
  expect(existsSync(join(data, 'blobs'))).toBe(true);
});
