/** What a network or a dishonest copy of a seat can do to messages: doubled, reordered, replayed, held back. Spoken with the seat's own keys. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExchangeClient } from '../../src/courier/https/client.ts';
import type { JournalAnswer } from '../../src/courier/https/wire.ts';
import type { StoredEntry } from '../../src/journal/entry.ts';
import { loadOrCreateNodeKeys } from '../../src/trust/keys.ts';
import { isAnswering, startExam, type Exam, type Names } from '../../tools/exam-day/exam.ts';
import { takeSeat } from '../../tools/exam-day/exam-day.ts';
import { refusalIn, until } from '../../tools/exam-day/process.ts';
import { journalOf, nodeId } from './journal-of.ts';
import { keptByRoom, textQuestion, type Question } from './text-question.ts';

let exam: Exam;
let first: Exam['seats'][number];
let second: Exam['seats'][number];
let question: Question;
const clients: ExchangeClient[] = [];

beforeAll(async () => {
  exam = await startExam({ hosted: ['centre', 'site', 'seat-2'], seats: 1, until: 'answering' });
  [first] = exam.seats as [typeof first];
  second = await exam.addSeat('seat-2');
  question = await textQuestion(first);
  await question.answer('kept');
  await keptByRoom(first);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await exam?.close();
});

/** The node's own connection to its parent, with its keys and what it knows of the parent. */
async function speakAs(name: Names): Promise<ExchangeClient> {
  const db = new DatabaseSync(join(exam.data(name), 'node.db'), { readOnly: true });
  const row = db.prepare("SELECT value FROM setting WHERE name = 'membership'").get();
  db.close();
  const membership = JSON.parse(String(row?.['value'])) as Record<string, string>;
  const { tls } = await loadOrCreateNodeKeys(join(exam.data(name), 'keys'), { name: '' });
  const client = new ExchangeClient(
    {
      address: membership['roomAddress'] ?? membership['siteAddress'] ?? '',
      certPem: membership['certPem'] ?? '',
    },
    tls,
  );
  clients.push(client);
  return client;
}

function stored(name: Names): StoredEntry[] {
  const db = new DatabaseSync(join(exam.data(name), 'journal.db'), { readOnly: true });
  const rows = db
    .prepare(
      'SELECT header, salt, payload FROM entry LEFT JOIN payload ON payload.position = entry.position WHERE origin = ? ORDER BY seq',
    )
    .all(nodeId(exam.data(name))) as unknown as StoredEntry[];
  db.close();
  return rows.map(({ header, salt, payload }) => ({ header, salt, payload }));
}

type Answer = JournalAnswer['chains'][number];

/** @returns what the parent says of the one chain of which it was given entries. */
async function push(
  client: ExchangeClient,
  entries: readonly StoredEntry[],
): Promise<Answer | { readonly refused: string } | undefined> {
  const answer = await client.post<JournalAnswer>('/journal', { entries });
  return answer.ok ? answer.value.chains[0] : { refused: answer.refusal.type };
}

const textsAtRoom = (): string[] => journalOf(exam.data('room')).entries.flatMap(({ text }) => text ?? []);

test('changes that come reordered, doubled, with gaps or altered are kept once, in order, and as they were made', async () => {
  await exam.process('room').kill();
  for (const text of ['offline 1', 'offline 2', 'offline 3']) await question.answer(text);
  await exam.process('seat-1').kill();
  await exam.again('room');
  const client = await speakAs('seat-1');
  const all = stored('seat-1');
  const [one, two, three] = all.slice(-3) as [StoredEntry, StoredEntry, StoredEntry];
  const before = all.length - 3;

  for (const early of [[three], [two, one], [three, two, one], [one, three]].slice(0, 3))
    expect(await push(client, early)).toMatchObject({ acknowledged: { seq: before }, problem: 'gap' });
  for (const altered of [
    { ...one, payload: one.payload?.replace('offline 1', 'another') ?? null },
    { ...one, salt: '0'.repeat(32) },
    // A seat that is taken over must not get an acknowledgement for what nobody could ever read.
    { ...one, salt: null, payload: null },
  ])
    expect(await push(client, [altered])).toMatchObject({ acknowledged: { seq: before }, problem: 'broken' });
  expect(
    await push(client, [{ ...one, header: one.header.replace('answer-changed', 'answer-forged') }, two]),
  ).toMatchObject({
    problem: expect.stringMatching(/^(fork|broken)$/),
  });
});

