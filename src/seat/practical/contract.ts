/** What the candidate's screen is told of practical tasks and may ask for. */
import * as z from 'zod';
import { operation, refusalSchema, time } from '../../node/contract.ts';

/**
 * `missing`: nothing to take yet · `as-given`: the task's file, unchanged · `saving`: changed, not kept yet · `kept` · `open`: kept, and a program
 * still has it open. The others: what is in the folder cannot be taken, and the last version that was kept stands.
 */
export const fileStates = [
  'missing',
  'as-given',
  'saving',
  'kept',
  'open',
  'gone',
  'empty',
  'too-large',
  'unreadable',
] as const;

const expectedFileSchema = z.object({
  response: z.string(),
  /** Name or pattern of what is expected. */
  pattern: z.string(),
  /** Bytes. */
  limit: z.number(),
  state: z.enum(fileStates),
  /** Of the file in the folder that counts, or of the last version. */
  name: z.string().nullable(),
  size: z.number().nullable(),
  keptAt: time.nullable(),
  /** Kept at this seat so far. */
  versions: z.number().int(),
});
export type ExpectedFileView = z.infer<typeof expectedFileSchema>;

const taskSchema = z.object({
  item: z.string(),
  /** null: there is none yet. */
  folder: z.string().nullable(),
  expected: z.array(expectedFileSchema),
  /** Names of the task's own files. */
  given: z.array(z.string()),
  /** Names that cannot be answers. */
  passedOver: z.array(z.string()),
  problem: refusalSchema.nullable(),
});

export const practicalViewSchema = z.object({
  tasks: z.array(taskSchema),
  /** What could not be cleared away after the work, because other programs hold it. */
  left: z.array(z.object({ folder: z.string(), files: z.array(z.string()) })),
});
export type PracticalView = z.infer<typeof practicalViewSchema>;
export type PracticalTaskView = PracticalView['tasks'][number];

const item = z.string().max(256);

export const practicalContract = {
  /** Shows the working folder in the system's file manager. */
  openFolder: operation('everyone').input(z.object({ item })).output(z.object({})),
  /** One of the task's own files as it was; what stands in its place becomes a version first. */
  bringBack: operation('everyone')
    .input(z.object({ item, name: z.string().max(300) }))
    .output(z.object({})),
};
