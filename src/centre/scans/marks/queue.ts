/** What a person looks at next: rows that wait, or a sample of those that the machine was sure of. */
import { sha256Hex } from '../../../trust/digest.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { RowAnswer } from '../../../exam/scan/row-answers.ts';
import type { Limit } from '../../../node/users/limit.ts';
import type { Centre } from '../../centre.ts';
import type { MarkPage } from './contract.ts';
import type { Desks } from './desks.ts';
import { pagesOfMarks, placedPages, type PageOfMarks } from './find-page.ts';
import { showRows } from './show-rows.ts';

type Store = Pick<Centre, 'db' | 'blobs'>;

/** Whoever asks: from which window, and what he may see. */
export interface AtDesk {
  readonly desk: string;
  readonly account: string;
  readonly limit: Limit | null;
}

export interface Asked {
  readonly projectId: string;
  readonly eventId: string;
  readonly of: 'waiting' | 'sure';
  readonly every: number;
  readonly after: string | null;
}

export interface Open {
  readonly rows: number;
  readonly pages: number;
  readonly elsewhere: number;
}

/** Pages that are looked at for one with rows of the sample. */
const pieces = { size: 50, most: 40 };

export async function nextPage(
  centre: Store,
  desks: Desks,
  asked: Asked,
  who: AtDesk,
): Promise<Result<{ page: MarkPage | null; open: Open; after: string | null }>> {
  desks.leave(who.desk);
  let after = asked.after;
  let ended = false;
  let found: { page: PageOfMarks; rows: RowAnswer[] } | null = null;
  for (let piece = 0; piece < pieces.most && found === null && !ended; piece++) {
    const ids = await pageIds(centre, { ...asked, after }, who.limit);
    const pages = await pagesOfMarks(centre.db, asked.projectId, ids, who.limit);
    for (const page of pages) {
      const rows = page.answers.filter((row) =>
        asked.of === 'waiting' ? row.waits : isOfSample(page.scanId, row, asked.every),
      );
      if (rows.length === 0 || desks.take(who.desk, page.scanId, who.account) !== null) continue;
      found = { page, rows };
      break;
    }
    after = found?.page.scanId ?? ids.at(-1) ?? after;
    ended = ids.length < pieces.size;
  }
  const shown = found && (await showRows(centre, found.page, found.rows));
  if (shown && !shown.ok) return shown;
  const open = await openRows(centre, desks, asked, who);
  return ok({ page: shown?.value ?? null, open, after: found || !ended ? after : null });
}

async function pageIds({ db }: Store, asked: Asked, limit: Limit | null): Promise<string[]> {
  const { projectId, eventId, of, after } = asked;
  const rows = await placedPages(db, projectId, limit)
    .select('scan_standing.scan_id')
    .where('scan_standing.event_id', '=', eventId)
    .where(of === 'waiting' ? 'scan_standing.marks_open' : 'scan_standing.marks_rows', '>', 0)
    .$if(after !== null, (query) => query.where('scan_standing.scan_id', '>', after ?? ''))
    .orderBy('scan_standing.scan_id')
    .limit(pieces.size)
    .execute();
  return rows.map(({ scan_id }) => scan_id);
}

/** Chosen by its place alone, so that everybody who checks looks at the same rows, and none is chosen for what was read there. */
export function isOfSample(
  scanId: string,
  { doubt, seq, field, row }: Pick<RowAnswer, 'doubt' | 'seq' | 'field' | 'row'>,
  every: number,
): boolean {
  if (doubt !== null || seq > 0) return false;
  return parseInt(sha256Hex(`${scanId} ${field.name} ${row}`).slice(0, 8), 16) % every === 0;
}

export async function openRows(
  { db }: Pick<Centre, 'db'>,
  desks: Desks,
  { projectId, eventId }: Pick<Asked, 'projectId' | 'eventId'>,
  { desk, limit }: AtDesk,
): Promise<Open> {
  const of = placedPages(db, projectId, limit)
    .where('scan_standing.event_id', '=', eventId)
    .where('scan_standing.marks_open', '>', 0);
  const sums = await of
    .select(({ fn }) => [fn.sum('marks_open').as('rows'), fn.countAll().as('pages')])
    .executeTakeFirstOrThrow();
  const others = desks.elsewhere(desk);
  const elsewhere =
    others.length === 0
      ? 0
      : (
          await of
            .select(({ fn }) => fn.countAll().as('pages'))
            .where('scan_standing.scan_id', 'in', others)
            .executeTakeFirstOrThrow()
        ).pages;
  return { rows: Number(sums.rows ?? 0), pages: Number(sums.pages), elsewhere: Number(elsewhere) };
}

export interface RowPlace {
  readonly projectId: string;
  readonly scanId: string;
  readonly field: string;
  readonly row: number;
}

export async function findRow(
  { db }: Pick<Centre, 'db'>,
  { projectId, scanId, field, row }: RowPlace,
  limit: Limit | null,
): Promise<Result<{ page: PageOfMarks; answer: RowAnswer }>> {
  const [page] = await pagesOfMarks(db, projectId, [scanId], limit);
  const answer = page?.answers.find((one) => one.field.name === field && one.row === row);
  return page && answer ? ok({ page, answer }) : refuse({ type: 'no-such-row' });
}

/** A row by its place, however it stands. */
export async function rowAgain(
  centre: Store,
  desks: Desks,
  place: RowPlace,
  who: AtDesk,
): Promise<Result<MarkPage>> {
  const found = await findRow(centre, place, who.limit);
  if (!found.ok) return found;
  const by = desks.take(who.desk, place.scanId, who.account);
  if (by !== null) return refuse({ type: 'marks-at-other-desk', by });
  return showRows(centre, found.value.page, [found.value.answer]);
}
