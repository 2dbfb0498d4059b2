/** Files that a candidate uploads as an answer: kept here by digest, and delivered to the room as soon as it can be reached. */
import type { StatementSync } from 'node:sqlite';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { deliver } from '../../courier/https/child.ts';
import type { ExchangeClient } from '../../courier/https/client.ts';
import { answerFileLimit } from '../../exam/answer/answer-limits.ts';
import type { FileReference } from '../../exam/paper/response.ts';
import type { Node } from '../../node/node.ts';
import type { Migration } from '../../store/sqlite.ts';

/** `delivered`: room time at which the room had it; 0: it does not. */
export const answerFileMigrations: readonly Migration[] = [
  {
    id: 'answer-file-1',
    sql: 'CREATE TABLE answer_file (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, delivered INTEGER NOT NULL DEFAULT 0) STRICT;',
  },
];

export class AnswerFiles {
  readonly #node: Node;
  /** Asked for with everything that the seat shows. */
  readonly #pending: StatementSync;
  #delivering: Promise<Result<void>> | null = null;

  constructor(node: Node) {
    this.#node = node;
    this.#pending = node.db.prepare('SELECT count(*) AS n FROM answer_file WHERE delivered = 0');
  }

  get delivering(): boolean {
    return this.#delivering !== null;
  }

  /** Files that the room does not have yet. */
  get pending(): number {
    return Number(this.#pending.get()?.['n'] ?? 0);
  }

  /** @param expected what the screen says it sends; a digest only where the screen knows it. */
  async keep(
    body: AsyncIterable<Uint8Array>,
    expected: { size: number | null; digest: string | null },
  ): Promise<Result<{ digest: string }>> {
    const { blobs } = this.#node;
    let kept: { digest: string; size: number };
    try {
      kept = await blobs.put(limited(body));
    } catch (error) {
      if (error instanceof TooLarge) return refuse({ type: 'file-too-large', limit: answerFileLimit });
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
        return refuse({ type: 'disk-full', path: this.#node.data });
      if (isCut(error)) return refuse({ type: 'upload-interrupted' });
      throw error;
    }
    const { size, digest } = expected;
    if ((size !== null && size !== kept.size) || (digest !== null && digest !== kept.digest)) {
      await this.discard(kept.digest);
      return refuse({ type: 'upload-interrupted' });
    }
    this.add(kept.digest, kept.size);
    return ok({ digest: kept.digest });
  }

  /** Content that is kept here already; the room shall have it. */
  add(digest: string, size: number): void {
    this.#node.db.prepare('INSERT OR IGNORE INTO answer_file (digest, size) VALUES (?, ?)').run(digest, size);
  }

  /** An earlier version that no answer names any more. */
  async drop(digest: string): Promise<void> {
    this.#node.db.prepare('DELETE FROM answer_file WHERE digest = ?').run(digest);
    await this.#node.blobs.remove(digest);
  }

  /** Content that was kept here and turned out to be no answer. */
  async discard(digest: string): Promise<void> {
    if (!this.#known(digest)) await this.#node.blobs.remove(digest);
  }

  /** An answer may only name files that are kept here, or at the room from a seat before. */
  expect(files: readonly FileReference[], carried: ReadonlySet<string>): Result<void> {
    const lacking = files.find(({ digest }) => !carried.has(digest) && !this.#node.blobs.holds(digest));
    return lacking ? refuse({ type: 'file-missing', name: lacking.name }) : ok();
  }

  /** The room lost some, or never had them. @param at room time of its word: what it took after that is not sent again. */
  wanted(digests: readonly string[], at: number): void {
    const forget = this.#node.db.prepare(
      'UPDATE answer_file SET delivered = 0 WHERE digest = ? AND delivered > 0 AND delivered < ?',
    );
    for (const digest of digests) forget.run(digest, at);
  }

  #known(digest: string): boolean {
    return this.#node.db.prepare('SELECT 1 FROM answer_file WHERE digest = ?').get(digest) !== undefined;
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
      const delivered = await deliver<unknown>({
        client,
        address,
        childId: id,
        file: blobs.path(digest),
        kind: 'answer-file',
      });
      if (!delivered.ok) return delivered;
      const { at } = takenSchema.parse(delivered.value);
      db.prepare('UPDATE answer_file SET delivered = ? WHERE digest = ?').run(at, digest);
    }
    return ok();
  }
}

const takenSchema = z.object({ at: z.number().int().min(1) });

/** The screen or its connection went away in the middle. */
function isCut(error: unknown): boolean {
  const { code, name } = error as NodeJS.ErrnoException;
  return (
    name === 'AbortError' || ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(code ?? '')
  );
}

class TooLarge extends Error {}

async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > answerFileLimit) throw new TooLarge();
    yield chunk;
  }
}
