/** The console's part of results: what has come from rooms, candidates' files, and scores. */
import * as z from 'zod';
import { code, downloadSchema, id, operation, refusalSchema, time, uploadId } from '../../node/contract.ts';
import { all, editors } from '../roles.ts';

export const resultRowSchema = z.object({
  siteCode: z.string(),
  region: z.string().nullable(),
  roomCode: z.string(),
  sessionId: id,
  sessionNumber: z.number().int(),
  expected: z.number().int(),
  sat: z.number().int().nullable(),
  absent: z.number().int().nullable(),
  receivedAt: time.nullable(),
  /** Chain verified, complete, opened; the receipt went out. */
  receiptAt: time.nullable(),
  entries: z.number().int().nullable(),
  /** Files that the answers name: kept here, and those that the room could not give. */
  files: z.number().int().nullable(),
  filesMissing: z.number().int().nullable(),
  /** Changes from a seat that did not hold the sitting: they count for nobody. */
  foreignChanges: z.number().int().nullable(),
  /** Candidates in it that sit at another site: what it says of them does not count. */
  foreignSittings: z.number().int().nullable(),
  /** Different results of this room that are kept. */
  results: z.number().int(),
  problem: refusalSchema.nullable(),
});
export type ResultRow = z.infer<typeof resultRowSchema>;

export const answerFileRowSchema = z.object({
  sessionId: id,
  sessionNumber: z.number().int(),
  admissionNumber: z.string(),
  item: z.string(),
  response: z.string(),
  /** As the candidate's computer called it. */
  name: z.string(),
  /** As the candidate's computer said; nothing checked it. */
  mediaType: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  /** false: the room could not give it. */
  kept: z.boolean(),
});
export type AnswerFileRow = z.infer<typeof answerFileRowSchema>;

export const scoreRowSchema = z.object({
  admissionNumber: z.string(),
  name: z.string(),
  siteCode: z.string(),
  roomCode: z.string(),
  sessionNumber: z.number().int(),
  subject: z.number().int(),
  state: z.string(),
  score: z.number().nullable(),
  maxScore: z.number().nullable(),
  needsMarking: z.number().int(),
});
export type ScoreRow = z.infer<typeof scoreRowSchema>;

export const resultContract = {
  list: operation
    .filtered(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(resultRowSchema)),
  /** A results parcel (of a room, or a site's collection of them) that came on a stick. */
  importFile: operation
    .everything(...editors)
    .input(z.object({ projectId: id, uploadId }))
    .output(z.array(resultRowSchema)),
  exportReceipts: operation
    .site(...editors)
    .input(z.object({ projectId: id, siteCode: code }))
    .output(downloadSchema),
  score: operation
    .everything(...editors)
    .input(z.object({ projectId: id }))
    .output(z.object({ candidates: z.number().int(), needsMarking: z.number().int() })),
  scores: operation
    .filtered(...all)
    .input(
      z.object({
        projectId: id,
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        total: z.number().int(),
        /** Candidates whose result is here without a score. */
        unscored: z.number().int(),
        rows: z.array(scoreRowSchema),
      }),
    ),
  /** Files that candidates gave as answers. */
  files: operation
    .filtered(...all)
    .input(
      z.object({
        projectId: id,
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(answerFileRowSchema) })),
  /** One of them, as an attachment with a safe name. */
  downloadFile: operation
    .filtered(...editors)
    .input(
      z.object({
        projectId: id,
        sessionId: id,
        admissionNumber: z.string().min(1).max(64),
        item: z.string().min(1).max(256),
        response: z.string().min(1).max(256),
      }),
    )
    .output(downloadSchema),
  exportCsv: operation
    .filtered(...editors)
    .input(z.object({ projectId: id }))
    .output(downloadSchema),
  exportXlsx: operation
    .filtered(...editors)
    .input(z.object({ projectId: id }))
    .output(downloadSchema),
  /** Every answer as it arrived, one JSON line per candidate, item and response: for marking and for disputes. */
  exportAnswers: operation
    .filtered(...editors)
    .input(z.object({ projectId: id }))
    .output(downloadSchema),
};
