/** Vectors of the one-time codes: requests, their challenges and answers, and what is mistyped. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../src/base/bytes.ts';
import {
  decodeRequest,
  encodeRequest,
  plainChallenge,
  type CodeRequest,
} from '../../src/exam/code/request.ts';
import { expectOk } from '../../src/base/result.ts';
import { answerFor, codeSuite, roomCodeKey } from '../../src/trust/one-time-code.ts';

const siteKey = Uint8Array.from({ length: 32 }, (_, i) => i);
const rooms = [
  { session: 'pka6js4xba0y7v35', room: 'S1-R1' },
  { session: 'pka6js4xba0y7v35', room: 'S1-R2' },
  { session: '第一场', room: '考场 7' },
];
const requests: CodeRequest[] = [
  { action: 'late-start', subject: 1, candidate: 0, amount: 0, nonce: 0 },
  { action: 'late-candidate', subject: 1, candidate: 1, amount: 0, nonce: 1 },
  { action: 'extra-time', subject: 2, candidate: 17, amount: 25, nonce: 99_887_766 },
  { action: 'reinitialise', subject: 1, candidate: 1023, amount: 255, nonce: 134_217_727 },
];

export function writeCodeVectors(folder: string): void {
  const shown = encodeRequest(requests[2] as CodeRequest);
  const refused = (about: string, typed: string): object => {
    const read = decodeRequest(typed);
    if (read.ok) throw new Error(`not refused: ${typed}`);
    return { about, typed, refusal: read.refusal };
  };
  const vectors = {
    about:
      'TEST KEYS. siteKey and roomKey are hexadecimal; answers are those of the suite over the 11 plain letters.',
    suite: codeSuite,
    siteKey: toHex(siteKey),
    rooms: rooms.map(({ session, room }) => {
      const key = roomCodeKey(siteKey, session, room);
      return {
        session,
        room,
        roomKey: toHex(key),
        answers: requests.map((request) => {
          const challenge = encodeRequest(request);
          return { request, challenge, answer: answerFor(key, expectOk(plainChallenge(challenge))) };
        }),
      };
    }),
    forgiven: [
      shown,
      shown.toLowerCase(),
      shown.replace('-', ''),
      ` ${shown.replace('-', ' ')} `,
      shown.replaceAll('0', 'O').replaceAll('1', 'I'),
      shown.replaceAll('0', 'o').replaceAll('1', 'l'),
    ].map((typed) => ({ typed, request: requests[2] })),
    refused: [
      refused('one letter too few', shown.slice(0, -1)),
      refused('a letter that no challenge has', `U${shown.slice(1)}`),
      refused('one wrong letter', `${shown.slice(0, 3)}${shown[3] === '7' ? '8' : '7'}${shown.slice(4)}`),
      refused('two neighbours exchanged', `${shown[1]}${shown[0]}${shown.slice(2)}`),
      refused('an action that does not exist', '00000-000000'),
    ],
  };
  writeFileSync(join(folder, 'vectors.json'), `${JSON.stringify(vectors, null, 2)}\n`);
}
