/** Messages by e-mail: the server that takes them, who wants to be told of what, and what could not be sent. Browser-safe. */
import * as z from 'zod';
import { operation, refusalSchema, time } from '../../node/contract.ts';
import { all } from '../roles.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

export function isLoopback(host: string): boolean {
  return loopback.test(host);
}

export const emailSchema = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+$/);

export const mailSecurities = ['tls', 'starttls', 'none'] as const;

export const mailServerSchema = z.object({
  host: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}.:_-]{1,200}$/u),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(mailSecurities),
  /** Empty: it asks nobody to log in. */
  user: z.string().trim().max(200),
  from: emailSchema,
  /** Under which the console is opened: links in messages begin with it. */
  consoleAddress: z
    .string()
    .trim()
    .max(200)
    .regex(/^https?:\/\/[^\s/?#]+$/),
  /** PEM of the authority that has certified the server; empty: one that every computer knows. */
  authority: z.string().trim().max(20_000),
});
export type MailServer = z.infer<typeof mailServerSchema>;

/** A message of a site; a call that stops an exam or is of high priority; an alarm of the board. */
export const mailEvents = ['message', 'incident', 'alarm'] as const;
export type MailEvent = (typeof mailEvents)[number];
export const mailLanguages = ['en', 'zh', 'ru'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

const account = z.string().min(1).max(64);
const mailId = z.string().regex(/^[0-9a-z]{16}$/);

const mailViewSchema = z.object({
  /** Its password is never shown. */
  server: mailServerSchema.extend({ hasPassword: z.boolean() }).nullable(),
  people: z.array(
    z.object({
      account: z.string(),
      name: z.string(),
      active: z.boolean(),
      email: z.string(),
      events: z.array(z.enum(mailEvents)),
    }),
  ),
  sentToday: z.number().int(),
  /** What waits or was given up, the newest first. */
  unsent: z.array(
    z.object({
      id: z.string(),
      account: z.string(),
      state: z.enum(['waiting', 'given-up']),
      createdAt: time,
      tries: z.number().int(),
      nextAt: time,
      problem: refusalSchema.nullable(),
    }),
  ),
});
export type MailView = z.infer<typeof mailViewSchema>;

const wishesSchema = z.object({
  events: z.array(z.enum(mailEvents)).max(mailEvents.length),
  language: z.enum(mailLanguages),
});
const ownSchema = wishesSchema.extend({
  email: z.string(),
  serverKnown: z.boolean(),
  /** Messages to anybody that were refused or given up, and wait. */
  unsent: z.number().int(),
});
export type OwnMail = z.infer<typeof ownSchema>;

export const mailContract = {
  get: operation.everything('administrator').output(mailViewSchema),
  /** `password` null: the one that is there stays. */
  save: operation
    .everything('administrator')
    .input(mailServerSchema.extend({ password: z.string().max(1_000).nullable() }))
    .output(mailViewSchema),
  /** What waits is not sent any more. */
  remove: operation.everything('administrator').output(mailViewSchema),
  test: operation
    .everything('administrator')
    .input(z.object({ to: emailSchema, language: z.enum(mailLanguages) }))
    .output(z.object({})),
  /** Empty: none. */
  setAddress: operation
    .everything('administrator')
    .input(z.object({ account, email: z.union([z.literal(''), emailSchema]) }))
    .output(mailViewSchema),
  /** Once more, for another day. */
  again: operation
    .everything('administrator')
    .input(z.object({ id: mailId }))
    .output(mailViewSchema),
  /** Of the user who asks. */
  own: operation.own(...all).output(ownSchema),
  saveOwn: operation
    .own(...all)
    .input(wishesSchema)
    .output(ownSchema),
};
