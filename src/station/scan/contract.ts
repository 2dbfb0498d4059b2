/**
 * The scan station, for its page: print journals, the scanner, rooms with their pages, packages on sticks, END_SCAN. The rules are in
 * `exam/paper-day/scan-room.ts`.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { sheetKinds } from '../../exam/form/sheet-code.ts';
import { roomCountsSchema, siteForms } from '../../exam/paper-day/parcels.ts';
import { pageDecisionSchema } from '../../exam/paper-day/scan-decisions.ts';
import { pageProblems } from '../../exam/paper-day/scan-room.ts';
import { code, empty, operation, refusalSchema, time } from '../../node/contract.ts';
import { chosenScannerSchema, scannerAddressSchema } from './chosen-scanner.ts';
import { scanEndSchema } from './scan-end.ts';

const person = operation('everyone');
const path = z.string().min(1).max(4_000);
const pageId = z.string().regex(/^[0-9a-z]{16}$/);
const count = z.number().int().min(0).max(10_000);
const words = z.string().trim().max(500);
const side = z.union([z.literal(1), z.literal(2)]);

const foundSchema = z.object({ path, name: z.string(), createdAt: time, about: z.string() });
export type FoundOnStick = z.infer<typeof foundSchema>;

const foundScannerSchema = z.object({ name: z.string(), address: scannerAddressSchema, about: z.string() });

const runSchema = z.object({
  room: z.string(),
  startedAt: time,
  end: scanEndSchema.nullable(),
  pages: z.number().int(),
  again: z.number().int(),
  passedOver: z.array(refusalSchema),
  words: z.array(z.string()),
  refusal: refusalSchema.nullable(),
});

const packageSchema = z.object({
  id: z.string(),
  part: z.number().int(),
  parts: z.number().int(),
  pages: z.number().int(),
  replaces: z.string().nullable(),
  /** How often it went to a stick. */
  written: z.number().int(),
  word: z
    .object({
      state: z.enum(['received', 'confirmed', 'rejected']),
      quality: z.enum(['checking', 'good', 'rescan']),
      reason: z.string(),
      at: time,
    })
    .nullable(),
});

const roomRowSchema = z.object({
  room: z.string(),
  /** `none`: nobody has begun with it. */
  state: z.enum(['none', 'open', 'closed']),
  /** In the plan, reserves included. */
  kits: z.number().int(),
  pages: z.number().int(),
  unread: z.number().int(),
  unfit: z.number().int(),
  journalMissing: z.boolean(),
  reason: z.string().nullable(),
  packages: z.array(packageSchema),
});
export type ScanRoomRow = z.infer<typeof roomRowSchema>;

export const scanViewSchema = z.object({
  /** A member has opened the materials: which sheets there are is known. */
  open: z.boolean(),
  /** Where candidates speak there are no additional sheets. */
  speaking: z.boolean(),
  scanner: chosenScannerSchema.nullable(),
  run: runSchema.nullable(),
  rooms: z.array(roomRowSchema),
  journals: z.array(
    z.object({
      stationId: z.string(),
      number: z.string(),
      room: z.string().nullable(),
      closing: z.number().int(),
      /** null: nobody has opened the materials here. */
      good: z.number().int().nullable(),
      spoiled: z.number().int().nullable(),
      opened: z.boolean(),
      loadedAt: time,
    }),
  ),
  /** Rooms of which no print station has told anything. */
  untoldRooms: z.array(z.string()),
  failing: refusalSchema.nullable(),
});
export type ScanView = z.infer<typeof scanViewSchema>;

const pageSchema = z.object({
  id: z.string(),
  seq: z.number().int(),
  name: z.string(),
  state: z.enum(['reading', 'removed', 'again', 'superseded', 'fits', 'form', 'problem']),
  problem: z.enum(pageProblems).nullable(),
  /** What keeps an image from being looked at. */
  why: refusalSchema.nullable(),
  number: z.string().nullable(),
  side: side.nullable(),
  kind: z.enum(sheetKinds).nullable(),
  kit: z.string().nullable(),
  /** By plan and journals; '' : of the whole site. */
  roomOfSheet: z.string().nullable(),
  form: z.enum(siteForms).nullable(),
  empty: z.boolean(),
  note: z.string().nullable(),
  mates: z.array(z.object({ id: z.string(), room: z.string() })),
  /** Degrees clockwise by which the image has to be turned. */
  rotation: z.number(),
  hasThumbnail: z.boolean(),
  /** How many decisions there are. */
  seen: z.number().int(),
});
export type ScanPage = z.infer<typeof pageSchema>;

export const roomViewSchema = z.object({
  room: z.string(),
  open: z.boolean(),
  counts: roomCountsSchema.nullable(),
  found: z.object({ kits: z.number().int(), registrations: z.number().int(), additional: z.number().int() }),
  pages: z.array(pageSchema),
  problems: z.array(
    z.discriminatedUnion('type', [
      z.object({
        type: z.literal('sheet-missing'),
        kit: z.string(),
        number: z.string(),
        side,
        kind: z.enum(sheetKinds),
      }),
      z.object({ type: z.literal('rescan-asked'), number: z.string(), side }),
      z.object({
        type: z.literal('count-differs'),
        what: z.enum(['kits', 'registrations', 'additional']),
        declared: z.number().int(),
        found: z.number().int(),
      }),
      z.object({ type: z.literal('journal-missing') }),
    ]),
  ),
  /** What keeps it open whatever reason is given; null: nothing. */
  blocked: refusalSchema.nullable(),
  unfit: z.number().int(),
  reason: z.string().nullable(),
});
export type ScanRoomView = z.infer<typeof roomViewSchema>;

export const scanContract = {
  view: person.output(scanViewSchema),
  journals: {
    find: person.output(z.array(foundSchema)),
    load: person.input(z.object({ path })).output(scanViewSchema),
  },
  scanner: {
    list: person.output(z.array(foundScannerSchema)),
    /** In this computer's networks; answers after some seconds. */
    search: person.output(z.array(foundScannerSchema)),
    choose: person.input(chosenScannerSchema).output(scanViewSchema),
  },
  room: {
    open: person.input(z.object({ room: code })).output(empty),
    view: person.input(z.object({ room: code })).output(roomViewSchema),
    live: person
      .input(z.object({ room: code }))
      .output(eventIterator(z.object({ view: scanViewSchema, room: roomViewSchema.nullable() }))),
    declare: person
      .input(
        z.object({
          room: code,
          counts: z.object({
            kitsIssued: count,
            registrations: count,
            additional: count,
            absent: count,
            unfinished: count,
          }),
        }),
      )
      .output(empty),
    scan: person.input(z.object({ room: code })).output(empty),
    stop: person.output(empty),
    /** `reason` '' : everything fits. */
    close: person
      .input(z.object({ room: code, reason: words }))
      .output(z.object({ packages: z.number().int() })),
    reopen: person.input(z.object({ room: code, reason: words.min(1) })).output(empty),
  },
  page: {
    decide: person
      .input(z.object({ page: pageId, seen: z.number().int().min(0), decision: pageDecisionSchema }))
      .output(empty),
  },
  words: {
    find: person.output(z.array(foundSchema)),
    take: person.input(z.object({ path })).output(z.object({ rooms: z.array(z.string()) })),
  },
  packages: {
    write: person
      .input(
        z.object({
          drive: path,
          ids: z
            .array(z.string().regex(/^[0-9a-f]{64}$/))
            .min(1)
            .max(5_000),
        }),
      )
      .output(z.object({ written: z.number().int() })),
  },
  journal: {
    write: person.input(z.object({ drive: path })).output(z.object({ path })),
  },
};
