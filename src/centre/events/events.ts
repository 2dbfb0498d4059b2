/** Events of a project: one subject on one day each. */
import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { numberRuleSchema } from '../../exam/form/sheet-number.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import { changeScans } from '../scans/change-scans.ts';
import type { CentreDatabase } from '../storage/database.ts';
import { Turns } from '../work/turns.ts';
import type { EventInput, EventView } from './contract.ts';
import { eventOf, hasGrown, inputOf } from './event-row.ts';
import { templatesOf, templatesProblem } from './templates.ts';

export async function eventViews(
  centre: Centre,
  projectId: string,
  limit: Limit | null,
): Promise<EventView[]> {
  const rows = await centre.db
    .selectFrom('event')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('date')
    .orderBy('code')
    .execute();
  const sums = await centre.db
    .selectFrom('event_site')
    .innerJoin('event', 'event.id', 'event_site.event_id')
    .select((eb) => [
      'event_site.event_id',
      eb.fn.countAll<number>().as('sites'),
      eb.fn.sum<number>('event_site.kits').as('kits'),
      eb.fn.sum<number>('event_site.sides').as('sides'),
      eb.fn.sum<number>('event_site.came').as('came'),
    ])
    .where('event.project_id', '=', projectId)
    .where(within(limit, projectId, 'event_site.site_code'))
    .groupBy('event_site.event_id')
    .execute();
  const byEvent = new Map(sums.map((one) => [one.event_id, one]));
  return Promise.all(
    rows.map(async (row): Promise<EventView> => {
      const sum = byEvent.get(row.id);
      const rules = z.array(numberRuleSchema).parse(JSON.parse(row.rules_json));
      return {
        id: row.id,
        ...inputOf(row),
        numberPrefix: row.number_prefix,
        ownTemplates: row.templates_json !== null,
        rules,
        sites: Number(sum?.sites ?? 0),
        kits: Number(sum?.kits ?? 0),
        sides: Number(sum?.sides ?? 0),
        came: Number(sum?.came ?? 0),
        grown: await hasGrown(centre.db, row.id),
        growth: await centre.growth.view(row.id),
      };
    }),
  );
}

/** Refusals: `event-code-taken`, `no-such-event`, `event-composition-fixed`, and those of forms that lack a kind. */
export async function saveEvent(
  centre: Centre,
  projectId: string,
  eventId: string | null,
  event: EventInput,
  account: string,
): Promise<Result<{ eventId: string }>> {
  const saved = await changeScans(centre, projectId, async (db, at) => {
    const same = await db
      .selectFrom('event')
      .select('id')
      .where('project_id', '=', projectId)
      .where('code', '=', event.code)
      .executeTakeFirst();
    if (same && same.id !== eventId) return refuse({ type: 'event-code-taken', code: event.code });
    const columns = {
      code: event.code,
      name: event.name,
      subject_code: event.subject.code,
      subject_name: event.subject.name,
      subject_latin: event.subject.latin,
      date: event.date,
      stage: event.stage,
      composition_json: JSON.stringify(event.composition),
      protocol_due_h: event.protocolDueH,
    };
    if (eventId === null) {
      const id = newId();
      await db
        .insertInto('event')
        .values({
          id,
          project_id: projectId,
          ...columns,
          number_prefix: await givePrefix(db, id, at),
          last_serial: 0,
          last_kit: 0,
          rules_json: '[]',
          templates_json: null,
          created_at: at,
          created_by: account,
        })
        .execute();
      return ok(id);
    }
    const before = await eventOf(db, projectId, eventId);
    if (!before.ok) return before;
    if (
      before.value.composition_json !== columns.composition_json &&
      (await cannotChangeForms(centre, db, eventId))
    )
      return refuse({ type: 'event-composition-fixed' });
    const problem = templatesProblem(templatesOf(before.value), event.composition);
    if (problem) return { ok: false, refusal: problem };
    await db.updateTable('event').set(columns).where('id', '=', eventId).execute();
    return ok(eventId);
  });
  if (!saved.ok) return saved;
  await centre.node.journal.append([
    {
      kind: eventId === null ? 'event-created' : 'event-changed',
      subject: `event:${saved.value}`,
      data: { project: projectId, code: event.code, date: event.date, by: account },
    },
  ]);
  centre.changed.notify();
  return ok({ eventId: saved.value });
}

