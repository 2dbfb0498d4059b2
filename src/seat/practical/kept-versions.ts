/** What the seat remembers of working folders over a restart: where they are, what was laid out, and every version of a file that was kept. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Version } from '../../exam/practical/versions.ts';
import type { Migration } from '../../store/sqlite.ts';

/** `laid`: items whose files were laid out, JSON. `content` 0: thinned out, its bytes are not kept here any more. */
export const practicalMigrations: readonly Migration[] = [
  {
    id: 'practical-1',
    sql: `CREATE TABLE work_folder (work TEXT PRIMARY KEY, path TEXT NOT NULL, laid TEXT NOT NULL DEFAULT '[]', closed INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE work_version (id INTEGER PRIMARY KEY, work TEXT NOT NULL, item TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL, at INTEGER NOT NULL, content INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE INDEX work_version_of_file ON work_version (work, item, name);
CREATE INDEX work_version_of_content ON work_version (digest);`,
  },
];

export interface WorkPlace {
  /** Whose: sitting, attempt and lease. */
  readonly work: string;
  readonly path: string;
}

export interface KeptVersion extends Version {
  readonly digest: string;
}

const laidSchema = z.array(z.string());

export class KeptVersions {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  placeOf(work: string): string | null {
    const row = this.#db.prepare('SELECT path FROM work_folder WHERE work = ?').get(work);
    return row ? String(row['path']) : null;
  }

  place({ work, path }: WorkPlace): void {
    this.#db.prepare('INSERT INTO work_folder (work, path) VALUES (?, ?)').run(work, path);
  }

  /** Folders that still lie where candidates reach them. */
  notClosed(): WorkPlace[] {
    return this.#db
      .prepare('SELECT work, path FROM work_folder WHERE closed = 0')
      .all()
      .map((row) => ({ work: String(row['work']), path: String(row['path']) }));
  }

  closed(work: string): void {
    this.#db.prepare('UPDATE work_folder SET closed = 1 WHERE work = ?').run(work);
  }

  isLaid(work: string, item: string): boolean {
    return this.#laid(work).includes(item);
  }

  setLaid(work: string, item: string, laid: boolean): void {
    const others = this.#laid(work).filter((one) => one !== item);
    this.#db
      .prepare('UPDATE work_folder SET laid = ? WHERE work = ?')
      .run(JSON.stringify(laid ? [...others, item] : others), work);
  }

  add(work: string, item: string, version: { name: string; digest: string; size: number; at: number }): void {
    const { name, digest, size, at } = version;
    this.#db
      .prepare('INSERT INTO work_version (work, item, name, digest, size, at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(work, item, name, digest, size, Math.round(at));
  }

  /** How many versions there were, and when the newest was kept. */
  countOf(work: string, item: string, name: string): { versions: number; newestAt: number | null } {
    const row = this.#db
      .prepare(
        'SELECT count(*) AS n, max(at) AS at FROM work_version WHERE work = ? AND item = ? AND name = ?',
      )
      .get(work, item, name);
    return { versions: Number(row?.['n'] ?? 0), newestAt: row?.['at'] == null ? null : Number(row['at']) };
  }

  newestDigest(work: string, item: string, name: string): string | null {
    const row = this.#db
      .prepare(
        'SELECT digest FROM work_version WHERE work = ? AND item = ? AND name = ? ORDER BY id DESC LIMIT 1',
      )
      .get(work, item, name);
    return row ? String(row['digest']) : null;
  }

  /** Versions whose content is here. */
  withContent(work: string, item: string, name: string): KeptVersion[] {
    return this.#db
      .prepare(
        'SELECT id, digest, size, at FROM work_version WHERE work = ? AND item = ? AND name = ? AND content = 1',
      )
      .all(work, item, name)
      .map((row) => ({
        id: Number(row['id']),
        digest: String(row['digest']),
        size: Number(row['size']),
        at: Number(row['at']),
      }));
  }

  /** @returns whether no other version has this content. */
  thinOut({ id, digest }: KeptVersion): boolean {
    this.#db.prepare('UPDATE work_version SET content = 0 WHERE id = ?').run(id);
    return !this.holds(digest);
  }

  holds(digest: string): boolean {
    return (
      this.#db.prepare('SELECT 1 FROM work_version WHERE digest = ? AND content = 1').get(digest) !==
      undefined
    );
  }

  /** Content that is here. */
  digests(): string[] {
    return this.#db
      .prepare('SELECT DISTINCT digest FROM work_version WHERE content = 1')
      .all()
      .map((row) => String(row['digest']));
  }

  forgetEverything(): void {
    this.#db.exec('DELETE FROM work_version; DELETE FROM work_folder');
  }

  #laid(work: string): string[] {
    const row = this.#db.prepare('SELECT laid FROM work_folder WHERE work = ?').get(work);
    return row ? laidSchema.parse(JSON.parse(String(row['laid']))) : [];
  }
}
