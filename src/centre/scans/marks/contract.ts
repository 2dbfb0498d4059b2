/**
 * Marks on forms: what waits for a person, one row of boxes after the other, and what was marked as a table.
 *
 * A row goes `waits → decided`, and back when a decision is taken back; a row that the machine was sure of can be decided, too. What the
 * machine read stays beside it. A page is shown at one desk (one window) at a time; should two decide about the same row all the same, the
 * first one counts, and the second is told.
 */
import * as z from 'zod';
import { markSchema } from '../../../exam/scan/reading.ts';
import { downloadSchema, id, operation } from '../../../node/contract.ts';
import { all, editors } from '../../roles.ts';

const count = z.number().int();
const ofEvent = z.object({ projectId: id, eventId: id });
const column = z.number().int().min(0).max(11);

export const markEventSchema = z.object({
  id,
  code: z.string(),
  name: z.string(),
  date: z.string(),
  /** Rows of boxes that were read, and those that wait for a person, on so many pages. */
  rows: count,
  open: count,
  openPages: count,
  /** Rows that waited and that people have decided. */
  decided: count,
  /** Rows that the machine was sure of and that people have looked at, and those of them where they chose the same. */
  checked: count,
  agreed: count,
  /** Pages whose boxes were not read: their form was not known then. */
  unreadPages: count,
});
export type MarkEvent = z.infer<typeof markEventSchema>;

const regionSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

export const markRowSchema = z.object({
  field: z.string(),
  row: count,
  /** What stands before it on the form. */
  name: z.string(),
  several: z.boolean(),
  doubt: z.enum(['unsure', 'two-answers']).nullable(),
  boxes: z.array(
    z.object({
      name: z.string(),
      score: markSchema.shape.score,
      state: markSchema.shape.state,
      /** Of the image, each from 0 to 1. */
      at: regionSchema,
    }),
  ),
  machine: z.array(count),
  decision: z.object({ marked: z.array(count), by: z.string() }).nullable(),
  /** Of the newest decision; 0: none. */
  seq: count,
  /** JPEG as a data address: the row with a little of the page around it. */
  image: z.string(),
});
export type MarkRow = z.infer<typeof markRowSchema>;

export const markPageSchema = z.object({
  scanId: id,
  siteCode: z.string(),
  roomCode: z.string(),
  kit: z.string().nullable(),
  number: z.string(),
  side: count,
  kind: z.string(),
  duplicate: z.boolean(),
  /** Those that wait or are to be checked, in the order of the form. */
  rows: z.array(markRowSchema).min(1),
});
export type MarkPage = z.infer<typeof markPageSchema>;

const openSchema = z.object({
  rows: count,
  pages: count,
  /** Pages of them that other desks are looking at. */
  elsewhere: count,
});

export const markContract = {
  events: operation
    .filtered(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(markEventSchema)),
  /** The next page at this desk, which it holds until it asks for another one, or for three minutes without a decision. */
  next: operation
    .filtered(...editors)
    .input(
      ofEvent.extend({
        desk: id,
        /** `waiting`: rows that wait; `sure`: of the others every n-th, by their place and not by what was read. */
        of: z.enum(['waiting', 'sure']),
        every: z.number().int().min(1).max(1_000).default(50),
        /** The page that was shown before; null: from the beginning. */
        after: id.nullable(),
      }),
    )
    .output(
      z.object({
        page: markPageSchema.nullable(),
        open: openSchema,
        /** Where to go on; null: there is nothing behind. */
        after: id.nullable(),
      }),
    ),
  /** A row again, to decide anew. */
  row: operation
    .filtered(...editors)
    .input(
      z.object({
        projectId: id,
        desk: id,
        scanId: id,
        field: z.string().max(40),
        row: z.number().int().min(0).max(119),
      }),
    )
    .output(markPageSchema),
  decide: operation
    .filtered(...editors)
    .input(
      z.object({
        projectId: id,
        desk: id,
        scanId: id,
        field: z.string().max(40),
        row: z.number().int().min(0).max(119),
        /** Columns; none: nothing is marked. null: takes the newest decision back. */
        marked: z.array(column).max(12).nullable(),
        /** `seq` of the row as it was shown. */
        upon: z.number().int().min(0),
      }),
    )
    .output(z.object({ seq: count, open: openSchema })),
  /** Reads some pages whose boxes were not read again, as the forms that the register says they are. */
  readAgain: operation
    .filtered(...editors)
    .input(ofEvent.extend({ after: id.nullable() }))
    .output(
      z.object({
        looked: count,
        /** Of these, pages whose boxes are read now. */
        read: count,
        /** Where to go on; null: that was all. */
        after: id.nullable(),
      }),
    ),
  exportFile: operation
    .filtered(...editors)
    .input(ofEvent.extend({ format: z.enum(['csv', 'xlsx']), language: z.enum(['en', 'zh', 'ru']) }))
    .output(downloadSchema),
};
