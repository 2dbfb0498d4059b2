/** Whose form a candidate has in hand, and which variant it is given. Browser-safe. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { ownNumbers } from '../form/sheet-number.ts';
import { malformed, withoutBlanks } from '../form/typed-number.ts';
import type { Plan, PlannedKit } from './parcels.ts';

export interface FoundForm {
  readonly form: string;
  readonly kit: string;
  readonly variant: number;
}

/**
 * The kit of a registration form.
 * @param typed as a person types it, with blanks or without
 * @param room of the station; null: a reserve station, to which candidates of any room come
 * @returns refusals `number-not-digits`, `number-wrong-length`, `number-wrong-check-digit`, `form-unknown`, `form-not-registration`,
 *          `form-of-another-room`, `plan-without-variants`.
 */
export function findForm(
  plan: Pick<Plan, 'kits' | 'additional' | 'variants'>,
  typed: string,
  room: string | null,
): Result<FoundForm> {
  const number = withoutBlanks(typed);
  const kit = plan.kits.find(({ sheets }) => sheets.some((sheet) => sheet.number === number));
  if (!kit) {
    const additional = plan.additional.find((sheet) => sheet.number === number);
    if (additional) return refuse({ type: 'form-not-registration', sheet: additional.kind });
    // Forms that were printed elsewhere have rules of their own: theirs were found above, or are not of this exam.
    const formed = malformed(number, [ownNumbers]);
    return formed.ok ? refuse({ type: 'form-unknown', form: number }) : formed;
  }
  const sheet = kit.sheets.find((one) => one.number === number);
  if (sheet?.kind !== 'registration') return refuse({ type: 'form-not-registration', sheet: sheet?.kind });
  if (room !== null && kit.room !== '' && kit.room !== room)
    return refuse({ type: 'form-of-another-room', room: kit.room, here: room });
  const variant = variantOf(plan, kit);
  return variant === null
    ? refuse({ type: 'plan-without-variants' })
    : ok({ form: number, kit: kit.kit, variant });
}

/**
 * The kit's own variant; where the plan leaves it open, each kit of a room has the next one. It is the same at every station: whoever moves
 * to another one after an incident meets the same tasks.
 */
export function variantOf(
  { kits, variants }: Pick<Plan, 'kits' | 'variants'>,
  kit: Pick<PlannedKit, 'kit' | 'room' | 'variant'>,
): number | null {
  if (kit.variant !== null) return kit.variant;
  const all = variants.map(({ variant }) => variant).toSorted((a, b) => a - b);
  const place = kits.filter(({ room }) => room === kit.room).findIndex((one) => one.kit === kit.kit);
  return all[place % all.length] ?? null;
}
