/** What a site writes to the support desk, with a centre that answers, is away, forgets, or is cut off in the middle. */
import { afterEach, expect, test } from 'vitest';
import { expectOk, ok, refuse, type Result } from '../../base/result.ts';
import {
  postingsAtOnce,
  supportAskSchema,
  type Posting,
  type SupportAnswer,
} from '../../exam/support/posting.ts';
import type { Draft } from '../../journal/entry.ts';
import { changeSignal } from '../../node/change-signal.ts';
import { openDatabase } from '../../store/sqlite.ts';
import { initialiseSite } from '../initialise/initialise.ts';
import { trialSite } from '../site.fixture.ts';
import type { Site } from '../site.ts';
import { siteMigrations } from '../storage.ts';
import { confirm, enterRest, exchangeSupport, openThread, read, supportOf, write } from './support.ts';

const ann = {
  account: 'ann',
  name: 'Ann',
  role: 'administrator',
  mustChangePassword: false,
  limit: null,
} as const;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function openSite() {
  const db = expectOk(openDatabase(':memory:', { migrations: siteMigrations }));
  closing.push(() => db.close());
  const entries: Draft[] = [];
  let now = 0;
  const failing = { journal: false };
  const site = {
    node: {
      db,
      clock: { now: () => ++now, monotonic: () => now },
      journal: {
        append: (drafts: readonly Draft[]) => {
          if (failing.journal) return Promise.reject(new Error('killed'));
          entries.push(...drafts);
          return Promise.resolve([]);
        },
      },
    },
    changed: changeSignal(),
    link: null,
    membership: () => ({ project: { id: 'p', supportPhone: '112' } }),
  } as unknown as Site;
  return { site, entries, failing };
}

/** Numbers what comes, once by its id. */
class Desk {
  kept: Posting[] = [];
  asked = 0;
  /** The answer is lost on its way. */
  loses = 0;
  readonly client = {
    post: async <T>(_path: string, body: unknown): Promise<Result<T>> => {
      this.asked++;
      const { after, postings } = supportAskSchema.parse(body);
      for (const one of postings) if (!this.kept.some(({ id }) => id === one.id)) this.kept.push(one);
      if (this.loses-- > 0) return refuse({ type: 'parent-unreachable', code: 'ECONNRESET' });
      const answer: SupportAnswer = {
        last: this.kept.length,
        postings: this.kept.map((one, i) => ({ ...one, seq: i + 1 })).slice(after, after + postingsAtOnce),
      };
      return ok(answer as T);
    },
  };
}

const question = { stage: 'rooms', priority: 'high', phone: '', text: 'No power in room 3' } as const;

test('what was written without a link waits, goes once when there is one, and comes once although the answer was lost', async () => {
  const { site, entries } = openSite();
  const desk = new Desk();
  const { threadId } = expectOk(await openThread(site, question, ann));
  expectOk(await write(site, threadId, 'And none in room 4', ann));
  expect(supportOf(site)).toMatchObject({ waiting: 2, unread: 0 });
  desk.loses = 1;
  expect(await exchangeSupport(site, desk.client, 0)).toMatchObject({ ok: false });
  expect(supportOf(site).waiting).toBe(2);
  expectOk(await exchangeSupport(site, desk.client, desk.kept.length));
  expect(supportOf(site).waiting).toBe(0);
  expect(desk.kept).toHaveLength(2);
  expect(entries.map(({ kind }) => kind)).toEqual(['support-opened', 'support-written']);
  // Nothing new: nothing is asked.
  const { asked } = desk;
  expectOk(await exchangeSupport(site, desk.client, 2));
  expect(desk.asked).toBe(asked);
});

test('an answer of the desk is unread until somebody has it before him, and is kept once', async () => {
  const { site, entries } = openSite();
  const desk = new Desk();
  const { threadId } = expectOk(await openThread(site, question, ann));
  expectOk(await exchangeSupport(site, desk.client, 0));
  const answer: Posting = {
    id: 'a'.repeat(16),
    thread: threadId,
    side: 'centre',
    at: 5,
    by: 'desk',
    name: '',
    body: { kind: 'written', text: 'Call the caretaker' },
  };
  desk.kept.push(answer);
  expectOk(await exchangeSupport(site, desk.client, 2));
  expect(supportOf(site)).toMatchObject({ unread: 1, threads: [{ state: 'working', owner: 'desk' }] });
  expectOk(await write(site, threadId, 'He is here', ann));
  expect(supportOf(site).unread).toBe(0);
  expect(entries.filter(({ data }) => data['posting'] === answer.id)).toHaveLength(1);
  expect(JSON.stringify(entries.map(({ data }) => data))).not.toContain('caretaker');
});

