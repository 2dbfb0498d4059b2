/** Scores what arrived, and writes it as tables. Pure scoring; a candidate's copy follows from the seed, as at the seat. */
import { fromUtf8 } from '../../base/bytes.ts';
import { ok, type Result } from '../../base/result.ts';
import { candidateSeed } from '../../exam/package/room-package.ts';
import { instantiatePaper } from '../../exam/paper/instance.ts';
import type { Paper, PaperKey } from '../../exam/paper/model.ts';
import type { ItemResponses } from '../../exam/paper/response.ts';
import { scorePaper, type TestResult } from '../../exam/scoring/score-test.ts';
import type { BlobStore } from '../../store/blobs.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import { sessionsOf } from '../project/projects.ts';
import { filesByCandidate } from './answer-files.ts';
import { nextChange } from './change-count.ts';
import type { CentreDatabase } from '../storage/database.ts';
import { csvText, xlsxOf, type Cell } from '../export/table-text.ts';

interface ItemScore {
  readonly item: string;
  readonly score: number | null;
  readonly maxScore: number | null;
  readonly needsMarking: boolean;
}

export async function scoreProject(
  centre: Centre,
  projectId: string,
): Promise<Result<{ candidates: number; needsMarking: number }>> {
  const { db, blobs } = centre;
  let candidates = 0;
  let needsMarking = 0;
  for (const session of await sessionsOf(centre, projectId)) {
    const sealed = await db
      .selectFrom('sealed_paper')
      .selectAll()
      .where('session_id', '=', session.id)
      .where('subject', '=', 1)
      .executeTakeFirst();
    if (!sealed) continue;
    const row = await db
      .selectFrom('paper')
      .selectAll()
      .where('id', '=', sealed.paper_id)
      .executeTakeFirstOrThrow();
    const [paper, key] = [
      JSON.parse(await text(blobs, row.body_digest)) as Paper,
      JSON.parse(await text(blobs, row.key_digest)) as PaperKey,
    ];
    const sittings = await db
      .selectFrom('sitting')
      .select('admission_number')
      .where('session_id', '=', session.id)
      .execute();
    for (const { admission_number } of sittings) {
      const seed = candidateSeed(projectId, session.id, 1, admission_number);
      const instance = instantiatePaper(paper, seed);
      needsMarking += await scoreSitting(db, session.id, admission_number, (responses) =>
        scorePaper(paper, key, instance, responses),
      );
      candidates++;
    }
  }
  centre.changed.notify();
  return ok({ candidates, needsMarking });
}

async function text(blobs: BlobStore, digest: string): Promise<string> {
  const content = await blobs.read(digest);
  if (!content) throw new Error(`${digest} is not in the blob store`);
  return fromUtf8(content);
}

/** Holds the sitting, so that a result that comes just now cannot leave a score of the answers before it. @returns items to mark */
function scoreSitting(
  db: CentreDatabase,
  session_id: string,
  admission_number: string,
  score: (responses: Record<string, ItemResponses>) => TestResult,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const sitting = await trx
      .updateTable('sitting')
      .set((eb) => ({ state: eb.ref('state') }))
      .where('session_id', '=', session_id)
      .where('admission_number', '=', admission_number)
      .returning(['project_id', 'state'])
      .executeTakeFirstOrThrow();
    const answers = await trx
      .selectFrom('answer')
      .select(['item', 'responses_json'])
      .where('session_id', '=', session_id)
      .where('admission_number', '=', admission_number)
      .execute();
    const result = score(
      Object.fromEntries(
        answers.map((answer) => [answer.item, JSON.parse(answer.responses_json) as ItemResponses]),
      ),
    );
    const absent = sitting.state === 'absent' || sitting.state === 'not-signed-in';
    const items: ItemScore[] = [...result.items].map(([item, one]) => ({
      item,
      score: one.score,
      maxScore: one.maxScore,
      needsMarking: one.needsMarking,
    }));
    const values = {
      project_id: sitting.project_id,
      score: absent ? null : result.score,
      max_score: result.maxScore,
      needs_marking: result.needsMarking,
      items_json: JSON.stringify(items),
    };
    const before = await trx
      .selectFrom('score')
      .select(['score', 'max_score', 'needs_marking', 'items_json'])
      .where('session_id', '=', session_id)
      .where('admission_number', '=', admission_number)
      .executeTakeFirst();
    // Scoring again what has not changed is nothing new for whoever follows.
    const same =
      before?.score === values.score &&
      before.max_score === values.max_score &&
      before.needs_marking === values.needs_marking &&
      before.items_json === values.items_json;
    if (same) return result.needsMarking;
    const scored = { ...values, change_number: await nextChange(trx, sitting.project_id) };
    await trx
      .insertInto('score')
      .values({ session_id, admission_number, ...scored })
      .onConflict((conflict) => conflict.columns(['session_id', 'admission_number']).doUpdateSet(scored))
      .execute();
    return result.needsMarking;
  });
}

