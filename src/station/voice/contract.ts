/**
 * The voice station, for the page on its own computer. The page hears, the station decides and keeps: every answer is the state after it. See
 * `exam/paper-day/voice-run.ts` for the order of things.
 */
import * as z from 'zod';
import { pauseCauses, takeEnds } from '../../exam/paper-day/voice-run.ts';
import { longestPieceS } from '../../exam/paper-day/voice-pieces.ts';
import { empty, operation, time } from '../../node/contract.ts';

const person = operation('everyone');
const takeId = z.string().min(1).max(64);
const task = z.number().int().min(1).max(100);
const typed = z.string().trim().min(1).max(60);
const reason = z.string().max(500);
const samples = z.number().int().min(0).max(400_000_000);
const rate = z.union([z.literal(16_000), z.literal(48_000)]);
/** Of 16 bits at the highest rate. */
const pieceLimit = longestPieceS * 48_000 * 2;
const sound = (limit: number) =>
  z.instanceof(Blob).refine(({ size }) => size > 0 && size % 2 === 0 && size <= limit);

const foundFormSchema = z.object({ form: z.string(), kit: z.string(), variant: z.number().int() });

const checkSchema = z.object({
  device: z.string(),
  verdict: z.enum(['nothing', 'quiet', 'loud', 'noisy', 'good']),
  voiceDb: z.number(),
  noiseDb: z.number(),
  heard: z.boolean().nullable(),
  good: z.boolean(),
  at: time,
});
export type MicrophoneCheckView = z.infer<typeof checkSchema>;

export const voiceViewSchema = z.object({
  check: checkSchema.nullable(),
  /** The plan is open, and has tasks to speak. */
  open: z.boolean(),
  tasks: z.array(z.object({ name: z.string(), prepareS: z.number().int(), answerS: z.number().int() })),
  candidate: z
    .object({
      ...foundFormSchema.shape,
      stage: z.enum(['ready', 'preparing', 'answering', 'paused', 'listening']),
      /** null: all are answered. */
      task: task.nullable(),
      /** Its page may be seen. */
      sees: z.boolean(),
      /** Of the answer, as it may still be given. */
      answerMs: z.number().int().nullable(),
      /** Of the preparation that is under way. */
      prepareMs: z.number().int().nullable(),
      /** The take that is recorded. */
      take: takeId.nullable(),
      /** The next take goes on where the newest one of the task stopped. */
      goesOn: z.boolean(),
      pause: z.object({ cause: z.enum(pauseCauses), words: z.string(), from: time }).nullable(),
      takes: z.array(
        z.object({
          id: takeId,
          task,
          take: z.number().int(),
          goesOn: z.boolean(),
          seconds: z.number(),
          /** What did not reach the disk. */
          missingS: z.number(),
          how: z.enum(takeEnds).nullable(),
        }),
      ),
      unanswered: z.array(task),
    })
    .nullable(),
  finished: z.array(
    z.object({
      form: z.string(),
      takes: z.number().int(),
      seconds: z.number(),
      whole: z.boolean(),
      reason: z.string(),
      at: time,
    }),
  ),
  /** How many packages hold everybody who spoke; null: they have to be made. */
  packages: z.number().int().nullable(),
});
export type VoiceView = z.infer<typeof voiceViewSchema>;

const state = person.output(voiceViewSchema);

export const voiceContract = {
  state,
  check: {
    /** Judges some seconds of sound. */
    judge: person
      .input(z.object({ device: z.string().max(300), rate, content: sound(7 * 48_000 * 2) }))
      .output(voiceViewSchema),
    /** What was judged, as it was recorded. */
    sound: person.output(z.instanceof(Blob)),
    heard: person.input(z.object({ heard: z.boolean() })).output(voiceViewSchema),
  },
  /** Whose form this is: shown to the organiser, who compares it with what lies on the table. */
  lookUp: person.input(z.object({ form: typed })).output(foundFormSchema),
  signIn: person.input(z.object({ form: typed })).output(voiceViewSchema),
  prepare: state,
  /** The page of a task, a PDF of its own. */
  page: person.input(z.object({ task })).output(z.instanceof(Blob)),
  begin: person
    .input(z.object({ rate }))
    .output(z.object({ take: takeId, limit: samples, view: voiceViewSchema })),
  /** Resolves after it is on the station's disk; the same piece again changes nothing. */
  piece: person
    .input(
      z.object({
        take: takeId,
        number: z.number().int().min(1).max(100_000),
        start: samples,
        content: sound(pieceLimit),
      }),
    )
    .output(empty),
  /** `samples`: as many as the page heard, whether or not all of them arrived. */
  end: person
    .input(z.object({ take: takeId, how: z.enum(['done', 'time-over']), samples }))
    .output(voiceViewSchema),
  pause: person
    .input(z.object({ cause: z.enum(pauseCauses), words: reason, samples: samples.nullable() }))
    .output(voiceViewSchema),
  resume: state,
  again: person.input(z.object({ task, reason })).output(voiceViewSchema),
  /** A take of the candidate who is here, as FLAC. */
  listen: person.input(z.object({ take: takeId })).output(z.instanceof(Blob)),
  finish: person.input(z.object({ reason })).output(voiceViewSchema),
  /** Packages and journal, to a stick. */
  close: person
    .input(z.object({ drive: z.string().min(1).max(4_000) }))
    .output(z.object({ paths: z.array(z.string()), view: voiceViewSchema })),
};
