/** `invigil verify` on entries that are carried, and the reading of a result's entries. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '../../../src/base/bytes.ts';
import { made, type FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';
import { editedText, edits } from '../values.ts';

const vectors = join(import.meta.dirname, '..', '..', '..', 'formats', 'journal', 'vectors');

export const entriesFile: FuzzedReader = {
  name: 'entries-file',
  stage: null,
  async open() {
    const samples = ['whole.jsonl', 'two-epochs.jsonl', 'erased.jsonl'].map(
      (name) => new Uint8Array(readFileSync(join(vectors, name))),
    );
    const text = Buffer.from(samples[0] ?? '').toString();
    return {
      samples,
      made: made(edits, (changes) => utf8(editedText(text, changes, new Map()) ?? text)),
      said: 'command line' as const,
      ...openReader('entries'),
    };
  },
};
