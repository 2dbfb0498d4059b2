/**
 * Answers to one-time code requests. They open exceptions and are accountability, not protection: no key depends on them, and whoever
 * holds K(site) can compute them. Format and test vectors: `formats/code/`.
 */
import { utf8, type Bytes } from '../base/bytes.ts';
import { randomBytes } from '../base/ids.ts';
import { hkdf, sameSecret } from './digest.ts';
import { ocra } from './ocra.ts';

export const codeSuite = 'OCRA-1:HOTP-SHA256-8:QA11';

/** K(site): 32 random bytes, made by the centre for one site of one project. */
export function newSiteCodeKey(): Bytes {
  return randomBytes(32);
}

/** K(room): comes with the room's package. Knowing one room's key tells nothing about another room or session. */
export function roomCodeKey(siteKey: Uint8Array, session: string, room: string): Bytes {
  return hkdf(siteKey, `invigil code 1\n${JSON.stringify([session, room])}`, 32);
}

/** @param challenge its 11 plain letters (`plainChallenge`). @returns 8 digits. */
export function answerFor(roomKey: Uint8Array, challenge: string): string {
  return ocra(codeSuite, roomKey, { challenge });
}

/** @param typed as people type it: spaces and dashes between the digits are left out, full-width digits are digits. */
export function answerIsRight(roomKey: Uint8Array, challenge: string, typed: string): boolean {
  const digits = typed.normalize('NFKC').replaceAll(/[\s-]/g, '');
  return sameSecret(utf8(digits), utf8(answerFor(roomKey, challenge)));
}
