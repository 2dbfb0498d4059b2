/** What lies beside the key file on a lock's stick: releases that the lock helper has brought, or whatever somebody has put there. */
import fc from 'fast-check';
import { utf8 } from '../../../src/base/bytes.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../../../src/trust/signing-key.ts';
import { signTimeStatement } from '../../../src/trust/time-statement.ts';
import { made, type FuzzedReader } from '../import.ts';
import { nastyTexts } from '../mutations.ts';
import { openReader } from '../reader.ts';

const value = fc.oneof(
  fc.constantFrom<unknown>(null, 1, -1, 1e300, '', [], {}, ...nastyTexts),
  fc.string({ maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);
const carried = fc.record(
  {
    format: fc.oneof({ weight: 4, arbitrary: fc.constant('invigil-lock-calibration-1') }, value),
    serial: fc.oneof({ weight: 4, arbitrary: fc.constant('L1') }, value),
    at: fc.oneof(fc.nat(), value),
    time: fc.oneof(
      value,
      fc.record({ nonce: fc.string({ maxLength: 20 }), jws: fc.string({ maxLength: 60 }) }),
    ),
    sites: value,
    releases: fc.oneof(
      value,
      fc.array(
        fc.record(
          { sessionId: value, sessionNumber: value, name: value, startAt: value, parcel: value },
          { requiredKeys: [] },
        ),
        { maxLength: 4 },
      ),
    ),
  },
  { requiredKeys: [] },
);

export const lockCarried: FuzzedReader = {
  name: 'lock-carried',
  stage: null,
  open: async () => {
    const signer = signingKeyFromPem(newSigningKeyPem());
    const [nonce, at] = ['a-nonce-of-the-lock', 1_700_000_000_000];
    const release = { sessionId: 's1', sessionNumber: 1, name: 'Session', startAt: at, parcel: 'AAAA' };
    const right = {
      format: 'invigil-lock-calibration-1',
      serial: 'L1',
      at,
      time: { nonce, jws: signTimeStatement({ nonce, at }, signer) },
      sites: [{ siteCode: 'S1', siteName: 'School', projectName: 'Exam', supportPhone: '' }],
      releases: [release],
    };
    return {
      samples: [utf8(JSON.stringify(right))],
      made: made(carried, (said) => utf8(JSON.stringify(said))),
      ...openReader('carried', signer.publicKey),
    };
  },
};
