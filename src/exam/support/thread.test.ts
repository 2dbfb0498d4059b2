import { expect, test } from 'vitest';
import { mayPost, postingSchema, type KeptPosting, type Posting, type PostingBody } from './posting.ts';
import { announcementsOf, byUrgency, confirmationsOf, inOrder, threadsOf } from './thread.ts';

const idOf = (n: number): string => String(n).padStart(16, '0');

function posting(
  n: number,
  side: Posting['side'],
  body: PostingBody,
  more: Partial<KeptPosting> = {},
): KeptPosting {
  return {
    id: idOf(n),
    thread: idOf(1),
    side,
    at: n,
    by: `${side}-account`,
    name: '',
    seq: n,
    body,
    ...more,
  };
}
const opened = (text = 'The printer is silent', n = 1): KeptPosting =>
  posting(
    n,
    'site',
    { kind: 'opened', stage: 'rooms', priority: 'normal', phone: '1', byTelephone: false, text },
    { thread: idOf(n) },
  );
const nothingSeen = new Map<string, number>();

test('who answers at the desk works on it and owns it; who asks again opens it again', () => {
  const said: KeptPosting[] = [opened()];
  const thread = () => threadsOf(said, 'centre', nothingSeen)[0];
  expect(thread()).toMatchObject({ state: 'new', owner: null, unread: 1 });
  said.push(posting(2, 'centre', { kind: 'written', text: 'Is it on?' }));
  expect(thread()).toMatchObject({ state: 'working', owner: 'centre-account', unread: 1 });
  said.push(posting(3, 'centre', { kind: 'changed', state: 'solved', priority: 'low' }));
  expect(thread()).toMatchObject({ state: 'solved', priority: 'low', unread: 1 });
  said.push(posting(4, 'site', { kind: 'written', text: 'It is, and silent.' }));
  expect(thread()).toMatchObject({ state: 'new', owner: 'centre-account', unread: 2, lastAt: 4 });
  expect(thread()?.lines.map(({ text }) => text)).toEqual([
    'The printer is silent',
    'Is it on?',
    null,
    'It is, and silent.',
  ]);
});

test('unread is what the other side wrote after the thread was last seen', () => {
  const said = [
    opened(),
    posting(2, 'centre', { kind: 'written', text: 'a' }),
    posting(3, 'site', { kind: 'written', text: 'b' }),
  ];
  const unread = (side: Posting['side'], seen: number) =>
    threadsOf(said, side, new Map([[idOf(1), seen]]))[0]?.unread;
  expect([unread('centre', 0), unread('centre', 1), unread('centre', 3)]).toEqual([2, 1, 0]);
  expect([unread('site', 0), unread('site', 2)]).toEqual([1, 0]);
});

test('what waits for the link comes after everything that the centre has, and says so', () => {
  const waits = posting(9, 'site', { kind: 'written', text: 'later' }, { seq: null });
  const [thread] = threadsOf(
    inOrder([waits, posting(2, 'centre', { kind: 'written', text: 'x' }), opened()]),
    'site',
    nothingSeen,
  );
  expect(thread?.lines.map((line) => [line.text, line.waits])).toEqual([
    ['The printer is silent', false],
    ['x', false],
    ['later', true],
  ]);
});

test('a confirmation is the newest word of its phase; one that was taken back is none', () => {
  const word = (n: number, phase: 'before' | 'day', done: boolean) =>
    posting(n, 'site', { kind: 'confirmed', phase, done }, { thread: null });
  expect(confirmationsOf([word(1, 'before', true), word(2, 'day', true), word(3, 'day', false)])).toEqual([
    { phase: 'before', session: null, at: 1, by: 'site-account', name: '', waits: false },
  ]);
});

test('a session of the day is confirmed for itself, beside the whole day', () => {
  const word = (n: number, done: boolean, session?: string) =>
    posting(
      n,
      'site',
      { kind: 'confirmed', phase: 'day', done, ...(session ? { session } : {}) },
      { thread: null },
    );
  const said = [
    word(1, true, 's1'),
    word(2, true, 's2'),
    word(3, true),
    word(4, false, 's1'),
    word(5, true, 's3'),
  ];
  expect(confirmationsOf(said).map(({ session, at }) => [session, at])).toEqual([
    ['s2', 2],
    [null, 3],
    ['s3', 5],
  ]);
});

test('only the day has sessions to confirm', () => {
  const word = (phase: 'before' | 'day') =>
    posting(1, 'site', { kind: 'confirmed', phase, session: 's1', done: true }, { thread: null });
  expect([mayPost(word('day')), mayPost(word('before'))]).toEqual([true, false]);
});

test('an announcement is read once somebody at the site has; the first of them counts', () => {
  const said = [
    posting(1, 'centre', { kind: 'announced', text: 'Begin at 10' }),
    posting(2, 'site', { kind: 'read' }, { name: 'Ann' }),
    posting(3, 'site', { kind: 'read' }, { name: 'Ben' }),
  ];
  expect(announcementsOf(said.slice(0, 1))).toMatchObject([{ readAt: null, readBy: null }]);
  expect(announcementsOf(said)).toMatchObject([{ text: 'Begin at 10', readAt: 2, readBy: 'Ann' }]);
});

test('the list begins with what stops an exam, there with what has waited longest; what is solved comes last', () => {
  const row = (id: string, state: 'new' | 'solved', priority: 'low' | 'stops-exam', openedAt: number) => ({
    id,
    state,
    priority,
    openedAt,
  });
  const order = byUrgency([
    row('low', 'new', 'low', 1),
    row('solved', 'solved', 'stops-exam', 0),
    row('late', 'new', 'stops-exam', 5),
    row('early', 'new', 'stops-exam', 4),
  ]);
  expect(order.map(({ id }) => id)).toEqual(['early', 'late', 'low', 'solved']);
});

test('a site says nothing in the desk’s place, and nothing is longer than 4,000 characters', () => {
  const { seq: _, ...one } = posting(2, 'site', { kind: 'announced', text: 'x' });
  expect(mayPost(one)).toBe(false);
  expect(mayPost({ ...one, side: 'centre' })).toBe(true);
  const changed = (body: object) => mayPost({ ...one, body: { kind: 'changed', ...body } });
  expect([changed({ state: 'solved' }), changed({ priority: 'low' }), changed({ owner: 'me' })]).toEqual([
    true,
    false,
    false,
  ]);
  expect(mayPost({ ...opened(), thread: idOf(7) })).toBe(false);
  const written = (text: string) =>
    postingSchema.safeParse({ ...one, body: { kind: 'written', text } }).success;
  expect([written('x'.repeat(4_000)), written('x'.repeat(4_001)), written(' ')]).toEqual([
    true,
    false,
    false,
  ]);
});
