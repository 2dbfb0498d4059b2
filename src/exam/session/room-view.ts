import * as z from 'zod';

const time = z.number().int();

/** How many of a room's candidates are in which state, for one session. */
export const roomCountsSchema = z.object({
  expected: z.number().int(),
  signedIn: z.number().int(),
  inExam: z.number().int(),
  handedIn: z.number().int(),
  absent: z.number().int(),
  away: z.number().int(),
  extraTime: z.number().int(),
  violations: z.number().int(),
  resumed: z.number().int().default(0),
});
export type RoomCounts = z.infer<typeof roomCountsSchema>;

/** When a room reached each stage of a session; null: not yet. */
export const roomStagesSchema = z.object({
  registeredAt: time.nullable(),
  loadedAt: time.nullable(),
  sealCheckedAt: time.nullable(),
  sealCheckPassed: z.boolean().nullable(),
  authorisedAt: time.nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  reportedAt: time.nullable(),
});
export type RoomStages = z.infer<typeof roomStagesSchema>;

/** What a room tells its site, and the site its centre, every few seconds. */
export const roomStatusSchema = z.object({
  roomCode: z.string(),
  sessionId: z.string(),
  stages: roomStagesSchema,
  counts: roomCountsSchema,
});
export type RoomStatus = z.infer<typeof roomStatusSchema>;
