/** What the candidate's screen tells its agent for the environment check. */
import * as z from 'zod';
import { personalChecks } from '../../exam/environment/measured.ts';
import { operation } from '../../node/contract.ts';

/** What the screen asks a person for; empty: nothing. */
export const environmentAsksSchema = z.array(z.enum(personalChecks));

const pixels = z.number().int().min(0).max(100_000);

export const environmentContract = {
  /** Said when the page opens, and again to an agent that was started anew. */
  page: operation('everyone')
    .input(
      z.object({
        userAgent: z.string().max(500),
        language: z.string().max(40),
        width: pixels,
        height: pixels,
      }),
    )
    .output(z.object({})),
  keyboard: operation('everyone')
    .input(z.object({ typed: z.string().max(100) }))
    .output(z.object({})),
  /** `level`: loudest moment, 0 to 1; `problem`: why there was no sound to measure. */
  microphone: operation('everyone')
    .input(z.object({ level: z.number().min(0).max(1), problem: z.string().max(100).nullable() }))
    .output(z.object({})),
  playback: operation('everyone')
    .input(z.object({ heard: z.boolean() }))
    .output(z.object({})),
};
