/** A candidate at the voice station: signed in with the number of the form, task after task, take after take. */
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { findForm, type FoundForm } from '../../exam/paper-day/find-form.ts';
import { coverage } from '../../exam/paper-day/voice-pieces.ts';
import {
  speaker,
  type Gap,
  type PauseCause,
  type TimedTask,
  type VoiceRun,
  type VoiceTake,
} from '../../exam/paper-day/voice-run.ts';
import type { FlacRate } from '../../exam/recording/flac/flac.ts';
import { lastCheck } from './microphone-check.ts';
import { openPlan, speaking, type Voice } from './voice.ts';

/**
 * Whose form it is, for the organiser to compare. Refusals: `key-not-activated`, `event-without-speaking`, `microphone-not-tried`,
 * `station-taken`, `form-used`, those of `findForm`.
 */
export function lookUp(voice: Voice, typed: string): Result<FoundForm> {
  const day = openPlan(voice);
  if (!day.ok) return day;
  const found = findForm(day.value.plan, typed, voice.station.settings()?.room ?? null);
  if (!found.ok) return found;
  const run = voice.run();
  if (run.candidates.has(found.value.form)) return refuse({ type: 'form-used', form: found.value.form });
  const now = speaker(run);
  if (now) return refuse({ type: 'station-taken', form: now.form });
  // What the machine says of the sound is advice; that it was heard is not.
  return lastCheck(voice.station)?.heard === true ? found : refuse({ type: 'microphone-not-tried' });
}

/** Refusals: those of `lookUp` and of the journal. */
export async function signIn(voice: Voice, typed: string): Promise<Result<VoiceRun>> {
  const [day, found] = [openPlan(voice), lookUp(voice, typed)];
  if (!day.ok) return day;
  return found.ok ? voice.does({ do: 'sign-in', ...found.value, tasks: day.value.plan.tasks.length }) : found;
}

/** The task at which the candidate is. Refusals: `key-not-activated`, `nobody-signed-in`, `voice-not-now`. */
function taskNow(voice: Voice): Result<TimedTask> {
  const [day, now] = [openPlan(voice), speaking(voice)];
  if (!day.ok) return day;
  if (!now.ok) return now;
  const { stage } = now.value;
  const timed = 'task' in stage ? day.value.plan.tasks[stage.task - 1] : undefined;
  return timed ? ok(timed) : refuse({ type: 'voice-not-now', stage: stage.at });
}

export async function prepare(voice: Voice): Promise<Result<VoiceRun>> {
  const timed = taskNow(voice);
  return timed.ok ? voice.does({ do: 'prepare', timed: timed.value }) : timed;
}

/** Begins a take; it goes on where the one before it was interrupted. */
export async function begin(voice: Voice, rate: FlacRate): Promise<Result<VoiceTake>> {
  const timed = taskNow(voice);
  if (!timed.ok) return timed;
  const id = newId();
  const done = await voice.does({ do: 'begin', id, rate, timed: timed.value });
  if (!done.ok) return done;
  const take = speaker(done.value)?.takes.at(-1);
  if (take?.id !== id) throw new Error('a take that was begun is the newest one');
  return ok(take);
}

/**
 * Keeps a piece of the take that is recorded. Also while the materials are closed: a station that was killed takes what its page still holds.
 * Refusals: `take-over`, those of `Recordings.keep`.
 */
export function keepPiece(
  { run, ending, recordings }: Voice,
  take: string,
  piece: { readonly number: number; readonly start: number },
  content: Uint8Array,
): Result<void> {
  const open = speaker(run())?.takes.find(({ id }) => id === take);
  if (!open || open.end !== null || ending.has(take)) return refuse({ type: 'take-over' });
  return recordings.keep(open, piece, content);
}

/** @param heard samples that the page made of it. Refusals: `voice-not-now` and those of making the file. */
export async function endTake(
  voice: Voice,
  id: string,
  how: 'done' | 'time-over',
  heard: number,
): Promise<Result<void>> {
  return ending(voice, id, heard, ({ samples, gaps }) => voice.does({ do: 'end', id, how, samples, gaps }));
}

/** @param heard as for `endTake`; null: nobody knows, what is on the disk counts */
export async function pause(
  voice: Voice,
  cause: PauseCause,
  words: string,
  heard: number | null,
): Promise<Result<void>> {
  const now = speaking(voice);
  if (!now.ok) return now;
  const { stage } = now.value;
  return ending(voice, stage.at === 'answering' ? stage.take : null, heard, ({ samples, gaps }) =>
    voice.does({ do: 'pause', cause, words, at: voice.now(), samples, gaps }),
  );
}

/** What comes for a take from here on comes too late: what its last entry says of it is what its file holds. */
async function ending(
  voice: Voice,
  id: string | null,
  heard: number | null,
  end: (kept: { samples: number; gaps: Gap[] }) => Promise<Result<VoiceRun>>,
): Promise<Result<void>> {
  const take = id === null ? undefined : speaker(voice.run())?.takes.find((one) => one.id === id);
  if (!take) {
    const done = await end({ samples: 0, gaps: [] });
    return done.ok ? ok() : done;
  }
  voice.ending.add(take.id);
  try {
    // A page that hears on beyond the limit has made no answer of it.
    const most = heard === null ? null : Math.min(heard, Math.max(take.limit, lastOf(voice, take.id)));
    const done = await end(coverage(voice.recordings.places(take.id), most));
    if (!done.ok) return done;
    const ended = speaker(done.value)?.takes.find((one) => one.id === take.id);
    if (!ended?.end) throw new Error('a take that was ended has an end');
    // Not made now, it is made when it is asked for: the pieces are there.
    const file = await voice.recordings.asFile({ ...ended, end: ended.end });
    if (!file.ok)
      voice.station.node.log.warn({ refusal: file.refusal, take: take.id }, 'take not kept as a file yet');
    return ok();
  } finally {
    voice.ending.delete(take.id);
  }
}

function lastOf({ recordings }: Voice, take: string): number {
  return Math.max(0, ...recordings.places(take).map(({ start, samples }) => start + samples));
}
