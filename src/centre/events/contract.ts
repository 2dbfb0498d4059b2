/**
 * The console's part of exams on paper: events, the register of their forms, and the forms themselves.
 *
 * An event is changed as a whole until its register grows; from then on its composition and the sides of its forms stay. The register only
 * grows: by generating kits, or by importing forms that were printed elsewhere. Growing is work of its own (`generating`): it goes on
 * without the console, and after a centre that was killed.
 */
import * as z from 'zod';
import { compositionSchema } from '../../exam/form/composition.ts';
import { eventCodeSchema, subjectLatinSchema } from '../../exam/form/event-code.ts';
import { sheetKinds } from '../../exam/form/sheet-code.ts';
import { numberRuleSchema } from '../../exam/form/sheet-number.ts';
import { templateSchema } from '../../exam/form/template.ts';
import {
  code,
  downloadSchema,
  id,
  operation,
  refusalSchema,
  shortText,
  uploadId,
} from '../../node/contract.ts';
import { all, editors } from '../roles.ts';
import { workSchema } from '../work/contract.ts';

/** Who changes events and registers. */
const keepers = ['administrator', 'operator'] as const;
const count = z.number().int().min(0);
const language = z.enum(['en', 'zh', 'ru']);
/** Sheets of a kit: its control sheet has room for as many. */
export const mostOfKit = 24;

export const foundSheetSchema = z.object({
  number: z.string(),
  eventId: id,
  eventCode: z.string(),
  eventName: z.string(),
  siteCode: z.string(),
  /** null: the site is not in the roster any more. */
  siteName: z.string().nullable(),
  /** '': the register says none. */
  roomCode: z.string(),
  /** null: an additional sheet that belongs to no kit yet. */
  kit: z.string().nullable(),
  kind: z.enum(sheetKinds),
  place: z.number().int(),
  copy: z.number().int(),
  sides: z.union([z.literal(1), z.literal(2)]),
  /** Of each side, what came of it. */
  states: z
    .array(z.enum(['missing', 'not-expected', 'filled', 'empty', 'duplicate']))
    .min(1)
    .max(2),
});
export type FoundSheet = z.infer<typeof foundSheetSchema>;

export const eventInputSchema = z.object({
  code: eventCodeSchema,
  name: shortText.min(1),
  subject: z.object({
    code: z.string().trim().min(1).max(10),
    name: shortText.min(1),
    latin: subjectLatinSchema,
  }),
  date: z.iso.date(),
  stage: z.string().trim().max(40),
  composition: compositionSchema.refine(
    (parts) => parts.reduce((sum, { count: n }) => sum + n, 0) <= mostOfKit,
  ),
  /** Hours after the end of the event's day within which sites send their protocols. */
  protocolDueH: z.number().int().min(1).max(720),
});
export type EventInput = z.infer<typeof eventInputSchema>;

export const eventViewSchema = eventInputSchema.extend({
  id,
  numberPrefix: z.string(),
  /** Its forms are described by a file of its own. */
  ownTemplates: z.boolean(),
  /** Lengths and check digits of the numbers that were imported. */
  rules: z.array(numberRuleSchema),
  /** Sums of the sites within the caller's limit. */
  sites: count,
  kits: count,
  /** Sides that are expected back, and those that came. */
  sides: count,
  came: count,
  /** Numbers were made, or imported. */
  grown: z.boolean(),
  growth: workSchema.nullable(),
});
export type EventView = z.infer<typeof eventViewSchema>;

export const planRowSchema = z.object({
  siteCode: code,
  /** '': the register says none. */
  roomCode: z.string().trim().max(64),
  kits: z.number().int().min(0).max(10_000),
  additional: z.number().int().min(0).max(10_000),
  /** Of a site that is not in the roster; '': as its code. */
  siteName: shortText.default(''),
  region: z.string().trim().max(100).default(''),
});
export type PlanRow = z.infer<typeof planRowSchema>;

/** Where a plan comes from. */
export const planSourceSchema = z.discriminatedUnion('from', [
  z.object({
    from: z.literal('roster'),
    sessionNumber: z.number().int().min(1).max(99),
    reserve: z.object({ unit: z.enum(['percent', 'kits']), amount: z.number().int().min(0).max(1_000) }),
    /** For each room. */
    additional: z.number().int().min(0).max(1_000),
  }),
  z.object({ from: z.literal('rows'), rows: z.array(planRowSchema).min(1).max(5_000) }),
  z.object({ from: z.literal('file'), uploadId }),
]);
export type PlanSource = z.infer<typeof planSourceSchema>;

export const registerErrorSchema = z.object({
  /** Of the file, or of the table; 0: of none. */
  line: z.number().int(),
  value: z.string(),
  reason: refusalSchema,
});

