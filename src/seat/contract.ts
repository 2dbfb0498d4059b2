/**
 * The candidate's screen and its seat agent, on the same machine. The agent decides; the screen shows and asks.
 *
 * Phases: `unpaired → announced → ready → signed-in → waiting → countdown → answering → handed-in`, with `locked`, `moved`
 * (resumed on another seat), `ended` and `absent` as single clear pages. Everything a screen shows comes from `SeatState`, so a browser that was
 * killed comes back where it was.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { screenAccommodationsSchema } from '../exam/accommodation/accommodations.ts';
import { refusalSchema, time } from '../node/contract.ts';
import { operation } from '../node/contract.ts';
import { environmentAsksSchema, environmentContract } from './environment/contract.ts';
import { recordingContract } from './recording/contract.ts';
import { practicalContract, practicalViewSchema } from './practical/contract.ts';
import { seatStatusContract } from './status/contract.ts';
import { joinContract } from './join/contract.ts';
import { seatNumberContract } from './number/contract.ts';
import type { PaperInstance } from '../exam/paper/model.ts';
import type { ItemResponses } from '../exam/paper/response.ts';

export const seatPhases = [
  'unpaired',
  'announced',
  'ready',
  'signed-in',
  'waiting',
  'countdown',
  'answering',
  'locked',
  'handed-in',
  'moved',
  'ended',
  'absent',
] as const;

/** Where a change is: `seat`, kept on this computer; `room`, kept by the room. What is only in the browser is not kept. */
export const keptSchema = z.enum(['seat', 'room']);

/** The newest change of an item. `change` grows with every change; 0: it came from the room, from a seat before this one. */
export const keptChangeSchema = z.object({ kept: keptSchema, change: z.number().int() });
export type KeptChange = z.infer<typeof keptChangeSchema>;

export const seatStateSchema = z.object({
  phase: z.enum(seatPhases),
  seatNumber: z.number().int().nullable(),
  showNumber: z.boolean(),
  roomCode: z.string().nullable(),
  roomOnline: z.boolean(),
  mock: z.boolean(),
  session: z
    .object({
      name: z.string(),
      projectName: z.string(),
      subject: z.string(),
      durationMin: z.number().int(),
      startAt: time,
    })
    .nullable(),
  candidate: z
    .object({ admissionNumber: z.string(), name: z.string(), photo: z.string().nullable() })
    .nullable(),
  /** How the screen shows everything to this candidate; null: as usual. */
  accommodations: screenAccommodationsSchema.nullable(),
  /** The candidate said "this is me"; the rules come next. */
  confirmed: z.boolean(),
  rulesRead: z.boolean(),
  /** Milliseconds until the start, in countdown. */
  startsInMs: z.number().nullable(),
  /** Milliseconds left to work; counts down locally between two states. */
  timeLeftMs: z.number().nullable(),
  /** Milliseconds until handing in is allowed; 0: now. */
  handInOpensInMs: z.number().nullable(),
  /** Answers typed here that the room has not acknowledged yet. */
  pending: z.number().int(),
  /** Another one after each start of the agent. */
  run: z.string(),
  /** Grows with every state of a run, so that a late one is recognised. */
  revision: z.number().int(),
  /** By item. */
  kept: z.record(z.string(), keptChangeSchema),
  lockMessage: z.string().nullable(),
  receipt: z.string().nullable(),
  notice: refusalSchema.nullable(),
  /** What a person has to do here for the environment check. */
  environmentAsks: environmentAsksSchema,
  /** Practical tasks: their working folders, and what is kept of them. */
  practical: practicalViewSchema,
});
export type SeatState = z.infer<typeof seatStateSchema>;

const itemResponsesSchema = z.custom<ItemResponses>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** Everything that the screen needs to show the paper; available from the start on. */
export interface PaperForScreen {
  /** Names this candidate's work at this seat: another one after a resume or a new attempt. */
  work: string;
  instance: PaperInstance;
  /** What is kept on this seat so far, by item identifier. */
  responses: Record<string, ItemResponses>;
  flagged: string[];
  /** Items in the order in which they were last shown, the newest last: the screen goes on there, and a linear part does not go back. */
  viewed: string[];
  /** Files of the paper by path, served by the agent at `/paper/<digest>`. */
  files: Record<string, string>;
}

/** An answer package that lies in the seat's data folder (`path`); `GET /files/answer-package/<ticket>` gives it once, for two minutes. */
export const exportedPackageSchema = z.object({
  ticket: z.string(),
  fileName: z.string(),
  size: z.number().int(),
  path: z.string(),
});
export type ExportedPackage = z.infer<typeof exportedPackageSchema>;

export const seatContract = {
  state: {
    get: operation('everyone').output(seatStateSchema),
    live: operation('everyone').output(eventIterator(seatStateSchema)),
  },
  pairing: {
    /** Joins a room: its address and the pairing code that the room shows. */
    pair: operation('everyone')
      .input(z.object({ roomAddress: z.string().min(1).max(200), pairingCode: z.string().max(40) }))
      .output(seatStateSchema),
  },
  sitting: {
    signIn: operation('everyone')
      .input(z.object({ admissionNumber: z.string().trim().min(1).max(40) }))
      .output(seatStateSchema),
    /** `confirmed` false: it was somebody else's number. */
    confirm: operation('everyone')
      .input(z.object({ confirmed: z.boolean() }))
      .output(seatStateSchema),
    rulesRead: operation('everyone').output(seatStateSchema),
    startPhrase: operation('everyone')
      .input(z.object({ words: z.string().max(200) }))
      .output(seatStateSchema),
    paper: operation('everyone').output(
      z.custom<PaperForScreen>((value) => typeof value === 'object' && value !== null),
    ),
    /**
     * Resolves after the change is on this seat's disk. `from` counts a screen's changes of an item in a `work`: one that comes again, or after
     * a newer one, changes nothing.
     */
    answer: operation('everyone')
      .input(
        z.object({
          item: z.string().max(256),
          responses: itemResponsesSchema,
          from: z
            .object({
              work: z.string().min(1).max(200),
              screen: z.string().min(1).max(40),
              number: z.number().int().min(0),
            })
            .optional(),
        }),
      )
      .output(keptChangeSchema),
    /** What is kept of the answers now: for a second screen of the same seat. */
    answers: operation('everyone').output(
      z.object({ responses: z.record(z.string(), itemResponsesSchema), flagged: z.array(z.string()) }),
    ),
    flag: operation('everyone')
      .input(z.object({ item: z.string().max(256), flagged: z.boolean() }))
      .output(z.object({})),
    /** The screen shows another item; goes into the candidate's log. */
    view: operation('everyone')
      .input(z.object({ item: z.string().max(256) }))
      .output(z.object({})),
    acknowledgeLock: operation('everyone').output(seatStateSchema),
    handIn: operation('everyone').output(seatStateSchema),
    /** For the next candidate on the same machine, after the hand-in. */
    leave: operation('everyone').output(seatStateSchema),
  },
  environment: environmentContract,
  recording: recordingContract,
  practical: practicalContract,
  number: seatNumberContract,
  join: joinContract,
  status: seatStatusContract,
  answerPackage: {
    /** For the invigilator, who knows the room's seat code: everything that is kept here, as a file for the room. Works without the room. */
    export: operation('everyone')
      .input(z.object({ seatCode: z.string().min(1).max(20) }))
      .output(exportedPackageSchema),
  },
};
