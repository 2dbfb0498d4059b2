/**
 * What a voice station does with its candidates, one after the other, task by task. A take is what was recorded without a break; none is ever
 * replaced: after a pause another one goes on where the answer stopped, after an incident another one begins the answer anew.
 *
 * ```
 * signed in → ready ──prepare──→ preparing ──begin──→ answering ──end──→ ready (next task) … → listening → finished
 *               ↑ │                 │  ↑                 │
 *               │ └──────pause──────┴──│──→ paused ←─────┘   (its take ends; resume goes back to where it was)
 *               └────again: a task that was begun is answered from its beginning; takes before stay
 * ```
 * One candidate at a time. Time arrives with the entries; how long was spoken is counted in samples, which no clock can shift. Browser-safe.
 */
import type { JsonObject } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';

export const takeEnds = ['done', 'time-over', 'paused'] as const;
export type TakeEnd = (typeof takeEnds)[number];
/** `page-lost`: the page was loaded anew or the station was started again while the candidate was at work. */
export const pauseCauses = ['organiser', 'page-lost', 'microphone-lost'] as const;
export type PauseCause = (typeof pauseCauses)[number];

export interface VoiceTake {
  readonly id: string;
  /** From 1, as in the plan. */
  readonly task: number;
  /** From 1, of this task. */
  readonly take: number;
  /** It goes on where the take before it was interrupted; false: the answer begins with it. */
  readonly goesOn: boolean;
  readonly rate: number;
  /** As many samples as it may have. */
  readonly limit: number;
  readonly beganAt: number;
  readonly end: {
    readonly how: TakeEnd;
    readonly at: number;
    /** Of its whole length, with what is missing. */
    readonly samples: number;
    /** What did not reach the disk, in samples. */
    readonly gaps: readonly Gap[];
  } | null;
}

export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface VoicePause {
  readonly task: number;
  readonly cause: PauseCause;
  readonly words: string;
  readonly from: number;
  /** null: it lasts, or the candidate left during it. */
  readonly to: number | null;
}

export type VoiceStage =
  /** `prepared`: nothing is left to prepare, the answer may begin. */
  | { readonly at: 'ready'; readonly task: number; readonly prepared: boolean }
  | { readonly at: 'preparing'; readonly task: number; readonly since: number; readonly ms: number }
  | { readonly at: 'answering'; readonly task: number; readonly take: string }
  | { readonly at: 'paused'; readonly task: number; readonly after: VoiceStage }
  | { readonly at: 'listening' }
  | {
      readonly at: 'finished';
      readonly finishedAt: number;
      /** Every task was answered. */
      readonly whole: boolean;
      /** Why not every task was answered. */
      readonly reason: string;
    };

export interface VoiceCandidate {
  /** Number of the registration form. */
  readonly form: string;
  readonly kit: string;
  readonly variant: number;
  readonly tasks: number;
  readonly signedInAt: number;
  readonly stage: VoiceStage;
  readonly takes: readonly VoiceTake[];
  readonly pauses: readonly VoicePause[];
  /** Why tasks were answered again. */
  readonly again: readonly { readonly task: number; readonly reason: string; readonly at: number }[];
}

export interface VoiceRun {
  /** By form, in the order in which they came. */
  readonly candidates: ReadonlyMap<string, VoiceCandidate>;
  /** Packages that were made last; null: none, or somebody spoke since. */
  readonly packed: readonly string[] | null;
  /** Those before, whose place the next ones take. */
  readonly packedBefore: readonly string[];
}

export const noVoices: VoiceRun = { candidates: new Map(), packed: null, packedBefore: [] };

/** What is written into the station's journal. */
export interface VoiceDraft {
  readonly kind: VoiceKind;
  readonly data: JsonObject;
}
export const voiceKinds = [
  'voice-signed-in',
  'voice-preparing',
  'voice-take-begun',
  'voice-take-ended',
  'voice-paused',
  'voice-resumed',
  'voice-again',
  'voice-finished',
  'voice-packed',
] as const;
export type VoiceKind = (typeof voiceKinds)[number];

/** A task as far as the rules need it. */
export interface TimedTask {
  readonly prepareS: number;
  readonly answerS: number;
}

