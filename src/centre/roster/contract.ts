/** The console's part of the candidates of a project. */
import * as z from 'zod';
import { accommodationsSchema } from '../../exam/accommodation/accommodations.ts';
import { rosterFieldSchema, rosterMappingSchema } from '../../exam/roster/columns.ts';
import { oneRosterChoiceSchema, oneRosterSchema } from '../../exam/roster/one-roster/choice.ts';
import { code, downloadSchema, id, operation, refusalSchema, uploadId } from '../../node/contract.ts';
import { all, editors } from '../roles.ts';

export const rosterErrorSchema = z.object({
  /** Of a OneRoster package: the file that the line is in. */
  file: z.string().nullable(),
  /** 0: not of the table, but the file that `value` names. */
  line: z.number().int(),
  column: z.string(),
  value: z.string(),
  reason: refusalSchema,
});
export const rosterComparisonSchema = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
  same: z.number().int(),
  /** The first of them. */
  changes: z.array(
    z.object({
      kind: z.enum(['added', 'changed', 'removed']),
      sessionNumber: z.number().int(),
      admissionNumber: z.string(),
      name: z.string(),
      what: z.array(
        z.object({
          field: rosterFieldSchema.or(z.literal('accommodations')),
          before: z.string(),
          after: z.string(),
        }),
      ),
    }),
  ),
});
export type RosterComparison = z.infer<typeof rosterComparisonSchema>;

export const rosterPreviewSchema = z.object({
  fileName: z.string(),
  encoding: z.string().nullable(),
  /** Of a OneRoster package; while its `choice` names no session, no row is read. */
  oneRoster: oneRosterSchema.nullable(),
  columns: z.array(
    z.object({
      header: z.string(),
      field: rosterFieldSchema.nullable(),
      /** The first cells that are not empty. */
      cells: z.array(z.string()),
    }),
  ),
  /** Fields that no column has; while there is one, no row is read. */
  missing: z.array(rosterFieldSchema),
  /** The first rows as they are understood. */
  first: z.array(
    z.object({
      sessionNumber: z.number(),
      siteCode: z.string(),
      siteName: z.string(),
      region: z.string().nullable(),
      roomCode: z.string(),
      roomName: z.string(),
      admissionNumber: z.string(),
      name: z.string(),
      seatNumber: z.number().nullable(),
    }),
  ),
  /** Against the roster that is there; null: none is. */
  comparison: rosterComparisonSchema.nullable(),
  rows: z.number().int(),
  sites: z.number().int(),
  rooms: z.number().int(),
  candidates: z.number().int(),
  photos: z.number().int(),
  /** Candidates who have accommodations, and those for whom a PNP file was read. */
  accommodated: z.number().int(),
  pnps: z.number().int(),
  /** What people have to see to, because the candidate's screen does not do it; the first of them. */
  byPeople: z.array(z.object({ admissionNumber: z.string(), need: z.string() })),
  byPeopleInAll: z.number().int(),
  /** The first of them; `wrong` says how many there are. */
  errors: z.array(rosterErrorSchema),
  wrong: z.number().int(),
});
export type RosterPreview = z.infer<typeof rosterPreviewSchema>;

export const photosReportSchema = z.object({
  kept: z.number().int(),
  /** Those that were there already, byte for byte. */
  same: z.number().int(),
  /** Admission numbers whose photo was another one before; the first of them. */
  replaced: z.array(z.string()),
  replacedInAll: z.number().int(),
  /** Files that were not taken; the first of them. */
  wrong: z.array(z.object({ name: z.string(), reason: refusalSchema })),
  wrongInAll: z.number().int(),
});
export type PhotosReport = z.infer<typeof photosReportSchema>;

export const candidateRowSchema = z.object({
  id,
  admissionNumber: z.string(),
  name: z.string(),
  sessionNumber: z.number().int(),
  siteCode: z.string(),
  roomCode: z.string(),
  seatNumber: z.number().int().nullable(),
  photo: z.boolean(),
  accommodations: accommodationsSchema.nullable(),
});

/** null: as for the last roster of the project. */
const mapping = rosterMappingSchema.nullable().default(null);
/** null: everybody sits the only session. */
const choice = oneRosterChoiceSchema.nullable().default(null);

export const rosterContract = {
  /** Reads the file and says what it would import; imports nothing. CSV, XLSX, a ZIP of one of these with photos, or a OneRoster package. */
  preview: operation
    .everything(...editors)
    .input(z.object({ projectId: id, uploadId, mapping, choice }))
    .output(rosterPreviewSchema),
  /** Imports all rows or none. */
  import: operation
    .everything(...editors)
    .input(z.object({ projectId: id, uploadId, mapping, choice }))
    .output(rosterPreviewSchema),
  candidates: operation
    .filtered(...all)
    .input(
      z.object({
        projectId: id,
        search: z.string().max(100).default(''),
        offset: z.number().int().min(0).max(10_000_000).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        total: z.number().int(),
        /** A search gives the first of them only. */
        more: z.boolean(),
        rows: z.array(candidateRowSchema),
      }),
    ),
  /** A candidate's photo as a data URL; null: there is none. */
  photo: operation
    .filtered(...all)
    .input(z.object({ projectId: id, admissionNumber: z.string().max(40) }))
    .output(z.object({ url: z.string().nullable() })),
  /** Pictures named by the admission number, or ZIPs of them: the right ones are kept, all others are listed. */
  addPhotos: operation
    .everything(...editors)
    .input(z.object({ projectId: id, uploadIds: z.array(uploadId).min(1).max(200) }))
    .output(photosReportSchema),
  /** Admission tickets (准考证) as one PDF. */
  tickets: operation
    .site(...editors)
    .input(
      z.object({
        projectId: id,
        /** null: the whole project, where one file holds it. */
        siteCode: code.nullable(),
        language: z.enum(['en', 'zh', 'ru']),
      }),
    )
    .output(downloadSchema),
};
