/**
 * Uploads of scanned archives. An upload goes `coming → waiting → reading → read`, or ends as `refused` or `cancelled`; `password` waits for a
 * person. Its bytes come by `/scan-uploads` (tus), by whoever was expected. Browser-safe.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { uploadCountsSchema } from '../../../exam/scan/upload-counts.ts';
import { id, operation, refusalSchema, time } from '../../../node/contract.ts';
import { all, editors } from '../../roles.ts';

const count = z.number().int().min(0);
export const uploadStates = [
  'coming',
  'waiting',
  'reading',
  'password',
  'refused',
  'read',
  'cancelled',
] as const;
export const uploadWays = ['browser', 'gateway', 'package'] as const;
const password = z.string().min(1).max(256);

export const uploadRowSchema = z.object({
  id,
  number: count,
  fileName: z.string(),
  by: z.string(),
  way: z.enum(uploadWays),
  begunAt: time,
  finishedAt: time.nullable(),
  size: count,
  /** Bytes that are here. */
  received: count,
  state: z.enum(uploadStates),
  /** Why it is no further, or what it waits for. */
  problem: refusalSchema.nullable(),
  warnings: z.array(refusalSchema),
  /** In the archive; null: it was not opened yet. */
  files: count.nullable(),
  done: count,
  counts: uploadCountsSchema,
});
export type UploadRow = z.infer<typeof uploadRowSchema>;

const filterSchema = z.object({
  projectId: id,
  /** Part of the file's name or of the account, or the number. */
  search: z.string().trim().max(100).default(''),
  /** `open`: not at its end; `attention`: with something for a person to do or to know. */
  show: z.enum(['all', 'open', 'attention']).default('all'),
  offset: z.number().int().min(0).max(10_000_000).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});
export type UploadFilter = z.infer<typeof filterSchema>;

export const uploadPageSchema = z.object({ total: count, rows: z.array(uploadRowSchema) });
export type UploadPage = z.infer<typeof uploadPageSchema>;

export const scanUploadContract = {
  /** Says what comes. The same file of the same account (name, size, time of change) is the same upload, and goes on where it was cut off. */
  expect: operation
    .filtered(...editors)
    .input(
      z.object({
        projectId: id,
        fileName: z.string().trim().min(1).max(255),
        size: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
        modifiedAt: time,
        password: password.optional(),
      }),
    )
    .output(z.object({ uploadId: id, number: count, received: count })),
  /** The newest first. */
  list: operation
    .filtered(...all)
    .input(filterSchema)
    .output(uploadPageSchema),
  live: operation
    .filtered(...all)
    .input(filterSchema)
    .output(eventIterator(uploadPageSchema)),
  /** Goes on with what is here. */
  givePassword: operation
    .filtered(...editors)
    .input(z.object({ projectId: id, uploadId: id, password }))
    .output(z.object({})),
  /** Only before anything of it was read. */
  cancel: operation
    .filtered(...editors)
    .input(z.object({ projectId: id, uploadId: id }))
    .output(z.object({})),
  /** Of a page that could not be looked at, and whose image is kept. */
  readAgain: operation
    .filtered(...editors)
    .input(z.object({ projectId: id, scanId: id }))
    .output(z.object({ problem: refusalSchema.nullable() })),
};
