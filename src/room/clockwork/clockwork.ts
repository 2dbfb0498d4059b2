/** What happens by itself: authorise and allow sign-in inside their windows, begin sittings at the start, close those whose time is over, destroy an ended session's paper. */
import { sessionGates, statusAt } from '../../exam/session/session.ts';
import { timeLeft } from '../../exam/sitting/sitting-time.ts';
import { authoriseOnline, destroyPaper } from '../authorise/authorise.ts';
import type { Room } from '../room.ts';
import { siteAway } from '../site-away/site-away.ts';

const tickMs = 500;

/** @param onStart the session begins now: every seat must know at once. */
export function startClockwork(room: Room, onStart: () => void): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let startTold: string | null = null;
  const tick = async (): Promise<void> => {
    for (const { id } of room.state.package?.sessions ?? [])
      if (room.state.session(id).endedAt !== null) await destroyPaper(room, id);
    const chosen = room.chosen();
    const session = chosen === null ? null : room.state.packageSession(chosen);
    if (!session) return;
    const now = room.node.clock.now();
    const own = room.state.session(session.id);
    if (own.status === 'loaded' && room.calibrated.has(session.id) && room.link?.uplink.state.online)
      await authoriseOnline(room, session.id);
    else if (
      own.status === 'authorised' &&
      sessionGates.allowSignIn(own, session, now).allowed &&
      siteAway(room).allowed
    ) {
      await room.state.commandSession(session.id, { type: 'allow-sign-in' });
      room.changed.notify();
    }
    const status = statusAt(room.state.session(session.id), now);
    if (status !== 'running') return;
    if (startTold !== session.id) {
      startTold = session.id;
      onStart();
      room.changed.notify();
    }
    // All at once, so that a thousand sittings that begin together are one commit.
    await Promise.all(session.candidates.map((candidate) => keepTime(room, candidate.id, now)));
  };
  const run = (): void => {
    tick()
      .catch((error: unknown) => room.node.log.error({ err: error }, 'clockwork failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(run, pauseUntilNextTick(room)).unref();
      });
  };
  run();
  return () => {
    stopped = true;
    if (timer) clearTimeout(timer);
  };
}

/** A start comes to its moment, not to the next tick. */
function pauseUntilNextTick(room: Room): number {
  const chosen = room.chosen();
  const startsAt = chosen === null ? null : room.state.session(chosen).startsAt;
  const untilStart = startsAt === null ? -1 : startsAt - room.node.clock.now();
  return untilStart > 0 ? Math.min(tickMs, untilStart) : tickMs;
}

async function keepTime(room: Room, sittingId: string, now: number): Promise<void> {
  const before = room.state.sitting(sittingId);
  const context = room.state.context(sittingId, now);
  if (!context) return;
  if (before.status === 'signed-in' && before.rulesRead)
    await room.state.commandSitting(sittingId, { type: 'begin' });
  const overdue =
    timeLeft(before, context) === 0 && ['signed-in', 'in-exam', 'resumable'].includes(before.status);
  if (overdue) await room.state.commandSitting(sittingId, { type: 'close', reason: 'time-over' });
  if (room.state.sitting(sittingId).status !== before.status) room.changed.notify();
}
