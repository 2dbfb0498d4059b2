/** What the lock helper and the centre say to each other; both sides parse it with these schemas. The helper is nobody's child: it pins the centre's certificate, and the lock proves itself. */
import * as z from 'zod';
import { calibrationSchema } from '../../exam/lock/calibration.ts';

const nonce = z.string().min(16).max(64);
const time = z.number().int();

export const lockCentreAskSchema = z.object({ nonce });
export const lockCentreSchema = z.object({
  code: z.string().max(64),
  /** Raw Ed25519 public key, base64url: signs the time. */
  signingKey: z.string().max(64),
  /** JWS typ `invigil-time+jws` over the nonce. */
  time: z.string().max(2_000),
  contacts: z.array(z.object({ name: z.string(), phone: z.string() })).max(20),
});
export type LockCentre = z.infer<typeof lockCentreSchema>;

export const lockChallengeAskSchema = z.object({
  serial: z.string().trim().min(1).max(64),
  recipient: z.string().max(128),
});
export const lockChallengeSchema = z.object({
  id: z.string().max(64),
  /** Base64 of an age file for the lock: 32 bytes. */
  sealed: z.string().max(8_000),
});

const proved = z.object({ id: z.string().max(64), proof: z.string().regex(/^[0-9a-f]{64}$/) });

export const lockRegisterAskSchema = proved.extend({ code: z.string().max(40) });
export const lockRegisteredSchema = z.object({
  siteCode: z.string(),
  siteName: z.string(),
  state: z.enum(['active', 'reserve']),
});
export type LockRegistered = z.infer<typeof lockRegisteredSchema>;

export const lockCalibrateAskSchema = proved.extend({ nonce });
export const lockCalibratedSchema = calibrationSchema.omit({ format: true }).extend({
  /** Sessions whose time has not come. */
  waiting: z.array(z.object({ sessionNumber: z.number().int(), name: z.string(), opensAt: time })).max(99),
});
export type LockCalibrated = z.infer<typeof lockCalibratedSchema>;
