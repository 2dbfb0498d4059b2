/**
 * The room's environment check: one run at a time, for all seats or for some. A seat learns of it with its order, reports what it measures as
 * it goes along, and is not reached when it says nothing for a minute. What a person does at a seat (keys, microphone) may come later.
 */
import * as z from 'zod';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { judge, worst, type CheckingRoom, type EnvironmentVerdict } from '../../exam/environment/judge.ts';
import {
  personalChecks,
  type EnvironmentOrder,
  type EnvironmentReport,
  type Measured,
} from '../../exam/environment/measured.ts';
import type { Requirements } from '../../exam/environment/requirements.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Settings } from '../../node/settings.ts';
import { EnvironmentResults, type EnvironmentResult } from './results.ts';

/** Of the steady clock. */
export const silenceLimitMs = 60_000;
/** Probes for one seat in a run: more would only load the network. */
const probesPerSeat = 5;
/** At the same time: a thousand seats that fetch together would measure each other. */
const probesAtOnce = 8;

const runSchema = z.object({ id: z.string(), startedAt: z.number().int(), seats: z.array(z.string()) });
export type Run = z.infer<typeof runSchema>;

interface Progress {
  measured: Measured;
  /** Own steady clock. */
  heardAt: number;
  probes: number;
}

export type SeatCheckState =
  | 'unchecked'
  | 'waiting'
  | 'checking'
  | 'not-reached'
  | EnvironmentVerdict['state'];

export interface EnvironmentCheckOptions {
  readonly results: EnvironmentResults;
  readonly settings: Pick<Settings, 'read' | 'write'>;
  readonly journal: Pick<Journal, 'append'>;
  readonly clock: Clock;
  readonly room: CheckingRoom;
  readonly requirements: () => Requirements;
  /** Personal tests would stand in the way of those who sign in. */
  readonly signInOpen: () => boolean;
  readonly isApproved: (seatId: string) => boolean;
  readonly onChange: () => void;
}

export class EnvironmentCheck {
  readonly #options: EnvironmentCheckOptions;
  #run: Run | null;
  readonly #progress = new Map<string, Progress>();
  #probes = 0;
  readonly #judged = new WeakMap<
    EnvironmentResult,
    { needs: Requirements; verdicts: EnvironmentVerdict[] }
  >();

