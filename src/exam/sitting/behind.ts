/**
 * Whether a candidate at work has answered much less than the time gone by would let one expect: less than half of an even pace. Somebody may be stuck, or the
 * seat broken; an invigilator goes and looks.
 * @param times ms on one clock
 */
export function isBehind(
  { answered, items }: { readonly answered: number; readonly items: number },
  { startsAt, endsAt, now }: { readonly startsAt: number; readonly endsAt: number; readonly now: number },
): boolean {
  const gone = (now - startsAt) / (endsAt - startsAt);
  return answered < (items * gone) / 2;
}
