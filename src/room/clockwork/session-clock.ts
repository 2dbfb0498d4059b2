/**
 * The room's clock. Outside a session it is the computer's. From "allow start" to the end it runs by the steady clock alone: whoever sets
 * the computer's clock takes nobody's time and gives nobody more. The status bar and the seal check go on comparing the computer's clock.
 */
import type { Clock } from '../../base/clock.ts';
import { resumeClock } from '../../exam/session/resume-clock.ts';
import type { Entry } from '../../journal/entry.ts';
import { readStored, type Journal } from '../../journal/journal.ts';

export interface SessionClock extends Clock {
  /** What the computer's own clock says. */
  wall(): number;
  /** Goes on from this moment by the steady clock. */
  hold(at: number): void;
  release(): void;
  readonly held: boolean;
}

export function sessionClock(computer: Clock): SessionClock {
  let from: { at: number; monotonic: number } | null = null;
  return {
    wall: () => computer.now(),
    monotonic: () => computer.monotonic(),
    // Whole milliseconds: what is written into the journal must be readable by its own schema.
    now: () => Math.round(from === null ? computer.now() : from.at + computer.monotonic() - from.monotonic),
    hold: (at) => {
      from = { at, monotonic: computer.monotonic() };
    },
    release: () => {
      from = null;
    },
    get held() {
      return from !== null;
    },
  };
}

export interface SessionTime {
  /**
   * The site's time, ms, whenever it was heard. Counts when after a restart no clock could be believed yet.
   * @returns whether the room's time is another now.
   */
  heardSite(site: number): Promise<boolean>;
}

/** Holds and releases the clock as the journal's sessions start and end, also those that were running when this process began. */
export async function keepSessionTime(journal: Journal, clock: SessionClock): Promise<SessionTime> {
  const running = new Set<string>();
  let lastEntryAt = 0;
  const take = ({ place, kind, subject, at }: Entry): void => {
    if (place.origin !== journal.self.origin) return;
    lastEntryAt = Math.max(lastEntryAt, at);
    if (kind === 'start-allowed') running.add(subject);
    if (kind === 'session-ended') running.delete(subject);
  };
  for (const entry of ownEntries(journal)) take(entry);
  let undecided = false;
  const resume = async (site: number | null): Promise<void> => {
    const { at, source } = resumeClock({ lastEntryAt, wall: clock.wall(), site });
    undecided = source === 'last-entry';
    clock.hold(at);
    await journal.append([{ kind: 'clock-resumed', subject: 'room', data: { source, wall: clock.wall() } }]);
  };
  if (running.size > 0) await resume(null);
  journal.feed((entries) => {
    for (const { entry } of entries) take(entry);
    if (running.size > 0 && !clock.held) clock.hold(clock.wall());
    if (running.size === 0) clock.release();
  });
  return {
    async heardSite(site) {
      if (!undecided || running.size === 0) return false;
      if (resumeClock({ lastEntryAt, wall: clock.wall(), site }).source === 'last-entry') return false;
      await resume(site);
      return true;
    },
  };
}

/** In the order in which they were kept; without reading through what the seats sent. */
function ownEntries(journal: Journal): Entry[] {
  return journal
    .heads()
    .filter(({ origin }) => origin === journal.self.origin)
    .flatMap(({ origin, epoch, seq }) => journal.ofOrigin(origin, epoch, 0, seq))
    .toSorted((a, b) => a.position - b.position)
    .map((row) => readStored(row));
}
