/**
 * What is spoken, on the station's disk. Every piece is there before it is acknowledged: a killed page or station, or a power cut, loses what
 * was not acknowledged and nothing else. A take that has ended becomes a file (FLAC); only then its pieces go.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { judgePiece, type PiecePlace } from '../../exam/paper-day/voice-pieces.ts';
import type { VoiceTake } from '../../exam/paper-day/voice-run.ts';
import { flacHead, FlacFrames, type FlacRate } from '../../exam/recording/flac/flac.ts';
import type { Node } from '../../node/node.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import { transaction } from '../../store/sqlite.ts';

export interface KeptTake {
  /** Of the file; among the blobs. */
  readonly digest: string;
  readonly size: number;
}

type Ended = VoiceTake & { readonly end: NonNullable<VoiceTake['end']> };
type Row = { readonly start: number; readonly content: Uint8Array };

export class Recordings {
  readonly #node: Pick<Node, 'db' | 'blobs' | 'data'>;
  /** Files that are being made, by take. */
  readonly #making = new Map<string, Promise<Result<KeptTake | null>>>();

  constructor(node: Pick<Node, 'db' | 'blobs' | 'data'>) {
    this.#node = node;
  }

  places(take: string): PiecePlace[] {
    return this.#node.db
      .prepare('SELECT number, start, samples FROM voice_piece WHERE take = ? ORDER BY start')
      .all(take)
      .map((row) => ({
        number: Number(row['number']),
        start: Number(row['start']),
        samples: Number(row['samples']),
      }));
  }

  /**
   * Resolves after the fsync. The same piece again changes nothing.
   * @param content samples of 16 bits, the lower byte first
   * @returns refusals of `judgePiece`, `disk-full`, `disk-failed`.
   */
  keep(
    { id, limit, rate }: Pick<VoiceTake, 'id' | 'limit' | 'rate'>,
    piece: Pick<PiecePlace, 'number' | 'start'>,
    content: Uint8Array,
  ): Result<void> {
    const { db } = this.#node;
    const place = { ...piece, samples: content.length / 2 };
    return this.#onDisk(() =>
      transaction(db, () => {
        const judged = judgePiece(this.places(id), place, { limit, rate });
        if (!judged.ok) return judged;
        if (judged.value === 'again') {
          const row = db
            .prepare('SELECT content = ? AS same FROM voice_piece WHERE take = ? AND number = ?')
            .get(content, id, place.number);
          return row?.['same'] === 1 ? ok() : refuse({ type: 'piece-out-of-place', piece: place.number });
        }
        db.prepare(
          'INSERT INTO voice_piece (take, number, start, samples, content) VALUES (?, ?, ?, ?, ?)',
        ).run(id, place.number, place.start, place.samples, content);
        return ok();
      }),
    );
  }

  kept(take: string): KeptTake | null {
    const row = this.#node.db.prepare('SELECT digest, size FROM voice_take WHERE take = ?').get(take);
    return row ? { digest: String(row['digest']), size: Number(row['size']) } : null;
  }

  /**
   * The file of a take that has ended; made now if it is not there yet, as after a station was killed. null: nothing of it reached the disk.
   * Refusals: `disk-full`, `disk-failed`; the pieces are still there then.
   */
  async asFile(take: Ended): Promise<Result<KeptTake | null>> {
    const kept = this.kept(take.id);
    if (kept) return ok(kept);
    const making = this.#making.get(take.id) ?? this.#makeFile(take);
    this.#making.set(take.id, making);
    try {
      return await making;
    } finally {
      this.#making.delete(take.id);
    }
  }

  /** Something of it can still be heard here. */
  isHere(take: string): boolean {
    const kept = this.kept(take);
    return kept ? this.#node.blobs.holds(kept.digest) : this.places(take).length > 0;
  }

  /** What can be heard of it goes; length and digest stay. */
  async remove(take: string): Promise<void> {
    const kept = this.kept(take);
    if (kept) await this.#node.blobs.remove(kept.digest);
  }

  async #makeFile(take: Ended): Promise<Result<KeptTake | null>> {
    const { db, blobs } = this.#node;
    if (this.places(take.id).length === 0) return ok(null);
    try {
      const file = await blobs.put(this.#flac(take));
      return this.#onDisk(() =>
        transaction(db, () => {
          db.prepare('INSERT INTO voice_take (take, digest, size) VALUES (?, ?, ?)').run(
            take.id,
            file.digest,
            file.size,
          );
          db.prepare('DELETE FROM voice_piece WHERE take = ?').run(take.id);
          return ok(file);
        }),
      );
    } catch (error) {
      return refuse(this.#refusalOf(error));
    }
  }

  async *#flac(take: Ended): AsyncGenerator<Uint8Array> {
    const rate = take.rate as FlacRate;
    const { samples } = take.end;
    const md5 = createHash('md5');
    for (const portion of this.#portions(take)) md5.update(portion);
    yield flacHead({ rate, samples, md5: md5.digest() });
    const frames = new FlacFrames(rate);
    for (const portion of this.#portions(take)) {
      for (const frame of frames.add(samplesIn(portion))) yield frame;
      // A long take is seconds of work: what comes meanwhile is answered in between.
      await nextTurn();
    }
    for (const frame of frames.end()) yield frame;
  }

  /** Piece after piece, and silence where one is missing: what was said later stands at its time. */
  *#portions({ id, end }: Ended): Generator<Uint8Array> {
    const read = this.#node.db.prepare(
      'SELECT start, content FROM voice_piece WHERE take = ? AND number = ?',
    );
    let until = 0;
    for (const { number } of this.places(id)) {
      const row = read.get(id, number) as Row | undefined;
      if (!row) throw new Error('a piece is gone');
      yield* silence(row.start - until);
      yield row.content;
      until = row.start + row.content.length / 2;
    }
    yield* silence(end.samples - until);
  }

  #onDisk<T>(work: () => Result<T>): Result<T> {
    try {
      return work();
    } catch (error) {
      return refuse(this.#refusalOf(error));
    }
  }

  /** @throws what says nothing of the disk */
  #refusalOf(error: unknown): Refusal {
    const refusal = diskRefusal(error);
    if (!refusal) throw error;
    return { ...refusal, path: this.#node.data };
  }
}

const silentPortion = 48_000;

function* silence(samples: number): Generator<Uint8Array> {
  for (let left = samples; left > 0; left -= silentPortion)
    yield new Uint8Array(Math.min(left, silentPortion) * 2);
}

/** @param bytes two a sample, the lower first, wherever they begin in memory */
export function samplesIn(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Int16Array.from({ length: bytes.length >> 1 }, (_, i) => view.getInt16(i * 2, true));
}
