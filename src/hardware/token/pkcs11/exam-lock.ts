/** What an exam lock does, call by call: finds its token, makes its key, agrees on a secret with it. */
import { createECDH, randomBytes } from 'node:crypto';
import { equalBytes } from '../../../base/bytes.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { sha256 } from '../../../trust/digest.ts';
import { tagRecipientOf } from '../../../trust/tag-recipient.ts';
import type { FoundToken } from '../port.ts';
import { CKA, CKF, CKK, CKM, CKO, CKR, CKU_USER } from './constants.ts';
import { CryptokiError, type Attributes, type Cryptoki, type TokenInfo } from './cryptoki.ts';
import { pinRefusal } from './pin.ts';

export const keyLabel = 'invigil exam lock';
const label = new TextEncoder().encode(keyLabel);
const noteLabel = new TextEncoder().encode('invigil calibration');
/** Object identifier of P-256 (prime256v1), in DER. */
const p256 = Uint8Array.of(0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07);
const pointSize = 65;

interface Slot {
  readonly slot: number;
  readonly info: TokenInfo;
}

export function listTokens(cryptoki: Cryptoki): Result<FoundToken[]> {
  return ok(
    tokens(cryptoki).map(({ slot, info }) => ({
      serial: info.serial,
      label: info.label,
      model: [info.manufacturer, info.model].filter((one) => one !== '').join(' '),
      problem: problemOf(cryptoki, { slot, info }),
    })),
  );
}

/** Refusals: `no-token`, `wrong-lock`. */
export function slotOf(cryptoki: Cryptoki, serial: string): Result<Slot> {
  const found = tokens(cryptoki);
  const slot = found.find(({ info }) => info.serial === serial);
  if (slot) return ok(slot);
  return found.length === 0
    ? refuse({ type: 'no-token' })
    : refuse({
        type: 'wrong-lock',
        found: found.map(({ info }) => info.serial).join(', '),
        expected: serial,
      });
}

export function prepare(
  cryptoki: Cryptoki,
  { serial, pin, make: may }: { serial: string; pin: string; make: boolean },
): Result<{ recipient: string }> {
  const slot = slotOf(cryptoki, serial);
  if (!slot.ok) return slot;
  const problem = problemOf(cryptoki, slot.value);
  if (problem !== null) return refuse({ type: problem });
  return signedIn(cryptoki, slot.value, pin, CKF.RW_SESSION, (session) => {
    const there = keyOf(cryptoki, session);
    if (there === null && !may) return refuse({ type: 'token-without-key', serial });
    if (there === null && !cryptoki.hasMechanism(slot.value.slot, CKM.EC_KEY_PAIR_GEN))
      return refuse({ type: 'token-makes-no-key' });
    const key = there ?? make(cryptoki, session);
    const point = pointOf(cryptoki, session, key);
    // Whoever seals believes the point; a lock that does not open would be found out on the day of the exam.
    if (point !== null && proves(cryptoki, session, key, point))
      return ok({ recipient: tagRecipientOf(point) });
    if (there === null) for (const object of objects(cryptoki, session)) cryptoki.destroy(session, object);
    return refuse({ type: 'token-unsuitable' });
  });
}

export function agree(
  cryptoki: Cryptoki,
  { serial, pin, point }: { serial: string; pin: string; point: Uint8Array },
): Result<Uint8Array> {
  const slot = slotOf(cryptoki, serial);
  if (!slot.ok) return slot;
  return signedIn(cryptoki, slot.value, pin, 0, (session) => {
    const key = keyOf(cryptoki, session);
    if (key === null) return refuse({ type: 'token-without-key', serial });
    const shared = secretOf(cryptoki, session, key, point);
    return shared === null ? refuse({ type: 'token-unsuitable' }) : ok(shared);
  });
}

