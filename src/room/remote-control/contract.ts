/** The console's part of the remote control of seats. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { remoteActions } from '../../exam/remote-control/order.ts';
import { id, operation, refusalSchema, shortText, time } from '../../node/contract.ts';
import { both } from '../roles.ts';

const admin = 'administrator' as const;

/** `elsewhere`: the page is open in a browser that the agent has not started; `unknown`: the seat does not answer. */
export const screenStates = ['shown', 'elsewhere', 'starting', 'closed', 'failed', 'unknown'] as const;

export type ScreenState = (typeof screenStates)[number];

const rowSchema = z.object({
  seatId: id,
  number: z.number().int().nullable(),
  computer: z.string(),
  address: z.string(),
  screen: z.enum(screenStates),
  screenProblem: refusalSchema.nullable(),
  atWork: z.boolean(),
  /** Changes that only the seat has. */
  pending: z.number().int(),
  /** The last one. */
  order: z
    .object({
      id,
      action: z.enum(remoteActions),
      state: z.enum(['waiting', 'under-way', 'done', 'failed', 'not-reached']),
      reason: refusalSchema.nullable(),
      at: time,
    })
    .nullable(),
});
export type RemoteRow = z.infer<typeof rowSchema>;

export const remoteViewSchema = z.object({
  rows: z.array(rowSchema),
  /** Seats on which no candidate's screen is shown. */
  notShown: z.number().int(),
  /** Of the newest order: how many seats, and how many have their outcome. */
  newest: z
    .object({
      action: z.enum(remoteActions),
      at: time,
      seats: z.number().int(),
      ended: z.number().int(),
      failed: z.number().int(),
    })
    .nullable(),
  /** Why no seat may be initialised now. */
  initialise: refusalSchema.nullable(),
});
export type RemoteView = z.infer<typeof remoteViewSchema>;

const seatIds = z.array(id).min(1).max(2000);

export const remoteControlContract = {
  get: operation(...both).output(remoteViewSchema),
  live: operation(...both).output(eventIterator(remoteViewSchema)),
  /** `reason`: why, although somebody is at work at one of them; goes into the journal. */
  order: operation(...both)
    .input(
      z.object({
        action: z.enum(remoteActions).exclude(['initialise', 'uninstall']),
        seatIds,
        reason: shortText,
      }),
    )
    .output(remoteViewSchema),
  /** What candidates have left on these computers is deleted; with `uninstall` the seats' programs go then, too. */
  initialise: operation(admin)
    .input(z.object({ seatIds, password: z.string().max(256), uninstall: z.boolean().default(false) }))
    .output(remoteViewSchema),
};
