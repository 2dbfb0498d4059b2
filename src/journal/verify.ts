/** Proves a journal whole, or names the first entry that is not. Reads only; the file may belong to a running node. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ok, refuse, type Result } from '../base/result.ts';
import { sha256Hex } from '../trust/digest.ts';
import { verifyJws } from '../trust/jws.ts';
import { payloadDigest } from './chain.ts';
import { firstPrev, type Head } from './entry.ts';
import { headTyp } from './head.ts';
import { readHeader } from './ledger.ts';

export interface WholeJournal {
  readonly entries: number;
  readonly chains: number;
  readonly erased: number;
  readonly signedHeads: number;
  readonly heads: readonly Head[];
}

/**
 * @param path of a node's data folder or of its `journal.db`.
 * @param signingKeys by origin: raw Ed25519 public keys, base64url, for the heads of these origins.
 * @returns refusal `journal-not-whole` with origin, epoch, seq and what is wrong.
 */
export function verifyJournal(
  path: string,
  signingKeys: ReadonlyMap<string, string> = new Map(),
): Result<WholeJournal> {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'journal.db') : path;
  if (!existsSync(file)) return refuse({ type: 'no-journal-here', path });
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const integrity = db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    if (integrity !== 'ok')
      return refuse({ type: 'journal-not-whole', what: 'database', detail: String(integrity) });
    return verifyChains(db, signingKeys);
  } catch (error) {
    return refuse({ type: 'journal-not-whole', what: 'database', detail: (error as Error).message });
  } finally {
    db.close();
  }
}

function verifyChains(db: DatabaseSync, signingKeys: ReadonlyMap<string, string>): Result<WholeJournal> {
  const heads = new Map<string, Head>();
  let entries = 0;
  let erased = 0;
  const rows = db
    .prepare(
      `SELECT origin, epoch, seq, header, hash, payload.position IS NOT NULL AS has_payload, salt, payload, erasure.position IS NOT NULL AS is_erased
       FROM entry LEFT JOIN payload ON payload.position = entry.position LEFT JOIN erasure ON erasure.position = entry.position
       ORDER BY origin, epoch, seq`,
    )
    .iterate();
  for (const row of rows) {
    const place = { origin: String(row['origin']), epoch: String(row['epoch']), seq: Number(row['seq']) };
    const wrong = (what: string): Result<never> => refuse({ type: 'journal-not-whole', ...place, what });
    const stored = {
      header: String(row['header']),
      salt: row['salt'] as string | null,
      payload: row['payload'] as string | null,
    };
    const header = readHeader(stored);
    if (!header) return wrong('header-unreadable');
    const before = heads.get(`${place.origin} ${place.epoch}`);
    if (place.seq !== (before?.seq ?? 0) + 1)
      return refuse({ type: 'journal-not-whole', ...place, seq: (before?.seq ?? 0) + 1, what: 'missing' });
    if (header.origin !== place.origin || header.epoch !== place.epoch || header.seq !== place.seq)
      return wrong('misplaced');
    const hash = sha256Hex(stored.header);
    if (hash !== row['hash']) return wrong('header-changed');
    if (header.prev !== (before?.hash ?? firstPrev)) return wrong('chain-broken');
    if (header.pay === null && row['has_payload'] === 1) return wrong('payload-added');
    if (
      header.pay !== null &&
      stored.payload !== null &&
      payloadDigest(stored.salt ?? '', stored.payload) !== header.pay
    )
      return wrong('payload-changed');
    // A node may hold a descendant's header without its payload (it travels sealed), but never its own.
    if (header.pay !== null && row['is_erased'] === 1) erased++;
    heads.set(`${place.origin} ${place.epoch}`, { ...place, hash });
    entries++;
  }
  const signed = db
    .prepare('SELECT origin, epoch, seq, hash, jws FROM head ORDER BY origin, epoch, seq')
    .all();
  const hashAt = db.prepare('SELECT hash FROM entry WHERE origin = ? AND epoch = ? AND seq = ?');
  for (const row of signed) {
    const place = { origin: String(row['origin']), epoch: String(row['epoch']), seq: Number(row['seq']) };
    const wrong = (what: string): Result<never> => refuse({ type: 'journal-not-whole', ...place, what });
    const key = signingKeys.get(place.origin);
    if (key !== undefined) {
      const verified = verifyJws(String(row['jws']), headTyp, key);
      const said = verified.ok ? (verified.value as Head) : null;
      if (said === null || said.hash !== row['hash'] || said.seq !== place.seq || said.epoch !== place.epoch)
        return wrong('signature-does-not-hold');
    }
    const there = hashAt.get(place.origin, place.epoch, place.seq)?.['hash'];
    if (there === undefined) return wrong('missing-below-signed-head');
    if (there !== row['hash']) return wrong('not-what-was-signed');
  }
  return ok({ entries, chains: heads.size, erased, signedHeads: signed.length, heads: [...heads.values()] });
}

/**
 * Compares two nodes' copies of the same chains. A node whose own chain is shorter than a neighbour's copy, or differs from it, was put
 * back to an older disk or changed: its own file alone cannot show that.
 */
export function compareJournals(own: readonly Head[], neighbour: string, ownOrigin: string): Result<void> {
  const file = join(neighbour, 'journal.db');
  if (!existsSync(file)) return ok();
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const theirs = db
      .prepare('SELECT epoch, seq, hash FROM entry WHERE origin = ? ORDER BY epoch, seq')
      .all(ownOrigin);
    const mine = new Map(own.filter((head) => head.origin === ownOrigin).map((head) => [head.epoch, head]));
    for (const row of theirs) {
      const head = mine.get(String(row['epoch']));
      const place = { origin: ownOrigin, epoch: String(row['epoch']), seq: Number(row['seq']) };
      if (!head || place.seq > head.seq)
        return refuse({ type: 'journal-not-whole', ...place, what: 'older-copy', neighbour });
      if (place.seq === head.seq && head.hash !== row['hash'])
        return refuse({ type: 'journal-not-whole', ...place, what: 'differs-from-neighbour', neighbour });
    }
    return ok();
  } finally {
    db.close();
  }
}
