/** The answers that count, as rows: what scoring and the exports read. */
import { filesIn } from '../../exam/answer/answer-files.ts';
import { foldAnswers, type KeptAnswer } from '../../exam/answer/fold-answers.ts';
import type { RoomRecord } from '../../exam/package/room-result.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { ReadEntries } from './read-entries.ts';

export interface SittingAnswers {
  readonly sitting: RoomRecord['sittings'][number];
  /** Changes of every attempt, as many as arrived. */
  readonly changes: number;
  readonly answers: readonly KeptAnswer[];
}

export function answersInForce(record: RoomRecord, changes: ReadEntries['changes']): SittingAnswers[] {
  return record.sittings.map((sitting) => {
    const mine = changes.get(sitting.id) ?? [];
    return { sitting, changes: mine.length, answers: [...foldAnswers(mine, sitting.attempt).values()] };
  });
}

/** Rows a statement: both databases limit its parameters. */
const batch = 500;

/** Takes the place of what an earlier result of the room brought; scores of these sittings are to be made anew. */
export async function keepSittings(
  db: CentreDatabase,
  record: RoomRecord,
  sittings: readonly SittingAnswers[],
): Promise<void> {
  for (const { sitting, changes, answers } of sittings) {
    const key = { session_id: record.session, admission_number: sitting.admissionNumber };
    const values = {
      project_id: record.project,
      site_code: record.site,
      room_code: record.room,
      state: sitting.state,
      changes,
    };
    await db
      .insertInto('sitting')
      .values({ ...key, ...values })
      .onConflict((conflict) => conflict.columns(['session_id', 'admission_number']).doUpdateSet(values))
      .execute();
    for (const table of ['answer', 'score'] as const)
      await db
        .deleteFrom(table)
        .where('session_id', '=', key.session_id)
        .where('admission_number', '=', key.admission_number)
        .execute();
    const rows = answers.map((answer) => ({
      ...key,
      project_id: record.project,
      item: answer.item,
      changes: answer.changes,
      kept_at: answer.at,
      responses_json: JSON.stringify(answer.responses),
    }));
    for (let i = 0; i < rows.length; i += batch)
      await db
        .insertInto('answer')
        .values(rows.slice(i, i + batch))
        .execute();
    const files = answers.flatMap((answer) =>
      filesIn(answer.responses).map(({ response, file }) => ({
        ...key,
        project_id: record.project,
        item: answer.item,
        response,
        digest: file.digest,
        name: file.name,
        media_type: file.mediaType,
        size: file.size,
        kept: sitting.missingFiles.includes(file.digest) ? 0 : 1,
      })),
    );
    for (let i = 0; i < files.length; i += batch)
      await db
        .insertInto('answer_file')
        .values(files.slice(i, i + batch))
        .execute();
  }
}
