/** The inside of an upload: its pages, what is known of each, and what people decide about them. Browser-safe. */
import * as z from 'zod';
import { numberRuleSchema } from '../../../exam/form/sheet-number.ts';
import { sheetKinds } from '../../../exam/form/sheet-code.ts';
import { readingSchema, rotationSchema } from '../../../exam/scan/reading.ts';
import { scanClasses } from '../../../exam/scan/standing.ts';
import { uploadCountsSchema } from '../../../exam/scan/upload-counts.ts';
import { id, operation, refusalSchema, time } from '../../../node/contract.ts';
import { all, editors } from '../../roles.ts';

/** Lists of an upload, in the order in which they are worked through. */
export const scanGroups = [
  'unrecognised',
  'foreign',
  'bad-image',
  'duplicate',
  'recognised',
  'already-uploaded',
  'deleted',
] as const;
export const scanGroupSchema = z.enum(scanGroups);
export type ScanGroup = z.infer<typeof scanGroupSchema>;

const side = z.union([z.literal(1), z.literal(2)]);
const classSchema = z.enum(scanClasses);
const foreignReason = z.enum(['not-in-register', 'no-such-side', 'other-region']);
/** As it is typed: digits, perhaps in groups. */
const typedNumber = z.string().max(60);

export const reviewedUploadSchema = z.object({
  id,
  number: z.number().int(),
  fileName: z.string(),
  state: z.string(),
  by: z.string(),
  cameAt: time.nullable(),
  counts: uploadCountsSchema,
  /** Files of the archive that were not looked at yet. */
  toCome: z.number().int().min(0),
});
export type ReviewedUpload = z.infer<typeof reviewedUploadSchema>;

export const scanRowSchema = z.object({
  id,
  name: z.string(),
  class: classSchema,
  group: scanGroupSchema,
  foreignReason: foreignReason.nullable(),
  /** Why it was not read, or could not be looked at. */
  problem: refusalSchema.nullable(),
  kit: z.string().nullable(),
  number: z.string().nullable(),
  side: side.nullable(),
  byPerson: z.boolean(),
  /** Its thumbnail: null when there is none; else degrees clockwise by which a person has turned it further. */
  thumbnailTurn: rotationSchema.nullable(),
});
export type ScanRow = z.infer<typeof scanRowSchema>;

const sideStates = z.string();
export const foundSheetSchema = z.object({
  eventId: id,
  eventName: z.string(),
  siteCode: z.string(),
  siteName: z.string(),
  roomCode: z.string(),
  kit: z.string().nullable(),
  kind: z.enum(sheetKinds),
  sides: side,
  side1: sideStates,
  side2: sideStates.nullable(),
});
export type FoundSheet = z.infer<typeof foundSheetSchema>;

export const decisionViewSchema = z.object({
  seq: z.number().int(),
  at: time,
  by: z.string(),
  what: z.enum(['number', 'deleted', 'restored', 'turned']),
  number: z.string().nullable(),
  side: side.nullable(),
  rotation: rotationSchema.nullable(),
});
export type DecisionView = z.infer<typeof decisionViewSchema>;

export const scanViewSchema = z.object({
  id,
  uploadId: id,
  uploadNumber: z.number().int(),
  position: z.number().int(),
  name: z.string(),
  at: time,
  class: classSchema,
  foreignReason: foreignReason.nullable(),
  number: z.string().nullable(),
  side: side.nullable(),
  /** Of its number; null: none is in the register, or not within reach. */
  sheet: foundSheetSchema.nullable(),
  reading: readingSchema.omit({ marks: true }),
  /** Degrees clockwise by which it is shown: a person's, else the machine's. */
  rotation: rotationSchema,
  hasImage: z.boolean(),
  hasThumbnail: z.boolean(),
  /** Of the newest decision; 0: there is none. What is decided next names it. */
  seq: z.number().int().min(0),
  history: z.array(decisionViewSchema),
  /** Other images of the same side that count, too. */
  mates: z.array(z.object({ id, uploadNumber: z.number().int(), name: z.string() })),
  /** What numbers of this project look like. */
  rules: z.array(numberRuleSchema),
  /** Its place in the list of its upload, and who is beside it. */
  around: z.object({
    place: z.number().int(),
    total: z.number().int(),
    previous: id.nullable(),
    next: id.nullable(),
    /** The first one after it that nothing was read of; from the beginning, when there is none behind it. */
    nextUnrecognised: id.nullable(),
  }),
});
export type ScanView = z.infer<typeof scanViewSchema>;

export const takenDecisionSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('number'),
    number: typedNumber,
    side,
    /** Kept although the register has no such number, and shown apart until it does. */
    asForeign: z.boolean(),
  }),
  z.object({ what: z.literal('deleted') }),
  z.object({ what: z.literal('restored') }),
  z.object({ what: z.literal('turned'), rotation: rotationSchema }),
]);
export type TakenDecision = z.infer<typeof takenDecisionSchema>;

const ofScan = z.object({ projectId: id, scanId: id });

export const scanContract = {
  upload: operation
    .filtered(...all)
    .input(z.object({ projectId: id, uploadId: id }))
    .output(reviewedUploadSchema),
  pages: operation
    .filtered(...all)
    .input(
      z.object({
        projectId: id,
        uploadId: id,
        /** null: all, in their order. */
        group: scanGroupSchema.nullable(),
        offset: z.number().int().min(0).max(1_000_000),
        limit: z.number().int().min(1).max(200),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(scanRowSchema) })),
  get: operation
    .filtered(...all)
    .input(ofScan)
    .output(scanViewSchema),
  /** What the register knows of a number. */
  lookUp: operation
    .filtered(...all)
    .input(z.object({ projectId: id, number: typedNumber }))
    .output(z.object({ sheet: foundSheetSchema.nullable() })),
  decide: operation
    .filtered(...editors)
    .input(
      ofScan.extend({
        /** The newest decision that whoever decides has seen. */
        seen: z.number().int().min(0),
        decision: takenDecisionSchema,
      }),
    )
    .output(scanViewSchema),
};
