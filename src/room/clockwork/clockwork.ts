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
    const status = statusAt(room.state.session(session.id), now);
    if (status !== 'running') return;
    if (startTold !== session.id) {
      startTold = session.id;
      room.changed.notify();
    }
    for (const candidate of session.candidates) {
      const sitting = room.state.sitting(candidate.id);
      const context = room.state.context(candidate.id, now);
      if (!context) continue;
      const before = room.state.sitting(candidate.id).status;
      if (sitting.status === 'signed-in' && sitting.rulesRead)
        await room.state.commandSitting(candidate.id, { type: 'begin' });
      const left = timeLeft(sitting, context);
      const overdue = left === 0 && ['signed-in', 'in-exam', 'resumable'].includes(sitting.status);
      if (overdue) await room.state.commandSitting(candidate.id, { type: 'close', reason: 'time-over' });
      if (room.state.sitting(candidate.id).status !== before) room.changed.notify();
    }
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    tick()
      .catch((error: unknown) => room.node.log.error({ err: error }, 'clockwork failed'))
      .finally(() => {
        busy = false;
      });
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
