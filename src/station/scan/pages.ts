/** Pages as they came from a scanner: image in the blob store, and here what was read of it. A row stays, whatever people decide about it. */
import type { DatabaseSync } from 'node:sqlite';
import { newId } from '../../base/ids.ts';
import { readingSchema, type Reading } from '../../exam/scan/reading.ts';

export interface ScannedRow {
  /** Counts on over all rooms: the order in which they came. */
  readonly seq: number;
  readonly id: string;
  readonly room: string;
  readonly digest: string;
  readonly bytes: number;
  readonly format: 'jpeg' | 'tiff';
  readonly name: string;
  readonly at: number;
  /** null: it waits to be read. */
  readonly reading: Reading | null;
}

export interface NewPage extends Pick<ScannedRow, 'room' | 'digest' | 'bytes' | 'format' | 'name' | 'at'> {
  /** Of the scanner: the same for the same page. */
  readonly source: string;
  readonly words: readonly string[];
}

/** Of one event, all in memory without their pictures: a site has some thousands. */
export class ScannedPages {
  readonly #db: DatabaseSync;
  readonly #eventId: string;
  readonly #pages = new Map<string, ScannedRow>();
  /** `room` and `source`. */
  readonly #sources = new Map<string, string>();
  readonly #everywhere = new Set<string>();

  constructor(db: DatabaseSync, eventId: string) {
    this.#db = db;
    this.#eventId = eventId;
    const rows = db
      .prepare(
        `SELECT seq, id, room, source, digest, bytes, format, name, at, reading FROM scanned_page WHERE event_id = ? ORDER BY seq`,
      )
      .all(eventId);
    for (const row of rows) {
      const page: ScannedRow = {
        seq: Number(row['seq']),
        id: String(row['id']),
        room: String(row['room']),
        digest: String(row['digest']),
        bytes: Number(row['bytes']),
        format: row['format'] === 'tiff' ? 'tiff' : 'jpeg',
        name: String(row['name']),
        at: Number(row['at']),
        reading: row['reading'] === null ? null : readingSchema.parse(JSON.parse(String(row['reading']))),
      };
      this.#pages.set(page.id, page);
      this.#sources.set(sourceKey(page.room, String(row['source'])), page.id);
      this.#everywhere.add(String(row['source']));
    }
  }

  all(): ScannedRow[] {
    return [...this.#pages.values()];
  }

  get(id: string): ScannedRow | null {
    return this.#pages.get(id) ?? null;
  }

  /** The page of a room that a scanner gave under this id; null: it gave none. */
  ofSource(room: string, source: string): string | null {
    return this.#sources.get(sourceKey(room, source)) ?? null;
  }

  /** Whether a scanner gave a page under this id in any room. */
  hasSource(source: string): boolean {
    return this.#everywhere.has(source);
  }

  get last(): number {
    return Math.max(0, ...[...this.#pages.values()].map(({ seq }) => seq));
  }

  /** On the disk when it returns. One that is there already is not added. */
  add({ source, words, ...page }: NewPage): ScannedRow {
    const there = this.get(this.ofSource(page.room, source) ?? '');
    if (there) return there;
    const id = newId();
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO scanned_page (id, event_id, room, source, digest, bytes, format, name, words, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        this.#eventId,
        page.room,
        source,
        page.digest,
        page.bytes,
        page.format,
        page.name,
        JSON.stringify(words),
        page.at,
      );
    const row: ScannedRow = { ...page, seq: Number(lastInsertRowid), id, reading: null };
    this.#pages.set(id, row);
    this.#sources.set(sourceKey(page.room, source), id);
    this.#everywhere.add(source);
    return row;
  }

  read(id: string, reading: Reading, thumbnail: Uint8Array | null): void {
    const page = this.#pages.get(id);
    if (!page) return;
    this.#db
      .prepare('UPDATE scanned_page SET reading = ?, thumbnail = ? WHERE id = ?')
      .run(JSON.stringify(reading), thumbnail, id);
    this.#pages.set(id, { ...page, reading });
  }

  /** None of them is here any more, with thumbnail and reading. */
  forget(): void {
    this.#db.prepare('DELETE FROM scanned_page WHERE event_id = ?').run(this.#eventId);
    this.#pages.clear();
    this.#sources.clear();
    this.#everywhere.clear();
  }

  thumbnail(id: string): Uint8Array<ArrayBuffer> | null {
    const row = this.#db.prepare('SELECT thumbnail FROM scanned_page WHERE id = ?').get(id);
    const found = row?.['thumbnail'];
    return found instanceof Uint8Array ? new Uint8Array(found) : null;
  }
}

function sourceKey(room: string, source: string): string {
  return JSON.stringify([room, source]);
}
