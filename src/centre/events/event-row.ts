/** An event as it lies in the database. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { compositionSchema } from '../../exam/form/composition.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import type { EventInput } from './contract.ts';

export type EventRow = Tables['event'];

/** Refusals: `no-such-event`. */
export async function eventOf(
  db: CentreDatabase,
  projectId: string,
  eventId: string,
): Promise<Result<EventRow>> {
  const row = await db
    .selectFrom('event')
    .selectAll()
    .where('id', '=', eventId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return row ? ok(row) : refuse({ type: 'no-such-event' });
}

export function inputOf(row: EventRow): EventInput {
  return {
    code: row.code,
    name: row.name,
    subject: { code: row.subject_code, name: row.subject_name, latin: row.subject_latin },
    date: row.date,
    stage: row.stage,
    composition: compositionSchema.parse(JSON.parse(row.composition_json)),
    protocolDueH: row.protocol_due_h,
  };
}

export async function hasGrown(db: CentreDatabase, eventId: string): Promise<boolean> {
  const one = await db
    .selectFrom('event_site')
    .select('site_code')
    .where('event_id', '=', eventId)
    .limit(1)
    .executeTakeFirst();
  return one !== undefined;
}