export type VoiceCommand =
  | {
      readonly do: 'sign-in';
      readonly form: string;
      readonly kit: string;
      readonly variant: number;
      readonly tasks: number;
    }
  | { readonly do: 'prepare'; readonly timed: TimedTask }
  | { readonly do: 'begin'; readonly id: string; readonly rate: number; readonly timed: TimedTask }
  | {
      readonly do: 'end';
      readonly id: string;
      readonly how: 'done' | 'time-over';
      readonly samples: number;
      readonly gaps: readonly Gap[];
    }
  | {
      readonly do: 'pause';
      readonly cause: PauseCause;
      readonly words: string;
      readonly at: number;
      /** Of the take that ends with it. */
      readonly samples: number;
      readonly gaps: readonly Gap[];
    }
  | { readonly do: 'resume' }
  | { readonly do: 'again'; readonly task: number; readonly reason: string }
  | { readonly do: 'finish'; readonly reason: string }
  | { readonly do: 'pack'; readonly packages: readonly string[] };

/** Who speaks at this station now; null: nobody. */
export function speaker(run: VoiceRun): VoiceCandidate | null {
  for (const one of run.candidates.values()) if (one.stage.at !== 'finished') return one;
  return null;
}

/** Has the newest take of a task come to its end? */
export function isAnswered({ takes }: Pick<VoiceCandidate, 'takes'>, task: number): boolean {
  const end = takes.findLast((take) => take.task === task)?.end;
  return end?.how === 'done' || end?.how === 'time-over';
}

export function unanswered(candidate: Pick<VoiceCandidate, 'takes' | 'tasks'>): number[] {
  return Array.from({ length: candidate.tasks }, (_, i) => i + 1).filter(
    (task) => !isAnswered(candidate, task),
  );
}

/** Whose page the candidate may see: from the preparation on, and never in a pause. */
export function taskInSight(stage: VoiceStage): number | null {
  const sees =
    stage.at === 'preparing' || stage.at === 'answering' || (stage.at === 'ready' && stage.prepared);
  return sees ? stage.task : null;
}

/** Does the next take of a task go on where the newest one stopped? Not when the answer was ordered anew since. */
export function goesOn({ takes, again }: VoiceCandidate, task: number): boolean {
  const newest = takes.findLast((take) => take.task === task);
  const ordered = again.findLast((one) => one.task === task)?.at ?? Number.NEGATIVE_INFINITY;
  return newest?.end?.how === 'paused' && newest.beganAt > ordered;
}

/** Seconds that are spoken of the answer that would go on. */
function spokenS(candidate: VoiceCandidate, task: number): number {
  if (!goesOn(candidate, task)) return 0;
  const all = candidate.takes.filter((take) => take.task === task);
  const first = all.findLastIndex((take) => !take.goesOn);
  return all.slice(first).reduce((sum, { end, rate }) => sum + (end?.samples ?? 0) / rate, 0);
}

/** How long may still be spoken of a task, ms; at least a second, so that an answer that was interrupted at its very end can be ended. */
export function leftMs(candidate: VoiceCandidate, task: number, { answerS }: TimedTask): number {
  return Math.max(1_000, Math.round((answerS - spokenS(candidate, task)) * 1_000));
}

/**
 * Refusals: `station-taken`, `form-used`, `nobody-signed-in`, `voice-not-now`, `pause-needs-reason`, `again-needs-reason`, `task-not-begun`,
 * `tasks-unanswered`, `still-speaking`, `nobody-spoke`.
 */
