/** Which results are here, which are missing and how late: by room, or summed up by site. */
import * as z from 'zod';
import { resultRemedies, resultStates, roomProgress } from '../../exam/board/result-due.ts';
import { downloadSchema, id, operation, time } from '../../node/contract.ts';
import { all, editors } from '../roles.ts';

const count = z.number().int();

export const dueRowSchema = z.object({
  siteCode: z.string(),
  siteName: z.string(),
  /** null: all rooms of the site in this session. */
  roomCode: z.string().nullable(),
  sessionId: id,
  sessionNumber: count,
  /** Rooms that are expected, and those whose result is here and proved. */
  rooms: count,
  roomsVerified: count,
  /** Candidates. */
  expected: count,
  received: count,
  verified: count,
  missing: count,
  state: z.enum(resultStates),
  dueAt: time,
  /** null: nothing is missing, or it is not due yet. */
  lateMs: count.nullable(),
  siteLastContact: time.nullable(),
  /** What the site says of the room; null: of a site as a whole. */
  said: z
    .object({
      progress: z.enum(roomProgress),
      endedAt: time.nullable(),
      lastContact: time.nullable(),
      collectedAt: time.nullable(),
      handedUpAt: time.nullable(),
    })
    .nullable(),
  remedy: z.enum(resultRemedies).nullable(),
});
export type DueRow = z.infer<typeof dueRowSchema>;

const filterSchema = z.object({
  projectId: id,
  /** null: of every session. */
  sessionId: id.nullable().default(null),
  by: z.enum(['room', 'site']).default('room'),
  /** Only what is not here, or not proved whole. */
  missingOnly: z.boolean().default(true),
  /** Beginning of a site's or a room's code, or part of the site's name. */
  search: z.string().trim().max(100).default(''),
});
export type DueFilter = z.infer<typeof filterSchema>;

export const dueContract = {
  list: operation
    .everything(...all)
    .input(
      filterSchema.extend({
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        at: time,
        /** Of those that the filter finds. */
        total: count,
        /** Of the whole session or project, by room. */
        sums: z.object({
          rooms: count,
          roomsVerified: count,
          late: count,
          expected: count,
          received: count,
          verified: count,
          missing: count,
        }),
        rows: z.array(dueRowSchema),
      }),
    ),
  exportFile: operation
    .everything(...editors)
    .input(filterSchema.extend({ format: z.enum(['csv', 'xlsx']), language: z.enum(['en', 'zh', 'ru']) }))
    .output(downloadSchema),
};
