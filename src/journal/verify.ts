/** Proves a journal whole, or names the first entry that is not. Reads only; the file may belong to a running node. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { ok, refuse, type Result } from '../base/result.ts';
import { sha256Hex } from '../trust/digest.ts';
import { payloadFits } from './chain.ts';
import { firstPrev, namedHeads, type Head, type Header, type Place } from './entry.ts';
import { changedGuards } from './guards.ts';
import { verifySignedHead, type SignedBy } from './head.ts';
import { chainKey, readHeader } from './ledger.ts';

export interface WholeJournal {
  readonly entries: number;
  readonly chains: number;
  readonly erased: number;
  readonly signedHeads: number;
  readonly heads: readonly Head[];
}

export interface VerifyOptions {
  /** By origin: its writer's keys. Chains of these origins must end in a head signed with one of them, and hold all their payloads. */
  readonly signingKeys?: ReadonlyMap<string, SignedBy>;
  /** Copies of others' entries came with their payloads here, too (at rooms), so a missing one was taken away. */
  readonly copiesHavePayloads?: boolean;
}

const rowSchema = z.object({
  origin: z.string(),
  epoch: z.string(),
  seq: z.number().int(),
  header: z.string(),
  hash: z.string(),
  has_payload: z.number(),
  salt: z.string().nullable(),
  payload: z.string().nullable(),
  erased_by: z.string().nullable(),
});
type EntryRow = z.infer<typeof rowSchema>;
const headRowSchema = z.object({
  origin: z.string(),
  epoch: z.string(),
  seq: z.number().int(),
  hash: z.string(),
  jws: z.string(),
});
/** What an entry of kind `erased` says. */
export const erasedSchema = z.object({
  entries: z.array(z.object({ origin: z.string(), epoch: z.string(), seq: z.number() })),
});

/**
 * @param path of a node's data folder or of its `journal.db`.
 * @returns refusal `journal-not-whole` with origin, epoch, seq and what is wrong; `journal-file-damaged` when SQLite cannot read it;
 *   `journal-guards-changed` when all entries are whole and the triggers that protect them are not.
 */
export function verifyJournal(path: string, options: VerifyOptions = {}): Result<WholeJournal> {
  const file = journalFile(path);
  if (!existsSync(file)) return refuse({ type: 'no-journal-here', path });
  const damaged = (detail: unknown): Result<never> =>
    refuse({ type: 'journal-file-damaged', path: file, detail: String(detail) });
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { readOnly: true });
    const integrity = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (integrity !== 'ok') return damaged(integrity);
    if (db.prepare('PRAGMA foreign_key_check').get()) return damaged('rows without their entry');
    // One snapshot for everything: the node may be writing.
    db.exec('BEGIN');
    const verified = new Verification(db, options).run();
    if (!verified.ok) return verified;
    // Last: what was done without the guards is worth more to know than that they are gone.
    const changed = changedGuards(db);
    return changed.length === 0 ? verified : refuse({ type: 'journal-guards-changed', path: file, changed });
  } catch (error) {
    return damaged((error as Error).message);
  } finally {
    db?.close();
  }
}

export function journalFile(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, 'journal.db') : path;
}

/** Whose journal it is: the one who began epochs in this file. null: nobody, or it cannot be read. */
export function journalWriter(path: string): string | null {
  const file = journalFile(path);
  if (!existsSync(file)) return null;
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const row = db.prepare('SELECT origin FROM own_epoch ORDER BY number DESC LIMIT 1').get();
    return row ? String(row['origin']) : null;
  } catch {
    // Not a journal, or damaged: `verifyJournal` says what.
    return null;
  } finally {
    db.close();
  }
}

class Verification {
  readonly #db: DatabaseSync;
  readonly #keys: ReadonlyMap<string, SignedBy>;
  readonly #copiesHavePayloads: boolean;
  readonly #heads = new Map<string, Head>();
  readonly #erasures = new Map<string, ReadonlySet<string>>();
  readonly #named: Head[] = [];
  #erased = 0;

  constructor(db: DatabaseSync, options: VerifyOptions) {
    this.#db = db;
    this.#keys = options.signingKeys ?? new Map<string, SignedBy>();
    this.#copiesHavePayloads = options.copiesHavePayloads ?? false;
  }

