/** How the entries of a voice station's journal change what is known of its candidates. See `voice-run.ts`. Browser-safe. */
import * as z from 'zod';
import {
  pauseCauses,
  takeEnds,
  unanswered,
  type VoiceCandidate,
  type VoiceKind,
  type VoiceRun,
  type VoiceStage,
} from './voice-run.ts';

const text = z.string();
const int = z.number().int();
const form = text;
const gap = z.object({ from: int, to: int });

/** What stands in the entries, by kind. */
export const voiceDataSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('voice-signed-in'), form, kit: text, variant: int, tasks: int }),
  z.object({ kind: z.literal('voice-preparing'), form, task: int, ms: int }),
  z.object({
    kind: z.literal('voice-take-begun'),
    form,
    task: int,
    id: text,
    take: int,
    goesOn: z.boolean(),
    rate: int,
    limit: int,
  }),
  z.object({
    kind: z.literal('voice-take-ended'),
    form,
    task: int,
    id: text,
    how: z.enum(takeEnds),
    samples: int,
    gaps: z.array(gap),
  }),
  z.object({
    kind: z.literal('voice-paused'),
    form,
    task: int,
    cause: z.enum(pauseCauses),
    words: text,
    leftMs: int.nullable(),
  }),
  z.object({ kind: z.literal('voice-resumed'), form, task: int }),
  z.object({ kind: z.literal('voice-again'), form, task: int, reason: text }),
  z.object({ kind: z.literal('voice-finished'), form, whole: z.boolean(), reason: text }),
  z.object({ kind: z.literal('voice-packed'), packages: z.array(text), replaces: z.array(text) }),
]);
type VoiceData = z.infer<typeof voiceDataSchema>;
type OfCandidate = Exclude<VoiceData, { kind: 'voice-packed' | 'voice-signed-in' }>;

/** @param at of the entry, ms */
export function evolveVoice(
  run: VoiceRun,
  entry: { readonly kind: VoiceKind; readonly data: unknown; readonly at: number },
): VoiceRun {
  const data = voiceDataSchema.parse({ ...(entry.data as object), kind: entry.kind });
  if (data.kind === 'voice-packed') return { ...run, packed: data.packages, packedBefore: data.replaces };
  const candidates = new Map(run.candidates);
  if (data.kind === 'voice-signed-in') {
    const { kind: _, ...who } = data;
    candidates.set(data.form, {
      ...who,
      signedInAt: entry.at,
      stage: { at: 'ready', task: 1, prepared: false },
      takes: [],
      pauses: [],
      again: [],
    });
  } else {
    const before = candidates.get(data.form);
    if (!before) throw new Error(`an entry of ${data.form}, who has not signed in`);
    candidates.set(data.form, evolveCandidate(before, data, entry.at));
  }
  // What was packed is not everything any more.
  return { candidates, packed: null, packedBefore: run.packed ?? run.packedBefore };
}

function evolveCandidate(candidate: VoiceCandidate, data: OfCandidate, at: number): VoiceCandidate {
  switch (data.kind) {
    case 'voice-preparing':
      return { ...candidate, stage: { at: 'preparing', task: data.task, since: at, ms: data.ms } };
    case 'voice-take-begun': {
      const { id, task, take, goesOn, rate, limit } = data;
      return {
        ...candidate,
        stage: { at: 'answering', task, take: id },
        takes: [...candidate.takes, { id, task, take, goesOn, rate, limit, beganAt: at, end: null }],
      };
    }
    case 'voice-take-ended': {
      const end = { how: data.how, at, samples: data.samples, gaps: data.gaps };
      const takes = candidate.takes.map((take) => (take.id === data.id ? { ...take, end } : take));
      return { ...candidate, takes, stage: afterTake({ ...candidate, takes }, data.task, data.how) };
    }
    case 'voice-paused': {
      const { task, cause, words, leftMs } = data;
      const after: VoiceStage =
        leftMs === null ? candidate.stage : { at: 'preparing', task, since: at, ms: leftMs };
      return {
        ...candidate,
        stage: { at: 'paused', task, after },
        pauses: [...candidate.pauses, { task, cause, words, from: at, to: null }],
      };
    }
    case 'voice-resumed': {
      const { stage } = candidate;
      if (stage.at !== 'paused') throw new Error('resumed without a pause');
      const after = stage.after.at === 'preparing' ? { ...stage.after, since: at } : stage.after;
      return { ...candidate, stage: after, pauses: endPause(candidate, at) };
    }
    case 'voice-again':
      return {
        ...candidate,
        // Who has begun a task has prepared for it.
        stage: { at: 'ready', task: data.task, prepared: true },
        pauses: endPause(candidate, at),
        again: [...candidate.again, { task: data.task, reason: data.reason, at }],
      };
    case 'voice-finished':
      return {
        ...candidate,
        stage: { at: 'finished', finishedAt: at, whole: data.whole, reason: data.reason },
      };
  }
}

function afterTake(candidate: VoiceCandidate, task: number, how: string): VoiceStage {
  // The pause that ended it follows at once.
  if (how === 'paused') return { at: 'ready', task, prepared: true };
  const [next] = unanswered(candidate);
  return next === undefined
    ? { at: 'listening' }
    : { at: 'ready', task: next, prepared: candidate.takes.some((take) => take.task === next) };
}

function endPause({ pauses }: VoiceCandidate, at: number): VoiceCandidate['pauses'] {
  return pauses.map((one) => (one.to === null ? { ...one, to: at } : one));
}
