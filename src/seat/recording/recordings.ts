/**
 * Recordings of spoken answers as they are made: every piece is on the disk before it is acknowledged. A killed browser or agent, or a power cut, loses
 * what was not acknowledged and nothing else.
 */
import type { StatementSync } from 'node:sqlite';
import { concatBytes } from '../../base/bytes.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { fileReferenceSchema } from '../../exam/answer/answer-files.ts';
import type { FileReference } from '../../exam/paper/response.ts';
import type { AskedRecording } from '../../exam/recording/asked.ts';
import { joinWebm, startsAsWebm } from '../../exam/recording/join-webm.ts';
import { recordingLimit, toleranceMs } from '../../exam/recording/recording-limits.ts';
import type { Node } from '../../node/node.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import { transaction, type Migration } from '../../store/sqlite.ts';
import type { KeptRecording, PieceNumber } from './contract.ts';

/** `file`: the reference of the file that holds all pieces, as JSON; null: there is none, or pieces came since. */
export const recordingMigrations: readonly Migration[] = [
  {
    id: 'recording-1',
    sql: `
      CREATE TABLE recording (
        sitting TEXT NOT NULL, attempt INTEGER NOT NULL, item TEXT NOT NULL, response TEXT NOT NULL, try INTEGER NOT NULL, file TEXT,
        PRIMARY KEY (sitting, attempt, item, response)
      ) STRICT;
      CREATE TABLE recording_piece (
        sitting TEXT NOT NULL, attempt INTEGER NOT NULL, item TEXT NOT NULL, response TEXT NOT NULL,
        part INTEGER NOT NULL, number INTEGER NOT NULL, ms INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (sitting, attempt, item, response, part, number),
        FOREIGN KEY (sitting, attempt, item, response) REFERENCES recording ON DELETE CASCADE
      ) STRICT;`,
  },
];

export interface RecordingPlace {
  readonly sitting: string;
  readonly attempt: number;
  readonly item: string;
  readonly response: string;
}

export interface Piece extends PieceNumber {
  /** From the beginning of the part to the end of this piece. */
  readonly ms: number;
  readonly content: Uint8Array;
}

export interface KeptOf {
  readonly place: RecordingPlace;
  readonly file: FileReference | null;
}

const here = 'sitting = ? AND attempt = ? AND item = ? AND response = ?';
type Key = readonly [string, number, string, string];

export class Recordings {
  readonly #node: Pick<Node, 'db' | 'data'>;
  /** Asked for with everything that the seat shows. */
  readonly #ofSitting: StatementSync;

