/** What the console shows during the exam: the session, what may be done now, and every candidate. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { roomCountsSchema } from '../../exam/session/room-view.ts';
import { gateSchema, id, modeSchema, operation, refusalSchema, time } from '../../node/contract.ts';
import { accommodationsViewSchema } from '../accommodation/contract.ts';
import { both } from '../roles.ts';

export const sittingStateSchema = z.enum([
  'not-signed-in',
  'signed-in',
  'in-exam',
  'away',
  'locked',
  'resumable',
  'handed-in',
  'closed',
  'absent',
]);
export const sittingViewSchema = z.object({
  sittingId: id,
  subject: z.number().int(),
  index: z.number().int(),
  admissionNumber: z.string(),
  name: z.string(),
  state: sittingStateSchema,
  awaySince: time.nullable(),
  seatId: id.nullable(),
  seatNumber: z.number().int().nullable(),
  address: z.string().nullable(),
  answered: z.number().int(),
  items: z.number().int(),
  /** Changes of answers kept by the room. */
  kept: z.number().int(),
  /** The seat says that it holds changes which the room has not got yet. */
  pending: z.number().int(),
  lastChangeAt: time.nullable(),
  /** Room time at which the candidate's time ends; null: not at work. */
  endsAt: time.nullable(),
  /** null: none. */
  accommodations: accommodationsViewSchema.nullable(),
  extraTimeMin: z.number().int(),
  extraTimes: z.array(z.object({ at: time, minutes: z.number().int(), byCode: z.boolean() })),
  resumes: z.array(z.object({ at: time, reason: z.string(), creditMs: z.number() })),
  /** Why the sitting is closed or absent, as an invigilator wrote it. */
  closeReason: z.string().nullable(),
  violations: z.array(z.object({ id, code: z.string(), description: z.string(), at: time })),
  collected: z.boolean(),
});
export type SittingView = z.infer<typeof sittingViewSchema>;

/** What seats do by themselves in a mock exam. */
export const automaticsSchema = z.object({ signIn: z.boolean(), answer: z.boolean(), handIn: z.boolean() });

export const toolbarActions = [
  'authorise',
  'allowSignIn',
  'allowStart',
  'absence',
  'violation',
  'exceptions',
  'singleCollection',
  'answerPackage',
  'end',
  'report',
] as const;
export const roomBoardSchema = z.object({
  at: time,
  session: z
    .object({
      sessionId: id,
      number: z.number().int(),
      name: z.string(),
      mode: modeSchema,
      startAt: time,
      state: z.enum([
        'loaded',
        'authorised',
        'sign-in-open',
        'counting-down',
        'running',
        'ended',
        'reported',
      ]),
      startsAt: time.nullable(),
      endsAt: time.nullable(),
      subjects: z.array(
        z.object({ number: z.number().int(), name: z.string(), durationMin: z.number().int() }),
      ),
      administrator: z.string(),
      invigilators: z.array(z.string()),
      /** Minutes of extra time that need no code, in all. */
      freeExtraTimeMin: z.number().int(),
      /** Who permits what needs a code; `nobody-asked`: a mock exam. */
      codesIssuedBy: z.enum(['centre', 'site', 'nobody', 'nobody-asked']),
      automatics: automaticsSchema,
    })
    .nullable(),
  toolbar: z.record(z.enum(toolbarActions), gateSchema),
  /** What to do now: the key of a text, with values. */
  next: refusalSchema,
  counts: roomCountsSchema,
  sittings: z.array(sittingViewSchema),
});
export type RoomBoard = z.infer<typeof roomBoardSchema>;

export const boardContract = {
  get: operation(...both).output(roomBoardSchema),
  live: operation(...both).output(eventIterator(roomBoardSchema)),
};
