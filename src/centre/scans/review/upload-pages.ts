/** The lists of an upload: what has to be seen to first, then the rest by the number of the work. */
import { sql } from 'kysely';
import { ok, type Result } from '../../../base/result.ts';
import { readingSchema } from '../../../exam/scan/reading.ts';
import { scanClasses, type ForeignReason, type ScanClass } from '../../../exam/scan/standing.ts';
import type { UploadCounts } from '../../../exam/scan/upload-counts.ts';
import type { Limit } from '../../../node/users/limit.ts';
import type { Centre } from '../../centre.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import { countsOf } from '../standing-sums.ts';
import { scanGroups, type ReviewedUpload, type ScanGroup, type ScanRow } from './contract.ts';
import { uploadWithin } from './within-reach.ts';

export function groupOf(one: ScanClass): ScanGroup {
  return one === 'filled' || one === 'empty' ? 'recognised' : one;
}

const classesOf = (group: ScanGroup): ScanClass[] => scanClasses.filter((one) => groupOf(one) === group);

function countOf(counts: UploadCounts, group: ScanGroup | null): number {
  const classes: readonly ScanClass[] = group === null ? scanClasses : classesOf(group);
  return classes.reduce((sum, one) => sum + counts[one], 0);
}

export async function reviewedUpload(
  { db }: Pick<Centre, 'db'>,
  { projectId, uploadId }: { readonly projectId: string; readonly uploadId: string },
  limit: Limit | null,
): Promise<Result<ReviewedUpload>> {
  const upload = await uploadWithin(db, projectId, uploadId, limit);
  if (!upload.ok) return upload;
  const { id, number, file_name, state, by_account, came_at, files, done } = upload.value;
  return ok({
    id,
    number,
    fileName: file_name,
    state,
    by: by_account,
    cameAt: came_at,
    counts: countsOf(upload.value),
    toCome: Math.max(0, (files ?? done) - done),
  });
}

/** In the order of their lists; those of one kit and of one side lie beside each other. */
function standingsInOrder(db: CentreDatabase, uploadId: string) {
  const rank = sql<number>`case class ${sql.join(
    scanClasses.map((one) => sql`when ${one} then ${sql.lit(scanGroups.indexOf(groupOf(one)))}`),
    sql` `,
  )} end`;
  return db
    .selectFrom('scan_standing')
    .where('upload_id', '=', uploadId)
    .orderBy(rank)
    .orderBy(sql`coalesce(kit, '')`)
    .orderBy(sql`coalesce(number, '')`)
    .orderBy(sql`coalesce(side, 0)`)
    .orderBy('position');
}

export async function uploadPages(
  { db }: Pick<Centre, 'db'>,
  asked: {
    readonly projectId: string;
    readonly uploadId: string;
    readonly group: ScanGroup | null;
    readonly offset: number;
    readonly limit: number;
  },
  reach: Limit | null,
): Promise<Result<{ total: number; rows: ScanRow[] }>> {
  const upload = await uploadWithin(db, asked.projectId, asked.uploadId, reach);
  if (!upload.ok) return upload;
  const total = countOf(countsOf(upload.value), asked.group);
  // First which they are, by an index: what was read of pages is long, and only that of these few is looked at.
  const ids = await standingsInOrder(db, asked.uploadId)
    .select('scan_id')
    .$if(asked.group !== null, (query) => query.where('class', 'in', classesOf(asked.group as ScanGroup)))
    .offset(asked.offset)
    .limit(asked.limit)
    .execute();
  const rows = await rowsOf(
    db,
    ids.map(({ scan_id }) => scan_id),
  );
  return ok({ total, rows });
}

async function rowsOf(db: CentreDatabase, ids: readonly string[]): Promise<ScanRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('scan')
    .innerJoin('scan_standing', 'scan_standing.scan_id', 'scan.id')
    .select(['scan.id', 'scan.name', 'scan.thumbnail', 'scan.reading_json'])
    .select([
      'scan_standing.class',
      'scan_standing.foreign_reason',
      'scan_standing.kit',
      'scan_standing.number',
      'scan_standing.side',
      'scan_standing.by_person',
    ])
    .where('scan.id', 'in', ids)
    .execute();
  const turns = await db
    .selectFrom('scan_decision')
    .select(['scan_id', 'rotation'])
    .where('scan_id', 'in', ids)
    .where('what', '=', 'turned')
    .orderBy('seq')
    .execute();
  const turned = new Map(turns.map(({ scan_id, rotation }) => [scan_id, rotation ?? 0]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id): ScanRow[] => {
    const row = byId.get(id);
    if (!row) return [];
    const reading = readingSchema.parse(JSON.parse(row.reading_json));
    const read = reading.rotation ?? 0;
    const one = row.class as ScanClass;
    return [
      {
        id,
        name: row.name,
        class: one,
        group: groupOf(one),
        foreignReason: row.foreign_reason as ForeignReason | null,
        problem: reading.problem,
        kit: row.kit,
        number: row.number,
        side: row.side as 1 | 2 | null,
        byPerson: row.by_person === 1,
        thumbnailTurn:
          row.thumbnail === null
            ? null
            : ((((turned.get(id) ?? read) - read + 360) % 360) as NonNullable<ScanRow['thumbnailTurn']>),
      },
    ];
  });
}

/** Who is beside a page in the list of its upload. */
export async function aroundScan(
  db: CentreDatabase,
  uploadId: string,
  { id, position }: { readonly id: string; readonly position: number },
) {
  const rows = await standingsInOrder(db, uploadId).select(['scan_id', 'class', 'position']).execute();
  const place = rows.findIndex(({ scan_id }) => scan_id === id);
  const open = rows.filter((row) => row.class === 'unrecognised' && row.scan_id !== id);
  return {
    place: place + 1,
    total: rows.length,
    previous: rows[place - 1]?.scan_id ?? null,
    next: rows[place + 1]?.scan_id ?? null,
    nextUnrecognised: (open.find((row) => row.position > position) ?? open[0])?.scan_id ?? null,
  };
}
