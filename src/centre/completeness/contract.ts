/** What of the register of forms has come, and what is missing: by event, by site, by kit and sheet (ПРОВЕРКА КОМПЛЕКТНОСТИ). */
import * as z from 'zod';
import { sheetKinds } from '../../exam/form/sheet-code.ts';
import { kitFilters, sideStates, siteFilters } from '../../exam/scan/completeness.ts';
import { scanClasses } from '../../exam/scan/standing.ts';
import { code, downloadSchema, id, operation, time } from '../../node/contract.ts';
import { all } from '../roles.ts';

const count = z.number().int();
const language = z.enum(['en', 'zh', 'ru']);
const format = z.enum(['csv', 'xlsx']);

export const siteSumsSchema = z.object({
  kits: count,
  sides: count,
  came: count,
  filled: count,
  empty: count,
  duplicate: count,
});

export const eventRowSchema = z.object({
  id,
  code: z.string(),
  name: z.string(),
  subjectName: z.string(),
  /** `YYYY-MM-DD`. */
  date: z.string(),
  sites: count,
  /** Of the sites that the user may see. */
  sums: siteSumsSchema,
});
export type EventRow = z.infer<typeof eventRowSchema>;

export const siteRowSchema = z.object({
  siteCode: z.string(),
  /** null: the roster does not name this site. */
  siteName: z.string().nullable(),
  region: z.string().nullable(),
  sums: siteSumsSchema,
});
export type SiteRow = z.infer<typeof siteRowSchema>;

export const siteOrders = [
  'code',
  'region',
  'kits',
  'scans',
  'filled',
  'duplicate',
  'empty',
  'missing',
  'part',
] as const;
export type SiteOrder = (typeof siteOrders)[number];

const siteFilterSchema = z.object({
  projectId: id,
  eventId: id,
  show: z.enum(siteFilters).default('all'),
  /** null: of every region. */
  region: z.string().max(100).nullable().default(null),
  /** Beginning of a site's code, or part of its name. */
  search: z.string().trim().max(100).default(''),
  by: z.enum(siteOrders).default('code'),
  descending: z.boolean().default(false),
});
export type SitesFilter = z.infer<typeof siteFilterSchema>;

const kitFilterSchema = z.object({
  projectId: id,
  eventId: id,
  siteCode: code,
  show: z.enum(kitFilters).default('all'),
  /** As the register names it; null: every room. */
  room: z.string().max(64).nullable().default(null),
  by: z.enum(['kit', 'state']).default('kit'),
  descending: z.boolean().default(false),
});
export type KitsFilter = z.infer<typeof kitFilterSchema>;

const sideSchema = z.enum(sideStates);
const sheetSchema = z.object({ number: z.string(), side1: sideSchema, side2: sideSchema.nullable() });
export type SheetCell = z.infer<typeof sheetSchema>;

export const kitRowSchema = z.object({
  kit: z.string(),
  room: z.string(),
  /** In the order of the columns; null: this kit has no such sheet. */
  sheets: z.array(sheetSchema.nullable()),
});
export type KitRow = z.infer<typeof kitRowSchema>;

export const siteKitsSchema = z.object({
  at: time,
  event: eventRowSchema.omit({ sites: true, sums: true }),
  site: siteRowSchema,
  rooms: z.array(z.string()),
  columns: z.array(
    z.object({
      kind: z.enum(sheetKinds),
      place: count,
      sides: z.union([z.literal(1), z.literal(2)]),
      ofKind: count.nullable(),
    }),
  ),
  /** Of those that the filter finds. */
  total: count,
  kits: z.array(kitRowSchema),
  /** Additional sheets that somebody has, or that came. */
  additional: z.array(sheetSchema.extend({ kit: z.string().nullable(), room: z.string() })),
  /** Additional sheets that nobody has, and of which nothing came. */
  unused: count,
});
export type SiteKits = z.infer<typeof siteKitsSchema>;

export const sheetPageSchema = z.object({
  uploadId: id,
  uploadNumber: count,
  scanId: id,
  name: z.string(),
  at: time,
  class: z.enum(scanClasses),
});
export type SheetPage = z.infer<typeof sheetPageSchema>;

export const completenessContract = {
  events: operation
    .filtered(...all, 'site')
    .input(z.object({ projectId: id }))
    .output(z.array(eventRowSchema)),
  sites: operation
    .filtered(...all)
    .input(
      siteFilterSchema.extend({
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(20_000).default(100),
      }),
    )
    .output(
      z.object({
        event: eventRowSchema,
        regions: z.array(z.string()),
        total: count,
        /** Of those that the filter finds, and of how many sites each filter would leave. */
        sums: siteSumsSchema,
        found: z.record(z.enum(siteFilters), count),
        rows: z.array(siteRowSchema),
      }),
    ),
  site: operation
    .site(...all, 'site')
    .input(
      kitFilterSchema.extend({
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(5_000).default(100),
      }),
    )
    .output(siteKitsSchema),
  /** Every page that stands for one side of a sheet. */
  pages: operation
    .site(...all)
    .input(
      z.object({
        projectId: id,
        eventId: id,
        siteCode: code,
        number: z.string().min(1).max(24),
        side: z.union([z.literal(1), z.literal(2)]),
      }),
    )
    .output(z.array(sheetPageSchema)),
  /** Pages that count for no site: nobody read their number, or the register does not have it. Of limited users: of their own uploads. */
  strangers: operation
    .filtered(...all)
    .input(z.object({ projectId: id }))
    .output(
      z.object({
        unrecognised: count,
        foreign: count,
        badImage: count,
        uploads: z.array(z.object({ uploadId: id, number: count, fileName: z.string(), pages: count })),
      }),
    ),
  exportSites: operation
    .filtered(...all)
    .input(siteFilterSchema.extend({ format, language }))
    .output(downloadSchema),
  exportKits: operation
    .site(...all, 'site')
    .input(kitFilterSchema.extend({ format, language }))
    .output(downloadSchema),
  /** Every side that is missing, of the sites that the filter finds, or of one alone. */
  exportMissing: operation
    .filtered(...all)
    .input(siteFilterSchema.extend({ siteCode: code.nullable().default(null), format, language }))
    .output(downloadSchema),
};