/** What lies beside the key, without a PIN: whoever has the token may read it. The newest and, after a write that was cut off, the one before. */
export function carried(cryptoki: Cryptoki, { serial }: { serial: string }): Result<Uint8Array[]> {
  const slot = slotOf(cryptoki, serial);
  if (!slot.ok) return slot;
  const session = cryptoki.openSession(slot.value.slot, CKF.SERIAL_SESSION);
  try {
    return ok(notes(cryptoki, session).flatMap((note) => cryptoki.attribute(session, note, CKA.VALUE) ?? []));
  } finally {
    cryptoki.closeSession(session);
  }
}

/** The new one is there, and reads as it was written, before the old one goes: a token that is pulled out in between has one of them, or both. */
export function carry(
  cryptoki: Cryptoki,
  { serial, pin, content }: { serial: string; pin: string; content: Uint8Array },
): Result<Record<string, never>> {
  const slot = slotOf(cryptoki, serial);
  if (!slot.ok) return slot;
  return signedIn(cryptoki, slot.value, pin, CKF.RW_SESSION, (session) => {
    const before = notes(cryptoki, session);
    const made = cryptoki.create(session, [
      [CKA.CLASS, CKO.DATA],
      [CKA.TOKEN, true],
      [CKA.PRIVATE, false],
      [CKA.LABEL, noteLabel],
      [CKA.APPLICATION, new TextEncoder().encode('invigil')],
      [CKA.VALUE, content],
    ]);
    const written = cryptoki.attribute(session, made, CKA.VALUE);
    if (written === null || !equalBytes(written, content)) {
      cryptoki.destroy(session, made);
      return refuse({ type: 'lock-not-readable', serial });
    }
    for (const note of before) cryptoki.destroy(session, note);
    return ok({});
  });
}

function notes(cryptoki: Cryptoki, session: number): number[] {
  return cryptoki.find(session, [
    [CKA.CLASS, CKO.DATA],
    [CKA.LABEL, noteLabel],
  ]);
}

/** Those that somebody has prepared with the maker's program or another; an empty place of a library is none. */
function tokens(cryptoki: Cryptoki): Slot[] {
  return cryptoki.slotsWithToken().flatMap((slot) => {
    try {
      const info = cryptoki.tokenInfo(slot);
      return info.serial === '' ? [] : [{ slot, info }];
    } catch (error) {
      // Pulled out between two calls, or torn: it is not here.
      if (error instanceof CryptokiError) return [];
      throw error;
    }
  });
}

function problemOf(cryptoki: Cryptoki, { slot, info }: Slot): FoundToken['problem'] {
  if (!(info.flags & CKF.TOKEN_INITIALIZED) || !(info.flags & CKF.USER_PIN_INITIALIZED))
    return 'token-not-initialised';
  if (info.flags & CKF.USER_PIN_LOCKED) return 'pin-locked';
  return cryptoki.hasMechanism(slot, CKM.ECDH1_DERIVE) ? null : 'token-unsuitable';
}

function signedIn<T>(
  cryptoki: Cryptoki,
  { slot, info }: Slot,
  pin: string,
  flags: number,
  act: (session: number) => Result<T>,
): Result<T> {
  // A locked token is not asked: its answer differs from maker to maker.
  if (info.flags & CKF.USER_PIN_LOCKED) return refuse({ type: 'pin-locked' });
  const session = cryptoki.openSession(slot, CKF.SERIAL_SESSION | flags);
  try {
    const wrong = login(cryptoki, slot, session, pin);
    if (wrong) return wrong;
    try {
      return act(session);
    } finally {
      cryptoki.logout(session);
    }
  } finally {
    cryptoki.closeSession(session);
  }
}

function login(cryptoki: Cryptoki, slot: number, session: number, pin: string): Result<never> | null {
  const typed = Buffer.from(pin, 'utf8');
  try {
    cryptoki.login(session, CKU_USER, typed);
    return null;
  } catch (error) {
    if (!(error instanceof CryptokiError)) throw error;
    const refusal = pinRefusal(error.code, cryptoki.tokenInfo(slot).flags);
    if (refusal === null) throw error;
    return refuse(refusal);
  } finally {
    typed.fill(0);
  }
}

