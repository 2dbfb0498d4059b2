/** What is said of an event's day, and of all days of a project. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Centre } from '../centre.ts';
import { changeScans } from '../scans/change-scans.ts';
import { eventOnDay, type DayPolicy, type DaySettings } from './event-day.ts';
import type { CentreDatabase } from '../storage/database.ts';

/**
 * Another number of reserves deals the kits anew, which nobody may have taken along yet.
 *
 * @returns refusals `no-such-event`, `materials-handed-out`, `event-without-start`
 */
export async function saveDaySettings(
  centre: Centre,
  projectId: string,
  eventId: string,
  settings: DaySettings,
  account: string,
): Promise<Result<void>> {
  const saved = await changeScans(centre, projectId, async (db) => {
    const event = await eventOnDay(db, projectId, eventId);
    if (!event.ok) return event;
    const values = {
      start_at: settings.startAt,
      speaking: Number(settings.speaking),
      preprinted: Number(settings.preprinted),
      room_reserve: settings.roomReserve,
      kept_afterwards: Number(settings.keptAfterwards),
      tasks_json: JSON.stringify(settings.tasks),
    };
    // Keys that are out are released at a time that follows from the start. An earlier one moves nothing that two have agreed to.
    if (settings.startAt === null && (await hasKeys(db, eventId)))
      return refuse({ type: 'event-without-start' });
    if (event.value.roomReserve !== settings.roomReserve) {
      const taken = await db
        .selectFrom('day_fetch')
        .select('id')
        .where('event_id', '=', eventId)
        .where('what', '=', 'materials')
        .limit(1)
        .executeTakeFirst();
      if (taken) return refuse({ type: 'materials-handed-out' });
      await db
        .updateTable('kit')
        .set({ variant: null, reserve: null })
        .where('event_id', '=', eventId)
        .execute();
    }
    await db
      .insertInto('event_day')
      .values({ event_id: eventId, ...values })
      .onConflict((conflict) => conflict.column('event_id').doUpdateSet(values))
      .execute();
    return ok();
  });
  if (!saved.ok) return saved;
  const { speaking, preprinted, roomReserve, keptAfterwards, startAt, tasks } = settings;
  await centre.node.journal.append([
    {
      kind: 'event-day-set',
      subject: `event:${eventId}`,
      data: {
        project: projectId,
        startAt,
        speaking,
        preprinted,
        roomReserve,
        keptAfterwards,
        tasks: tasks.length,
        by: account,
      },
    },
  ]);
  centre.changed.notify();
  return ok();
}

async function hasKeys(db: CentreDatabase, eventId: string): Promise<boolean> {
  const one = await db
    .selectFrom('access_site')
    .select('site_code')
    .where('event_id', '=', eventId)
    .limit(1)
    .executeTakeFirst();
  return one !== undefined;
}

/** Keys that were made stay as they are until they are made again. Refusal `no-such-project`. */
export async function saveDayPolicy(
  centre: Centre,
  projectId: string,
  policy: DayPolicy,
  account: string,
): Promise<Result<void>> {
  const { opens, releaseBeforeMin, postsPassword } = policy;
  const saved = await changeScans(centre, projectId, async (db) => {
    const project = await db
      .selectFrom('project')
      .select('id')
      .where('id', '=', projectId)
      .executeTakeFirst();
    if (!project) return refuse({ type: 'no-such-project' });
    const values = {
      opens,
      release_before_min: releaseBeforeMin,
      posts_password: Number(postsPassword),
    };
    await db
      .insertInto('day_policy')
      .values({ project_id: projectId, ...values })
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet(values))
      .execute();
    return ok();
  });
  if (!saved.ok) return saved;
  await centre.node.journal.append([
    {
      kind: 'day-policy-set',
      subject: `project:${projectId}`,
      data: { opens, releaseBeforeMin, postsPassword, by: account },
    },
  ]);
  centre.changed.notify();
  return ok();
}
