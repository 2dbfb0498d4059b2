/** The console's part of the papers of a project. */
import * as z from 'zod';
import { id, operation, refusalSchema, time, uploadId } from '../../node/contract.ts';
import { all, editors } from '../roles.ts';

export const paperItemReportSchema = z.object({
  identifier: z.string(),
  title: z.string(),
  interactions: z.array(z.string()),
  verdict: z.enum(['supported', 'shown-not-scored', 'refused']),
  reasons: z.array(refusalSchema),
});
export const paperViewSchema = z.object({
  id,
  title: z.string(),
  fileName: z.string(),
  language: z.string(),
  importedAt: time,
  items: z.number().int(),
  files: z.number().int(),
  bytes: z.number().int(),
  report: z.object({ notes: z.array(refusalSchema), items: z.array(paperItemReportSchema) }),
});
export type PaperView = z.infer<typeof paperViewSchema>;

export const paperContract = {
  list: operation
    .everything(...all)
    .input(z.object({ projectId: id }))
    .output(z.array(paperViewSchema)),
  /** Reports on a QTI package without keeping it. */
  check: operation
    .everything(...editors)
    .input(z.object({ projectId: id, uploadId }))
    .output(paperViewSchema.omit({ id: true, importedAt: true })),
  import: operation
    .everything(...editors)
    .input(z.object({ projectId: id, uploadId, leaveOut: z.array(z.string()).default([]) }))
    .output(paperViewSchema),
};
