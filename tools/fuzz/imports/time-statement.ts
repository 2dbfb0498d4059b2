/** The parent's time, as a child hears it. */
import { utf8 } from '../../../src/base/bytes.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../../../src/trust/signing-key.ts';
import { signTimeStatement } from '../../../src/trust/time-statement.ts';
import { made, type FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';
import { editedText, edits } from '../values.ts';

export const timeStatement: FuzzedReader = {
  name: 'time-statement',
  stage: null,
  async open() {
    const key = signingKeyFromPem(newSigningKeyPem());
    const statement = signTimeStatement({ nonce: 'a-nonce-of-the-child', at: 1_750_000_000_000 }, key);
    const signers = new Map([[key.keyId, key]]);
    return {
      samples: [utf8(statement)],
      made: made(edits, (changes) => utf8(editedText(statement, changes, signers) ?? statement)),
      ...openReader('time', key.publicKey),
    };
  },
};
