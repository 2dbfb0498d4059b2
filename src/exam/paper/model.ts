import { z } from 'zod';
import type { QtiElement, QtiNode } from './element.ts';

/**
 * What an imported content package becomes. A `Paper` is what travels (sealed) to rooms and seats and holds nothing that
 * tells a right answer; a `PaperKey` holds the full items and stays at the centre; a `PaperInstance` is one candidate's
 * view of a paper, which follows from the paper and the candidate's seed alone.
 */

const qtiNodeSchema: z.ZodType<QtiNode> = z.lazy(() => z.union([z.string(), qtiElementSchema]));
export const qtiElementSchema: z.ZodType<QtiElement> = z.object({
  name: z.string(),
  attributes: z.record(z.string(), z.string()),
  children: z.array(qtiNodeSchema),
});

/** Seconds from the presentation of the part of the test that they belong to; null: no limit. */
export const timeLimitsSchema = z.object({
  minTime: z.number().nonnegative().nullable(),
  maxTime: z.number().nonnegative().nullable(),
  allowLateSubmission: z.boolean(),
});
export type TimeLimits = z.infer<typeof timeLimitsSchema>;

/** The item session control of QTI as far as an exam needs it; `maxAttempts` 0 means without limit. */
export const sessionControlSchema = z.object({
  maxAttempts: z.number().int().nonnegative(),
  allowSkipping: z.boolean(),
  validateResponses: z.boolean(),
  allowComment: z.boolean(),
  allowReview: z.boolean(),
});
export type SessionControl = z.infer<typeof sessionControlSchema>;

/** What applies where nothing is said, by the QTI 3.0 specification. */
export const defaultSessionControl: SessionControl = {
  maxAttempts: 1,
  allowSkipping: true,
  validateResponses: false,
  allowComment: false,
  allowReview: true,
};

const partialSessionControlSchema = sessionControlSchema.partial();
export type PartialSessionControl = z.infer<typeof partialSessionControlSchema>;

export const itemRefSchema = z.object({
  kind: z.literal('item'),
  /** Names the item's place in the test: responses, outcomes and results go by it. */
  identifier: z.string(),
  /** The `PaperItem` and the key item that stand there. */
  itemIdentifier: z.string(),
  required: z.boolean(),
  fixed: z.boolean(),
  categories: z.array(z.string()),
  weights: z.array(z.object({ identifier: z.string(), value: z.number() })),
  sessionControl: partialSessionControlSchema,
  timeLimits: timeLimitsSchema.nullable(),
});
export type ItemRef = z.infer<typeof itemRefSchema>;

export interface Section {
  kind: 'section';
  identifier: string;
  title: string;
  /** Whether the candidate sees the section as such: its title and rubrics. */
  visible: boolean;
  required: boolean;
  fixed: boolean;
  /** Whether the items of an invisible section stay together when the section around it is shuffled. */
  keepTogether: boolean;
  selection: { select: number; withReplacement: boolean } | null;
  shuffle: boolean;
  sessionControl: PartialSessionControl;
  timeLimits: TimeLimits | null;
  /** `qti-rubric-block` elements meant for candidates. */
  rubrics: QtiElement[];
  children: (Section | ItemRef)[];
}
export const sectionSchema: z.ZodType<Section> = z.lazy(() =>
  z.object({
    kind: z.literal('section'),
    identifier: z.string(),
    title: z.string(),
    visible: z.boolean(),
    required: z.boolean(),
    fixed: z.boolean(),
    keepTogether: z.boolean(),
    selection: z.object({ select: z.number().int().nonnegative(), withReplacement: z.boolean() }).nullable(),
    shuffle: z.boolean(),
    sessionControl: partialSessionControlSchema,
    timeLimits: timeLimitsSchema.nullable(),
    rubrics: z.array(qtiElementSchema),
    children: z.array(z.union([itemRefSchema, sectionSchema])),
  }),
);

export const testPartSchema = z.object({
  identifier: z.string(),
  title: z.string(),
  /** linear: item after item, never back. */
  navigationMode: z.enum(['linear', 'nonlinear']),
  /** simultaneous: all responses of the part are submitted together at its end. */
  submissionMode: z.enum(['individual', 'simultaneous']),
  sessionControl: partialSessionControlSchema,
  timeLimits: timeLimitsSchema.nullable(),
  rubrics: z.array(qtiElementSchema),
  children: z.array(z.union([itemRefSchema, sectionSchema])),
});
export type TestPart = z.infer<typeof testPartSchema>;

