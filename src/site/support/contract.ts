/** The site's side of the support desk. Browser-safe. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { confirmedPhases, supportCallSchema, supportId, supportText } from '../../exam/support/posting.ts';
import { announcementSchema, confirmationSchema, threadSchema } from '../../exam/support/thread.ts';
import { id, operation } from '../../node/contract.ts';

export const siteSupportSchema = z.object({
  /** Of the centre's desk; null: not registered there. */
  supportPhone: z.string().nullable(),
  /** What is open first, there the most urgent, there the oldest. */
  threads: z.array(threadSchema),
  confirmations: z.array(confirmationSchema),
  /** Of the loaded exam: each is confirmed when it is over. */
  sessions: z.array(z.object({ id, number: z.number().int(), name: z.string() })),
  /** The newest first. */
  announcements: z.array(announcementSchema),
  /** Texts of the desk that nobody here has seen, and announcements that nobody here has read. */
  unread: z.number().int(),
  /** What has not reached the centre yet. */
  waiting: z.number().int(),
});
export type SiteSupport = z.infer<typeof siteSupportSchema>;

export const confirmStageSchema = z.object({
  phase: z.enum(confirmedPhases),
  /** Of the day: one session; null: the whole phase. */
  sessionId: id.nullable().default(null),
  /** false takes it back. */
  done: z.boolean(),
});

const readers = ['administrator', 'observer'] as const;
const answered = operation('administrator');

export const supportContract = {
  live: operation(...readers).output(eventIterator(siteSupportSchema)),
  get: operation(...readers).output(siteSupportSchema),
  open: answered.input(supportCallSchema).output(z.object({ threadId: supportId })),
  write: answered.input(z.object({ threadId: supportId, text: supportText })).output(siteSupportSchema),
  /** Solved, or not after all. */
  close: answered.input(z.object({ threadId: supportId, solved: z.boolean() })).output(siteSupportSchema),
  confirm: answered.input(confirmStageSchema).output(siteSupportSchema),
  /** Somebody here has read what was announced. */
  read: answered.input(z.object({ announcementId: supportId })).output(siteSupportSchema),
  seen: answered.input(z.object({ threadId: supportId })).output(siteSupportSchema),
};
