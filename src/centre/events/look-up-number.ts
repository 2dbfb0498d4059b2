/** Whose sheet a number is: for a look at the register, and for numbers that people type. */
import { refuse, ok, type Result } from '../../base/result.ts';
import { numberProblem, ownNumbers, type NumberRule } from '../../exam/form/sheet-number.ts';
import { isWithin, type Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { rulesOf } from '../scans/settle.ts';
import { foundSheetSchema, type FoundSheet } from './contract.ts';
import { registeredSheet } from './find-sheet.ts';

/** Blanks and dashes between groups mean nothing; digits of other scripts are those that they stand for. */
export function plainNumber(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/[\s\-–—·]/g, '');
}

/**
 * Refusals: `sheet-number-not-digits`, `sheet-number-wrong-length` (with the lengths that there are), `sheet-number-wrong-check-digit`,
 * `sheet-not-in-register`, `sheet-of-other-region`.
 * @param typed as a person typed it
 */
export async function lookUpNumber(
  centre: Pick<Centre, 'db'>,
  projectId: string,
  typed: string,
  limit: Limit | null,
): Promise<Result<FoundSheet>> {
  const number = plainNumber(typed);
  const formed = wellFormed(number, [ownNumbers, ...(await rulesOf(centre.db, projectId))]);
  if (!formed.ok) return formed;
  const row = await registeredSheet(centre, projectId, number);
  if (!row) return refuse({ type: 'sheet-not-in-register', number });
  if (!isWithin(limit, projectId, { code: row.site_code, region: row.region }))
    return refuse({ type: 'sheet-of-other-region', number });
  const { kit, kind, place, copy, sides, side_1, side_2 } = row;
  return ok(
    foundSheetSchema.parse({
      number,
      eventId: row.event_id,
      eventCode: row.event_code,
      eventName: row.event_name,
      siteCode: row.site_code,
      siteName: row.site_name,
      roomCode: row.room_code,
      kit,
      kind,
      place,
      copy,
      sides,
      states: side_2 === null ? [side_1] : [side_1, side_2],
    }),
  );
}

/** By one rule at least. What is wrong is told by the rule of its length, where there is one. */
function wellFormed(number: string, rules: readonly NumberRule[]): Result<void> {
  const problems = rules.map((rule) => numberProblem(number, rule));
  if (problems.includes(null)) return ok();
  if (problems.includes('not-digits')) return refuse({ type: 'sheet-number-not-digits', number });
  if (problems.includes('wrong-check-digit'))
    return refuse({ type: 'sheet-number-wrong-check-digit', number });
  const lengths = [...new Set(rules.map(({ length }) => length))].toSorted((a, b) => a - b);
  return refuse({ type: 'sheet-number-wrong-length', number, length: number.length, lengths });
}
