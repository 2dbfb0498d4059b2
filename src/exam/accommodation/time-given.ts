import type { ScreenAccommodations } from './accommodations.ts';

const minuteMs = 60_000;

/** Who has no limit works until the room ends the session, at the latest a day longer. */
const unlimitedMs = 24 * 60 * minuteMs;

/** Time besides the duration, ms. Apart from the schema, because the candidate's screen works it out, too. */
export function timeGiven(of: ScreenAccommodations, durationMs: number): number {
  return (
    (durationMs * of.timePercent) / 100 + of.timeMinutes * minuteMs + (of.timeUnlimited ? unlimitedMs : 0)
  );
}
