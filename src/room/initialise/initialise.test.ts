import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { expectOk } from '../../base/result.ts';
import type { RoomPackage } from '../../exam/package/room-package.ts';
import { openJournal, type Journal } from '../../journal/journal.ts';
import { verifyJournal } from '../../journal/verify.ts';
import { Settings, settingMigrations } from '../../node/settings.ts';
import { openDatabase } from '../../store/sqlite.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../../trust/signing-key.ts';
import type { Room } from '../room.ts';
import { RoomState } from '../state/room-state.ts';
import { roomMigrations } from '../storage.ts';
import { initialiseRoom, whyNotInitialise } from './initialise.ts';

const signer = signingKeyFromPem(newSigningKeyPem());
const clock = { now: () => 1_000_000, monotonic: () => 0 };
const stays = { settings: true, seats: true };
let data: string;
const journals: Journal[] = [];

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'invigil-initialise-'));
});
afterEach(async () => {
  for (const journal of journals.splice(0)) await journal.close();
  rmSync(data, { recursive: true, force: true });
});

/** A room with one session of two candidates, as far as initialising looks at it. */
async function room(mode: 'formal' | 'mock') {
  const journal = expectOk(await openJournal({ dir: data, origin: 'room', signer, clock }));
  journals.push(journal);
  const db = expectOk(
    openDatabase(join(data, 'node.db'), { migrations: [...settingMigrations, ...roomMigrations] }),
  );
  const state = new RoomState(journal, clock);
  const candidates = [{ id: 'c1' }, { id: 'c2' }];
  state.usePackage({
    project: { mode },
    sessions: [{ id: 's1', number: 1, candidates }],
  } as unknown as RoomPackage);
  const heard = new Map<string, { report: { pending: number } }>();
  const settings = new Settings(db);
  settings.write('package', { jws: '' });
  settings.write('settings', { roomCode: 'R' });
  mkdirSync(join(data, 'blobs'));
  const made = {
    node: { journal, db, settings, data, clock },
    state,
    heard,
    seats: { all: () => [], seat: () => null },
    changed: { notify: () => undefined },
    link: null,
  } as unknown as Room;
  const enter = (kind: string, subject: string, more: object = {}, payload?: { responses: object }) =>
    journal.append([{ kind, subject, data: { ...more }, ...(payload ? { payload } : {}) } as never]);
  return {
    room: made,
    state,
    heard,
    settings,
    journal,
    enter,
    signIn: async () => {
      await enter('session-authorised', 'session:s1');
      await enter('sign-in-opened', 'session:s1');
      await enter('candidate-signed-in', 'sitting:c1', { seat: 'a', lease: 1, attempt: 1 });
    },
    answer: () =>
      enter(
        'answer-changed',
        'sitting:c1',
        { item: 'i', lease: 1, attempt: 1 },
        { responses: { R: 'kept' } },
      ),
    /** The centre confirms what the room holds now. */
    receipt: async () => {
      db.prepare(
        'INSERT INTO result (session_id, digest, made_at, receipt, receipt_at, heads) VALUES (?, ?, ?, ?, ?, ?)',
      ).run('s1', 'd', 1, 'jws', 2, JSON.stringify(journal.heads()));
      await enter('receipt-received', 'session:s1', { result: 'd' });
    },
  };
}

const contents = (journal: Journal): number =>
  journal.after(0, 1_000).filter(({ payload }) => payload !== null).length;

test('a formal exam that nobody has used goes, and the session begins from the beginning', async () => {
  const here = await room('formal');
  await here.enter('session-authorised', 'session:s1');
  await here.enter('sign-in-opened', 'session:s1');
  expectOk(await initialiseRoom(here.room, stays, 'admin'));
  expect(here.state.session('s1')).toMatchObject({ status: 'loaded', authorisedAt: null });
  expect(here.state.package).toBeNull();
  expect(here.settings.read('package', z.unknown())).toBeNull();
});

test('from the first sign-in on a formal exam stays until everything is confirmed; one late answer is not', async () => {
  const here = await room('formal');
  await here.signIn();
  expect(whyNotInitialise(here.room)).toEqual({ type: 'receipt-missing', sessions: '1' });
  await here.answer();
  await here.enter('session-ended', 'session:s1', { by: 'a', reasons: [] });
  await here.receipt();
  expect(whyNotInitialise(here.room)).toBeNull();
  await here.answer();
  expect(await initialiseRoom(here.room, stays, 'admin')).toMatchObject({
    refusal: { type: 'receipt-missing' },
  });
  expect(contents(here.journal)).toBe(2);
});

test('what a seat still holds of a formal exam is waited for', async () => {
  const here = await room('formal');
  here.heard.set('a', { report: { pending: 1 } });
  expect(whyNotInitialise(here.room)).toEqual({ type: 'seats-hold-answers', seats: 'a' });
});

test('after the receipt the answers go and the chain stays whole; the session is known as done', async () => {
  const here = await room('formal');
  await here.signIn();
  await here.answer();
  await here.enter('session-ended', 'session:s1', { by: 'a', reasons: [] });
  await here.receipt();
  expectOk(await initialiseRoom(here.room, stays, 'admin'));
  expect(contents(here.journal)).toBe(0);
  expect(here.state.session('s1')).toMatchObject({ status: 'ended', erasedAt: 1_000_000 });
  expect(here.state.sitting('c1').lease).toBe(1);
  expectOk(verifyJournal(data, { signingKeys: new Map([['room', signer.publicKey]]) }));
  expect(existsSync(join(data, 'blobs'))).toBe(true);
});

test('a mock exam begins anew without a receipt: another attempt, so that old answers do not count', async () => {
  const here = await room('mock');
  await here.signIn();
  await here.answer();
  expectOk(await initialiseRoom(here.room, stays, 'admin'));
  expect(here.state.session('s1')).toMatchObject({ status: 'loaded' });
  expect(here.state.sitting('c1')).toMatchObject({ status: 'not-signed-in', attempt: 2, lease: 1 });
  expect(here.state.sitting('c2')).toMatchObject({ attempt: 1 });
  await here.answer();
  expect(here.state.answers('c1')).toBeNull();
});

test('a session that runs is ended first', async () => {
  const here = await room('mock');
  await here.enter('start-allowed', 'session:s1', { startsAt: 999_000, byCode: false });
  expect(whyNotInitialise(here.room)).toEqual({ type: 'not-ended' });
});
