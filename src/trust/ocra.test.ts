import { expect, test } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import { ocra, type OcraInputs } from './ocra.ts';

const digits = '1234567890'.repeat(7);
const [key20, key32, key64] = [20, 32, 64].map((length) => utf8(digits.slice(0, length))) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const pin = '1234';
const timeSteps = 0x132d0b6n;
const repeated = Array.from({ length: 10 }, (_, i) => String(i).repeat(8));
const numbered = (make: (i: number) => string): string[] => Array.from({ length: 5 }, (_, i) => make(i));

/** RFC 6287, appendix C: every suite, every row. */
const vectors: [
  suite: string,
  key: Uint8Array,
  more: Partial<OcraInputs>,
  challenges: string[],
  answers: string,
][] = [
  [
    'OCRA-1:HOTP-SHA1-6:QN08',
    key20,
    {},
    repeated,
    '237653 243178 653583 740991 608993 388898 816933 224598 750600 294470',
  ],
  [
    'OCRA-1:HOTP-SHA256-8:QN08-PSHA1',
    key32,
    { pin },
    repeated,
    '83238735 01501458 17957585 86776967 86807031',
  ],
  [
    'OCRA-1:HOTP-SHA512-8:QN08-T1M',
    key64,
    { timeSteps },
    repeated,
    '95209754 55907591 22048402 24218844 36209546',
  ],
  [
    'OCRA-1:HOTP-SHA256-8:QA08',
    key32,
    {},
    numbered((i) => `CLI2222${i}SRV1111${i}`),
    '28247970 01984843 65387857 03351211 83412541',
  ],
  [
    'OCRA-1:HOTP-SHA256-8:QA08',
    key32,
    {},
    numbered((i) => `SRV1111${i}CLI2222${i}`),
    '15510767 90175646 33777207 95285278 28934924',
  ],
  [
    'OCRA-1:HOTP-SHA512-8:QA08',
    key64,
    {},
    numbered((i) => `CLI2222${i}SRV1111${i}`),
    '79496648 76831980 12250499 90856481 12761449',
  ],
  [
    'OCRA-1:HOTP-SHA512-8:QA08-PSHA1',
    key64,
    { pin },
    numbered((i) => `SRV1111${i}CLI2222${i}`),
    '18806276 70020315 01600026 18951020 32528969',
  ],
  [
    'OCRA-1:HOTP-SHA256-8:QA08',
    key32,
    {},
    numbered((i) => `SIG1${i}000`),
    '53095496 04110475 31331128 76028668 46554205',
  ],
  [
    'OCRA-1:HOTP-SHA512-8:QA10-T1M',
    key64,
    { timeSteps },
    numbered((i) => `SIG1${i}00000`),
    '77537423 31970405 10235557 95213541 65360607',
  ],
];

test.each(vectors)('%s answers as RFC 6287 says', (suite, key, more, challenges, answers) => {
  const expected = answers.split(' ');
  expect(
    challenges.slice(0, expected.length).map((challenge) => ocra(suite, key, { ...more, challenge })),
  ).toEqual(expected);
});

test('suites with a counter answer as RFC 6287 says', () => {
  const counted = (suite: string, key: Uint8Array, challenge: (i: number) => string): string =>
    Array.from({ length: 10 }, (_, i) =>
      ocra(suite, key, { challenge: challenge(i), counter: BigInt(i), pin }),
    ).join(' ');
  expect(counted('OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1', key32, () => '12345678')).toBe(
    '65347737 86775851 78192410 71565254 10104329 65983500 70069104 91771096 75011558 08522129',
  );
  expect(counted('OCRA-1:HOTP-SHA512-8:C-QN08', key64, (i) => String(i).repeat(8))).toBe(
    '07016083 63947962 70123924 25341727 33203315 34205738 44343969 51946085 20403879 31409299',
  );
});

test('a suite that is none, and inputs that it does not have, are a programming error', () => {
  const one = { challenge: '1' };
  for (const suite of [
    'OCRA-2:HOTP-SHA1-6:QN08',
    'OCRA-1:HOTP-MD5-6:QN08',
    'OCRA-1:HOTP-SHA1-3:QN08',
    'OCRA-1:HOTP-SHA1-6:QN99',
  ])
    expect(() => ocra(suite, key20, one)).toThrow(RangeError);
  expect(() => ocra('OCRA-1:HOTP-SHA1-6:C-QN08', key20, one)).toThrow('counter');
  expect(() => ocra('OCRA-1:HOTP-SHA1-6:QN08-T1M', key20, one)).toThrow('timeSteps');
  expect(() => ocra('OCRA-1:HOTP-SHA1-6:QN08', key20, { challenge: 'A' })).toThrow('other characters');
  expect(() => ocra('OCRA-1:HOTP-SHA1-6:QN08', key20, { challenge: '1'.repeat(17) })).toThrow('longer');
});
