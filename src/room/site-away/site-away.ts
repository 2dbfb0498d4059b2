/** Read-only while the site is away, where the session's policy wants it so. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Gate } from '../../exam/session/session.ts';
import { sessionOfNow } from '../../exam/session/session-of-now.ts';
import { siteAwayGate } from '../../exam/session/site-away.ts';
import type { Room } from '../room.ts';

type Known = Pick<Room, 'chosen' | 'membership' | 'settings'> & {
  readonly state: Pick<Room['state'], 'package' | 'session'>;
  readonly node: { readonly clock: Room['node']['clock'] };
  readonly link: { readonly uplink: { readonly state: { readonly online: boolean } } } | null;
};

/** Closed: the chosen session or the one that comes next may not be begun without the site, and the site is away. */
export function siteAway(room: Known): Gate {
  const { state } = room;
  const sessions = state.package?.sessions ?? [];
  const underWay = sessions.some(({ id }) => {
    const { signInOpenedAt, endedAt } = state.session(id);
    return signInOpenedAt !== null && endedAt === null;
  });
  const hasSite = room.membership() !== null && room.settings()?.siteMode !== false;
  if (!hasSite || underWay || room.link?.uplink.state.online === true) return { allowed: true };
  const now = room.node.clock.now();
  const next = sessionOfNow(
    sessions,
    ({ id }) => {
      const { startsAt, endedAt } = state.session(id);
      return [{ startedAt: startsAt, endedAt }];
    },
    now,
  );
  const chosen = sessions.find(({ id }) => id === room.chosen());
  for (const session of [chosen, next]) {
    if (!session) continue;
    const gate = siteAwayGate(state.session(session.id), session, now);
    if (!gate.allowed) return gate;
  }
  return { allowed: true };
}

/**
 * What goes on all the same: looking, the way back to the site (settings and registration), who may sign in, and bringing an earlier session's
 * results to safety. Everything else waits, also what is added later and not named here.
 */
const always: readonly string[] = [
  'account',
  'user',
  'signIn',
  'passkey',
  'frame',
  'drive',
  'overview',
  'settings',
  'seat.list',
  'seat.live',
  'seat.awaited',
  'seat.export',
  'environment.get',
  'environment.live',
  'environment.seat',
  'environment.report',
  'board',
  'code.list',
  'sitting.photo',
  'sitting.log',
  'sitting.violationTypes',
  'answerPackage',
  'session.startPhrase',
  'session.results',
  'session.record',
  'session.exportList',
  'session.exportResult',
  'session.backup',
  'session.report',
  'session.importReceipt',
];

export function goesOnWithoutSite(path: readonly string[]): boolean {
  return always.some((open) => path.join('.') === open || path.join('.').startsWith(`${open}.`));
}

/** @returns the refusal of an operation that has to wait for the site. */
export function mayActWithoutSite(room: Known, path: readonly string[]): Result<void> {
  const gate = goesOnWithoutSite(path) ? { allowed: true as const } : siteAway(room);
  return gate.allowed ? ok() : refuse(gate.reason);
}