/** Forms were made, or are being made. */
async function cannotChangeForms(centre: Centre, db: CentreDatabase, eventId: string): Promise<boolean> {
  return (await hasGrown(db, eventId)) || (await centre.growth.view(eventId, db)) !== null;
}

/**
 * Six digits that no event of this centre ever had. By chance: the forms of two centres that meet somewhere are told apart, too, as far as
 * six digits can.
 */
async function givePrefix(db: CentreDatabase, eventId: string, at: number): Promise<string> {
  for (;;) {
    const prefix = String(randomInt(100_000, 1_000_000));
    if (await isUsed(db, prefix)) continue;
    await db.insertInto('given_prefix').values({ prefix, event_id: eventId, at }).execute();
    return prefix;
  }
}

/** By an event, one that was removed, or forms of another centre that were imported. */
async function isUsed(db: CentreDatabase, prefix: string): Promise<boolean> {
  const given = await db
    .selectFrom('given_prefix')
    .select('prefix')
    .where('prefix', '=', prefix)
    .executeTakeFirst();
  if (given) return true;
  const event = await db
    .selectFrom('event')
    .select('id')
    .where('number_prefix', '=', prefix)
    .executeTakeFirst();
  if (event) return true;
  const projects = await db.selectFrom('event').select('project_id').distinct().execute();
  for (const { project_id } of projects) {
    const sheet = await db
      .selectFrom('sheet')
      .select('number')
      .where('project_id', '=', project_id)
      .where('number', '>=', prefix)
      .where('number', '<', String(Number(prefix) + 1))
      .limit(1)
      .executeTakeFirst();
    if (sheet) return true;
  }
  return false;
}

/** Refusals: `no-such-event`, `register-growing`, `event-has-pages`, `event-has-protocols`. */
export async function removeEvent(
  centre: Centre,
  projectId: string,
  eventId: string,
  account: string,
): Promise<Result<void>> {
  const found = await eventOf(centre.db, projectId, eventId);
  if (!found.ok) return found;
  if ((await centre.growth.view(eventId))?.running) return refuse({ type: 'register-growing' });
  const turns = new Turns();
  // Site by site: a register of millions would hold everybody else up. What was removed stays removed, and the rest goes with the next try.
  for (;;) {
    const gone = await changeScans(centre, projectId, async (db) => {
      const free = await nothingCame(db, eventId);
      if (!free.ok) return free;
      const site = await db
        .selectFrom('event_site')
        .select('site_code')
        .where('event_id', '=', eventId)
        .limit(1)
        .executeTakeFirst();
      if (!site) {
        await db.deleteFrom('event').where('id', '=', eventId).execute();
        return ok(true);
      }
      for (const table of ['sheet', 'kit', 'event_site'] as const)
        await db
          .deleteFrom(table)
          .where('event_id', '=', eventId)
          .where('site_code', '=', site.site_code)
          .execute();
      return ok(false);
    });
    if (!gone.ok) return gone;
    if (gone.value) break;
    await turns.pass();
  }
  await centre.node.journal.append([
    {
      kind: 'event-removed',
      subject: `event:${eventId}`,
      data: { project: projectId, code: found.value.code, prefix: found.value.number_prefix, by: account },
    },
  ]);
  centre.changed.notify();
  return ok();
}

async function nothingCame(db: CentreDatabase, eventId: string): Promise<Result<void>> {
  const page = await db
    .selectFrom('scan_standing')
    .select('scan_id')
    .where('event_id', '=', eventId)
    .limit(1)
    .executeTakeFirst();
  if (page) return refuse({ type: 'event-has-pages' });
  const protocol = await db
    .selectFrom('protocol')
    .select('version')
    .where('event_id', '=', eventId)
    .limit(1)
    .executeTakeFirst();
  return protocol ? refuse({ type: 'event-has-protocols' }) : ok();
}
