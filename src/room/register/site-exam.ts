/** What a room does when its site has gone from the mock exam to the formal one. */
import * as z from 'zod';
import type { Refusal } from '../../base/result.ts';
import type { Room } from '../room.ts';

/** Which exam the site is for; null: it has not been set up. Not said by older sites. */
export const siteExamSchema = z
  .object({ mode: z.enum(['formal', 'mock']), project: z.string().nullable() })
  .nullish();
export type SiteExam = z.infer<typeof siteExamSchema>;

/**
 * A room in which nothing is loaded follows by itself, keeping its registration. One that holds the mock exam does not: what is in it goes only when a
 * person initialises it, and then it follows. Back to a mock exam no room follows.
 */
export async function followExam(room: Room, exam: SiteExam): Promise<void> {
  const before = room.siteExam;
  room.siteExam = exam ?? null;
  if (before?.mode !== exam?.mode) room.changed.notify();
  const { node } = room;
  const membership = room.membership();
  if (!exam?.project || membership?.mode !== 'mock' || exam.mode !== 'formal') return;
  if (room.state.package !== null) return;
  node.settings.write('membership', { ...membership, mode: exam.mode, projectId: exam.project });
  await node.journal.append([{ kind: 'exam-followed', subject: 'room', data: { project: exam.project } }]);
  room.changed.notify();
}

/** What is said on every page of a room whose site knows it no longer, or has another exam; null: all is well between them. */
export function siteNotice(room: Pick<Room, 'link' | 'membership' | 'siteExam'>): Refusal | null {
  const problem = room.link?.uplink.state.problem;
  if (problem?.type === 'site-was-initialised') return problem;
  return room.siteExam?.mode === 'formal' && room.membership()?.mode === 'mock'
    ? { type: 'site-is-formal-now' }
    : null;
}
