import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { verifyJournal } from '../../journal/verify.ts';
import { roomRole } from '../register-room/serve-rooms.ts';
import { fingerprint, signer, trialSite, type TrialSite } from '../site.fixture.ts';
import { roomRows } from '../site.ts';
import { archives } from './archive.ts';
import { turnFormal, whyNotToFormal } from './to-formal.ts';

const open: TrialSite[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function siteFor(mode: 'formal' | 'mock'): Promise<TrialSite> {
  const made = await trialSite(mode);
  open.push(made);
  return made;
}

test('the site becomes formal: code, lock and registered rooms stay, the mock exam goes into a dated archive', async () => {
  const { site, data, collect, count } = await siteFor('mock');
  await collect('one result');
  await collect('another of the same room');
  const { archive, registered } = expectOk(await turnFormal(site, null, 'admin'));
  expect(registered).toBe(false);
  expect(site.setup()).toMatchObject({ siteCode: 'S1', mode: 'formal', lockPath: join(data, 'lock.key') });
  expect([site.membership(), site.exam(), roomRows(site)]).toEqual([null, null, []]);
  expect([count('result'), count('authorisation')]).toEqual([0, 0]);
  // The registered room is known, the other one never was here.
  expect(count('room')).toBe(1);
  expect(roomRole(site).childWith(fingerprint)).toMatchObject({ code: 'R1' });
  expect(readdirSync(join(data, 'blobs'))).toEqual([]);
  const files = readdirSync(archive.folder);
  expect(archive.folder).toMatch(/archive[\\/]2023-11-14T22-13-20_mock$/);
  expect(files.filter((name) => name.endsWith('.parcel'))).toHaveLength(2);
  const contents = files.map((name) => readFileSync(join(archive.folder, name), 'utf8'));
  expect(contents).toContain('one result');
  expect(contents).toContain(JSON.stringify({ room: 'R1', said: 'another of the same room' }));
  expect(await archives(site)).toEqual([archive]);
  expectOk(verifyJournal(data, { signingKeys: new Map([['site', signer.publicKey]]) }));
});

test('a formal site goes nowhere, whatever is reported', async () => {
  const { site } = await siteFor('formal');
  expect(whyNotToFormal(site)).toEqual({ type: 'site-is-formal' });
  expect(await turnFormal(site, null, 'admin')).toMatchObject({ refusal: { type: 'site-is-formal' } });
});

test('a room that runs the mock exam is waited for; one that went silent long ago is not', async () => {
  const { site, roomSays } = await siteFor('mock');
  roomSays(2, { startedAt: 5 });
  expect(whyNotToFormal(site)).toEqual({ type: 'mock-running', rooms: ['R1'] });
  site.node.db.prepare('UPDATE room SET last_contact = 1').run();
  expect(whyNotToFormal(site)).toBeNull();
});

test('a registration that is refused leaves everything as it was', async () => {
  const { site, count } = await siteFor('mock');
  expect(await turnFormal(site, { centreAddress: '127.0.0.1:1', code: 'X' }, 'admin')).toMatchObject({
    ok: false,
  });
  expect([count('room'), site.setup()?.mode, site.exam()?.number]).toEqual([2, 'mock', 1]);
  expect(await archives(site)).toEqual([]);
});

test('a disk that refuses in the middle leaves the mock exam; asked again it is done, without a code', async () => {
  const { site, data, collect, count } = await siteFor('mock');
  await collect('one result');
  const formal = {
    ...site.membership(),
    project: { id: 'p2', name: 'Formal', mode: 'formal', supportPhone: '' },
  };
  site.node.settings.write('next-membership', formal);
  site.node.db.exec(
    "CREATE TRIGGER full BEFORE DELETE ON authorisation BEGIN SELECT RAISE(ABORT, 'disk full'); END;",
  );
  await expect(turnFormal(site, null, 'admin')).rejects.toThrow('disk full');
  expect([count('result'), site.setup()?.mode, site.membership()?.project.id]).toEqual([1, 'mock', 'p1']);
  site.node.db.exec('DROP TRIGGER full');
  // Of an archive that was being written when the computer went off.
  const half = join(data, 'archive', '2023-11-14T22-00-00_mock.incomplete');
  mkdirSync(half);
  writeFileSync(join(half, 'half.parcel'), 'ha');
  site.node.clock.now = () => 1_700_000_060_000;
  expect(expectOk(await turnFormal(site, null, 'admin'))).toMatchObject({ registered: true });
  expect([site.setup()?.mode, site.membership()?.project.id]).toEqual(['formal', 'p2']);
  expect(existsSync(half)).toBe(false);
});

test('a result that comes while the archive is written is not lost: it is said, and the next try takes it in', async () => {
  const { site, collect, count } = await siteFor('mock');
  await collect('one result');
  const append = site.node.journal.append.bind(site.node.journal);
  site.node.journal.append = async (drafts) => {
    site.node.journal.append = append;
    await collect('a late one');
    return append(drafts);
  };
  await expect(turnFormal(site, null, 'admin')).rejects.toThrow('room-reported-meanwhile');
  expect([count('result'), site.setup()?.mode]).toEqual([2, 'mock']);
  site.node.clock.now = () => 1_700_000_060_000;
  expect(expectOk(await turnFormal(site, null, 'admin')).archive.results).toBe(2);
});
