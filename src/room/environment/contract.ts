/** The console's part of the environment check. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { environmentChecks } from '../../exam/environment/measured.ts';
import { requirementsSchema } from '../../exam/environment/requirements.ts';
import { downloadSchema, gateSchema, id, operation, refusalSchema, time } from '../../node/contract.ts';
import { both } from '../roles.ts';

const checkId = z.enum(environmentChecks);
const verdictState = z.enum(['passed', 'warning', 'failed']);
const seatState = z.enum(['unchecked', 'waiting', 'checking', 'not-reached', 'passed', 'warning', 'failed']);

const rowSchema = z.object({
  seatId: id,
  number: z.number().int().nullable(),
  computer: z.string(),
  state: seatState,
  at: time.nullable(),
  /** One for each of the view's checks, in their order. */
  marks: z.array(z.enum(['passed', 'warning', 'failed', 'waiting'])),
});
export type EnvironmentRow = z.infer<typeof rowSchema>;

const countsSchema = z.object({
  seats: z.number().int(),
  /** Those with warnings, too. */
  passed: z.number().int(),
  warnings: z.number().int(),
  failed: z.number().int(),
  notReached: z.number().int(),
  underWay: z.number().int(),
  unchecked: z.number().int(),
});
export type EnvironmentCounts = z.infer<typeof countsSchema>;

export const environmentViewSchema = z.object({
  running: z.boolean(),
  /** For all seats; for those that failed, were not reached or have no result. */
  start: gateSchema,
  again: gateSchema,
  run: z.object({ startedAt: time, seats: z.number().int() }).nullable(),
  requirements: requirementsSchema,
  checks: z.array(checkId),
  counts: countsSchema,
  /** Seats that `again` would check. */
  open: z.number().int(),
  rows: z.array(rowSchema),
});
export type EnvironmentView = z.infer<typeof environmentViewSchema>;

export const seatEnvironmentSchema = z.object({
  seatId: id,
  state: seatState,
  at: time.nullable(),
  verdicts: z.array(
    z.object({
      id: checkId,
      state: verdictState,
      reason: refusalSchema.optional(),
      remedy: refusalSchema.optional(),
      values: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
    }),
  ),
});
export type SeatEnvironment = z.infer<typeof seatEnvironmentSchema>;

export const environmentContract = {
  get: operation(...both).output(environmentViewSchema),
  live: operation(...both).output(eventIterator(environmentViewSchema)),
  /** `open`: those that failed, were not reached or have no result yet. */
  start: operation(...both)
    .input(z.object({ seats: z.enum(['all', 'open']) }))
    .output(environmentViewSchema),
  seat: operation(...both)
    .input(z.object({ seatId: id }))
    .output(seatEnvironmentSchema),
  /** HTML that opens without any network. */
  report: operation(...both)
    .input(z.object({ language: z.enum(['en', 'zh', 'ru']) }))
    .output(downloadSchema),
};
