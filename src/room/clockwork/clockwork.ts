/** What happens by itself: authorise and allow sign-in inside their windows, begin sittings at the start, close those whose time is over. */
import { sessionGates, statusAt } from '../../exam/session/session.ts';
import { timeLeft } from '../../exam/sitting/sitting.ts';
import { authoriseOnline } from '../authorise/authorise.ts';
import type { Room } from '../room.ts';

const tickMs = 500;

export function startClockwork(room: Room): () => void {
  let busy = false;
  let startTold: string | null = null;
  const tick = async (): Promise<void> => {
    const chosen = room.chosen();
    const session = chosen === null ? null : room.state.packageSession(chosen);
    if (!session) return;
    const now = room.node.clock.now();
    const own = room.state.session(session.id);
    if (own.status === 'loaded' && room.calibrated.has(session.id) && room.link?.uplink.state.online)
      await authoriseOnline(room, session.id);
    else if (own.status === 'authorised' && sessionGates.allowSignIn(own, session, now).allowed) {
      await room.state.commandSession(session.id, { type: 'allow-sign-in' });
      room.changed.notify();
    }
    const present = room.state.session(session.id);
    const { startsAt } = present;
    const status = statusAt(present, now);
    // A start waits for no tick.
    if (status === 'counting-down' && startsAt !== null && startsAt - now < tickMs)
      setTimeout(run, startsAt - now).unref();
    if (status !== 'running') return;
    if (startTold !== session.id) {
      startTold = session.id;
      room.changed.notify();
    }
    // All at once, so that a thousand sittings that begin together are one commit.
    await Promise.all(session.candidates.map((candidate) => keepTime(room, candidate.id, now)));
  };
  const run = (): void => {
    if (busy) return;
    busy = true;
    tick()
      .catch((error: unknown) => room.node.log.error({ err: error }, 'clockwork failed'))
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(run, tickMs);
  timer.unref();
  return () => clearInterval(timer);
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
