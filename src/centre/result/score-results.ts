/** Scores what arrived, and writes it as tables. Pure scoring; a candidate's copy follows from the seed, as at the seat. */
import ExcelJS from 'exceljs';
import { fromUtf8 } from '../../base/bytes.ts';
import { ok, type Result } from '../../base/result.ts';
import { candidateSeed } from '../../exam/package/room-package.ts';
import { instantiatePaper } from '../../exam/paper/instance.ts';
import type { Paper, PaperKey } from '../../exam/paper/model.ts';
import type { ItemResponses } from '../../exam/paper/response.ts';
import { scorePaper } from '../../exam/scoring/score-test.ts';
import type { Centre } from '../centre.ts';
import { sessionsOf } from '../project/projects.ts';

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
  const { db, node } = centre;
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
    const [body, keyBody] = [await node.blobs.read(row.body_digest), await node.blobs.read(row.key_digest)];
    if (!body || !keyBody) throw new Error(`paper ${row.id} is not in the blob store`);
    const [paper, key] = [JSON.parse(fromUtf8(body)) as Paper, JSON.parse(fromUtf8(keyBody)) as PaperKey];
    const sittings = await db
      .selectFrom('sitting')
      .selectAll()
      .where('session_id', '=', session.id)
      .execute();
    for (const sitting of sittings) {
      const answers = await db
        .selectFrom('answer')
        .selectAll()
        .where('session_id', '=', session.id)
        .where('admission_number', '=', sitting.admission_number)
        .execute();
      const responses = Object.fromEntries(
        answers.map((answer) => [answer.item, JSON.parse(answer.responses_json) as ItemResponses]),
      );
      const instance = instantiatePaper(
        paper,
        candidateSeed(projectId, session.id, 1, sitting.admission_number),
      );
      const absent = sitting.state === 'absent' || sitting.state === 'not-signed-in';
      const result = scorePaper(paper, key, instance, responses);
      const items: ItemScore[] = [...result.items].map(([item, one]) => ({
        item,
        score: one.score,
        maxScore: one.maxScore,
        needsMarking: one.needsMarking,
      }));
      await db
        .deleteFrom('score')
        .where('session_id', '=', session.id)
        .where('admission_number', '=', sitting.admission_number)
        .execute();
      await db
        .insertInto('score')
        .values({
          project_id: projectId,
          session_id: session.id,
          admission_number: sitting.admission_number,
          score: absent ? null : result.score,
          max_score: result.maxScore,
          needs_marking: result.needsMarking,
          items_json: JSON.stringify(items),
        })
        .execute();
      candidates++;
      needsMarking += result.needsMarking;
    }
  }
  centre.changed.notify();
  return ok({ candidates, needsMarking });
}

export async function scoreRows(centre: Centre, projectId: string) {
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
async function table(centre: Centre, projectId: string): Promise<(string | number | null)[][]> {
  const rows = await scoreRows(centre, projectId);
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
        ...items.map((item) => byItem.get(item) ?? null),
      ];
    }),
  ];
}

export async function exportCsv(centre: Centre, projectId: string): Promise<string> {
  const rows = await table(centre, projectId);
  // The mark at the beginning makes spreadsheets read UTF-8; a leading quote keeps a name from being taken for a formula.
  const cell = (value: string | number | null): string => {
    if (value === null) return '';
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

export async function exportXlsx(centre: Centre, projectId: string): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('results', { views: [{ state: 'frozen', ySplit: 1 }] });
  for (const row of await table(centre, projectId)) sheet.addRow(row);
  sheet.getRow(1).font = { bold: true };
  sheet.getColumn(4).numFmt = '@';
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Every answer as it arrived, one JSON line per candidate and item. */
export async function exportAnswers(centre: Centre, projectId: string): Promise<string> {
  const rows = await centre.db
    .selectFrom('answer')
    .innerJoin('session', 'session.id', 'answer.session_id')
    .select([
      'session.number',
      'answer.admission_number',
      'answer.item',
      'answer.changes',
      'answer.responses_json',
    ])
    .where('answer.project_id', '=', projectId)
    .orderBy('session.number')
    .orderBy('answer.admission_number')
    .orderBy('answer.item')
    .execute();
  return rows
    .map(
      (row) =>
        `${JSON.stringify({ session: row.number, admissionNumber: row.admission_number, item: row.item, changes: row.changes, responses: JSON.parse(row.responses_json) as unknown })}\n`,
    )
    .join('');
}