test('more than fits in one message goes in several', async () => {
  const { site } = openSite();
  const desk = new Desk();
  const { threadId } = expectOk(await openThread(site, question, ann));
  for (let i = 0; i < 2 * postingsAtOnce; i++) expectOk(await write(site, threadId, `line ${i}`, ann));
  expectOk(await exchangeSupport(site, desk.client, 0));
  expect(desk.kept).toHaveLength(2 * postingsAtOnce + 1);
  expect(supportOf(site).waiting).toBe(0);
});

test('a centre whose database was put back is told again what this site wrote since', async () => {
  const { site } = openSite();
  const desk = new Desk();
  const { threadId } = expectOk(await openThread(site, question, ann));
  for (const text of ['one', 'two', 'three']) expectOk(await write(site, threadId, text, ann));
  expectOk(await exchangeSupport(site, desk.client, 0));
  desk.kept = desk.kept.slice(0, 2);
  expectOk(await exchangeSupport(site, desk.client, 2));
  expect(desk.kept.map(({ body }) => (body.kind === 'written' ? body.text : body.kind))).toEqual([
    'opened',
    'one',
    'two',
    'three',
  ]);
  expect(supportOf(site).waiting).toBe(0);
});

test('what was kept when the site was killed before its journal said so is entered at the next start', async () => {
  const { site, entries, failing } = openSite();
  failing.journal = true;
  await expect(openThread(site, question, ann)).rejects.toThrow('killed');
  failing.journal = false;
  await enterRest(site);
  await enterRest(site);
  expect(entries.map(({ kind, payload }) => [kind, payload])).toEqual([
    ['support-opened', { name: 'Ann', text: 'No power in room 3', phone: '' }],
  ]);
  const desk = new Desk();
  expectOk(await exchangeSupport(site, desk.client, 0));
  expect(desk.kept).toHaveLength(1);
});

test('a stage is confirmed once, however often it is pressed, and can be taken back', async () => {
  const { site, entries } = openSite();
  for (const done of [true, true, false, false, true])
    expectOk(await confirm(site, 'before', null, done, ann));
  expect(entries.map(({ data }) => [data['phase'], data['done'], data['by']])).toEqual([
    ['before', true, 'ann'],
    ['before', false, 'ann'],
    ['before', true, 'ann'],
  ]);
  expect(supportOf(site).confirmations).toMatchObject([{ phase: 'before', by: 'ann', waits: true }]);
});

test('a session of the loaded exam is confirmed for itself; no other, and none before the day', async () => {
  const trial = await trialSite('formal');
  const { site } = trial;
  try {
    const [session] = supportOf(site).sessions;
    const id = session?.id ?? '';
    expectOk(await confirm(site, 'day', id, true, ann));
    expect(supportOf(site).confirmations).toMatchObject([{ phase: 'day', session: id, waits: true }]);
    expect(await confirm(site, 'before', id, true, ann)).toEqual(refuse({ type: 'no-such-session-here' }));
    expect(await confirm(site, 'day', 'other', true, ann)).toEqual(refuse({ type: 'no-such-session-here' }));
    expectOk(await confirm(site, 'day', null, true, ann));
    expectOk(await confirm(site, 'day', id, false, ann));
    expect(supportOf(site).confirmations).toMatchObject([{ phase: 'day', session: null }]);
  } finally {
    await trial.close();
  }
});

test('an announcement stays unread until somebody here reads it; what is not here is refused', async () => {
  const { site } = openSite();
  const desk = new Desk();
  const id = 'b'.repeat(16);
  desk.kept.push({
    id,
    thread: id,
    side: 'centre',
    at: 1,
    by: 'desk',
    name: '',
    body: { kind: 'announced', text: 'Begin at 10' },
  });
  expectOk(await exchangeSupport(site, desk.client, 1));
  expect(supportOf(site)).toMatchObject({
    unread: 1,
    announcements: [{ text: 'Begin at 10', readAt: null }],
  });
  expectOk(await read(site, id, ann));
  expectOk(await read(site, id, ann));
  expect(supportOf(site)).toMatchObject({ unread: 0, waiting: 1, announcements: [{ readBy: 'Ann' }] });
  expect(await read(site, 'c'.repeat(16), ann)).toMatchObject({ refusal: { type: 'no-such-thread' } });
  expect(await write(site, id, 'x', ann)).toMatchObject({ refusal: { type: 'no-such-thread' } });
});

test('initialised, a site keeps its conversation with its registration, and without one forgets it', async () => {
  const { site, close: end } = await trialSite('formal');
  try {
    expectOk(await openThread(site, question, ann));
    expectOk(await initialiseSite(site, { registration: true }, 'admin'));
    expect(supportOf(site).waiting).toBe(1);
    expectOk(await initialiseSite(site, { registration: false }, 'admin'));
    expect(site.node.db.prepare('SELECT count(*) AS n FROM support_posting').get()?.['n']).toBe(0);
    expect(await openThread(site, question, ann)).toMatchObject({
      refusal: { type: 'site-not-registered-at-centre' },
    });
  } finally {
    await end();
  }
});
