/** The reply to an archive, beside it in the folder: whether it was received, how good it is, and what is to be scanned again. */
import type { Refusal } from '../../../base/result.ts';
import type { Centre } from '../../centre.ts';
import { fillText } from '../../../ui/format.ts';
import { gatewayReplies as en } from '../../../ui/strings/en/gateway-replies.ts';
import { en as allEn } from '../../../ui/strings/en/index.ts';
import { gatewayReplies as ru } from '../../../ui/strings/ru/gateway-replies.ts';
import { ru as allRu } from '../../../ui/strings/ru/index.ts';
import { gatewayReplies as zh } from '../../../ui/strings/zh/gateway-replies.ts';
import { zh as allZh } from '../../../ui/strings/zh/index.ts';
import type { Tables } from '../../storage/tables.ts';

const languages = ['ru', 'en', 'zh'] as const;
const texts = { en, ru, zh };
const refusals: Record<(typeof languages)[number], Readonly<Record<string, string>>> = {
  en: allEn,
  ru: allRu,
  zh: allZh,
};
/** Pages are named by their files: more than these are counted. */
const namedAtMost = 500;

export interface Reply {
  readonly at: number;
  readonly text: string;
}

/** In every language: nobody here knows who reads it. UTF-8, lines as Windows has them. */
export async function replyOf({ db }: Pick<Centre, 'db'>, file: Tables['gateway_file']): Promise<Reply> {
  const upload = await db
    .selectFrom('scan_upload')
    .selectAll()
    .where('id', '=', file.upload_id ?? '')
    .executeTakeFirst();
  const bad = upload
    ? await db
        .selectFrom('scan_standing')
        .innerJoin('scan', 'scan.id', 'scan_standing.scan_id')
        .select('scan.name')
        .where('scan_standing.upload_id', '=', upload.id)
        .where('scan_standing.class', 'in', ['unrecognised', 'bad-image'])
        .orderBy('scan.position')
        .limit(namedAtMost + 1)
        .execute()
    : [];
  const state = upload?.state ?? 'waiting';
  const problem: Refusal | null =
    upload?.problem_json == null ? null : (JSON.parse(upload.problem_json) as Refusal);
  const values = {
    name: file.name,
    size: file.size,
    at: file.at,
    done: upload?.done ?? 0,
    files: upload?.files ?? null,
    count: (upload?.unrecognised ?? 0) + (upload?.bad_image ?? 0),
  };
  const parts = languages.map((language) => {
    const said = texts[language];
    const lines = [fillText(said['reply.received'], values, language)];
    if (state === 'read')
      lines.push(
        fillText(said[values.count === 0 ? 'reply.good' : 'reply.rescan'], values, language),
        ...bad.slice(0, namedAtMost).map(({ name }) => `  ${name}`),
      );
    else if (state === 'refused' || state === 'cancelled')
      lines.push(fillText(said['reply.refused'], values, language));
    else if (state === 'password') lines.push(fillText(said['reply.password'], values, language));
    else lines.push(fillText(said['reply.reading'], values, language));
    if (problem !== null && state !== 'read')
      lines.push(
        `${fillText((refusals[language][`refusal.${problem.type}`] ?? '').replace('|', ' '), problem, language)} [${problem.type}]`,
      );
    return lines.join('\r\n');
  });
  return {
    at: upload?.finished_at ?? upload?.came_at ?? file.at,
    text: `${parts.join('\r\n\r\n')}\r\n`,
  };
}
