/** The console's part of what follows a session: its results, their backup and the report. */
import * as z from 'zod';
import { incidentLists } from '../../exam/incident/incidents.ts';
import { roomRecordSchema } from '../../exam/package/room-result.ts';
import {
  downloadSchema,
  gateSchema,
  id,
  operation,
  refusalSchema,
  time,
  uploadId,
} from '../../node/contract.ts';
import { sittingStateSchema } from '../board/contract.ts';
import { both } from '../roles.ts';

const admin = 'administrator' as const;

export const resultCheckSchema = z.object({
  rows: z.array(
    z.object({
      index: z.number().int(),
      admissionNumber: z.string(),
      name: z.string(),
      state: sittingStateSchema,
      progressPercent: z.number(),
      packageState: z.enum(['valid', 'incomplete', 'none']),
      collected: z.boolean(),
      violations: z.number().int(),
      problems: z.array(refusalSchema),
    }),
  ),
  total: z.number().int(),
  sat: z.number().int(),
  absent: z.number().int(),
  collected: z.number().int(),
  notCollected: z.number().int(),
  extraTime: z.number().int(),
  violations: z.number().int(),
  /** Files that the answers name, and how many of them the room does not have. */
  files: z.number().int(),
  filesMissing: z.number().int(),
  report: gateSchema,
  /** The newest result lies on external storage. */
  backedUpAt: time.nullable(),
  reportedAt: time.nullable(),
  receiptAt: time.nullable(),
});
export type ResultCheck = z.infer<typeof resultCheckSchema>;

export const reportContract = {
  results: operation(...both)
    .input(z.object({ sessionId: id }))
    .output(resultCheckSchema),
  backup: operation(admin)
    .input(z.object({ sessionId: id, directory: z.string().min(1).max(500) }))
    .output(z.object({ file: z.string(), bytes: z.number().int() })),
  report: operation(admin)
    .input(z.object({ sessionId: id }))
    .output(resultCheckSchema),
  exportResult: operation(admin)
    .input(z.object({ sessionId: id }))
    .output(downloadSchema),
  /** XLSX of a list behind the figures of the board. */
  exportList: operation(...both)
    .input(
      z.object({
        sessionId: id,
        list: z.enum(incidentLists),
        language: z.enum(['en', 'zh', 'ru']),
      }),
    )
    .output(downloadSchema),
  importReceipt: operation(admin).input(z.object({ uploadId })).output(resultCheckSchema),
  /** Exam record, for the printable page. */
  record: operation(...both)
    .input(z.object({ sessionId: id }))
    .output(roomRecordSchema),
};
