/**
 * What time it is in a running session when its room comes back. The computer's clock may have been set meanwhile, and whatever says a
 * time too late would end everybody's exam at once. Pure.
 */

/** A restart takes minutes. A clock that says more is believed only together with another. */
const longestOutageMs = 15 * 60_000;
const agreementMs = 60_000;

export interface KnownTimes {
  /** Room time of the last entry: it cannot be earlier than that. */
  readonly lastEntryAt: number;
  /** This computer's clock. */
  readonly wall: number;
  /** The site's time, from a statement that answered a nonce; null: the site was not heard yet. */
  readonly site: number | null;
}

export interface ResumedClock {
  readonly at: number;
  /** `last-entry`: no clock can be believed; the time goes on from the last thing that happened, and nobody loses any. */
  readonly source: 'site' | 'wall' | 'last-entry';
}

export function resumeClock({ lastEntryAt, wall, site }: KnownTimes): ResumedClock {
  const plausible = (time: number): boolean => time >= lastEntryAt && time <= lastEntryAt + longestOutageMs;
  if (site !== null && plausible(site)) return { at: site, source: 'site' };
  if (plausible(wall)) return { at: wall, source: 'wall' };
  if (site !== null && site >= lastEntryAt && Math.abs(site - wall) < agreementMs)
    return { at: site, source: 'site' };
  return { at: lastEntryAt, source: 'last-entry' };
}
