/** How fast the room answers, how far its clock is away, and how long a million bytes from it take. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { MeasuredValues } from '../../exam/environment/measured.ts';

export interface RoomQuestions {
  ask(path: string, body: unknown): Promise<Result<unknown>>;
  /** Fetches bytes and only counts them. */
  fetchBytes(path: string): Promise<Result<{ bytes: number }>>;
}

const echoes = 5;
/** While other seats measure, this one waits its turn so long, ms. */
const patienceMs = 240_000;
const echoAnswerSchema = z.object({ at: z.number() });

export interface Echo {
  readonly roundTripMs: number;
  readonly offsetMs: number;
}

/** The quickest answer of several counts: the others waited for something else. */
export async function echo(room: RoomQuestions, run: string, now: () => number): Promise<Result<Echo>> {
  let best: Echo | null = null;
  for (let i = 0; i < echoes; i++) {
    const [begun, wall] = [performance.now(), now()];
    const answered = await room.ask('/environment/echo', { run });
    const roundTripMs = performance.now() - begun;
    if (!answered.ok) return answered;
    const said = echoAnswerSchema.safeParse(answered.value);
    if (!said.success) return refuse({ type: 'parent-not-understood' });
    // The room read its clock in the middle between question and answer.
    const offsetMs = said.data.at - (wall + roundTripMs / 2);
    if (best === null || roundTripMs < best.roundTripMs) best = { roundTripMs, offsetMs };
  }
  return best === null ? refuse({ type: 'parent-not-understood' }) : ok(best);
}

/** The room lets a few seats measure at a time. */
export async function fetchProbe(
  room: RoomQuestions,
  run: string,
  stop: AbortSignal,
): Promise<Result<Pick<MeasuredValues['network'], 'bytes' | 'tookMs'>>> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const begun = performance.now();
    const fetched = await room.fetchBytes(`/environment/probe/${encodeURIComponent(run)}`);
    if (fetched.ok) return ok({ bytes: fetched.value.bytes, tookMs: performance.now() - begun });
    if (fetched.refusal.type !== 'probe-busy' || stop.aborted || performance.now() > until) return fetched;
    await sleep(200 + Math.random() * 800, undefined, { signal: stop }).catch(() => undefined);
  }
}