function keyOf(cryptoki: Cryptoki, session: number): number | null {
  const found = cryptoki.find(session, [
    [CKA.CLASS, CKO.PRIVATE_KEY],
    [CKA.KEY_TYPE, CKK.EC],
    [CKA.LABEL, label],
  ]);
  return found[0] ?? null;
}

function objects(cryptoki: Cryptoki, session: number): number[] {
  return cryptoki.find(session, [
    [CKA.KEY_TYPE, CKK.EC],
    [CKA.LABEL, label],
  ]);
}

function make(cryptoki: Cryptoki, session: number): number {
  // Links both halves, as other programs expect it.
  const id = sha256(randomBytes(32)).subarray(0, 16);
  const both: Attributes = [
    [CKA.TOKEN, true],
    [CKA.LABEL, label],
    [CKA.ID, id],
  ];
  const { secret } = cryptoki.generateEcKeyPair(
    session,
    [...both, [CKA.PRIVATE, false], [CKA.EC_PARAMS, p256]],
    [...both, [CKA.PRIVATE, true], [CKA.SENSITIVE, true], [CKA.EXTRACTABLE, false], [CKA.DERIVE, true]],
  );
  return secret;
}

/** The public half's point, uncompressed. Some tokens keep it with the secret half only. null: it is not of P-256. */
function pointOf(cryptoki: Cryptoki, session: number, key: number): Uint8Array | null {
  const id = cryptoki.attribute(session, key, CKA.ID) ?? new Uint8Array(0);
  const [open] = cryptoki.find(session, [
    [CKA.CLASS, CKO.PUBLIC_KEY],
    [CKA.KEY_TYPE, CKK.EC],
    [CKA.ID, id],
  ]);
  for (const object of open === undefined ? [key] : [open, key]) {
    const stated = cryptoki.attribute(session, object, CKA.EC_POINT);
    if (stated?.length === pointSize && stated[0] === 4) return stated;
    // As the standard has it: an octet string in DER around the point.
    if (stated?.length === pointSize + 2 && stated[0] === 4 && stated[1] === pointSize && stated[2] === 4)
      return stated.subarray(2);
  }
  return null;
}

function proves(cryptoki: Cryptoki, session: number, key: number, point: Uint8Array): boolean {
  const other = createECDH('prime256v1');
  other.generateKeys();
  let expected: Uint8Array;
  try {
    expected = other.computeSecret(point);
  } catch {
    // Not on the curve.
    return false;
  }
  const found = secretOf(cryptoki, session, key, new Uint8Array(other.getPublicKey()));
  return found !== null && equalBytes(found, expected);
}

function secretOf(cryptoki: Cryptoki, session: number, key: number, point: Uint8Array): Uint8Array | null {
  const result: Attributes = [
    [CKA.CLASS, CKO.SECRET_KEY],
    [CKA.KEY_TYPE, CKK.GENERIC_SECRET],
    [CKA.TOKEN, false],
    [CKA.SENSITIVE, false],
    [CKA.EXTRACTABLE, true],
    [CKA.VALUE_LEN, 32],
  ];
  try {
    return cryptoki.agree(session, key, point, result);
  } catch (error) {
    if (!(error instanceof CryptokiError) || !otherForm.includes(error.code)) throw error;
    return cryptoki.agree(session, key, Uint8Array.of(0x04, point.length, ...point), result);
  }
}

/** How libraries refuse a bare point when they want it in DER. The standard asks for the first and allows the second. */
const otherForm: readonly number[] = [
  CKR.ARGUMENTS_BAD,
  CKR.DATA_INVALID,
  CKR.DATA_LEN_RANGE,
  CKR.MECHANISM_PARAM_INVALID,
];
