/** The support desk. Browser-safe. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import {
  priorities,
  supportCallSchema,
  supportId,
  supportText,
  threadStates,
} from '../../exam/support/posting.ts';
import { confirmationSchema, threadSchema, threadSummarySchema } from '../../exam/support/thread.ts';
import { code, empty, id, operation, time } from '../../node/contract.ts';
import { all, editors, editorsAndSite } from '../roles.ts';

const threadOf = z.object({ projectId: id, siteCode: code, threadId: supportId });

export const supportDeskSchema = z.object({
  /** What is open first, there the most urgent, there the oldest. */
  threads: z.array(threadSummarySchema.extend({ siteCode: z.string() })),
  confirmations: z.array(confirmationSchema.extend({ siteCode: z.string() })),
  /** The newest first. */
  announcements: z.array(
    z.object({
      id: z.string(),
      at: time,
      by: z.string(),
      text: z.string(),
      read: z.array(z.object({ siteCode: z.string(), at: time, by: z.string() })),
      notRead: z.array(z.string()),
    }),
  ),
  sites: z.array(z.object({ code: z.string(), name: z.string() })),
  unread: z.number().int(),
});
export type SupportDesk = z.infer<typeof supportDeskSchema>;

export const supportContract = {
  live: operation
    .filtered(...all)
    .input(z.object({ projectId: id }))
    .output(eventIterator(supportDeskSchema)),
  get: operation
    .filtered(...all)
    .input(z.object({ projectId: id }))
    .output(supportDeskSchema),
  thread: operation
    .site(...all)
    .input(threadOf)
    .output(threadSchema),
  /** For a site: a call that came by telephone, or something that the desk has to tell. */
  open: operation
    .site(...editorsAndSite)
    .input(supportCallSchema.extend({ projectId: id, siteCode: code, byTelephone: z.boolean() }))
    .output(z.object({ threadId: supportId })),
  write: operation
    .site(...editorsAndSite)
    .input(threadOf.extend({ text: supportText }))
    .output(threadSchema),
  change: operation
    .site(...editors)
    .input(
      threadOf.extend({
        state: z.enum(threadStates).optional(),
        priority: z.enum(priorities).optional(),
        /** true: whoever calls this owns it; false: nobody does. */
        own: z.boolean().optional(),
      }),
    )
    .output(threadSchema),
  /** Somebody at the desk has it before him. */
  seen: operation
    .site(...editors)
    .input(threadOf)
    .output(empty),
  announce: operation
    .filtered(...editors)
    .input(
      z.object({
        projectId: id,
        /** Beginning of the codes of the sites that it is for; empty: all. */
        prefix: z.string().trim().max(64),
        text: supportText,
      }),
    )
    .output(z.object({ sites: z.number().int() })),
};
