/** Vectors of the journal: a seat and a room of one small exam, whole and damaged in every way that must be noticed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/base/json.ts';
import { nextEntry, type Linked } from '../../src/journal/chain.ts';
import type { Draft, Head, StoredEntry } from '../../src/journal/entry.ts';
import { epochOpened } from '../../src/journal/epoch.ts';
import { signHead } from '../../src/journal/head.ts';
import { signJws } from '../../src/trust/jws.ts';
import type { SigningKey } from '../../src/trust/signing-key.ts';
import type { KeyOwner, TestKeys } from './test-keys.ts';

interface JournalVector {
  readonly name: string;
  readonly about: string;
  readonly entries: readonly (StoredEntry | string)[];
  readonly signedHeads: readonly string[];
  /** Heads that a neighbour remembers. */
  readonly heads?: readonly Head[];
  readonly keys: Readonly<Record<string, string>>;
  readonly expect: JsonObject;
}

const firstAt = Date.UTC(2026, 5, 8, 6);

class Chain {
  readonly linked: Linked[] = [];
  readonly #origin: string;
  readonly #epoch: string;

  constructor(origin: string, epoch: string, drafts: readonly Draft[]) {
    this.#origin = origin;
    this.#epoch = epoch;
    for (const draft of drafts) this.add(draft);
  }

  add(draft: Draft, salt = this.linked.length + 1): this {
    const seq = this.linked.length + 1;
    const place = { origin: this.#origin, epoch: this.#epoch, seq };
    const prev = this.linked.at(-1)?.hash ?? null;
    this.linked.push(
      nextEntry(draft, place, prev, firstAt + 1_000 * seq, salt.toString(16).padStart(32, '0')),
    );
    return this;
  }

  get stored(): StoredEntry[] {
    return this.linked.map(({ stored }) => stored);
  }

  head(seq = this.linked.length): Head {
    return { origin: this.#origin, epoch: this.#epoch, seq, hash: (this.linked[seq - 1] as Linked).hash };
  }
}

const answer = (item: string, responses: JsonObject): Draft => ({
  kind: 'answer-changed',
  subject: 'sitting:p1',
  data: { item, lease: 1, attempt: 1, mono: 1200 },
  payload: { responses },
});
const seatDrafts: Draft[] = [
  epochOpened('first-start', []),
  { kind: 'item-viewed', subject: 'sitting:p1', data: { item: 'q1', lease: 1, attempt: 1, mono: 900 } },
  answer('q1', { RESPONSE: 'choice_a' }),
  answer('q2', { RESPONSE: '静夜思 — «Слово о полку Игореве»' }),
  answer('q1', { RESPONSE: ['choice_b', 'choice_c'] }),
];

export function writeJournalVectors(folder: string, keys: Record<KeyOwner, TestKeys>): void {
  const vectors = journalVectors(keys);
  const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
  for (const { name, entries, signedHeads } of vectors) {
    writeFileSync(
      join(folder, `${name}.jsonl`),
      lines(entries.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry)))),
    );
    writeFileSync(join(folder, `${name}.heads`), lines(signedHeads));
  }
  const index = vectors.map(({ name, about, keys: by, heads = [], expect }) => ({
    name,
    about,
    keys: by,
    heads,
    expect,
  }));
  writeFileSync(join(folder, 'vectors.json'), `${JSON.stringify(index, null, 2)}\n`);
}

