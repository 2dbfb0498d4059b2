/** What is to be told, to whom. A notice is kept in the transaction that keeps what it is about: neither is there without the other. */
import type { Transaction } from 'kysely';
import type { Posting } from '../../exam/support/posting.ts';
import type { Node } from '../../node/node.ts';
import { isWithin } from '../../node/users/limit.ts';
import type { Tables } from '../storage/tables.ts';
import type { MailEvent } from './contract.ts';
import { mailServerOf } from './settings.ts';
import type { NoticeAbout } from './text.ts';

type Asked = Pick<Node, 'accounts' | 'settings'>;

/** What of a posting somebody may want to be told, the most urgent first; none: nothing. */
function eventsOf({ side, body, thread }: Posting): NoticeAbout[] {
  if (thread === null) return [];
  const { kind } = body;
  const urgent = (kind === 'opened' || kind === 'changed') && isUrgent(body.priority);
  const events: NoticeAbout[] = [];
  if (urgent)
    events.push({
      event: 'incident',
      thread,
      stage: kind === 'opened' ? body.stage : 'other',
      priority: body.priority ?? 'high',
    });
  if (side === 'site' && (kind === 'opened' || kind === 'written')) events.push({ event: 'message', thread });
  return events;
}

function isUrgent(priority: string | undefined): boolean {
  return priority === 'stops-exam' || priority === 'high';
}

interface OfSite {
  readonly projectId: string;
  readonly siteCode: string;
}

/** Those who want to be told of one of these events, may see the site and can be told, with the first that they want. */
async function wanted<T extends { readonly event: MailEvent }>(
  trx: Transaction<Tables>,
  { accounts, settings }: Asked,
  { projectId, siteCode }: OfSite,
  events: readonly T[],
): Promise<{ account: string; about: T }[]> {
  if (events.length === 0 || mailServerOf({ settings }) === null) return [];
  const site = await trx
    .selectFrom('site')
    .select(['code', 'region'])
    .where('project_id', '=', projectId)
    .where('code', '=', siteCode)
    .executeTakeFirst();
  return accounts.all().flatMap(({ account, active, email, mail, limit }) => {
    const about = events.find(({ event }) => mail.events.includes(event));
    const sees = limit === null || (site !== undefined && isWithin(limit, projectId, site));
    return active && email !== '' && sees && about ? [{ account, about }] : [];
  });
}

/** Who has said it himself is not told. */
export async function noticePosting(
  trx: Transaction<Tables>,
  node: Asked & Pick<Node, 'clock'>,
  where: OfSite,
  posting: Posting,
): Promise<void> {
  const told = (await wanted(trx, node, where, eventsOf(posting))).filter(
    ({ account }) => posting.side === 'site' || account !== posting.by,
  );
  for (const one of told)
    await trx
      .insertInto('mail_notice')
      .values(row(`posting ${where.siteCode} ${posting.id}`, where, one, node.clock.now()))
      .onConflict((conflict) => conflict.columns(['id', 'account']).doNothing())
      .execute();
}

export interface NewAlarm {
  readonly projectId: string;
  readonly sessionId: string;
  readonly siteCode: string;
  readonly kind: Extract<NoticeAbout, { event: 'alarm' }>['kind'];
  readonly since: number;
}

/** The same alarm once, whoever finds it, before or after a restart. */
export async function noticeAlarms(
  trx: Transaction<Tables>,
  node: Asked & Pick<Node, 'clock'>,
  alarms: readonly NewAlarm[],
): Promise<void> {
  for (const { projectId, sessionId: session, siteCode, kind, since } of alarms)
    for (const one of await wanted(trx, node, { projectId, siteCode }, [
      { event: 'alarm' as const, session, kind },
    ]))
      await trx
        .insertInto('mail_notice')
        .values(
          row(
            `alarm ${session} ${siteCode} ${kind} ${since}`,
            { projectId, siteCode },
            one,
            node.clock.now(),
          ),
        )
        .onConflict((conflict) => conflict.columns(['id', 'account']).doNothing())
        .execute();
}

function row(
  id: string,
  { projectId, siteCode }: { readonly projectId: string; readonly siteCode: string },
  { account, about }: { readonly account: string; readonly about: NoticeAbout },
  now: number,
) {
  return {
    id,
    account,
    project_id: projectId,
    site_code: siteCode,
    created_at: now,
    about_json: JSON.stringify(about),
    mail_id: null,
  };
}
