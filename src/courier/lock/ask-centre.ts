/** The lock helper's side: asks a centre whose certificate is known beforehand, and nobody else. */
import { fromBase64, toHex } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Calibration } from '../../exam/lock/calibration.ts';
import type { Token } from '../../hardware/token/port.ts';
import { lockProof, type LockProof } from '../../trust/lock-proof.ts';
import { readTimeStatement } from '../../trust/time-statement.ts';
import { ExchangeClient } from '../https/client.ts';
import type * as z from 'zod';
import {
  lockCalibratedSchema,
  lockCentreSchema,
  lockChallengeSchema,
  lockRegisteredSchema,
  type LockCalibrated,
  type LockCentre,
  type LockRegistered,
} from './wire.ts';

export interface CentreToAsk {
  /** `host:port` of its exchange. */
  readonly address: string;
  /** SHA-256 of its certificate. */
  readonly fingerprint: string;
}

export type CentreSeen = LockCentre & {
  /** Its wall clock, ms, with half the round trip taken off. */
  readonly at: number;
};

export interface CalibratedLock {
  readonly calibration: Calibration;
  readonly waiting: LockCalibrated['waiting'];
}

/** Refusals of all that asks: `parent-unreachable`, `parent-is-another`, `parent-not-understood`, and the centre's own. */
export async function seeCentre(centre: CentreToAsk): Promise<Result<CentreSeen>> {
  const seen = await meet(centre);
  if (!seen.ok) return seen;
  seen.value.client.close();
  return ok(seen.value.centre);
}

/** @returns refusals also of the lock and its PIN */
export async function registerLockAt(
  centre: CentreToAsk,
  lock: Token,
  { pin, code }: { readonly pin: string; readonly code: string },
): Promise<Result<LockRegistered>> {
  return asLock(centre, lock, pin, 'register', async ({ client, id, proof }) =>
    ask(client, '/lock/register', { id, proof, code }, lockRegisteredSchema),
  );
}

/** Refusals also: `calibration-too-early` with `opensAt`, `lock-revoked`, `lock-not-registered`, `nothing-to-calibrate`. */
export async function calibrateLockAt(
  centre: CentreToAsk,
  lock: Token,
  pin: string,
): Promise<Result<CalibratedLock>> {
  return asLock(centre, lock, pin, 'calibrate', async ({ client, id, proof, signingKey }) => {
    const nonce = toHex(randomBytes(12));
    const said = await ask(client, '/lock/calibrate', { id, proof, nonce }, lockCalibratedSchema);
    if (!said.ok) return said;
    const { waiting, ...calibration } = said.value;
    const at = readTimeStatement(calibration.time.jws, nonce, signingKey);
    if (!at.ok) return at;
    if (calibration.serial !== lock.serial || calibration.at !== at.value)
      return refuse({ type: 'parent-not-understood' });
    return ok({ calibration: { format: 'invigil-lock-calibration-1', ...calibration }, waiting });
  });
}

interface Met {
  /** Accepts this very certificate and no other. */
  readonly client: ExchangeClient;
  readonly centre: CentreSeen;
}

async function meet({ address, fingerprint }: CentreToAsk): Promise<Result<Met>> {
  const first = new ExchangeClient({ address, certPem: null }, null);
  const nonce = toHex(randomBytes(12));
  const from = performance.now();
  const said = await first.postUnpinned<unknown>('/lock/centre', { nonce });
  first.close();
  if (!said.ok) return said;
  // Whatever somebody else says at this address is not read.
  if (said.value.fingerprint !== fingerprint) return refuse({ type: 'parent-is-another', code: 'pin' });
  const parsed = lockCentreSchema.safeParse(said.value.answer);
  if (!parsed.success) return refuse({ type: 'parent-not-understood' });
  const at = readTimeStatement(parsed.data.time, nonce, parsed.data.signingKey);
  if (!at.ok) return at;
  return ok({
    client: new ExchangeClient({ address, certPem: said.value.certPem }, null),
    centre: { ...parsed.data, at: at.value + (performance.now() - from) / 2 },
  });
}

async function asLock<T>(
  centre: CentreToAsk,
  lock: Token,
  pin: string,
  purpose: LockProof['purpose'],
  act: (proved: {
    client: ExchangeClient;
    id: string;
    proof: string;
    signingKey: string;
  }) => Promise<Result<T>>,
): Promise<Result<T>> {
  const met = await meet(centre);
  if (!met.ok) return met;
  const { client, centre: seen } = met.value;
  try {
    const { serial, recipient } = lock;
    const challenge = await ask(client, '/lock/challenge', { serial, recipient }, lockChallengeSchema);
    if (!challenge.ok) return challenge;
    const secret = await lock.unseal(fromBase64(challenge.value.sealed), pin);
    if (!secret.ok) return secret;
    // Whatever else somebody may have sealed to the lock is not opened for him.
    if (secret.value.length !== 32) return refuse({ type: 'parent-not-understood' });
    const proof = lockProof(secret.value, { purpose, serial, recipient, centreTls: centre.fingerprint });
    return await act({ client, id: challenge.value.id, proof, signingKey: seen.signingKey });
  } finally {
    client.close();
  }
}

async function ask<S extends z.ZodType>(
  client: ExchangeClient,
  path: string,
  body: unknown,
  schema: S,
): Promise<Result<z.infer<S>>> {
  const said = await client.post<unknown>(path, body);
  if (!said.ok) return said;
  const parsed = schema.safeParse(said.value);
  return parsed.success ? ok(parsed.data) : refuse({ type: 'parent-not-understood' });
}
