/** The postings of every site, as the centre keeps and numbers them. */
import { asResult, Refused } from '../../base/refused.ts';
import { refuse, type Result } from '../../base/result.ts';
import {
  mayPost,
  postingsAtOnce,
  postingSchema,
  type KeptPosting,
  type Posting,
  type SupportAnswer,
  type supportAskSchema,
} from '../../exam/support/posting.ts';
import type { Seen } from '../../exam/support/thread.ts';
import { entryOf } from '../../node/support/entries.ts';
import type * as z from 'zod';
import type { Centre } from '../centre.ts';
import { noticePosting } from '../mail/notices.ts';

/** Rows that go into the journal in one commit. */
const entriesAtOnce = 500;

interface Row {
  readonly project_id: string;
  readonly site_code: string;
  readonly id: string;
  readonly posting_json: string;
}

/**
 * Keeps what is not kept yet, once by its id, each with the site's next number; resolves after both database and journal.
 * @returns refusal `no-such-site`.
 */
export async function keep(
  centre: Centre,
  projectId: string,
  postings: readonly { readonly siteCode: string; readonly posting: Posting }[],
): Promise<Result<void>> {
  const added = await asResult(() =>
    centre.db.transaction().execute(async (trx) => {
      const rows: Row[] = [];
      // Always in the same order: two that hold several sites would wait for each other.
      for (const siteCode of [...new Set(postings.map((one) => one.siteCode))].toSorted()) {
        // Holding the site's row, one number follows the other, in whichever connection.
        const held = await trx
          .updateTable('site')
          .set((eb) => ({ name: eb.ref('name') }))
          .where('project_id', '=', projectId)
          .where('code', '=', siteCode)
          .executeTakeFirst();
        if (held.numUpdatedRows === 0n) throw new Refused({ type: 'no-such-site', site: siteCode });
        const mine = postings.filter((one) => one.siteCode === siteCode).map(({ posting }) => posting);
        const known = await trx
          .selectFrom('support_posting')
          .select('id')
          .where('project_id', '=', projectId)
          .where('site_code', '=', siteCode)
          .where(
            'id',
            'in',
            mine.map(({ id }) => id),
          )
          .execute();
        const ids = new Set(known.map(({ id }) => id));
        let seq = await lastSeq({ db: trx }, projectId, siteCode);
        for (const posting of mine) {
          if (ids.has(posting.id)) continue;
          ids.add(posting.id);
          const row = {
            project_id: projectId,
            site_code: siteCode,
            id: posting.id,
            posting_json: JSON.stringify(posting),
          };
          await trx
            .insertInto('support_posting')
            .values({ ...row, seq: ++seq, entered: 0 })
            .execute();
          await noticePosting(trx, centre.node, { projectId, siteCode }, posting);
          rows.push(row);
        }
      }
      return rows;
    }),
  );
  if (!added.ok) return added;
  await enter(centre, added.value);
  if (added.value.length > 0) centre.supportChanged.notify();
  return { ok: true, value: undefined };
}

export async function lastSeq(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  siteCode: string,
): Promise<number> {
  const row = await db
    .selectFrom('support_posting')
    .select((eb) => eb.fn.max('seq').as('last'))
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}

async function enter({ db, node }: Centre, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += entriesAtOnce) {
    const some = rows.slice(from, from + entriesAtOnce);
    await node.journal.append(
      some.map((row) =>
        entryOf(postingSchema.parse(JSON.parse(row.posting_json)), {
          project: row.project_id,
          site: row.site_code,
        }),
      ),
    );
    await db.transaction().execute(async (trx) => {
      for (const row of some)
        await trx
          .updateTable('support_posting')
          .set({ entered: 1 })
          .where('project_id', '=', row.project_id)
          .where('site_code', '=', row.site_code)
          .where('id', '=', row.id)
          .execute();
    });
  }
}

/** What was kept when the centre was killed, before its journal said so. To be called before anything else is kept. */
export async function enterRest(centre: Centre): Promise<void> {
  const rows = await centre.db
    .selectFrom('support_posting')
    .select(['project_id', 'site_code', 'id', 'posting_json'])
    .where('entered', '=', 0)
    .orderBy('project_id')
    .orderBy('site_code')
    .orderBy('seq')
    .execute();
  await enter(centre, rows);
}

/** A site brings what it wrote, and takes what it does not have. */
export async function exchange(
  centre: Centre,
  projectId: string,
  siteCode: string,
  { after, postings }: z.infer<typeof supportAskSchema>,
): Promise<Result<SupportAnswer>> {
  const strange = postings.find((posting) => posting.side !== 'site' || !mayPost(posting));
  if (strange) return refuse({ type: 'bad-request', problem: `a site does not say ${strange.body.kind}` });
  if (postings.length > 0) {
    const kept = await keep(
      centre,
      projectId,
      postings.map((posting) => ({ siteCode, posting })),
    );
    if (!kept.ok) return kept;
  }
  const rows = await centre.db
    .selectFrom('support_posting')
    .select(['seq', 'posting_json'])
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(postingsAtOnce)
    .execute();
  return {
    ok: true,
    value: {
      last: await lastSeq(centre, projectId, siteCode),
      postings: rows.map((row) => ({
        ...postingSchema.parse(JSON.parse(row.posting_json)),
        seq: row.seq,
      })),
    },
  };
}

/** In order. @param siteCode null: of all sites */
export async function postingsOf(
  { db }: Centre,
  projectId: string,
  siteCode: string | null = null,
): Promise<Map<string, KeptPosting[]>> {
  const bySite = new Map<string, KeptPosting[]>();
  const rows = await db
    .selectFrom('support_posting')
    .select(['site_code', 'seq', 'posting_json'])
    .where('project_id', '=', projectId)
    .$if(siteCode !== null, (query) => query.where('site_code', '=', siteCode ?? ''))
    .orderBy('site_code')
    .orderBy('seq')
    .execute();
  for (const row of rows) {
    const mine = bySite.get(row.site_code) ?? [];
    mine.push({ ...postingSchema.parse(JSON.parse(row.posting_json)), seq: row.seq });
    bySite.set(row.site_code, mine);
  }
  return bySite;
}

export async function seenOf({ db }: Centre, projectId: string): Promise<Map<string, Seen>> {
  const bySite = new Map<string, Map<string, number>>();
  const rows = await db
    .selectFrom('support_seen')
    .select(['site_code', 'thread_id', 'seq'])
    .where('project_id', '=', projectId)
    .execute();
  for (const row of rows) {
    const mine = bySite.get(row.site_code) ?? new Map<string, number>();
    bySite.set(row.site_code, mine.set(row.thread_id, row.seq));
  }
  return bySite;
}