test('what was replayed, by the seat or by another one, changes nothing', async () => {
  const client = await speakAs('seat-1');
  await exam.again('seat-1');
  await isAnswering(first);
  // The forged entry took the place of the true one: both copies stay, and what the candidate answered comes in an epoch of its own.
  await until('every answer in the room', async () => {
    const texts = textsAtRoom();
    return ['kept', 'offline 1', 'offline 2', 'offline 3'].every((text) => texts.includes(text));
  });
  await keptByRoom(first);
  const held = journalOf(exam.data('room')).entries.length;
  const all = stored('seat-1').slice(0, 3);
  for (let again = 0; again < 3; again++) expect(await push(client, all)).toMatchObject({ problem: null });
  expect(await push(await speakAs('seat-2'), all)).toEqual({ refused: 'not-allowed' });
  expect(journalOf(exam.data('room')).entries.length).toBe(held);
  for (const body of [
    null,
    [],
    {},
    { entries: [] },
    { entries: [{ header: '{', salt: null, payload: null }] },
    { entries: [{}] },
  ])
    expect(await client.post('/journal', body)).toMatchObject({
      ok: false,
      refusal: { type: expect.stringMatching(/^(bad-request|not-allowed)$/) },
    });
});

test('a second seat gets the sitting only when the invigilator resumes it; the first is told, and its late changes stay below the new ones', async () => {
  await second.call.sitting.signIn({ admissionNumber: '1000001' });
  const refused = await second.call.sitting.confirm({ confirmed: true }).then(() => null, refusalIn);
  expect(refused).toMatchObject({ type: 'seated-elsewhere' });
  await second.call.sitting.confirm({ confirmed: false });

  // The first seat is cut off, and its candidate goes on there for a moment.
  await exam.process('room').kill();
  await question.answer('late, under the old lease');
  await exam.process('seat-1').kill();
  await exam.again('room');
  const { sittings } = await exam.room.call.board.get();
  const sittingId = sittings[0]?.sittingId ?? '';
  await exam.room.call.sitting.resume({ sittingIds: [sittingId], reason: 'broken screen' });
  await until('the second seat', async () => (await second.call.state.get()).roomOnline);
  await takeSeat(second, '1000001');
  await isAnswering(second);
  const there = await textQuestion(second);
  expect((await second.call.sitting.paper()).responses[question.item]).toEqual({
    [question.response]: 'offline 3',
  });
  await there.answer('new, under the new lease');
  await keptByRoom(second);

  const old = await speakAs('seat-1');
  const head = { origin: nodeId(exam.data('seat-1')), epoch: 'x', seq: 1, hash: '0'.repeat(64) };
  expect(await old.post('/sitting/hand-in', { sittingId, lease: 1, head })).toMatchObject({ ok: false });
  expect(await old.get(`/sitting/${sittingId}/answers`)).toMatchObject({
    refusal: { type: 'moved-elsewhere' },
  });
  await exam.again('seat-1');
  await until(
    'the first seat told that the candidate went on elsewhere',
    async () => (await first.call.state.get()).phase === 'moved',
  );
  expect(await question.answer('after it was told').then(() => null, refusalIn)).toMatchObject({
    type: 'moved-elsewhere',
  });
  await until('the late change in the room', async () => textsAtRoom().includes('late, under the old lease'));
  expect((await second.call.sitting.paper()).responses[question.item]).toEqual({
    [question.response]: 'new, under the new lease',
  });
  await second.call.sitting.handIn();
});

test('a room that says everything to its site once more is acknowledged as before', async () => {
  const own = stored('room');
  await until(
    'the outbox is empty',
    async () => journalOf(exam.data('site')).of(journalOf(exam.data('room')).own()).length === own.length,
  );
  const client = await speakAs('room');
  expect(await push(client, own.slice(0, 20))).toMatchObject({ problem: null });
  expect(await push(client, own.slice(0, 20).toReversed())).toMatchObject({ problem: null });
  expect(journalOf(exam.data('site')).of(journalOf(exam.data('room')).own())).toHaveLength(own.length);
});