function journalVectors(keys: Record<KeyOwner, TestKeys>): JournalVector[] {
  const seat = new Chain('seat-1', 'epoch-a', seatDrafts);
  const sign = (head: Head, key: SigningKey = keys.seat.signing): string => signHead(head, key);
  const own = { 'seat-1': keys.seat.signing.publicKey };
  const signedHeads = [sign(seat.head(1)), sign(seat.head(3)), sign(seat.head(5))];
  const whole = { entries: seat.stored, signedHeads, keys: own };
  const found = (seq: number, what: string, of = 'seat-1', epoch = 'epoch-a'): JsonObject => ({
    ok: false,
    refusal: { type: 'journal-not-whole', origin: of, epoch, seq, what },
  });
  const change = (seq: number, edit: (entry: StoredEntry) => StoredEntry): StoredEntry[] =>
    seat.stored.map((entry, i) => (i === seq - 1 ? edit(entry) : entry));
  const inHeader = (from: string, to: string) => (entry: StoredEntry) => ({
    ...entry,
    header: entry.header.replace(from, to),
  });
  const [e1, e2, e3, e4, e5] = seat.stored as [
    StoredEntry,
    StoredEntry,
    StoredEntry,
    StoredEntry,
    StoredEntry,
  ];
  const longer = new Chain('seat-1', 'epoch-a', seatDrafts).add(answer('q3', { RESPONSE: 'late' }));
  const rewritten = new Chain('seat-1', 'epoch-a', [
    ...seatDrafts.slice(0, 3),
    answer('q2', { RESPONSE: 'other' }),
    answer('q1', { RESPONSE: 'other' }),
  ]);
  const erased = new Chain('seat-1', 'epoch-a', [
    ...seatDrafts,
    {
      kind: 'erased',
      subject: 'journal',
      data: { reason: 'retention is over', entries: [{ origin: 'seat-1', epoch: 'epoch-a', seq: 4 }] },
    },
  ]);
  const erasedEntries = erased.stored.map((entry, i) =>
    i === 3 ? { ...entry, salt: null, payload: null } : entry,
  );
  const second = new Chain('seat-1', 'epoch-b', [
    epochOpened('rolled-back', [seat.head()]),
    answer('q3', { RESPONSE: 'after' }),
  ]);
  const room = new Chain('room-1', 'epoch-r', [
    epochOpened('first-start', []),
    { kind: 'candidate-signed-in', subject: 'sitting:p1', data: { seat: 'seat-1', lease: 1, attempt: 1 } },
    { kind: 'handed-in', subject: 'sitting:p1', data: { seatHead: { ...seat.head() } } },
  ]);
  const roomKeys = { 'room-1': keys.room.signing.publicKey };
  const roomHeads = [sign(room.head(), keys.room.signing)];
  return [
    {
      name: 'whole',
      about: 'Five entries of a seat, heads at 1, 3 and 5.',
      ...whole,
      expect: { ok: true, entries: 5, chains: 1, erased: 0, signedHeads: 3 },
    },
    {
      name: 'erased',
      about: 'The payload of entry 4 is erased; entry 6 says so.',
      entries: erasedEntries,
      signedHeads: [sign(erased.head())],
      keys: own,
      expect: { ok: true, entries: 6, chains: 1, erased: 1, signedHeads: 1 },
    },
    {
      name: 'two-epochs',
      about:
        'After its disk was put back the seat goes on in a second epoch that names the first one’s head.',
      entries: [...seat.stored, ...second.stored],
      signedHeads: [...signedHeads, sign(second.head())],
      keys: own,
      expect: { ok: true, entries: 7, chains: 2, erased: 0, signedHeads: 4 },
    },
    {
      name: 'room-with-copy',
      about: 'A room’s own chain and its copy of the seat’s: handing in names the seat’s head.',
      entries: [...room.stored, ...seat.stored],
      signedHeads: roomHeads,
      keys: roomKeys,
      expect: { ok: true, entries: 8, chains: 2, erased: 0, signedHeads: 1 },
    },
    {
      name: 'unknown-kind',
      about: 'A kind of a newer version is kept and chained like any other.',
      entries: new Chain('seat-1', 'epoch-a', [
        epochOpened('first-start', []),
        { kind: 'of-the-future', subject: '', data: { any: [1, { thing: null }] } },
      ]).stored,
      signedHeads: [],
      keys: {},
      expect: { ok: true, entries: 2, chains: 1, erased: 0, signedHeads: 0 },
    },
    {
      name: 'header-changed',
      about: 'q1 became q9 in entry 3: entry 4 no longer follows it.',
      ...whole,
      entries: change(3, inHeader('"item":"q1"', '"item":"q9"')),
      expect: found(4, 'chain-broken'),
    },
    {
      name: 'last-header-changed',
      about: 'Entry 5 changed: nothing follows it, but its head was signed.',
      ...whole,
      entries: change(5, inHeader('"item":"q1"', '"item":"q2"')),
      expect: found(5, 'not-what-was-signed'),
    },
    {
      name: 'time-changed',
      about: 'One digit of the time of entry 2.',
      ...whole,
      entries: change(2, inHeader('"at":1780898402', '"at":1780898412')),
      expect: found(3, 'chain-broken'),
    },
    {
      name: 'payload-changed',
      about: 'The answer of entry 3 became another.',
      ...whole,
      entries: change(3, (entry) => ({ ...entry, payload: '{"responses":{"RESPONSE":"choice_b"}}' })),
      expect: found(3, 'payload-changed'),
    },
    {
      name: 'salt-changed',
      about: 'One digit of the salt of entry 4.',
      ...whole,
      entries: change(4, (entry) => ({ ...entry, salt: `f${entry.salt?.slice(1)}` })),
      expect: found(4, 'payload-changed'),
    },
    {
      name: 'payload-taken',
      about: 'The payload of entry 3 is gone and no entry says that it was erased.',
      ...whole,
      entries: change(3, (entry) => ({ ...entry, salt: null, payload: null })),
      expect: found(3, 'payload-missing'),
    },
    {
      name: 'payload-added',
      about: 'Entry 2 has none, and was given one.',
      ...whole,
      entries: change(2, (entry) => ({ ...entry, salt: '0'.repeat(32), payload: '{}' })),
      expect: found(2, 'payload-added'),
    },
    {
      name: 'dropped',
      about: 'Entry 3 is missing.',
      ...whole,
      entries: [e1, e2, e4, e5],
      expect: found(3, 'missing'),
    },
    {
      name: 'swapped',
      about: 'Entries 3 and 4 changed places.',
      ...whole,
      entries: [e1, e2, e4, e3, e5],
      expect: found(3, 'missing'),
    },
    {
      name: 'repeated',
      about: 'Entry 3 stands there twice.',
      ...whole,
      entries: [e1, e2, e3, e3, e4, e5],
      expect: found(4, 'misplaced'),
    },
    {
      name: 'tail-cut',
      about: 'Entry 5 is gone; its signed head is not.',
      ...whole,
      entries: [e1, e2, e3, e4],
      expect: found(5, 'missing-below-signed-head'),
    },
    {
      name: 'added',
      about: 'An entry that follows well, but no signed head reaches it.',
      ...whole,
      entries: longer.stored,
      expect: found(6, 'added-after-signed-head'),
    },
    {
      name: 'tail-rewritten',
      about: 'Entries 4 and 5 were made anew, all hashes fit each other.',
      ...whole,
      entries: rewritten.stored,
      expect: found(5, 'not-what-was-signed'),
    },
    {
      name: 'head-by-stranger',
      about: 'The tail was made anew and signed by somebody else’s key.',
      ...whole,
      entries: rewritten.stored,
      signedHeads: [sign(rewritten.head(), keys.stranger.signing)],
      expect: { ok: false, refusal: { type: 'head-signature-does-not-hold', number: 1 } },
    },
    {
      name: 'head-of-another-typ',
      about: 'Signed by the right key, but for another purpose.',
      ...whole,
      signedHeads: [signJws('invigil-time+jws', seat.head(), keys.seat.signing)],
      expect: { ok: false, refusal: { type: 'head-signature-does-not-hold', number: 1 } },
    },
    {
      name: 'older-copy',
      about: 'The disk was put back: whole by itself, but a neighbour remembers head 5.',
      ...whole,
      entries: [e1, e2, e3],
      signedHeads: signedHeads.slice(0, 2),
      heads: [seat.head()],
      expect: found(4, 'missing-below-named-head'),
    },
    {
      name: 'neighbour-differs',
      about: 'The neighbour’s copy has another entry 5.',
      ...whole,
      heads: [rewritten.head()],
      expect: found(5, 'not-what-was-named'),
    },
    {
      name: 'copy-cut',
      about:
        'The room’s copy of the seat’s chain ends before the head that the room named when the candidate handed in.',
      entries: [...room.stored, e1, e2, e3, e4],
      signedHeads: roomHeads,
      keys: roomKeys,
      expect: found(5, 'missing-below-named-head'),
    },
    {
      name: 'not-an-entry',
      about: 'The third line is cut in the middle.',
      ...whole,
      entries: [e1, e2, JSON.stringify(e3).slice(0, 60), e4, e5],
      expect: { ok: false, refusal: { type: 'entries-unreadable', line: 3 } },
    },
  ];
}
