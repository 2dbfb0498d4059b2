/** What an event lacks before its materials can be prepared, and whether they are what it has now. */
import { utf8 } from '../../../base/bytes.ts';
import type { Refusal } from '../../../base/result.ts';
import { sha256Hex } from '../../../trust/digest.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { EventOnDay } from '../event-day.ts';
import { papersOfEvent } from './question-papers.ts';

export async function missingForMaterials(db: CentreDatabase, event: EventOnDay): Promise<Refusal[]> {
  const papers = await papersOfEvent(db, event.row.id);
  const kit = await db
    .selectFrom('kit')
    .select('kit')
    .where('event_id', '=', event.row.id)
    .limit(1)
    .executeTakeFirst();
  const missing: Refusal[] = [];
  if (!kit) missing.push({ type: 'register-without-kits' });
  if (papers.length === 0) missing.push({ type: 'question-papers-missing' });
  if (event.startAt === null) missing.push({ type: 'event-without-start' });
  if (!event.speaking) return missing;
  if (event.tasks.length === 0) missing.push({ type: 'tasks-missing' });
  for (const { variant, pages } of papers) {
    const beyond = event.tasks.find(({ page }) => page > pages);
    if (beyond)
      missing.push({ type: 'task-page-missing', variant, pages, task: beyond.name, page: beyond.page });
  }
  return missing;
}

/** Another one as soon as papers, register, forms or the day are other ones: then materials are to be prepared again. */
export async function preparedFrom(db: CentreDatabase, event: EventOnDay): Promise<string> {
  const papers = await papersOfEvent(db, event.row.id);
  const sites = await db
    .selectFrom('event_site')
    .select(['site_code', 'kits', 'sides'])
    .where('event_id', '=', event.row.id)
    .orderBy('site_code')
    .execute();
  // When it starts and by what it is opened is in no plan.
  const { startAt: _, policy: __, ...day } = event;
  return sha256Hex(
    utf8(JSON.stringify([day, papers.map(({ variant, digest }) => [variant, digest]), sites])),
  );
}
