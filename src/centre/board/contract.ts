/** The live board: what screens may ask of it. */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { alarmKinds } from '../../exam/board/alarms.ts';
import { boardMessageSchema, boardSiteSchema } from '../../exam/board/board-view.ts';
import { roomCountsSchema, roomStagesSchema } from '../../exam/session/room-view.ts';
import { code, id, operation, shortText, time } from '../../node/contract.ts';
import { all, editors } from '../roles.ts';

/** `sessionId` null: the session that is on. */
const ofSession = z.object({ projectId: id, sessionId: id.nullable().default(null) });
const ofSite = z.object({ projectId: id, sessionId: id, siteCode: code });

export const boardRoomSchema = z.object({
  roomCode: z.string(),
  candidates: z.number().int(),
  /** null: the site has told nothing of it yet. */
  stages: roomStagesSchema.nullable(),
  counts: roomCountsSchema.nullable(),
  collectedAt: time.nullable(),
  handedUpAt: time.nullable(),
  lastContact: time.nullable(),
});
export type BoardRoom = z.infer<typeof boardRoomSchema>;

export const boardSiteDetailSchema = z.object({
  at: time,
  site: boardSiteSchema,
  rooms: z.array(boardRoomSchema),
});
export type BoardSiteDetail = z.infer<typeof boardSiteDetailSchema>;

export const boardContract = {
  /** Everything as of now. */
  get: operation
    .filtered(...all)
    .input(ofSession)
    .output(boardMessageSchema),
  /** Everything, and then what changes: at most one message a second. */
  live: operation
    .filtered(...all)
    .input(ofSession)
    .output(eventIterator(boardMessageSchema)),
  /** One site with its rooms. */
  site: operation
    .site(...all)
    .input(ofSite)
    .output(eventIterator(boardSiteDetailSchema)),
  /** Somebody sees to an alarm; it stays listed until it ends. */
  acknowledge: operation
    .site(...editors)
    .input(ofSite.extend({ kind: z.enum(alarmKinds), since: time, note: shortText.min(1) }))
    .output(z.object({})),
};
