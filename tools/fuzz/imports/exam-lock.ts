/** An exam lock that is a key file, from whatever stick. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '../../../src/base/bytes.ts';
import { expectOk } from '../../../src/base/result.ts';
import { createKeyFile } from '../../../src/hardware/token/key-file.ts';
import { sealBytes } from '../../../src/trust/seal.ts';
import { made, type FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';
import { editedText, edits } from '../values.ts';

export const examLock: FuzzedReader = {
  name: 'exam-lock',
  stage: null,
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'invigil-lock-'));
    try {
      const file = join(folder, 'lock.key');
      const lock = expectOk(await createKeyFile(file, 'pin-of-the-lock'));
      const text = readFileSync(file, 'utf8');
      const sealed = await sealBytes(utf8('a secret'), { recipients: [lock.recipient] });
      return {
        samples: [utf8(text)],
        mayRefuse: true,
        made: made(edits, (changes) => utf8(editedText(text, changes, new Map()) ?? text)),
        ...openReader('lock', sealed),
      };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