  run(): Result<WholeJournal> {
    let entries = 0;
    const rows = this.#db
      .prepare(
        `SELECT origin, epoch, seq, header, hash, payload.position IS NOT NULL AS has_payload, salt, payload, erased_by
         FROM entry LEFT JOIN payload ON payload.position = entry.position
         LEFT JOIN erasure ON erasure.position = entry.position ORDER BY origin, epoch, seq`,
      )
      .iterate();
    for (const raw of rows) {
      const row = rowSchema.parse(raw);
      const due = (this.#heads.get(chainKey(row))?.seq ?? 0) + 1;
      if (row.seq > due) return notWhole({ ...row, seq: due }, 'missing');
      const what = this.#judge(row);
      if (what !== null) return notWhole(row, what);
      this.#heads.set(chainKey(row), {
        origin: row.origin,
        epoch: row.epoch,
        seq: row.seq,
        hash: row.hash,
      });
      entries++;
    }
    const signed = this.#signedHeads();
    if (!signed.ok) return signed;
    const named = this.#namedHeads();
    if (!named.ok) return named;
    return ok({
      entries,
      chains: this.#heads.size,
      erased: this.#erased,
      signedHeads: signed.value,
      heads: [...this.#heads.values()],
    });
  }

  /** What is wrong with an entry that comes after everything judged before; null: nothing. */
  #judge(row: EntryRow): string | null {
    const before = this.#heads.get(chainKey(row));
    if (row.seq < (before?.seq ?? 0) + 1) return 'misplaced';
    const header = readHeader(row);
    if (!header) return 'header-unreadable';
    if (header.origin !== row.origin || header.epoch !== row.epoch || header.seq !== row.seq)
      return 'misplaced';
    if (sha256Hex(row.header) !== row.hash) return 'header-changed';
    if (header.prev !== (before?.hash ?? firstPrev)) return 'chain-broken';
    if (this.#keys.has(header.origin)) this.#named.push(...namedHeads(header));
    return this.#judgePayload(row, header);
  }

  #judgePayload(row: EntryRow, { pay, origin }: Header): string | null {
    if (pay === null) return row.has_payload === 1 || row.erased_by !== null ? 'payload-added' : null;
    if (row.erased_by !== null) {
      if (row.has_payload === 1) return 'payload-back-after-erasure';
      if (!this.#namesErasure(row.erased_by, row)) return 'payload-missing';
      this.#erased++;
      return null;
    }
    if (row.payload !== null && row.salt !== null) return payloadFits(row, pay) ? null : 'payload-changed';
    return this.#copiesHavePayloads || this.#keys.has(origin) ? 'payload-missing' : null;
  }

