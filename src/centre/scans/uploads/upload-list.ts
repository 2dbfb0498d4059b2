/** Uploads as they are listed. */
import { sql, type ExpressionBuilder, type SelectQueryBuilder } from 'kysely';
import type { Refusal } from '../../../base/result.ts';
import type { Limit } from '../../../node/users/limit.ts';
import { poorPart } from '../../../exam/scan/upload-counts.ts';
import type { Centre } from '../../centre.ts';
import type { Tables } from '../../storage/tables.ts';
import { countsOf } from '../standing-sums.ts';
import type { UploadFilter, UploadPage, UploadRow } from './contract.ts';
import { seenLimits } from './upload-limits.ts';

export async function uploadPage(
  centre: Centre,
  filter: UploadFilter,
  limit: Limit | null,
): Promise<UploadPage> {
  const { db } = centre;
  const seen = await seenLimits(db, filter.projectId, limit);
  if (seen?.length === 0) return { total: 0, rows: [] };
  const found = narrowed(
    db
      .selectFrom('scan_upload')
      .where('project_id', '=', filter.projectId)
      .$if(seen !== null, (query) => query.where('limit_json', 'in', seen ?? [])),
    filter,
  );
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .selectAll()
    .orderBy('number', 'desc')
    .offset(filter.offset)
    .limit(filter.limit)
    .execute();
  return { total: Number(total), rows: await Promise.all(rows.map((row) => viewOf(centre, row))) };
}

type Uploads<O> = SelectQueryBuilder<Tables, 'scan_upload', O>;

function narrowed<O>(query: Uploads<O>, { search, show }: UploadFilter): Uploads<O> {
  const words = `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const low = words.toLowerCase();
  return query
    .$if(search !== '', (some) =>
      some.where((eb) =>
        eb.or([
          // Databases fold the case of other letters than Latin ones each in their own way, or not at all.
          sql<boolean>`file_name like ${words} escape '\\'`,
          sql<boolean>`lower(file_name) like ${low} escape '\\'`,
          sql<boolean>`lower(by_account) like ${low} escape '\\'`,
          ...(/^\d{1,9}$/.test(search) ? [eb('number', '=', Number(search))] : []),
        ]),
      ),
    )
    .$if(show === 'open', (some) => some.where('state', 'in', ['coming', 'waiting', 'reading', 'password']))
    .$if(show === 'attention', (some) => some.where(wantsAttention));
}

function wantsAttention(eb: ExpressionBuilder<Tables, 'scan_upload'>) {
  const bad = sql<number>`(unrecognised + foreign_pages + bad_image)`;
  return eb.or([
    eb('state', 'in', ['password', 'refused']),
    eb('warnings_json', '!=', '[]'),
    eb('problem_json', 'is not', null),
    // In whole numbers: a database would take a fraction beside them for one, too.
    sql<boolean>`${bad} * ${Math.round(1 / poorPart)} > ${bad} + filled + empty + duplicate + coalesce(files, done) - done`,
  ]);
}

async function viewOf({ scanReader }: Centre, row: Tables['scan_upload']): Promise<UploadRow> {
  const problem = row.problem_json === null ? null : (JSON.parse(row.problem_json) as Refusal);
  return {
    id: row.id,
    number: row.number,
    fileName: row.file_name,
    by: row.by_account,
    way: row.way as UploadRow['way'],
    begunAt: row.begun_at,
    finishedAt: row.finished_at,
    size: row.size,
    received: row.state === 'coming' ? ((await scanReader.archives.received(row.id)) ?? 0) : row.size,
    state: row.state as UploadRow['state'],
    problem: problem ?? scanReader.problemOf(row.id),
    warnings: JSON.parse(row.warnings_json) as Refusal[],
    files: row.files,
    done: row.done,
    counts: countsOf(row),
  };
}