export const testStructureSchema = z.object({
  identifier: z.string(),
  title: z.string(),
  timeLimits: timeLimitsSchema.nullable(),
  rubrics: z.array(qtiElementSchema),
  parts: z.array(testPartSchema),
});
export type TestStructure = z.infer<typeof testStructureSchema>;

export const cardinalitySchema = z.enum(['single', 'multiple', 'ordered', 'record']);
export const baseTypeSchema = z.enum([
  'boolean',
  'directedPair',
  'duration',
  'file',
  'float',
  'identifier',
  'integer',
  'intOrIdentifier',
  'pair',
  'point',
  'string',
  'uri',
]);

export const responseDeclarationSchema = z.object({
  identifier: z.string(),
  cardinality: cardinalitySchema,
  /** null for records only. */
  baseType: baseTypeSchema.nullable(),
});
export type ResponseDeclaration = z.infer<typeof responseDeclarationSchema>;

export const paperItemSchema = z.object({
  /** Unique in the paper: the item's own identifier, made distinct when two files carry the same one. */
  identifier: z.string(),
  title: z.string(),
  /** BCP 47; null: the paper's. */
  language: z.string().nullable(),
  responses: z.array(responseDeclarationSchema),
  /**
   * `qti-assessment-item` with what a candidate may have and nothing else: response declarations without correct
   * responses and mappings, template declarations and processing without correct responses, and `qti-item-body` with
   * allow-listed content. Paths in `src`, `data` and `poster` are those of `Paper.files`.
   */
  element: qtiElementSchema,
  /** Shared texts and pictures shown beside the item; `body` is `qti-stimulus-body`. */
  stimuli: z.array(z.object({ identifier: z.string(), title: z.string(), body: qtiElementSchema })),
  /** Paths in `Paper.files`. */
  stylesheets: z.array(z.string()),
});
export type PaperItem = z.infer<typeof paperItemSchema>;

export const paperFileSchema = z.object({
  /** Path inside the package, with `/`. */
  path: z.string(),
  /** SHA-256 of the content, hexadecimal. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.string(),
  /** Bytes. */
  size: z.number().int().nonnegative(),
});
export type PaperFile = z.infer<typeof paperFileSchema>;

export const paperSchema = z.object({
  format: z.literal(1),
  title: z.string(),
  /** BCP 47. */
  language: z.string(),
  test: testStructureSchema,
  items: z.array(paperItemSchema),
  files: z.array(paperFileSchema),
});
export type Paper = z.infer<typeof paperSchema>;

export const paperKeySchema = z.object({
  format: z.literal(1),
  /** Full items in QTI 3.0 names; `identifier` is that of the `PaperItem`. */
  items: z.array(z.object({ identifier: z.string(), element: qtiElementSchema })),
  /** `qti-assessment-test` with outcome declarations and processing. */
  test: qtiElementSchema,
});
export type PaperKey = z.infer<typeof paperKeySchema>;

export interface InstanceItem {
  /** Place in the test; `Q1.2` is the second occurrence of `Q1` when a selection takes it more than once. */
  identifier: string;
  item: PaperItem;
  /** 0-based position in the whole paper, in the order of presentation. */
  index: number;
  /** Identifiers of the sections around it, outermost first; see `InstancePart.sections`. */
  sections: string[];
  sessionControl: SessionControl;
  timeLimits: TimeLimits | null;
  categories: string[];
  weights: { identifier: string; value: number }[];
  /**
   * By response identifier, for interactions that shuffle: the order of choice identifiers, one list for each set of
   * choices (two for a match interaction, else one).
   */
  shuffles: { [responseIdentifier: string]: string[][] };
  /** Seed of the item's template processing: the same at the seat and in scoring. */
  templateSeed: string;
}

export interface InstanceSection {
  identifier: string;
  title: string;
  visible: boolean;
  rubrics: QtiElement[];
  timeLimits: TimeLimits | null;
  /** 0 for a section directly in the part. */
  level: number;
}

export interface InstancePart {
  identifier: string;
  title: string;
  navigationMode: TestPart['navigationMode'];
  submissionMode: TestPart['submissionMode'];
  timeLimits: TimeLimits | null;
  rubrics: QtiElement[];
  /** Every section that has an item, in the order of its first one. */
  sections: InstanceSection[];
  items: InstanceItem[];
}

export interface PaperInstance {
  title: string;
  language: string;
  timeLimits: TimeLimits | null;
  rubrics: QtiElement[];
  parts: InstancePart[];
}
