/** Pages whose boxes were not read, because nothing said which form they are: read again as what the register says. */
import { ok, type Result } from '../../../base/result.ts';
import type { SheetKind } from '../../../exam/form/sheet-code.ts';
import { readingSchema } from '../../../exam/scan/reading.ts';
import { decided } from '../../../exam/scan/standing.ts';
import type { Limit } from '../../../node/users/limit.ts';
import type { PagePool } from '../../../recognise/pool.ts';
import type { Centre } from '../../centre.ts';
import { changeScans } from '../change-scans.ts';
import { decisionsOf, rulesOf, settle } from '../settle.ts';
import { EventForms } from './event-forms.ts';
import { pagesOfMarks, placedPages, type PageOfMarks } from './find-page.ts';

/** So many that a console hears of it every few seconds. */
const piece = 20;

/**
 * One piece of the work: what was read stays, wherever it ends. Nothing but marks comes of it: whose page it is and whether it is filled
 * stay as they were.
 * @param after the page where the piece before ended
 */
export async function readAgain(
  centre: Pick<Centre, 'db' | 'node' | 'blobs' | 'changed' | 'scanReader'>,
  { projectId, eventId, after }: { projectId: string; eventId: string; after: string | null },
  who: { readonly account: string; readonly limit: Limit | null },
): Promise<Result<{ looked: number; read: number; after: string | null }>> {
  const rows = await placedPages(centre.db, projectId, who.limit)
    .select('scan_standing.scan_id')
    .where('scan_standing.event_id', '=', eventId)
    .where('scan_standing.marks_unread', '=', 1)
    .$if(after !== null, (query) => query.where('scan_standing.scan_id', '>', after ?? ''))
    .orderBy('scan_standing.scan_id')
    .limit(piece)
    .execute();
  const ids = rows.map(({ scan_id }) => scan_id);
  const pages = await pagesOfMarks(centre.db, projectId, ids, who.limit);
  if (pages.length === 0) return ok({ looked: 0, read: 0, after: null });
  const pool = await centre.scanReader.pool();
  const readings = await Promise.all(pages.map((page) => readOne(centre, projectId, pool, page)));
  const kept = await changeScans(centre, projectId, async (db, at) => {
    for (const [i, { scanId, kind, side }] of pages.entries()) {
      const reading = readings[i];
      if (!reading || reading.marks.length === 0) continue;
      const newest = await db
        .selectFrom('mark_reading')
        .select((eb) => eb.fn.max('seq').as('seq'))
        .where('scan_id', '=', scanId)
        .executeTakeFirst();
      await db
        .insertInto('mark_reading')
        .values({
          scan_id: scanId,
          seq: Number(newest?.seq ?? 0) + 1,
          at,
          by_account: who.account,
          kind,
          side,
          reading_json: JSON.stringify(reading),
        })
        .execute();
    }
    await settle(db, projectId, ids);
    return ok();
  });
  if (!kept.ok) return kept;
  const left = await placedPages(centre.db, projectId, who.limit)
    .select(({ fn }) => fn.countAll().as('pages'))
    .where('scan_standing.scan_id', 'in', ids)
    .where('scan_standing.marks_unread', '=', 1)
    .executeTakeFirstOrThrow();
  const read = ids.length - Number(left.pages);
  await centre.node.journal.append([
    {
      kind: 'marks-read-again',
      subject: `project:${projectId}`,
      data: { event: eventId, pages: ids.length, read, by: who.account },
    },
  ]);
  centre.changed.notify();
  return ok({ looked: ids.length, read, after: ids.length < piece ? null : (ids.at(-1) ?? null) });
}

async function readOne(
  { db, blobs }: Pick<Centre, 'db' | 'blobs'>,
  projectId: string,
  pool: PagePool,
  { scanId, eventId, digest, kind, side }: PageOfMarks,
) {
  const image = digest === null ? null : await blobs.read(digest);
  if (image === null) return null;
  const { rotation } = decided(await decisionsOf(db, scanId));
  const page = await pool.recognise(image, {
    templates: await new EventForms(db).templates(eventId),
    rules: await rulesOf(db, projectId),
    known: { kind: kind as SheetKind, side: side === 2 ? 2 : 1, rotation },
  });
  return readingSchema.parse(page);
}
