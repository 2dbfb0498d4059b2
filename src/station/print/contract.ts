/**
 * A print station (станция печати): printer and test print, then a room's kits, each with a verdict of whoever looks at it, and the end.
 * The state of each kit is in `exam/paper-day/print-run.ts`, what is entered of it in `formats/journal`.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { kitFates } from '../../exam/paper-day/print-run.ts';
import { readinessSchema } from '../../exam/paper-day/parcels.ts';
import { empty, operation, refusalSchema, time } from '../../node/contract.ts';
import { measuredSchema, printerAddressSchema } from './print-settings.ts';

const person = operation('everyone');
const count = z.number().int().min(0);
const kit = z.string().min(1).max(24);
const job = z.string().min(1).max(40);
const path = z.string().min(1).max(4_000);
const language = z.enum(['en', 'zh', 'ru']);
const reason = z.string().trim().max(500);

const jobViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  kit: z.string().nullable(),
  state: z.enum(['accepted', 'printing', 'held', 'completed', 'aborted', 'cancelled']).nullable(),
  /** Sheets that the printer says it gave, and those that it has to give. */
  given: count.nullable(),
  papers: z.number().nullable(),
  words: z.array(z.string()),
  refusal: refusalSchema.nullable(),
});
export type JobView = z.infer<typeof jobViewSchema>;

const kitViewSchema = z.object({
  kit: z.string(),
  reserve: z.boolean(),
  fate: z.enum(kitFates),
  /** It waits for its turn here. */
  waiting: z.boolean(),
  copy: count,
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  reason: z.string().nullable(),
  job: jobViewSchema.nullable(),
});
export type KitView = z.infer<typeof kitViewSchema>;

export const printViewSchema = z.object({
  printer: z
    .object({
      address: printerAddressSchema,
      name: z.string(),
      canTwoSided: z.boolean(),
      twoSided: z.boolean(),
      state: z
        .object({
          standing: z.enum(['ready', 'busy', 'stopped', 'offline']),
          conditions: z.array(z.string()),
          words: z.array(z.string()),
        })
        .nullable(),
      /** Why nothing is known of it; null: something is, or it is being asked. */
      refusal: refusalSchema.nullable(),
    })
    .nullable(),
  test: z
    .object({
      printedAt: time,
      good: z.boolean().nullable(),
      words: z.string(),
      measured: measuredSchema.nullable(),
    })
    .nullable(),
  /** For which kits are printed; null: a reserve station has to be told. */
  room: z.string().nullable(),
  reserveStation: z.boolean(),
  rooms: z.array(z.string()),
  open: z.boolean(),
  preprinted: z.boolean(),
  counts: z.object({
    wanted: count,
    planned: count,
    waiting: count,
    atPrinter: count,
    toLookAt: count,
    good: count,
    spoiled: count,
    reserve: count,
    /** Kits that the key allows, and those whose numbers are used up. */
    allowed: count,
    used: count,
    additionalLeft: count,
    additionalPrinted: count,
  }),
  kits: z.array(kitViewSchema),
  /** Of what is no kit: additional sheets, test pages, protocols. */
  otherJobs: z.array(jobViewSchema),
  /** A stick knows of more than this journal: nothing is printed before that is taken over; null: none does. */
  older: refusalSchema.nullable(),
  /** Why nothing goes on; null: it does. */
  halted: refusalSchema.nullable(),
  finished: z.boolean(),
  closing: z
    .object({ closing: count, fileName: z.string(), madeAt: time, writtenAt: time.nullable() })
    .nullable(),
});
export type PrintView = z.infer<typeof printViewSchema>;

const foundPrinterSchema = z.object({ address: printerAddressSchema, name: z.string(), about: z.string() });

export const printContract = {
  get: person.output(printViewSchema),
  live: person.output(eventIterator(printViewSchema)),
  printers: {
    list: person.output(z.array(foundPrinterSchema)),
    /** In this computer's networks; answers after some seconds. */
    search: person.output(z.array(foundPrinterSchema)),
    choose: person
      .input(z.object({ address: printerAddressSchema, name: z.string().trim().min(1).max(300) }))
      .output(printViewSchema),
    twoSided: person.input(z.object({ twoSided: z.boolean() })).output(printViewSchema),
  },
  test: {
    print: person.input(z.object({ language })).output(printViewSchema),
    /** Pictures on the sticks, of which one may be the scanned test page. */
    scans: person.output(z.array(z.object({ path, name: z.string(), at: time }))),
    measure: person.input(z.object({ path })).output(printViewSchema),
    judge: person.input(z.object({ good: z.boolean(), words: reason })).output(printViewSchema),
    /** As the site gets them with the readiness. */
    checks: person.output(readinessSchema.shape.checks),
  },
  run: {
    room: person.input(z.object({ room: z.string().trim().min(1).max(64) })).output(printViewSchema),
    start: person
      .input(z.object({ count: z.number().int().min(1).max(500), from: kit.nullable(), language }))
      .output(printViewSchema),
    judge: person
      .input(
        z.object({
          kits: z.array(kit).min(1).max(500),
          verdict: z.enum(['good', 'spoiled']),
          /** A usual one by its name, or in words. */
          reason,
        }),
      )
      .output(printViewSchema),
    /** What a stick says was printed here, and the journal does not know: counts as printed, and wants its verdicts. */
    takeOver: person.output(printViewSchema),
    replace: person.input(z.object({ kit, language })).output(printViewSchema),
    additional: person
      .input(z.object({ count: z.number().int().min(1).max(100), language }))
      .output(printViewSchema),
    resume: person.output(printViewSchema),
    stop: person.output(printViewSchema),
    cancel: person.input(z.object({ job })).output(printViewSchema),
    askNoMore: person.input(z.object({ job })).output(printViewSchema),
  },
  end: {
    finish: person.input(z.object({ short: reason })).output(printViewSchema),
    write: person.input(z.object({ drive: path, language })).output(z.object({ path })),
    printProtocol: person.input(z.object({ language })).output(empty),
  },
};
