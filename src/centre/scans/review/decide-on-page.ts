/** What somebody decides about a page, once it was found that it makes sense: who sees a page decides about it. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import { ownNumbers } from '../../../exam/form/sheet-number.ts';
import { malformed, withoutBlanks } from '../../../exam/form/typed-number.ts';
import { readingSchema } from '../../../exam/scan/reading.ts';
import type { Decision } from '../../../exam/scan/standing.ts';
import { isWithin, limitSchema, type Limit } from '../../../node/users/limit.ts';
import type { Centre } from '../../centre.ts';
import { findSheet } from '../../events/find-sheet.ts';
import { decide } from '../decide.ts';
import { rulesOf } from '../settle.ts';
import type { TakenDecision } from './contract.ts';
import { scanWithin } from './within-reach.ts';

interface Asked {
  readonly projectId: string;
  readonly scanId: string;
  /** The newest decision that was seen. */
  readonly seen: number;
  readonly decision: TakenDecision;
}

export async function decideOnPage(
  centre: Pick<Centre, 'db' | 'node'>,
  { projectId, scanId, seen, decision }: Asked,
  by: { readonly account: string; readonly limit: Limit | null },
): Promise<Result<void>> {
  const found = await scanWithin(centre.db, projectId, scanId, by.limit);
  if (!found.ok) return found;
  const taken =
    decision.what === 'number'
      ? await numberTyped(centre, projectId, found.value, decision, by.limit)
      : ok(decision);
  if (!taken.ok) return taken;
  return decide(centre, projectId, scanId, taken.value, by.account, seen);
}

async function numberTyped(
  centre: Pick<Centre, 'db'>,
  projectId: string,
  scan: { readonly reading_json: string; readonly limit_json: string },
  typed: Extract<TakenDecision, { what: 'number' }>,
  limit: Limit | null,
): Promise<Result<Decision>> {
  if (readingSchema.parse(JSON.parse(scan.reading_json)).class === 'bad-image')
    return refuse({ type: 'number-of-bad-image' });
  const number = withoutBlanks(typed.number);
  const formed = malformed(number, [ownNumbers, ...(await rulesOf(centre.db, projectId))]);
  if (!formed.ok) return formed;
  const sheet = await findSheet(centre, projectId, number, limit);
  if (!sheet.ok) {
    if (!typed.asForeign) return refuse({ type: 'number-not-in-register', number });
    if (await wouldCountElsewhere(centre, projectId, number, scan.limit_json, limit))
      return refuse({ type: 'outside-limit' });
  } else if (typed.side > sheet.value.sides && !typed.asForeign)
    return refuse({ type: 'sheet-has-one-side', number });
  return ok({ what: 'number', number, side: typed.side });
}

/**
 * A page that came with an upload of somebody who sees more: with a number of a site that this user does not look after it would count
 * there, and be out of the user's sight.
 */
async function wouldCountElsewhere(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  number: string,
  senderLimit: string,
  limit: Limit | null,
): Promise<boolean> {
  if (limit === null) return false;
  const sheet = await findSheet({ db }, projectId, number, null);
  if (!sheet.ok) return false;
  const sender = limitSchema.nullable().parse(JSON.parse(senderLimit));
  const { siteCode } = sheet.value;
  const site = await db
    .selectFrom('site')
    .select(['code', 'region'])
    .where('project_id', '=', projectId)
    .where('code', '=', siteCode)
    .executeTakeFirst();
  return isWithin(sender, projectId, site ?? { code: siteCode, region: null });
}
