/** The console's part of the seats: who asks to be admitted, their numbers, and the plan of them. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { screenBrowserSchema } from '../../exam/exam-browser/proof.ts';
import { downloadSchema, id, operation, shortText, time, uploadId } from '../../node/contract.ts';
import { screenStates } from '../remote-control/contract.ts';
import { both } from '../roles.ts';

const admin = 'administrator' as const;

export const seatViewSchema = z.object({
  seatId: id,
  number: z.number().int().nullable(),
  address: z.string(),
  computer: z.string(),
  note: z.string(),
  /** `announced`: asks to be admitted; the invigilator approves it once. */
  state: z.enum(['announced', 'approved']),
  /** When it asked to be admitted. */
  announcedAt: time,
  online: z.boolean(),
  screen: z.enum(screenStates),
  lastContact: time.nullable(),
  sittingId: id.nullable(),
  screenIn: screenBrowserSchema,
});
export type SeatView = z.infer<typeof seatViewSchema>;

/** A seat that is planned: what is known of it before its computer is there. */
export const plannedSeatSchema = z.object({
  number: z.number().int().min(1).max(9999),
  address: z.string().trim().max(200),
  computer: z.string().trim().max(200),
  note: shortText,
});

export const seatContract = {
  list: operation(...both).output(z.array(seatViewSchema)),
  live: operation(...both).output(eventIterator(z.array(seatViewSchema))),
  approve: operation(...both)
    .input(z.object({ seatIds: z.array(id).max(2000) }))
    .output(z.array(seatViewSchema)),
  edit: operation(admin)
    .input(z.object({ seatId: id, number: z.number().int().min(1).max(9999), note: shortText }))
    .output(z.array(seatViewSchema)),
  order: operation(admin)
    .input(z.object({ seatIds: z.array(id).max(2000) }))
    .output(z.array(seatViewSchema)),
  remove: operation(admin)
    .input(z.object({ seatId: id }))
    .output(z.array(seatViewSchema)),
  /** Seats of the plan whose computer has not asked yet. */
  awaited: operation(...both).output(z.array(plannedSeatSchema)),
  addPlanned: operation(admin).input(plannedSeatSchema).output(z.array(plannedSeatSchema)),
  removePlanned: operation(admin)
    .input(z.object({ number: z.number().int() }))
    .output(z.array(plannedSeatSchema)),
  /** A table with a heading line; all rows or none. Replaces the plan before. */
  importPlan: operation(admin).input(z.object({ uploadId })).output(z.array(plannedSeatSchema)),
  /** XLSX of every seat with its number. */
  export: operation(...both)
    .input(z.object({ language: z.enum(['en', 'zh', 'ru']) }))
    .output(downloadSchema),
  /** Computers join with the new code only; who has joined stays. */
  renewPairingCode: operation(admin).output(z.object({ pairingCode: z.string() })),
  showNumbers: operation(...both)
    .input(z.object({ show: z.boolean() }))
    .output(z.object({})),
};
