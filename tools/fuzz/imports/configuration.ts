/** `invigil.json`: what a node's data folder says of how it starts. */
import { utf8 } from '../../../src/base/bytes.ts';
import { made, type FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';
import { editedText, edits } from '../values.ts';

export const configuration: FuzzedReader = {
  name: 'configuration',
  stage: null,
  async open() {
    const text = JSON.stringify({
      port: 8443,
      host: '127.0.0.1',
      publicNames: ['exam.example'],
      logLevel: 'info',
    });
    return {
      samples: [utf8(text)],
      made: made(edits, (changes) => utf8(editedText(text, changes, new Map()) ?? text)),
      said: 'command line' as const,
      ...openReader('options'),
    };
  },
};
