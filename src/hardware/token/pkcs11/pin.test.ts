import { expect, test } from 'vitest';
import { CKF, CKR } from './constants.ts';
import { pinRefusal } from './pin.ts';

test('what a token says of the tries that are left is told to whoever typed a wrong PIN', () => {
  const counts = CKF.TOKEN_INITIALIZED | CKF.USER_PIN_INITIALIZED;
  const said = (flags: number) => pinRefusal(CKR.PIN_INCORRECT, counts | flags)?.type;
  expect(said(0)).toBe('wrong-pin');
  expect(said(CKF.USER_PIN_COUNT_LOW)).toBe('wrong-pin-few-tries');
  expect(said(CKF.USER_PIN_COUNT_LOW | CKF.USER_PIN_FINAL_TRY)).toBe('wrong-pin-last-try');
  // With the try that was the last one.
  expect(said(CKF.USER_PIN_COUNT_LOW | CKF.USER_PIN_LOCKED)).toBe('pin-locked');
});

test('a locked, an expired and a missing PIN are told apart from a wrong one', () => {
  expect(pinRefusal(CKR.PIN_LOCKED, 0)).toEqual({ type: 'pin-locked' });
  expect(pinRefusal(CKR.PIN_EXPIRED, 0)).toEqual({ type: 'pin-expired' });
  expect(pinRefusal(CKR.USER_PIN_NOT_INITIALIZED, 0)).toEqual({ type: 'token-not-initialised' });
  // Too short for this token: no try was counted.
  expect(pinRefusal(CKR.PIN_LEN_RANGE, 0)).toEqual({ type: 'wrong-pin' });
  expect(pinRefusal(CKR.DEVICE_ERROR, 0)).toBeNull();
});
