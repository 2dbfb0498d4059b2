/** The voice station's work: who speaks, as its journal tells it, and what was spoken, as its disk holds it. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { evolveVoice } from '../../exam/paper-day/voice-course.ts';
import {
  decideVoice,
  noVoices,
  speaker,
  voiceKinds,
  type VoiceCandidate,
  type VoiceCommand,
  type VoiceKind,
  type VoiceRun,
} from '../../exam/paper-day/voice-run.ts';
import { createDesk, type Desk } from '../../journal/desk.ts';
import type { Entry } from '../../journal/entry.ts';
import { removedAt } from '../removal/remove.ts';
import type { OpenDay, Station } from '../station.ts';
import { Recordings } from './recordings.ts';

export interface Voice {
  readonly station: Station;
  readonly recordings: Recordings;
  /** Of the event whose materials lie here. */
  run(): VoiceRun;
  /** Refusals: `materials-missing`, those of `decideVoice`, `journal-failed`. */
  does(command: VoiceCommand | ((run: VoiceRun) => VoiceCommand)): Promise<Result<VoiceRun>>;
  /** Wall clock, but what is left of a preparation does not change when somebody sets it. */
  now(): number;
  /** Takes that are about to end: nothing is added to them any more. */
  readonly ending: Set<string>;
  /** One after the other: two that make packages at once would remove each other's. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

const kinds: ReadonlySet<string> = new Set(voiceKinds);

export function createVoice(station: Station): Voice {
  const { journal } = station.node;
  const desk: Desk<VoiceRun> = createDesk<VoiceRun>(journal, {
    subjectOf: ({ kind, subject, place }: Entry) =>
      kinds.has(kind) && place.origin === journal.self.origin ? subject : null,
    initial: () => noVoices,
    evolve: (run, entry) => evolveVoice(run, { ...entry, kind: entry.kind as VoiceKind }),
  });
  if (station.kind === 'voice') journal.replay((entry) => desk.take(entry));
  let last: Promise<unknown> = Promise.resolve();
  const { clock } = station.node;
  /** The preparation that began while this program ran, by both clocks. */
  let preparing: { readonly since: number; readonly steady: number } | null = null;
  const since = (): number | null => {
    const stage = speaker(desk.state(subject() ?? ''))?.stage;
    return stage?.at === 'preparing' ? stage.since : null;
  };
  const subject = (): string | null => {
    const materials = station.materials();
    return materials && `event:${materials.event.id}`;
  };
  return {
    station,
    recordings: new Recordings(station.node),
    ending: new Set(),
    alone: (work) => {
      const done = last.then(work);
      last = done.catch(() => undefined);
      return done;
    },
    run: () => desk.state(subject() ?? ''),
    now: () =>
      preparing !== null && preparing.since === since()
        ? preparing.since + clock.monotonic() - preparing.steady
        : clock.now(),
    async does(command) {
      const of = subject();
      if (of === null) return refuse({ type: 'materials-missing' });
      const done = await desk.run(of, (run) => {
        const decided = decideVoice(run, typeof command === 'function' ? command(run) : command);
        return decided.ok ? ok(decided.value.map((draft) => ({ ...draft, subject: of }))) : decided;
      });
      if (!done.ok) return done;
      const began = since();
      if (began !== null && began !== preparing?.since)
        preparing = { since: began, steady: clock.monotonic() };
      station.changed.notify();
      return ok(done.value.state);
    },
  };
}

/** What a member's token has opened. Refusals: `key-not-activated`, `event-without-speaking`, `remains-removed`. */
export function openPlan({ station }: Voice): Result<OpenDay> {
  const day = station.day();
  if (!day) return refuse({ type: 'key-not-activated' });
  // Packages of what was said before and after could not be made any more.
  if (removedAt(station, day.plan.eventId) !== null) return refuse({ type: 'remains-removed' });
  return day.plan.tasks.length === 0 ? refuse({ type: 'event-without-speaking' }) : ok(day);
}

/** Refusal: `nobody-signed-in`. */
export function speaking(voice: Voice): Result<VoiceCandidate> {
  const now = speaker(voice.run());
  return now ? ok(now) : refuse({ type: 'nobody-signed-in' });
}
