/** What a session's policy says of a room whose site is away (`withoutSite`). Pure. */
import type { PackageSession } from '../package/room-package.ts';
import type { Gate, SessionState } from './session.ts';

const minuteMs = 60_000;

/**
 * `read-only`: from the moment at which the session's work can begin (its release or its sign-in window, whichever is earlier) until sign-in is
 * open nothing is done without the site. An exam that is under way goes on to its end, whatever happens to the site, and so does what follows it.
 */
export function siteAwayGate(state: SessionState, session: PackageSession, now: number): Gate {
  const { withoutSite, releaseBeforeMin, signInOpensBeforeMin } = session.policy;
  const from = session.startAt - Math.max(releaseBeforeMin, signInOpensBeforeMin) * minuteMs;
  const readOnly = withoutSite === 'read-only' && state.signInOpenedAt === null && now >= from;
  return readOnly
    ? { allowed: false, reason: { type: 'read-only-without-site', session: session.name } }
    : { allowed: true };
}
