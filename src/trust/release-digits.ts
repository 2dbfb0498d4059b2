/** A release secret as digits, for a telephone on which words would be misheard: 39 digits of its value and a check digit. */
import { fromHex, toHex, type Bytes } from '../base/bytes.ts';
import { checkDigit } from '../base/check-digit.ts';
import { ok, refuse, type Result } from '../base/result.ts';

const valueDigits = 39;
const groups = 4;

/** @returns ten groups of four. */
export function releaseDigits(secret: Uint8Array): string[] {
  const value = BigInt(`0x${toHex(secret)}`)
    .toString()
    .padStart(valueDigits, '0');
  return (value + checkDigit(value)).match(new RegExp(`.{${groups}}`, 'g')) ?? [];
}

/** Reads them with any blanks, dashes or dots between. Refusals: `digits-count`, `digits-checksum`. */
export function parseReleaseDigits(text: string): Result<Bytes> {
  const digits = text.replaceAll(/[\s.,–-]/g, '');
  if (!/^[0-9]*$/.test(digits) || digits.length !== valueDigits + 1)
    return refuse({ type: 'digits-count', found: digits.length, expected: valueDigits + 1 });
  const value = digits.slice(0, -1);
  const number = BigInt(value);
  if (checkDigit(value) !== digits.at(-1) || number >= 1n << 128n) return refuse({ type: 'digits-checksum' });
  return ok(fromHex(number.toString(16).padStart(32, '0')));
}
