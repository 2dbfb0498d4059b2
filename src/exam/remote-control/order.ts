/** What a room has its seats' computers do (远程控制), what a seat answers, and how its screen is. */
import * as z from 'zod';
import type { Refusal } from '../../base/result.ts';

/** `uninstall`: initialised first; then the seat's program takes itself away. */
export const remoteActions = [
  'open-screen',
  'close-screen',
  'restart',
  'shut-down',
  'initialise',
  'uninstall',
] as const;
export type RemoteAction = (typeof remoteActions)[number];

/** `typ` of the signature under an order: worth nothing for anything else. */
export const remoteOrderType = 'invigil-remote-order+jws';

/** An order that a seat has not taken by then is not carried out any more, ms. */
export const remoteOrderValidMs = 60_000;

const id = z.string().min(1).max(64);

/** Signed by the room, for one seat. Times are the room's wall clock, ms. */
export const remoteOrderSchema = z.strictObject({
  v: z.literal(1),
  id,
  seat: id,
  action: z.enum(remoteActions),
  /** Somebody in the room has written down why this happens although a candidate is at work. */
  insisted: z.boolean(),
  at: z.number().int(),
  until: z.number().int(),
});
export type RemoteOrder = z.infer<typeof remoteOrderSchema>;

/** A refusal on its way: its type, and values for its text. */
const reasonSchema = z
  .object({ type: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/) })
  .catchall(z.union([z.string().max(500), z.number()]));
export type Reason = z.infer<typeof reasonSchema>;

/** A refusal that another computer is told. */
export function reasonOf({ type, ...about }: Refusal): Reason {
  const values = Object.entries(about).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : String(value).slice(0, 500),
  ]);
  return { ...Object.fromEntries(values), type };
}

/** `begun`: it is on its way, and the seat may be gone before it can say more. */
export const remoteAnswerSchema = z.discriminatedUnion('state', [
  z.strictObject({ id, state: z.literal('begun') }),
  z.strictObject({ id, state: z.literal('done') }),
  z.strictObject({ id, state: z.literal('failed'), reason: reasonSchema }),
]);
export type RemoteAnswer = z.infer<typeof remoteAnswerSchema>;

/** The browser that the agent has started; that of somebody else is `closed` here. */
export const screenProgramSchema = z.object({
  state: z.enum(['closed', 'starting', 'open', 'failed']),
  /** Why it does not stay open. */
  problem: reasonSchema.nullable(),
});
export type ScreenProgram = z.infer<typeof screenProgramSchema>;
