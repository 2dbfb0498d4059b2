/** Files that candidates gave as answers: a list for the operator, and one of them to take away. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { safeFileName } from '../../exam/answer/answer-files.ts';
import type { Download } from '../../node/contract.ts';
import type { FileExchange } from '../../node/files.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import type { AnswerFileRow } from './contract.ts';

function filesOf({ db }: Pick<Centre, 'db'>, projectId: string, limit: Limit | null) {
  return db
    .selectFrom('answer_file')
    .innerJoin('session', 'session.id', 'answer_file.session_id')
    .innerJoin('sitting', (join) =>
      join
        .onRef('sitting.session_id', '=', 'answer_file.session_id')
        .onRef('sitting.admission_number', '=', 'answer_file.admission_number'),
    )
    .where('answer_file.project_id', '=', projectId)
    .where(within(limit, projectId, 'sitting.site_code'));
}

export async function answerFileRows(
  centre: Pick<Centre, 'db'>,
  wanted: { projectId: string; offset: number; limit: number },
  limit: Limit | null,
): Promise<{ total: number; rows: AnswerFileRow[] }> {
  const base = filesOf(centre, wanted.projectId, limit);
  const { n } = await base.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await base
    .select(['session.number', 'session.id as session_id'])
    .select(['answer_file.admission_number', 'answer_file.item', 'answer_file.response'])
    .select(['answer_file.name', 'answer_file.media_type', 'answer_file.size'])
    .select(['answer_file.digest', 'answer_file.kept'])
    .orderBy('session.number')
    .orderBy('answer_file.admission_number')
    .orderBy('answer_file.item')
    .orderBy('answer_file.response')
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute();
  return {
    total: Number(n),
    rows: rows.map((row) => ({
      sessionId: row.session_id,
      sessionNumber: row.number,
      admissionNumber: row.admission_number,
      item: row.item,
      response: row.response,
      name: row.name,
      mediaType: row.media_type,
      size: row.size,
      sha256: row.digest,
      kept: row.kept === 1,
    })),
  };
}

/**
 * Streams it to where the operator's browser takes it, verified on the way, so that not one wrong byte goes out. It is offered as an attachment of no
 * particular type: what the candidate's computer called it decides nothing.
 */
export async function offerAnswerFile(
  centre: Centre,
  wanted: { projectId: string; sessionId: string; admissionNumber: string; item: string; response: string },
  { account, files, limit }: { account: string; files: FileExchange; limit: Limit | null },
): Promise<Result<Download>> {
  const row = await filesOf(centre, wanted.projectId, limit)
    .select(['answer_file.name', 'answer_file.digest', 'answer_file.kept'])
    .where('answer_file.session_id', '=', wanted.sessionId)
    .where('answer_file.admission_number', '=', wanted.admissionNumber)
    .where('answer_file.item', '=', wanted.item)
    .where('answer_file.response', '=', wanted.response)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'no-such-file' });
  const stream = row.kept === 1 ? await centre.blobs.stream(row.digest) : null;
  if (!stream) return refuse({ type: 'answer-files-missing', files: [row.name] });
  const offered = await files.offer(
    safeFileName(row.name, `${safeFileName(wanted.admissionNumber)}_`),
    { stream },
    account,
  );
  await centre.node.journal.append([
    {
      kind: 'answer-file-taken',
      subject: `session:${wanted.sessionId}`,
      data: { by: account, candidate: wanted.admissionNumber, item: wanted.item, digest: row.digest },
    },
  ]);
  return ok(offered);
}

/** By session and candidate: how an export names the files of one. */
export async function filesByCandidate(
  centre: Pick<Centre, 'db'>,
  projectId: string,
  limit: Limit | null,
): Promise<ReadonlyMap<string, AnswerFileRow[]>> {
  const all = { projectId, offset: 0, limit: Number.MAX_SAFE_INTEGER };
  const { rows } = await answerFileRows(centre, all, limit);
  return Map.groupBy(rows, (row) => `${row.sessionNumber} ${row.admissionNumber}`);
}
