/** Reads a node's journal from its data folder, beside the process that uses it, and proves it whole first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expectOk } from '../../src/base/result.ts';
import { verifyJournal } from '../../src/journal/verify.ts';

export interface ReadEntry {
  readonly origin: string;
  readonly epoch: string;
  readonly seq: number;
  readonly kind: string;
  readonly hash: string;
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** The text of an answer; null: no answer, or its payload is not here. */
  readonly text: string | null;
}

export function nodeId(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'node.json'), 'utf8')) as { id: string }).id;
}

export function journalOf(folder: string) {
  expectOk(verifyJournal(folder, { signingKeys: new Map(), copiesHavePayloads: false }));
  const db = new DatabaseSync(join(folder, 'journal.db'), { readOnly: true });
  const entries = db
    .prepare(
      'SELECT header, hash, payload FROM entry LEFT JOIN payload ON payload.position = entry.position ORDER BY entry.position',
    )
    .all()
    .map((row): ReadEntry => {
      const header = JSON.parse(String(row['header'])) as Omit<ReadEntry, 'hash' | 'text'>;
      const payload = row['payload'] === null ? null : (JSON.parse(String(row['payload'])) as object);
      return { ...header, hash: String(row['hash']), text: textIn(payload) };
    });
  db.close();
  const id = nodeId(folder);
  return {
    entries,
    /** What this node wrote itself. */
    own: (): ReadEntry[] => entries.filter(({ origin }) => origin === id),
    /** Hashes of the copies that this node holds of those entries' journal, in the order in which they came. */
    of: ([first]: readonly ReadEntry[]): string[] =>
      entries.filter(({ origin }) => origin === first?.origin).map(({ hash }) => hash),
  };
}

function textIn(payload: object | null): string | null {
  const responses = (payload as { responses?: Record<string, unknown> } | null)?.responses ?? {};
  const [text] = Object.values(responses);
  return typeof text === 'string' ? text : null;
}
