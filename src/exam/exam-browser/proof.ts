/** What room, seat and screen tell each other about the browser in which an exam runs. */
import * as z from 'zod';

/** A Config Key, a Browser Exam Key, or the hash of one with an address. */
const key = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/);

export const browserExamKeysSchema = z.array(key).max(100);

/** `seb`: with one of the right keys; `refused`: without, where the session asks for it; `other`: without, where it does not. */
export const screenBrowserSchema = z.enum(['unknown', 'other', 'seb', 'refused']);
export type ScreenBrowser = z.infer<typeof screenBrowserSchema>;

export const examBrowserOrderSchema = z.object({
  /** The session asks for it: without a proof the screen gets nothing. */
  required: z.boolean(),
  configKey: key,
  /** One of them must be proved, too; none: any version will do. */
  browserExamKeys: browserExamKeysSchema,
});
export type ExamBrowserOrder = z.infer<typeof examBrowserOrderSchema>;

/** Of SEB's JavaScript API, for engines that can send no headers: both with the page's address. */
export const pageProofSchema = z.object({
  configKey: key,
  browserExamKey: key.nullable(),
});
