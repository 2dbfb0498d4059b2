/**
 * Work that belongs to no console and to no request, one at a time of each thing: a publication of a project, materials of an event. A row
 * of its own table says that it is wanted before anything is made: `wanted → made | failed`. A centre that was killed or stopped goes on at
 * its next start; what is away is waited for; why it failed is kept with the row until it is begun anew or put away.
 *
 * Each kind says only what is its own: the row, and how it is made.
 */
import { asResult } from '../../base/refused.ts';
import { refuse, type Refusal, type Result } from '../../base/result.ts';
import { changeSignal } from '../../node/change-signal.ts';
import { awayIn, patiently } from './patience.ts';
import { Turns } from './turns.ts';

export interface Run<Job, Done> {
  readonly job: Job;
  readonly turns: Turns;
  /** What it waits for just now. */
  waitsFor: Refusal | null;
  /** What is asked for from now on is not in it. */
  closed: boolean;
  /** Its row stands in the database; or why not, and nothing is made. */
  readonly written: Promise<Result<void>>;
  /** Made, stopped or failed. Never rejects. */
  readonly done: Promise<Result<Done>>;
}

interface Words {
  readonly log: () => { error(values: object, message: string): void };
  /** Types of refusals: stopped with the centre, and failed with a `problem` that nobody expected. */
  readonly interrupted: string;
  readonly failed: string;
}

export abstract class BackgroundWork<Job, Done = void> {
  /** Tells consoles how far it is. */
  readonly changed = changeSignal();
  readonly #words: Words;
  readonly #runs = new Map<string, Run<Job, Done>>();

  protected constructor(words: Words) {
    this.#words = words;
  }

  /** What stands written down and has not failed, by what it is a work of. */
  protected abstract wanted(): Promise<(readonly [key: string, job: Job])[]>;

  /** Also after a wait and after a restart: what was made before is passed over. Its row goes with the last of it. */
  protected abstract make(run: Run<Job, Done>): Promise<Done>;

  protected abstract keepFailure(job: Job, problem: Refusal): Promise<void>;

  /** Something else than how much is done. */
  protected tell(): void {
    this.changed.notify();
  }

  /** Goes on with what a centre that was killed or stopped had begun. */
  async resume(): Promise<void> {
    for (const [key, job] of await this.wanted()) this.start(key, job);
  }

  /** Before the centre closes: what is being made goes on at the next start. */
  async stop(): Promise<void> {
    await Promise.all([...this.#runs.keys()].map((key) => this.end(key, { type: this.#words.interrupted })));
  }

  /** Begins it, or joins the one that is being made: two who ask at once get one. @param write its row */
  protected start(
    key: string,
    job: Job,
    write: () => Promise<void> = () => Promise.resolve(),
  ): Run<Job, Done> {
    const before = this.#runs.get(key);
    if (before) return before;
    const turns = new Turns();
    const written = asResult(write).catch((error: unknown) => refuse(awayIn(error) ?? this.#failure(error)));
    const run: Run<Job, Done> = {
      job,
      turns,
      waitsFor: null,
      closed: false,
      written,
      done: written
        .then((is) => (is.ok ? this.#make(run) : is))
        .finally(() => {
          this.#runs.delete(key);
          this.tell();
        }),
    };
    this.#runs.set(key, run);
    return run;
  }

  protected running(key: string): Run<Job, Done> | null {
    return this.#runs.get(key) ?? null;
  }

  /** One that still takes what is asked for now; one that does not is waited for. */
  protected async open(key: string): Promise<Run<Job, Done> | null> {
    for (let run = this.running(key); run !== null; run = this.running(key)) {
      if (!run.closed) return run;
      await run.done;
    }
    return null;
  }

  /** Stops one. @returns when it has ended */
  protected async end(key: string, reason: Refusal): Promise<void> {
    const run = this.running(key);
    run?.turns.stop(reason);
    await run?.done;
  }

  async #make(run: Run<Job, Done>): Promise<Result<Done>> {
    const made = await patiently(() => this.make(run), {
      turns: run.turns,
      onWait: (away) => {
        run.waitsFor = away;
        if (away !== null) this.tell();
      },
      failure: (error) => this.#failure(error),
    });
    if (!made.ok && run.turns.stopped === null) await this.#keepFailure(run.job, made.refusal);
    return made;
  }

  async #keepFailure(job: Job, problem: Refusal): Promise<void> {
    try {
      await this.keepFailure(job, problem);
    } catch (error) {
      // The disk or the database: then the next start tries it again.
      this.#words.log().error({ err: error, problem }, 'why a work has ended was not kept');
    }
  }

  #failure(error: unknown): Refusal {
    const { log, failed } = this.#words;
    log().error({ err: error }, failed);
    return { type: failed, problem: (error as Error).message };
  }
}
