/** What the consoles of every role have in common. Browser-safe: screens and servers both import it. */
import * as z from 'zod';
import { driveContract } from './backup/contract.ts';
import { operation, refusalSchema, userRoles } from './operation.ts';
import { passkeyContract } from './passkeys/contract.ts';
import { signInContract } from './sign-ins/contract.ts';
import { userContract } from './users/contract.ts';
import { limitSchema } from './users/limit.ts';

export { operation, refusalSchema, type OperationMeta, type Role } from './operation.ts';

export const empty = z.object({});
export const code = z.string().trim().min(1).max(64);
export const shortText = z.string().trim().max(400);
export const longText = z.string().max(4_000);
/** Milliseconds since 1970-01-01 UTC. */
export const time = z.number().int().min(0).max(8_640_000_000_000_000);

/** Of a thing of the exam: a project, a session, a sitting, a seat. */
export const id = z.string().min(1).max(64);
/** A file that was streamed to `POST /files` before: the operation takes it from there. */
export const uploadId = z.string().regex(/^[0-9a-z]{16}$/);

/** A file that was made for this user: `GET /files/<ticket>`, once, with the session's cookie, for ten minutes. */
export const downloadSchema = z.object({ ticket: z.string(), fileName: z.string(), size: z.number().int() });
export type Download = z.infer<typeof downloadSchema>;

/** A warning of the seal check that somebody accepts. */
export const acceptWarningSchema = z.object({ check: z.string().max(64), reason: shortText.min(1) });

export const checkSchema = z.object({
  id: z.string(),
  state: z.enum(['passed', 'warning', 'failed']),
  reason: refusalSchema.optional(),
  remedy: refusalSchema.optional(),
  /** Of a warning: who took it upon himself. `name` is the person's, `by` the account. */
  accepted: z.object({ by: z.string(), name: z.string(), at: time, reason: shortText }).optional(),
});
export type CheckView = z.infer<typeof checkSchema>;

/** May this happen now? When not: why, and when or by what it opens. */
export const gateSchema = z.object({
  allowed: z.boolean(),
  reason: refusalSchema.optional(),
  opensAt: time.optional(),
  remedy: refusalSchema.optional(),
});
export type GateView = z.infer<typeof gateSchema>;

/** One of the steps 1-2-3-4-5 that is always visible. */
export const stepSchema = z.object({
  id: z.string(),
  state: z.enum(['done', 'current', 'waiting', 'failed', 'warning']),
  reason: refusalSchema.optional(),
});
export type StepView = z.infer<typeof stepSchema>;

export const modeSchema = z.enum(['formal', 'mock']);

export const indicatorSchema = z.object({
  id: z.enum([
    'port',
    'exchange',
    'parent',
    'lock',
    'clock',
    'disk',
    'outbox',
    'journal',
    'version',
    'children',
    'progress',
  ]),
  state: z.enum(['passed', 'warning', 'failed']),
  /** Values for the text `indicator.<id>`; numbers in ms, bytes, counts. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  reason: refusalSchema.optional(),
  remedy: refusalSchema.optional(),
});
export type IndicatorView = z.infer<typeof indicatorSchema>;

/** The session that the title bar names, with the moment that its clock counts to or from. */
export const frameSessionSchema = z.object({
  name: z.string(),
  startAt: time,
  startsAt: time.nullable(),
  endsAt: time.nullable(),
  endedAt: time.nullable(),
});
export type FrameSession = z.infer<typeof frameSessionSchema>;

/** The frame of a console: title bar and status bar. */
export const frameSchema = z.object({
  role: z.enum(['centre', 'site', 'room']),
  code: z.string().nullable(),
  name: z.string().nullable(),
  mode: modeSchema.nullable(),
  /** Where the computers one level down reach this one. */
  addresses: z.array(z.string()),
  now: time,
  supportPhone: z.string().nullable(),
  session: frameSessionSchema.nullable(),
  indicators: z.array(indicatorSchema),
  /** What holds for every page now, over all of them. */
  notice: refusalSchema.optional(),
});
export type FrameView = z.infer<typeof frameSchema>;

export const userSchema = z.object({
  account: z.string(),
  /** Of the person; empty: nobody has entered it. */
  name: z.string(),
  role: z.enum(userRoles),
  /** The first password came from us: nothing else is allowed until it is replaced. */
  mustChangePassword: z.boolean(),
  /** null: sees everything. */
  limit: limitSchema.nullable(),
});
export type UserView = z.infer<typeof userSchema>;

export const forgottenSchema = z.object({
  /** This console sends a code to the account's address. */
  byMail: z.boolean(),
  /** Null: none is known here. */
  supportPhone: z.string().nullable(),
});
export type ForgottenView = z.infer<typeof forgottenSchema>;

/** Sign-in, password, and what the frame shows; part of every console's contract. */
export const nodeContract = {
  account: {
    me: operation.own('everyone').output(z.object({ user: userSchema.nullable(), firstStart: z.boolean() })),
    signIn: operation
      .own('everyone')
      .input(z.object({ account: z.string().min(1).max(64), password: z.string().min(1).max(256) }))
      .output(userSchema),
    signOut: operation.own('everyone').output(empty),
    /** What somebody can do who has forgotten the password. */
    forgotten: operation.own('everyone').output(forgottenSchema),
    changePassword: operation
      .own(...userRoles)
      .input(z.object({ current: z.string().min(1).max(256), next: z.string().min(1).max(256) }))
      .output(empty),
  },
  user: userContract,
  signIn: signInContract,
  passkey: passkeyContract,
  drive: driveContract,
  frame: operation.own(...userRoles).output(frameSchema),
};