  /** An erasure counts only when an entry of kind `erased`, itself part of a chain, names the place. */
  #namesErasure(by: string, place: Place): boolean {
    let names = this.#erasures.get(by);
    if (!names) {
      const row = this.#db.prepare('SELECT header FROM entry WHERE hash = ?').get(by);
      const header = row ? readHeader({ header: String(row['header']), salt: null, payload: null }) : null;
      const said = header?.kind === 'erased' ? erasedSchema.safeParse(header.data) : null;
      names = new Set((said?.data?.entries ?? []).map((one) => `${chainKey(one)} ${one.seq}`));
      this.#erasures.set(by, names);
    }
    return names.has(`${chainKey(place)} ${place.seq}`);
  }

  /** Every signed head lies on its chain, and own chains end in one: nobody without the key can add, shorten or rewrite. */
  #signedHeads(): Result<number> {
    const hashAt = this.#db.prepare('SELECT hash FROM entry WHERE origin = ? AND epoch = ? AND seq = ?');
    const newest = new Map<string, number>();
    let count = 0;
    for (const raw of this.#db.prepare('SELECT * FROM head ORDER BY origin, epoch, seq').iterate()) {
      const row = headRowSchema.parse(raw);
      const key = this.#keys.get(row.origin);
      if (key !== undefined) {
        const said = verifySignedHead(row.jws, key);
        if (!said.ok || chainKey(said.value) !== chainKey(row) || said.value.seq !== row.seq)
          return notWhole(row, 'signature-does-not-hold');
        if (said.value.hash !== row.hash) return notWhole(row, 'not-what-was-signed');
      }
      const there = hashAt.get(row.origin, row.epoch, row.seq)?.['hash'];
      if (there === undefined)
        return notWhole(
          { ...row, seq: (this.#heads.get(chainKey(row))?.seq ?? 0) + 1 },
          'missing-below-signed-head',
        );
      if (there !== row.hash) return notWhole(row, 'not-what-was-signed');
      newest.set(chainKey(row), row.seq);
      count++;
    }
    for (const head of this.#heads.values()) {
      const signed = newest.get(chainKey(head)) ?? 0;
      if (this.#keys.has(head.origin) && signed < head.seq)
        return notWhole({ ...head, seq: signed + 1 }, 'added-after-signed-head');
    }
    return ok(count);
  }

  /** Others' chains have no signed heads here; but what this node once said that it holds of them must be there. */
  #namedHeads(): Result<void> {
    const hashAt = this.#db.prepare('SELECT hash FROM entry WHERE origin = ? AND epoch = ? AND seq = ?');
    for (const head of this.#named) {
      const there = hashAt.get(head.origin, head.epoch, head.seq)?.['hash'];
      if (there === undefined)
        return notWhole(
          { ...head, seq: (this.#heads.get(chainKey(head))?.seq ?? 0) + 1 },
          'missing-below-named-head',
        );
      if (there !== head.hash) return notWhole(head, 'not-what-was-named');
    }
    return ok();
  }
}

export function notWhole({ origin, epoch, seq }: Place, what: string, more: object = {}): Result<never> {
  return refuse({ type: 'journal-not-whole', origin, epoch, seq, what, ...more });
}

/**
 * Compares two nodes' copies of the same chains: a disk that was put back to an older state looks whole by itself, but its neighbours
 * remember more of it. Verify both journals by themselves first.
 *
 * @returns refusal `journal-not-whole` with what `differs-from-neighbour`, `older-copy` (this journal) or `neighbour-older-copy`.
 */
export function compareJournals(
  own: { readonly path: string; readonly origin: string },
  neighbour: { readonly path: string; readonly origin: string | null },
): Result<{ compared: number }> {
  const file = journalFile(neighbour.path);
  if (!existsSync(file)) return refuse({ type: 'no-journal-here', path: neighbour.path });
  const db = new DatabaseSync(journalFile(own.path), { readOnly: true });
  try {
    db.prepare('ATTACH ? AS neighbour').run(file);
    const first = (sql: string, ...values: string[]): Place | null => {
      const row = db.prepare(`${sql} ORDER BY origin, epoch, seq LIMIT 1`).get(...values);
      return row
        ? { origin: String(row['origin']), epoch: String(row['epoch']), seq: Number(row['seq']) }
        : null;
    };
    const fork = first(
      `SELECT a.origin AS origin, a.epoch AS epoch, a.seq AS seq FROM main.entry AS a
       JOIN neighbour.entry AS b ON a.origin = b.origin AND a.epoch = b.epoch AND a.seq = b.seq WHERE a.hash <> b.hash`,
    );
    if (fork) return notWhole(fork, 'differs-from-neighbour', { neighbour: neighbour.path });
    const lost = first(missing('neighbour', 'main'), own.origin);
    if (lost) return notWhole(lost, 'older-copy', { neighbour: neighbour.path });
    const theirs = neighbour.origin === null ? null : first(missing('main', 'neighbour'), neighbour.origin);
    if (theirs) return notWhole(theirs, 'neighbour-older-copy', { neighbour: neighbour.path });
    const both = db
      .prepare(
        `SELECT count(*) AS n FROM main.entry AS a JOIN neighbour.entry AS b ON a.origin = b.origin AND a.epoch = b.epoch AND a.seq = b.seq`,
      )
      .get();
    return ok({ compared: Number(both?.['n']) });
  } catch (error) {
    return refuse({ type: 'journal-file-damaged', path: file, detail: (error as Error).message });
  } finally {
    db.close();
  }
}

/** Entries of one origin that `there` has and `here` has not. */
function missing(there: string, here: string): string {
  return `SELECT origin, epoch, seq FROM ${there}.entry AS a WHERE origin = ? AND NOT EXISTS
    (SELECT 1 FROM ${here}.entry AS b WHERE b.origin = a.origin AND b.epoch = a.epoch AND b.seq = a.seq)`;
}
