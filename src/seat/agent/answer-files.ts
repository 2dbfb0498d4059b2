/** Files that a candidate uploads as an answer: kept here by digest, and delivered to the room before anything is handed in. */
import { rm } from 'node:fs/promises';
import { ok, refuse, type Result } from '../../base/result.ts';
import { deliver } from '../../courier/https/child.ts';
import type { ExchangeClient } from '../../courier/https/client.ts';
import type { FileReference } from '../../exam/paper/response.ts';
import type { Node } from '../../node/node.ts';
import type { Migration } from '../../store/sqlite.ts';

export const answerFileMigrations: readonly Migration[] = [
  {
    id: 'answer-file-1',
    sql: 'CREATE TABLE answer_file (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, delivered INTEGER NOT NULL DEFAULT 0) STRICT;',
  },
];

const sizeLimit = 64 * 1024 ** 2;

export class AnswerFiles {
  readonly #node: Node;
  #delivering: Promise<Result<void>> | null = null;

  constructor(node: Node) {
    this.#node = node;
  }

  /** Files that the room does not have yet. */
  get pending(): number {
    const row = this.#node.db.prepare('SELECT count(*) AS n FROM answer_file WHERE delivered = 0').get();
    return Number(row?.['n'] ?? 0);
  }

  async keep(body: AsyncIterable<Uint8Array>, expectedDigest: string): Promise<Result<{ digest: string }>> {
    const { blobs, db } = this.#node;
    let kept: { digest: string; size: number };
    try {
      kept = await blobs.put(limited(body));
    } catch (error) {
      if (error instanceof TooLarge) return refuse({ type: 'file-too-large', limit: sizeLimit });
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
        return refuse({ type: 'disk-full', path: this.#node.data });
      throw error;
    }
    if (kept.digest !== expectedDigest) {
      await rm(blobs.path(kept.digest), { force: true });
      return refuse({ type: 'upload-interrupted' });
    }
    db.prepare('INSERT OR IGNORE INTO answer_file (digest, size) VALUES (?, ?)').run(kept.digest, kept.size);
    return ok({ digest: kept.digest });
  }

  /** An answer may only name files that are kept here. */
  async expect(files: readonly FileReference[]): Promise<Result<void>> {
    for (const { digest, name } of files)
      if (!(await this.#node.blobs.has(digest))) return refuse({ type: 'file-missing', name });
    return ok();
  }

  deliverAll(client: ExchangeClient, address: string): Promise<Result<void>> {
    this.#delivering ??= this.#deliver(client, address).finally(() => (this.#delivering = null));
    return this.#delivering;
  }

  async #deliver(client: ExchangeClient, address: string): Promise<Result<void>> {
    const { db, blobs, id } = this.#node;
    const digests = db
      .prepare('SELECT digest FROM answer_file WHERE delivered = 0')
      .all()
      .map((row) => String(row['digest']));
    for (const digest of digests) {
      const delivered = await deliver({
        client,
        address,
        childId: id,
        file: blobs.path(digest),
        kind: 'answer-file',
      });
      if (!delivered.ok) return delivered;
      db.prepare('UPDATE answer_file SET delivered = 1 WHERE digest = ?').run(digest);
    }
    return ok();
  }
}

class TooLarge extends Error {}

async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > sizeLimit) throw new TooLarge();
    yield chunk;
  }
}