  constructor(options: EnvironmentCheckOptions) {
    this.#options = options;
    this.#run = options.settings.read('environment-run', runSchema);
    // A run that a restart interrupted goes on: those who have not answered have another minute.
    for (const seatId of this.#run?.seats ?? [])
      if (options.results.of(seatId)?.run !== this.#run?.id) this.#expect(seatId);
  }

  get run(): Run | null {
    return this.#run;
  }

  get running(): boolean {
    return this.#progress.size > 0;
  }

  async start(seatIds: readonly string[], by: string): Promise<Result<void>> {
    if (this.running) return refuse({ type: 'environment-check-runs' });
    if (seatIds.length === 0) return refuse({ type: 'no-seats-to-check' });
    const { clock, settings, journal, onChange } = this.#options;
    const run: Run = { id: newId(), startedAt: clock.now(), seats: [...seatIds] };
    // Before anything is awaited, so that a second start meets this one.
    this.#run = run;
    for (const seatId of seatIds) this.#expect(seatId);
    settings.write('environment-run', run);
    await journal.append([
      {
        kind: 'environment-check-started',
        subject: 'room',
        data: { run: run.id, seats: seatIds.length, by },
      },
    ]);
    onChange();
    return ok();
  }

  #expect(seatId: string): void {
    this.#progress.set(seatId, { measured: {}, heardAt: this.#options.clock.monotonic(), probes: 0 });
  }

  /** What the seat has to measure now; null: nothing. */
  orderFor(seatId: string): EnvironmentOrder | null {
    const needs = this.#options.requirements();
    const result = this.#options.results.of(seatId);
    const underWay = this.#progress.has(seatId);
    const run = underWay ? this.#run?.id : result?.reached ? result.run : undefined;
    if (run === undefined) return null;
    const known = underWay ? this.#progress.get(seatId)?.measured : result?.measured;
    const asks = this.#options.signInOpen()
      ? []
      : personalChecks.filter((id) => needs[id] && known?.[id] === undefined);
    return underWay || asks.length > 0 ? { run, programs: [...needs.programs], asks } : null;
  }

  /** Takes what a seat measured. Only from a seat that this run is about, and of this run. */
  async take(seatId: string, report: EnvironmentReport): Promise<Result<void>> {
    if (report.seat !== seatId) return refuse({ type: 'not-this-seat' });
    const progress = this.#progress.get(seatId);
    if (progress && report.run === this.#run?.id) {
      progress.heardAt = this.#options.clock.monotonic();
      progress.measured = { ...progress.measured, ...report.measured };
      if (report.done) await this.#finish(seatId, true);
      else this.#options.onChange();
      return ok();
    }
    const result = this.#options.results.of(seatId);
    if (!result?.reached || result.run !== report.run) return refuse({ type: 'environment-check-over' });
    const personal = Object.fromEntries(
      personalChecks.flatMap((id) => {
        const found = report.measured[id];
        return found === undefined ? [] : [[id, found]];
      }),
    );
    // Said again because the answer was lost on its way.
    if (Object.keys(personal).length === 0) return ok();
    await this.#keep(seatId, { ...result, measured: { ...result.measured, ...personal } });
    return ok();
  }

  /** The seat is still there. */
  heard(seatId: string, run: string): Result<void> {
    const progress = this.#progress.get(seatId);
    if (!progress || run !== this.#run?.id) return refuse({ type: 'environment-check-over' });
    progress.heardAt = this.#options.clock.monotonic();
    return ok();
  }

  /** May the seat fetch a probe now? @returns what has to be called when it has it. */
  openProbe(seatId: string, run: string): Result<() => void> {
    const heard = this.heard(seatId, run);
    if (!heard.ok) return heard;
    const progress = this.#progress.get(seatId);
    if (!progress || progress.probes >= probesPerSeat) return refuse({ type: 'too-many-probes' });
    if (this.#probes >= probesAtOnce) return refuse({ type: 'probe-busy' });
    progress.probes++;
    this.#probes++;
    let open = true;
    return ok(() => {
      if (open) this.#probes--;
      open = false;
    });
  }

  /** Looks for seats that have said nothing for too long; called again and again while time passes. */
  async look(): Promise<void> {
    const now = this.#options.clock.monotonic();
    for (const [seatId, { heardAt }] of this.#progress) {
      if (!this.#options.isApproved(seatId)) {
        this.#progress.delete(seatId);
        this.#options.onChange();
      } else if (now - heardAt > silenceLimitMs) await this.#finish(seatId, false);
    }
  }

  stateOf(seatId: string): SeatCheckState {
    const progress = this.#progress.get(seatId);
    if (progress) return Object.keys(progress.measured).length === 0 ? 'waiting' : 'checking';
    const result = this.#options.results.of(seatId);
    if (!result) return 'unchecked';
    return result.reached ? worst(this.verdictsOf(seatId)) : 'not-reached';
  }

  /** By what is required now, also when that was loaded after the check; of a seat that is being checked, what it has measured so far. */
  verdictsOf(seatId: string): readonly EnvironmentVerdict[] {
    const { room } = this.#options;
    const needs = this.#options.requirements();
    const progress = this.#progress.get(seatId);
    if (progress) {
      const { measured } = progress;
      return judge(measured, needs, room).filter(({ id }) => measured[id] !== undefined);
    }
    const result = this.#options.results.of(seatId);
    if (!result) return [];
    const known = this.#judged.get(result);
    if (known?.needs === needs) return known.verdicts;
    const all = judge(result.measured, needs, room);
    const verdicts = result.reached ? all : all.filter(({ id }) => result.measured[id] !== undefined);
    this.#judged.set(result, { needs, verdicts });
    return verdicts;
  }

  checkedAt(seatId: string): number | null {
    return this.#options.results.of(seatId)?.at ?? null;
  }

  forget(seatId: string): void {
    this.#progress.delete(seatId);
    this.#options.results.forget(seatId);
  }

  async #finish(seatId: string, reached: boolean): Promise<void> {
    const progress = this.#progress.get(seatId);
    const run = this.#run;
    if (!progress || !run) return;
    this.#progress.delete(seatId);
    const { measured } = progress;
    await this.#keep(seatId, { run: run.id, at: this.#options.clock.now(), reached, measured });
  }

  async #keep(seatId: string, result: EnvironmentResult): Promise<void> {
    const { results, journal, onChange } = this.#options;
    results.keep(seatId, result);
    const verdicts = this.verdictsOf(seatId);
    const ids = (state: EnvironmentVerdict['state']): string[] =>
      verdicts.filter((one) => one.state === state).map(({ id }) => id);
    onChange();
    await journal.append([
      {
        kind: 'environment-checked',
        subject: `seat:${seatId}`,
        data: { run: result.run, reached: result.reached, failed: ids('failed'), warnings: ids('warning') },
      },
    ]);
  }
}
