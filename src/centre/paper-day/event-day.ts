/** What the day of an event is like: when it starts, who speaks, what is printed, and how its keys are opened and released. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { DayEvent } from '../../exam/paper-day/parcels.ts';
import { planSchema } from '../../exam/paper-day/parcels.ts';
import type { ReleasedThing } from '../authorise/release-order.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';

export type Task = z.infer<typeof planSchema>['tasks'][number];

export interface DaySettings {
  /** ms; null: nobody has said it. */
  readonly startAt: number | null;
  readonly speaking: boolean;
  readonly preprinted: boolean;
  readonly roomReserve: number;
  /** Question papers stay openable at print stations after the end. */
  readonly keptAfterwards: boolean;
  readonly tasks: readonly Task[];
}

export const usualDay: DaySettings = {
  startAt: null,
  speaking: false,
  preprinted: false,
  roomReserve: 0,
  keptAfterwards: false,
  tasks: [],
};

export interface DayPolicy {
  /** With what the inner lock opens: members' tokens, or the site's own key. */
  readonly opens: 'token' | 'password';
  readonly releaseBeforeMin: number;
  /** With `password`: those of archives are written into the sites' threads of the support desk at the release. */
  readonly postsPassword: boolean;
}

/** Sites need the time to open, print and hand out. */
export const usualPolicy: DayPolicy = { opens: 'token', releaseBeforeMin: 60, postsPassword: true };

export interface EventOnDay extends DaySettings {
  readonly row: Tables['event'];
  readonly policy: DayPolicy;
}

/** Refusals: `no-such-event`. */
export async function eventOnDay(
  db: CentreDatabase,
  projectId: string,
  eventId: string,
): Promise<Result<EventOnDay>> {
  const row = await db
    .selectFrom('event')
    .selectAll()
    .where('id', '=', eventId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'no-such-event' });
  const day = await db.selectFrom('event_day').selectAll().where('event_id', '=', eventId).executeTakeFirst();
  return ok({
    row,
    policy: await policyOf(db, projectId),
    ...(day === undefined
      ? usualDay
      : {
          startAt: day.start_at,
          speaking: day.speaking === 1,
          preprinted: day.preprinted === 1,
          roomReserve: day.room_reserve,
          keptAfterwards: day.kept_afterwards === 1,
          tasks: planSchema.shape.tasks.parse(JSON.parse(day.tasks_json)),
        }),
  });
}

export async function policyOf(db: CentreDatabase, projectId: string): Promise<DayPolicy> {
  const row = await db
    .selectFrom('day_policy')
    .selectAll()
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return row === undefined
    ? usualPolicy
    : {
        opens: z.enum(['token', 'password']).parse(row.opens),
        releaseBeforeMin: row.release_before_min,
        postsPassword: row.posts_password === 1,
      };
}

/** @returns null: no event of this project. Refusal `event-without-start`. */
export async function releasedEvent(
  db: CentreDatabase,
  projectId: string,
  id: string,
): Promise<Result<ReleasedThing> | null> {
  const event = await eventOnDay(db, projectId, id);
  if (!event.ok) return null;
  const { startAt, policy } = event.value;
  if (startAt === null) return refuse({ type: 'event-without-start' });
  return ok({
    id,
    startAt,
    policy: { releaseBeforeMin: policy.releaseBeforeMin },
    subject: `event:${id}`,
  });
}

/** As parcels name it. */
export function dayEventOf({ row, speaking }: EventOnDay): DayEvent {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    subjectCode: row.subject_code,
    subjectName: row.subject_name,
    subjectLatin: row.subject_latin,
    date: row.date,
    stage: row.stage,
    speaking,
  };
}
