/** What a token says of a PIN. A token that counts tries says so by flags: few, one, none; never how many. */
import type { Refusal } from '../../../base/result.ts';
import { CKF, CKR } from './constants.ts';

/** @param code of the login; @param flags of the token after it. @returns null: it is no matter of the PIN */
export function pinRefusal(code: number, flags: number): Refusal | null {
  switch (code) {
    case CKR.PIN_LOCKED:
      return { type: 'pin-locked' };
    case CKR.PIN_INCORRECT:
    case CKR.PIN_INVALID:
    case CKR.PIN_LEN_RANGE:
      // The try that locked it is told as a wrong PIN, too.
      if (flags & CKF.USER_PIN_LOCKED) return { type: 'pin-locked' };
      if (flags & CKF.USER_PIN_FINAL_TRY) return { type: 'wrong-pin-last-try' };
      return { type: flags & CKF.USER_PIN_COUNT_LOW ? 'wrong-pin-few-tries' : 'wrong-pin' };
    case CKR.PIN_EXPIRED:
      return { type: 'pin-expired' };
    case CKR.USER_PIN_NOT_INITIALIZED:
      return { type: 'token-not-initialised' };
    default:
      return null;
  }
}
