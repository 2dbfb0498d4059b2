/**
 * OATH challenge-response (RFC 6287): an HMAC over the suite's name and the inputs that it lists, cut down to digits as HOTP does it
 * (RFC 4226). Without session information (`S`), which nothing here needs.
 */
import { createHash, createHmac } from 'node:crypto';
import { fromHex, utf8 } from '../base/bytes.ts';

export interface OcraInputs {
  /** Digits, hexadecimal digits or letters, as the suite says (`QN`, `QH`, `QA`). */
  readonly challenge: string;
  readonly counter?: bigint;
  readonly pin?: string;
  /** Steps since 1970 of the length that the suite says, not seconds. */
  readonly timeSteps?: bigint;
}

interface Suite {
  readonly hash: 'sha1' | 'sha256' | 'sha512';
  readonly digits: number;
  readonly counter: boolean;
  readonly challenge: { readonly form: 'N' | 'H' | 'A'; readonly length: number };
  readonly pinHash: 'sha1' | 'sha256' | 'sha512' | null;
  readonly time: boolean;
}

const challengeBytes = 128;
const form =
  /^OCRA-1:HOTP-(SHA1|SHA256|SHA512)-(10|[4-9]):(C-)?Q([ANH])(\d\d)(?:-P(SHA1|SHA256|SHA512))?(-T(?:[1-9]|[1-5]\d)[SM]|-T(?:[1-9]|[1-3]\d|4[0-8])H)?$/;

/**
 * @returns as many decimal digits as the suite says, leading zeros kept.
 * @throws RangeError when the suite is none, or its inputs are missing or of another form than it says: a programming error.
 */
export function ocra(suite: string, key: Uint8Array, inputs: OcraInputs): string {
  const { hash, digits, counter, challenge, pinHash, time } = parseSuite(suite);
  const hmac = createHmac(hash, key).update(suite, 'latin1').update(Uint8Array.of(0));
  if (counter) hmac.update(eightBytes(inputs.counter, 'counter'));
  hmac.update(challengeField(challenge, inputs.challenge));
  if (pinHash !== null) hmac.update(createHash(pinHash).update(present(inputs.pin, 'pin')).digest());
  if (time) hmac.update(eightBytes(inputs.timeSteps, 'timeSteps'));
  return truncated(hmac.digest(), digits);
}

function parseSuite(suite: string): Suite {
  const [whole, hash, digits, counter, letter, length, pinHash, time] = form.exec(suite) ?? [];
  if (whole === undefined || Number(length) < 4 || Number(length) > 64)
    throw new RangeError(`not an OCRA suite: ${suite}`);
  return {
    hash: hash?.toLowerCase() as Suite['hash'],
    digits: Number(digits),
    counter: counter !== undefined,
    challenge: { form: letter as Suite['challenge']['form'], length: Number(length) },
    pinHash: (pinHash?.toLowerCase() as Suite['hash'] | undefined) ?? null,
    time: time !== undefined,
  };
}

/** Left-aligned in 128 bytes; a number as its hexadecimal digits, so that an odd one ends in half a byte. */
function challengeField({ form: letter, length }: Suite['challenge'], text: string): Uint8Array {
  // Mutual authentication joins two challenges of that length.
  if (text.length === 0 || text.length > 2 * length)
    throw new RangeError('the challenge is empty or longer than the suite says');
  const field = new Uint8Array(challengeBytes);
  if (letter === 'A') {
    field.set(utf8(text));
    return field;
  }
  if (!(letter === 'N' ? /^\d+$/ : /^[\da-f]+$/i).test(text))
    throw new RangeError('the challenge has other characters than the suite says');
  const digits = letter === 'N' ? BigInt(text).toString(16) : text;
  field.set(fromHex(digits.length % 2 === 0 ? digits : `${digits}0`));
  return field;
}

function eightBytes(value: bigint | undefined, name: string): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(present(value, name));
  return bytes;
}

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new RangeError(`the suite needs: ${name}`);
  return value;
}

/** RFC 4226, 5.3: 31 bits from where the last half byte points. */
function truncated(mac: Buffer, digits: number): string {
  const offset = (mac.at(-1) as number) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}