/** Candidates whose result is here and has no score yet, or none any more. */
export async function countUnscored(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  limit: Limit | null,
): Promise<number> {
  const { n } = await db
    .selectFrom('sitting')
    .leftJoin('score', (join) =>
      join
        .onRef('score.session_id', '=', 'sitting.session_id')
        .onRef('score.admission_number', '=', 'sitting.admission_number'),
    )
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('sitting.project_id', '=', projectId)
    .where('score.admission_number', 'is', null)
    .where(within(limit, projectId, 'sitting.site_code'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

export async function scoreRows(centre: Centre, projectId: string, limit: Limit | null) {
  const rows = await centre.db
    .selectFrom('score')
    .innerJoin('sitting', (join) =>
      join
        .onRef('sitting.session_id', '=', 'score.session_id')
        .onRef('sitting.admission_number', '=', 'score.admission_number'),
    )
    .innerJoin('session', 'session.id', 'score.session_id')
    .innerJoin('candidate', (join) =>
      join
        .onRef('candidate.admission_number', '=', 'score.admission_number')
        .onRef('candidate.session_number', '=', 'session.number')
        .onRef('candidate.project_id', '=', 'score.project_id'),
    )
    .select([
      'score.admission_number',
      'candidate.name',
      'sitting.site_code',
      'sitting.room_code',
      'session.number',
      'sitting.state',
      'score.score',
      'score.max_score',
      'score.needs_marking',
      'score.items_json',
    ])
    .where('score.project_id', '=', projectId)
    .where(within(limit, projectId, 'sitting.site_code'))
    .orderBy('session.number')
    .orderBy('score.admission_number')
    .execute();
  return rows.map((row) => ({
    admissionNumber: row.admission_number,
    name: row.name,
    siteCode: row.site_code,
    roomCode: row.room_code,
    sessionNumber: row.number,
    subject: 1,
    state: row.state,
    score: row.score,
    maxScore: row.max_score,
    needsMarking: row.needs_marking,
    items: JSON.parse(row.items_json) as ItemScore[],
  }));
}

/** One row per candidate, a column per item: the same for CSV and XLSX. */
async function table(centre: Centre, projectId: string, limit: Limit | null): Promise<Cell[][]> {
  const rows = await scoreRows(centre, projectId, limit);
  const files = await filesByCandidate(centre, projectId, limit);
  const items = [...new Set(rows.flatMap((row) => row.items.map((item) => item.item)))].toSorted();
  const head = [
    'session',
    'site',
    'room',
    'admission_number',
    'name',
    'state',
    'score',
    'max_score',
    'needs_marking',
    'files',
    ...items.map((item) => `item:${item}`),
  ];
  return [
    head,
    ...rows.map((row) => {
      const byItem = new Map(row.items.map((item) => [item.item, item.score]));
      return [
        row.sessionNumber,
        row.siteCode,
        row.roomCode,
        row.admissionNumber,
        row.name,
        row.state,
        row.score,
        row.maxScore,
        row.needsMarking,
        (files.get(`${row.sessionNumber} ${row.admissionNumber}`) ?? [])
          .map((file) => `${file.item}: ${file.name}${file.kept ? '' : ' (missing)'}`)
          .join('; '),
        ...items.map((item) => byItem.get(item) ?? null),
      ];
    }),
  ];
}

export async function exportCsv(centre: Centre, projectId: string, limit: Limit | null): Promise<string> {
  return csvText(await table(centre, projectId, limit));
}

export async function exportXlsx(
  centre: Centre,
  projectId: string,
  limit: Limit | null,
): Promise<Uint8Array> {
  return xlsxOf('results', await table(centre, projectId, limit), [4]);
}

/** Every answer as it arrived, one JSON line per candidate and item. */
export async function exportAnswers(centre: Centre, projectId: string, limit: Limit | null): Promise<string> {
  const rows = await centre.db
    .selectFrom('answer')
    .innerJoin('session', 'session.id', 'answer.session_id')
    .innerJoin('sitting', (join) =>
      join
        .onRef('sitting.session_id', '=', 'answer.session_id')
        .onRef('sitting.admission_number', '=', 'answer.admission_number'),
    )
    .select([
      'session.number',
      'answer.admission_number',
      'answer.item',
      'answer.changes',
      'answer.responses_json',
    ])
    .where('answer.project_id', '=', projectId)
    .where(within(limit, projectId, 'sitting.site_code'))
    .orderBy('session.number')
    .orderBy('answer.admission_number')
    .orderBy('answer.item')
    .execute();
  const files = await filesByCandidate(centre, projectId, limit);
  return rows
    .map((row) => {
      const mine = files.get(`${row.number} ${row.admission_number}`) ?? [];
      const line = {
        session: row.number,
        admissionNumber: row.admission_number,
        item: row.item,
        changes: row.changes,
        responses: JSON.parse(row.responses_json) as unknown,
        files: mine
          .filter((file) => file.item === row.item)
          .map(({ response, name, size, sha256, kept }) => ({ response, name, size, sha256, kept })),
      };
      return `${JSON.stringify(line)}\n`;
    })
    .join('');
}