export function decideVoice(run: VoiceRun, command: VoiceCommand): Result<readonly VoiceDraft[]> {
  if (command.do === 'sign-in') return signIn(run, command);
  const now = speaker(run);
  if (command.do === 'pack') {
    if (now) return refuse({ type: 'still-speaking', form: now.form });
    if (run.candidates.size === 0) return refuse({ type: 'nobody-spoke' });
    const replaces = run.packed ?? run.packedBefore;
    return ok([{ kind: 'voice-packed', data: { packages: command.packages, replaces } }]);
  }
  if (!now) return refuse({ type: 'nobody-signed-in' });
  const { form, stage } = now;
  const draft = (kind: VoiceKind, data: JsonObject): VoiceDraft => ({ kind, data: { form, ...data } });
  switch (command.do) {
    case 'prepare': {
      if (stage.at !== 'ready' || stage.prepared || command.timed.prepareS === 0) return notNow(stage);
      return ok([draft('voice-preparing', { task: stage.task, ms: command.timed.prepareS * 1_000 })]);
    }
    case 'begin': {
      const may =
        stage.at === 'preparing' ||
        (stage.at === 'ready' && (stage.prepared || command.timed.prepareS === 0));
      if (!may) return notNow(stage);
      const { task } = stage;
      return ok([
        draft('voice-take-begun', {
          task,
          id: command.id,
          take: now.takes.filter((take) => take.task === task).length + 1,
          goesOn: goesOn(now, task),
          rate: command.rate,
          limit: Math.round((leftMs(now, task, command.timed) * command.rate) / 1_000),
        }),
      ]);
    }
    case 'end': {
      if (stage.at !== 'answering' || stage.take !== command.id) return notNow(stage);
      const { id, how, samples, gaps } = command;
      return ok([draft('voice-take-ended', { task: stage.task, id, how, samples, gaps: plain(gaps) })]);
    }
    case 'pause':
      return pause(now, command, draft);
    case 'resume':
      return stage.at === 'paused' ? ok([draft('voice-resumed', { task: stage.task })]) : notNow(stage);
    case 'again': {
      if (stage.at !== 'ready' && stage.at !== 'paused' && stage.at !== 'listening') return notNow(stage);
      if (command.reason.trim() === '') return refuse({ type: 'again-needs-reason' });
      if (!now.takes.some(({ task }) => task === command.task))
        return refuse({ type: 'task-not-begun', task: command.task });
      return ok([draft('voice-again', { task: command.task, reason: command.reason.trim() })]);
    }
    case 'finish': {
      if (stage.at !== 'ready' && stage.at !== 'paused' && stage.at !== 'listening') return notNow(stage);
      const open = unanswered(now);
      const reason = command.reason.trim();
      if (open.length > 0 && reason === '') return refuse({ type: 'tasks-unanswered', tasks: open });
      return ok([draft('voice-finished', { whole: open.length === 0, reason })]);
    }
  }
}

const notNow = (stage: VoiceStage) => refuse({ type: 'voice-not-now', stage: stage.at });
const plain = (gaps: readonly Gap[]): JsonObject[] => gaps.map(({ from, to }) => ({ from, to }));

function signIn(
  run: VoiceRun,
  { form, kit, variant, tasks }: VoiceCommand & { do: 'sign-in' },
): Result<readonly VoiceDraft[]> {
  const now = speaker(run);
  if (now) return refuse({ type: 'station-taken', form: now.form });
  if (run.candidates.has(form)) return refuse({ type: 'form-used', form });
  return ok([{ kind: 'voice-signed-in', data: { form, kit, variant, tasks } }]);
}

function pause(
  { stage }: VoiceCandidate,
  command: VoiceCommand & { do: 'pause' },
  draft: (kind: VoiceKind, data: JsonObject) => VoiceDraft,
): Result<readonly VoiceDraft[]> {
  if (stage.at !== 'ready' && stage.at !== 'preparing' && stage.at !== 'answering') return notNow(stage);
  const { cause, samples, gaps } = command;
  const words = command.words.trim();
  if (cause === 'organiser' && words === '') return refuse({ type: 'pause-needs-reason' });
  const { task } = stage;
  const paused = draft('voice-paused', {
    task,
    cause,
    words,
    // A page that was lost says nothing of how much of the preparation was used: it is given again.
    leftMs:
      stage.at !== 'preparing'
        ? null
        : cause === 'page-lost'
          ? stage.ms
          : Math.max(0, Math.min(stage.ms, stage.since + stage.ms - command.at)),
  });
  if (stage.at !== 'answering') return ok([paused]);
  const ended = { task, id: stage.take, how: 'paused', samples, gaps: plain(gaps) };
  return ok([draft('voice-take-ended', ended), paused]);
}