export const planViewSchema = z.object({
  /** The first of them. */
  rows: z.array(planRowSchema),
  rowsInAll: count,
  sites: count,
  rooms: count,
  kits: count,
  additional: count,
  sheets: count,
  pages: count,
  /** Sites of the plan that the project does not have yet. */
  newSites: z.array(z.string()),
  newSitesInAll: count,
  /** The first of them; `wrong` says how many there are. */
  errors: z.array(registerErrorSchema),
  wrong: count,
});
export type PlanView = z.infer<typeof planViewSchema>;

export const importViewSchema = z.object({
  fileName: z.string(),
  /** As it is told by all rows, or as it was said. */
  rule: numberRuleSchema.nullable(),
  rows: count,
  sites: count,
  rooms: count,
  kits: count,
  sheets: count,
  /** How many of its numbers the check digit fits: none by chance is one in ten. */
  checked: count,
  newSites: z.array(z.string()),
  newSitesInAll: count,
  errors: z.array(registerErrorSchema),
  wrong: count,
});
export type ImportView = z.infer<typeof importViewSchema>;

const ofEvent = z.object({ projectId: id, eventId: id });

export const eventContract = {
  list: operation
    .filtered(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(eventViewSchema)),
  save: operation
    .everything(...keepers)
    .input(z.object({ projectId: id, eventId: id.nullable(), event: eventInputSchema }))
    .output(z.object({ eventId: id })),
  /** Only while nothing came of it. Its register goes with it; its numbers are never given again. */
  remove: operation
    .everything(...keepers)
    .input(ofEvent)
    .output(z.object({})),
  /** The register by site. */
  sites: operation
    .filtered(...all)
    .input(
      ofEvent.extend({
        search: z.string().max(100).default(''),
        offset: count.max(10_000_000).default(0),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(
      z.object({
        total: count,
        rows: z.array(
          z.object({ code: z.string(), name: z.string(), kits: count, sides: count, came: count }),
        ),
      }),
    ),
  rooms: operation
    .site(...all)
    .input(ofEvent.extend({ siteCode: code }))
    .output(
      z.array(
        z.object({
          roomCode: z.string(),
          kits: count,
          firstKit: z.string().nullable(),
          lastKit: z.string().nullable(),
          additional: count,
        }),
      ),
    ),
  find: operation
    .filtered(...all)
    .input(z.object({ projectId: id, number: z.string().trim().min(1).max(60) }))
    .output(foundSheetSchema),
  plan: operation
    .everything(...keepers)
    .input(ofEvent.extend({ source: planSourceSchema }))
    .output(planViewSchema),
  /** Begins to make kits and sheets, all of the plan or, when a row of it is wrong, none. */
  generate: operation
    .everything(...keepers)
    .input(ofEvent.extend({ source: planSourceSchema, addSites: z.boolean().default(false) }))
    .output(z.object({})),
  /** Goes on after what it said was seen to. */
  goOn: operation
    .everything(...keepers)
    .input(ofEvent)
    .output(z.object({})),
  readImport: operation
    .everything(...keepers)
    .input(
      ofEvent.extend({ uploadId, rule: numberRuleSchema.nullable(), addSites: z.boolean().default(false) }),
    )
    .output(importViewSchema),
  /** All rows or none. */
  import: operation
    .everything(...keepers)
    .input(ofEvent.extend({ uploadId, rule: numberRuleSchema, addSites: z.boolean().default(false) }))
    .output(importViewSchema),
  export: operation
    .filtered(...all)
    .input(ofEvent.extend({ format: z.enum(['csv', 'xlsx']), language }))
    .output(downloadSchema),
  /** Each side of each form of a kit, blank. */
  drawing: operation
    .own(...all)
    .input(ofEvent.extend({ language }))
    .output(z.array(z.object({ kind: z.enum(sheetKinds), side: z.number().int(), svg: z.string() }))),
  /** The drawing as PDF, with the word SPECIMEN where the codes stand. */
  specimen: operation
    .own(...all)
    .input(ofEvent.extend({ language }))
    .output(downloadSchema),
  /** Forms of the event's own, from a JSON file; null: those of the product. */
  saveTemplates: operation
    .everything(...keepers)
    .input(ofEvent.extend({ uploadId: uploadId.nullable() }))
    .output(z.object({})),
  /** The forms of a room, or of all rooms of a site, in the order in which they are handed out. */
  print: operation
    .site(...editors)
    .input(ofEvent.extend({ siteCode: code, roomCode: z.string().trim().max(64).nullable(), language }))
    .output(downloadSchema),
};

export const templatesSchema = z.array(templateSchema).min(1).max(sheetKinds.length);