  constructor(node: Pick<Node, 'db' | 'data'>) {
    this.#node = node;
    this.#ofSitting = node.db.prepare(
      'SELECT item, response, file FROM recording WHERE sitting = ? AND attempt = ?',
    );
  }

  kept(place: RecordingPlace): KeptRecording | null {
    const { db } = this.#node;
    const key = keyOf(place);
    const row = db.prepare(`SELECT try, file FROM recording WHERE ${here}`).get(...key);
    if (!row) return null;
    const last = db
      .prepare(
        `SELECT part, number FROM recording_piece WHERE ${here} ORDER BY part DESC, number DESC LIMIT 1`,
      )
      .get(...key);
    if (!last) throw new Error('a recording without a piece');
    const sum = db
      .prepare(
        `SELECT sum(ms) AS ms FROM (SELECT max(ms) AS ms FROM recording_piece WHERE ${here} GROUP BY part)`,
      )
      .get(...key);
    return {
      last: { try: Number(row['try']), part: Number(last['part']), number: Number(last['number']) },
      ms: Number(sum?.['ms'] ?? 0),
      file: row['file'] === null ? null : fileReferenceSchema.parse(JSON.parse(String(row['file']))),
    };
  }

  /**
   * Resolves after the fsync. The first piece of the next try takes the place of the try before.
   * @returns refusals `recording-out-of-order`, `recording-not-understood`, `recording-too-long`, `recording-tries-used`, `disk-full`, `disk-failed`.
   */
  take(place: RecordingPlace, piece: Piece, asked: AskedRecording): Result<void> {
    try {
      return transaction(this.#node.db, () => this.#take(place, piece, asked));
    } catch (error) {
      const refusal = this.#diskRefusal(error);
      if (!refusal) throw error;
      return refuse(refusal);
    }
  }

  #take(place: RecordingPlace, piece: Piece, asked: AskedRecording): Result<void> {
    const { db } = this.#node;
    const key = keyOf(place);
    const kept = this.kept(place);
    if (kept && isThere(kept.last, piece)) return this.#again(key, piece);
    const begins = piece.number === 1;
    const nextTry = piece.try === (kept?.last.try ?? 0) + 1 && piece.part === 1 && begins;
    const nextPart =
      kept !== null && piece.try === kept.last.try && piece.part === kept.last.part + 1 && begins;
    const nextPiece =
      kept !== null &&
      piece.try === kept.last.try &&
      piece.part === kept.last.part &&
      piece.number === kept.last.number + 1;
    if (!nextTry && !nextPart && !nextPiece) return refuse({ type: 'recording-out-of-order' });
    if (begins && !startsAsWebm(piece.content)) return refuse({ type: 'recording-not-understood' });
    if (nextTry && asked.tries > 0 && piece.try > asked.tries)
      return refuse({ type: 'recording-tries-used' });
    const before = nextTry ? { size: 0, ms: 0 } : this.#sizeBefore(key, piece.part);
    const tooLong = before.ms + piece.ms > asked.seconds * 1_000 + toleranceMs;
    if (tooLong || before.size + piece.content.length > recordingLimit)
      return refuse({ type: 'recording-too-long' });
    if (nextTry) {
      db.prepare(`DELETE FROM recording WHERE ${here}`).run(...key);
      db.prepare('INSERT INTO recording (sitting, attempt, item, response, try) VALUES (?, ?, ?, ?, ?)').run(
        ...key,
        piece.try,
      );
    }
    db.prepare(`UPDATE recording SET file = NULL WHERE ${here}`).run(...key);
    db.prepare(
      'INSERT INTO recording_piece (sitting, attempt, item, response, part, number, ms, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(...key, piece.part, piece.number, piece.ms, piece.content);
    return ok();
  }

  /** The acknowledgement was lost on its way. */
  #again(key: Key, { part, number, content }: Piece): Result<void> {
    const row = this.#node.db
      .prepare(`SELECT content = ? AS same FROM recording_piece WHERE ${here} AND part = ? AND number = ?`)
      .get(content, ...key, part, number);
    return row?.['same'] === 1 ? ok() : refuse({ type: 'recording-out-of-order' });
  }

  /** Bytes of all pieces, and the length of the parts before this one. */
  #sizeBefore(key: Key, part: number): { size: number; ms: number } {
    const { db } = this.#node;
    const size = db
      .prepare(`SELECT sum(length(content)) AS size FROM recording_piece WHERE ${here}`)
      .get(...key);
    const before = db
      .prepare(
        `SELECT sum(ms) AS ms FROM (SELECT max(ms) AS ms FROM recording_piece WHERE ${here} AND part < ? GROUP BY part)`,
      )
      .get(...key, part);
    return { size: Number(size?.['size'] ?? 0), ms: Number(before?.['ms'] ?? 0) };
  }

  /** Everything that was recorded in the newest try, as one file. */
  whole(place: RecordingPlace): Uint8Array {
    const rows = this.#node.db
      .prepare(`SELECT part, content FROM recording_piece WHERE ${here} ORDER BY part, number`)
      .all(...keyOf(place));
    const parts = Map.groupBy(rows, (row) => Number(row['part']));
    return joinWebm(
      [...parts.values()].map((pieces) => concatBytes(...pieces.map((row) => row['content'] as Uint8Array))),
    );
  }

  /** @param last nothing may have come since. */
  noteFile(place: RecordingPlace, last: PieceNumber, file: FileReference): Result<void> {
    const now = this.kept(place);
    if (!now || !isSame(now.last, last)) return refuse({ type: 'recording-out-of-order' });
    try {
      this.#node.db
        .prepare(`UPDATE recording SET file = ? WHERE ${here}`)
        .run(JSON.stringify(file), ...keyOf(place));
      return ok();
    } catch (error) {
      const refusal = this.#diskRefusal(error);
      if (!refusal) throw error;
      return refuse(refusal);
    }
  }

  ofSitting(sitting: string, attempt: number): KeptOf[] {
    return this.#ofSitting.all(sitting, attempt).map((row) => ({
      place: { sitting, attempt, item: String(row['item']), response: String(row['response']) },
      file: row['file'] === null ? null : fileReferenceSchema.parse(JSON.parse(String(row['file']))),
    }));
  }

  /** The candidate has left, and everything is in the room. */
  forget(sitting: string): void {
    this.#node.db.prepare('DELETE FROM recording WHERE sitting = ?').run(sitting);
  }

  /** Nothing of any candidate's voice stays on the disk. */
  forgetEverybody(): void {
    const { db } = this.#node;
    // Deleted pages are overwritten with zeros.
    db.exec('PRAGMA secure_delete = ON; DELETE FROM recording; PRAGMA wal_checkpoint(TRUNCATE)');
  }

  #diskRefusal(error: unknown): Refusal | null {
    const refusal = diskRefusal(error);
    return refusal && { ...refusal, path: this.#node.data };
  }
}

function keyOf({ sitting, attempt, item, response }: RecordingPlace): Key {
  return [sitting, attempt, item, response];
}

export function isSame(a: PieceNumber, b: PieceNumber): boolean {
  return a.try === b.try && a.part === b.part && a.number === b.number;
}

/** Is a piece of that number among those up to `last`? */
function isThere(last: PieceNumber, { try: tryNumber, part, number }: PieceNumber): boolean {
  if (tryNumber !== last.try) return false;
  return part < last.part || (part === last.part && number <= last.number);
}
