/** Electronic protocols of sites (электронный протокол проведения): what a site declares of each room, and how it compares with what came. */
import * as z from 'zod';
import { sheetKinds } from '../../exam/form/sheet-code.ts';
import { differenceKinds, protocolBodySchema } from '../../exam/scan/protocol.ts';
import { code, downloadSchema, id, operation, refusalSchema, time, uploadId } from '../../node/contract.ts';
import { all } from '../roles.ts';

const count = z.number().int();
const language = z.enum(['en', 'zh', 'ru']);
/** As the register of forms names it; empty: it names none. */
const room = z.string().trim().max(64);

/**
 * `open`: not of all rooms yet, and not due; `overdue`: not of all rooms, and due; `given`: of all rooms, in time; `late`: of all rooms, of
 * some after the time.
 */
export const protocolStates = ['open', 'overdue', 'given', 'late'] as const;
export type ProtocolState = (typeof protocolStates)[number];

export const protocolEventSchema = z.object({
  id,
  name: z.string(),
  date: z.string(),
  dueAt: time,
  sites: count,
  given: count,
  late: count,
  overdue: count,
});
export type ProtocolEvent = z.infer<typeof protocolEventSchema>;

export const protocolSiteSchema = z.object({
  siteCode: z.string(),
  siteName: z.string().nullable(),
  region: z.string().nullable(),
  rooms: count,
  given: count,
  state: z.enum(protocolStates),
  /** The newest. */
  at: time.nullable(),
  /** Between what is declared and what came; null: nothing is declared yet. */
  differences: count.nullable(),
});
export type ProtocolSite = z.infer<typeof protocolSiteSchema>;

export const protocolVersionSchema = z.object({
  version: count,
  at: time,
  by: z.string(),
  way: z.enum(['form', 'file']),
  body: protocolBodySchema,
});
export type ProtocolVersion = z.infer<typeof protocolVersionSchema>;

export const protocolRoomSchema = z.object({
  room: z.string(),
  /** The newest first: that one counts. */
  versions: z.array(protocolVersionSchema),
  /** Its first version came after the time. */
  late: z.boolean(),
  received: z.object({
    kits: count,
    kitsCame: count,
    kitsNothing: count,
    registrationForms: count,
    answerForms: count,
    additionalSheets: count,
  }),
  differences: z.array(
    z.object({
      what: z.enum(differenceKinds),
      declared: count,
      received: count,
      kits: z.array(z.string()),
    }),
  ),
  missing: z.object({
    sheets: z.array(
      z.object({ kit: z.string(), kind: z.enum(sheetKinds), number: z.string(), sides: z.array(count) }),
    ),
    kits: z.object({ count, among: z.array(z.string()) }).nullable(),
  }),
});
export type ProtocolRoom = z.infer<typeof protocolRoomSchema>;

export const siteProtocolsSchema = z.object({
  at: time,
  event: protocolEventSchema.pick({ id: true, name: true, date: true, dueAt: true }),
  site: z.object({ code: z.string(), name: z.string().nullable() }),
  state: z.enum(protocolStates),
  rooms: z.array(protocolRoomSchema),
});
export type SiteProtocols = z.infer<typeof siteProtocolsSchema>;

/** Of the table that sites fill in. */
export const protocolColumns = ['room', ...protocolBodySchema.keyof().options] as const;
export type ProtocolColumn = (typeof protocolColumns)[number];

/** What is in a file, before it is taken. */
export const protocolPreviewSchema = z.object({
  rooms: z.array(
    z.object({ line: count, room: z.string(), body: protocolBodySchema, replaces: z.boolean() }),
  ),
  errors: z.array(
    z.object({
      line: count,
      room: z.string(),
      column: z.enum(protocolColumns),
      value: z.string(),
      reason: refusalSchema,
    }),
  ),
});
export type ProtocolPreview = z.infer<typeof protocolPreviewSchema>;

const ofSite = z.object({ projectId: id, eventId: id, siteCode: code });

export const protocolContract = {
  events: operation
    .filtered(...all, 'site')
    .input(z.object({ projectId: id }))
    .output(z.array(protocolEventSchema)),
  sites: operation
    .filtered(...all)
    .input(
      z.object({
        projectId: id,
        eventId: id,
        show: z.enum(['all', ...protocolStates]).default('all'),
        search: z.string().trim().max(100).default(''),
        offset: z.number().int().min(0).default(0),
        /** Each is compared with its sheets. */
        limit: z.number().int().min(1).max(50).default(50),
      }),
    )
    .output(z.object({ event: protocolEventSchema, total: count, rows: z.array(protocolSiteSchema) })),
  site: operation
    .site(...all, 'site')
    .input(ofSite)
    .output(siteProtocolsSchema),
  /** What is missing, for the site, as a file. */
  exportMissing: operation
    .site(...all, 'site')
    .input(ofSite.extend({ language }))
    .output(downloadSchema),
  handIn: operation
    .site('site')
    .input(ofSite.extend({ room, body: protocolBodySchema }))
    .output(siteProtocolsSchema),
  /** A table with the register's rooms, to fill in. */
  template: operation.site('site').input(ofSite.extend({ language })).output(downloadSchema),
  preview: operation.site('site').input(ofSite.extend({ uploadId })).output(protocolPreviewSchema),
  /** All rooms of the file or none. */
  handInFile: operation.site('site').input(ofSite.extend({ uploadId })).output(siteProtocolsSchema),
};
