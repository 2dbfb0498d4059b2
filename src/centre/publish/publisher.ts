/**
 * Publishing as work of its own: it belongs to no console and to no request. What is made of it is kept in the database as it is made and is
 * in force with one transaction, in which the number appears: before it no site sees anything of it, after it everything. A centre that was
 * killed goes on at its next start; a database or object store that is away is waited for.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../base/ids.ts';
import { asResult, Refused, unwrap } from '../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { changeSignal } from '../../node/change-signal.ts';
import type { Centre } from '../centre.ts';
import type { SessionView } from '../contract.ts';
import { practicalPapers } from '../paper/practical-papers.ts';
import { missingFor, newestPublication, sessionsOf } from '../project/projects.ts';
import type { Tables } from '../storage/tables.ts';
import type { PublicationWork } from './contract.ts';
import { clearUnused, keepPublication } from './keep-publication.ts';
import { makePackages } from './make-packages.ts';
import { Progress } from './progress.ts';
import { sealedPapers, sealPapers } from './seal-papers.ts';
import { Turns } from './turns.ts';

export interface Published {
  readonly publishedAt: number;
  readonly rooms: number;
}

interface Run {
  readonly id: string;
  readonly projectId: string;
  readonly number: number;
  readonly by: string;
  /** When it was begun, or went on after a restart: the publication's own time. */
  readonly at: number;
  readonly progress: Progress;
  readonly turns: Turns;
  problem: Refusal | null;
  /** In force: what is changed from now on is not in it. */
  final: boolean;
  /** It stands in the database that it is wanted. */
  written: Promise<Result<void>>;
  done: Promise<Result<Published>>;
}

const awayTypes: readonly string[] = ['database-unreachable', 'blob-store-unreachable'];
const awayMs = 2_000;
/** A project that somebody changes all the time is published when they rest. */
const mostTries = 10;

export class Publisher {
  /** Tells consoles how far it is. */
  readonly changed = changeSignal();
  readonly #of: () => Centre;
  readonly #runs = new Map<string, Run>();

  /** @param of the centre that this publisher is a part of. */
  constructor(of: () => Centre) {
    this.#of = of;
  }

  /** Goes on with what a centre that was killed or stopped had begun. */
  async resume(): Promise<void> {
    const rows = await this.#of()
      .db.selectFrom('publication_work')
      .selectAll()
      .where('problem_json', 'is', null)
      .execute();
    for (const row of rows) this.#start(row);
  }

  /** Begins a publication, or joins the one that is being made. @returns as soon as it is written down that it is wanted */
  async begin(projectId: string, account: string): Promise<Result<PublicationWork>> {
    const run = await this.#begun(projectId, account);
    if (!run.ok) return run;
    const written = await run.value.written;
    return written.ok ? ok(viewOf(run.value)) : written;
  }

  /** As `begin`. @returns when it is final, or why it is not */
  async publish(projectId: string, account: string): Promise<Result<Published>> {
    const run = await this.#begun(projectId, account);
    return run.ok ? run.value.done : run;
  }

  async #begun(projectId: string, account: string): Promise<Result<Run>> {
    const running = await this.#running(projectId);
    if (running) return ok(running);
    const centre = this.#of();
    const whole = await wholeSessions(centre, projectId);
    if (!whole.ok) return whole;
    const number = ((await newestPublication(centre, projectId))?.number ?? 0) + 1;
    const row: Tables['publication_work'] = {
      project_id: projectId,
      id: newId(),
      number,
      by_account: account,
      begun_at: centre.node.clock.now(),
      problem_json: null,
    };
    // Two who press at once make one publication: nothing is awaited between this look and the start.
    const meanwhile = this.#runs.get(projectId);
    return ok(meanwhile ?? this.#start(row, true));
  }

  /** One that is final already is not joined: what was changed since would not be in it. */
  async #running(projectId: string): Promise<Run | null> {
    for (;;) {
      const run = this.#runs.get(projectId);
      if (!run?.final) return run ?? null;
      await run.done;
    }
  }

  /** Refusals: `publication-not-running`, `publication-is-final`. */
  async cancel(projectId: string, account: string): Promise<Result<void>> {
    const centre = this.#of();
    const run = this.#runs.get(projectId);
    const gone = await centre.db
      .deleteFrom('publication_work')
      .where('project_id', '=', projectId)
      .returning(['number', 'problem_json'])
      .executeTakeFirst();
    if (!gone) return refuse({ type: run ? 'publication-is-final' : 'publication-not-running' });
    run?.turns.stop({ type: 'publication-cancelled' });
    await run?.done;
    if (gone.problem_json === null)
      await centre.node.journal.append([
        {
          kind: 'publication-cancelled',
          subject: `project:${projectId}`,
          data: { number: gone.number, by: account },
        },
      ]);
    await clearUnused(centre, projectId, new Turns());
    this.changed.notify();
    return ok();
  }

  /** null: none is being made, and none has failed. */
  async work(projectId: string): Promise<PublicationWork | null> {
    const run = this.#runs.get(projectId);
    if (run) return viewOf(run);
    const row = await this.#of()
      .db.selectFrom('publication_work')
      .selectAll()
      .where('project_id', '=', projectId)
      .executeTakeFirst();
    if (!row || row.problem_json === null) return null;
    return {
      number: row.number,
      begunAt: row.begun_at,
      by: row.by_account,
      phase: 'papers',
      papers: { done: 0, of: 0 },
      packages: { done: 0, of: 0, unchanged: 0 },
      perSecond: null,
      secondsLeft: null,
      problem: JSON.parse(row.problem_json) as Refusal,
      running: false,
    };
  }

  /** Before the centre closes: what is being made goes on at the next start. */
  async stop(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const run of runs) run.turns.stop({ type: 'publication-interrupted' });
    await Promise.all(runs.map((run) => run.done));
  }

  /** @param fresh to be written down first. */
  #start(row: Tables['publication_work'], fresh = false): Run {
    const { node } = this.#of();
    const run: Run = {
      id: row.id,
      projectId: row.project_id,
      number: row.number,
      by: row.by_account,
      at: node.clock.now(),
      progress: new Progress(
        () => node.clock.monotonic(),
        () => this.changed.notify(),
      ),
      turns: new Turns(),
      problem: null,
      final: false,
      written: fresh ? asResult(() => this.#write(row)) : Promise.resolve(ok()),
      done: Promise.resolve(refuse({ type: 'publication-not-running' })),
    };
    this.#runs.set(run.projectId, run);
    run.done = this.#make(run).finally(() => {
      this.#runs.delete(run.projectId);
      this.changed.notify();
    });
    return run;
  }

  async #make(run: Run): Promise<Result<Published>> {
    try {
      const written = await run.written;
      if (!written.ok) return written;
      const made = await asResult(() => this.#patiently(run));
      if (!made.ok && run.turns.stopped === null) await this.#fail(run, made.refusal);
      return made;
    } catch (error) {
      this.#of().node.log.error({ err: error }, 'publication failed');
      const problem: Refusal = { type: 'publication-failed', problem: (error as Error).message };
      await this.#fail(run, problem);
      return { ok: false, refusal: problem };
    }
  }

  async #write(row: Tables['publication_work']): Promise<void> {
    const { id, number, by_account, begun_at, problem_json } = row;
    await this.#of()
      .db.insertInto('publication_work')
      .values(row)
      .onConflict((conflict) =>
        conflict.column('project_id').doUpdateSet({ id, number, by_account, begun_at, problem_json }),
      )
      .execute();
  }

  async #fail(run: Run, problem: Refusal): Promise<void> {
    const { db, node } = this.#of();
    try {
      await db
        .updateTable('publication_work')
        .set({ problem_json: JSON.stringify(problem) })
        .where('project_id', '=', run.projectId)
        .where('id', '=', run.id)
        .execute();
    } catch (error) {
      // The disk or the database: then the next start tries it again.
      node.log.error({ err: error }, 'end of a publication not kept');
    }
  }

  /** A database or object store that is away is not a reason to give up what is half made. */
  async #patiently(run: Run): Promise<Published> {
    for (;;) {
      const made = await asResult(() => this.#untilNobodyChanges(run));
      if (made.ok) return made.value;
      if (!awayTypes.includes(made.refusal.type)) throw new Refused(made.refusal);
      run.problem = made.refusal;
      this.changed.notify();
      await pause(awayMs);
      await run.turns.pass();
      run.problem = null;
    }
  }

  async #untilNobodyChanges(run: Run): Promise<Published> {
    for (let tries = 1; ; tries++) {
      const made = await asResult(() => this.#once(run));
      if (made.ok) return made.value;
      if (made.refusal.type !== 'changed-meanwhile' || tries === mostTries) throw new Refused(made.refusal);
    }
  }

  async #once(run: Run): Promise<Published> {
    const centre = this.#of();
    const { projectId, number, at, progress, turns } = run;
    const { revision } = await centre.db
      .selectFrom('project')
      .select('revision')
      .where('id', '=', projectId)
      .executeTakeFirstOrThrow();
    const newest = await newestPublication(centre, projectId);
    if (newest && newest.number >= number) throw new Refused({ type: 'publication-is-final' });
    const sessions = unwrap(await wholeSessions(centre, projectId));
    await sealPapers(centre, sessions, progress, turns);
    const papers = await sealedPapers(centre.db, sessions);
    const made = await makePackages(
      centre,
      { projectId, number, at },
      newest?.number ?? null,
      { sessions, papers },
      progress,
      turns,
    );
    await turns.pass();
    progress.begin('final', 1);
    await keepPublication(centre, run, revision, sessions, papers, made);
    run.final = true;
    await centre.node.journal.append([
      {
        kind: 'published',
        subject: `project:${projectId}`,
        data: { number, rooms: made.rooms, changed: made.changed, by: run.by },
      },
    ]);
    centre.changed.notify();
    await clearUnused(centre, projectId, new Turns());
    return { publishedAt: at, rooms: made.rooms };
  }
}

/** Publishes and waits for it. */
export function publish(centre: Centre, projectId: string, account: string): Promise<Result<Published>> {
  return centre.publisher.publish(projectId, account);
}

/** Every subject of every session has its paper. */
async function wholeSessions(centre: Centre, projectId: string): Promise<Result<SessionView[]>> {
  const sessions = await sessionsOf(centre, projectId);
  const someone = await centre.db
    .selectFrom('candidate')
    .select('id')
    .where('project_id', '=', projectId)
    .limit(1)
    .executeTakeFirst();
  const missing = missingFor(sessions, someone ? 1 : 0, await practicalPapers(centre, projectId));
  return missing.length > 0 ? refuse({ type: 'publication-incomplete', missing }) : ok(sessions);
}

function viewOf(run: Run): PublicationWork {
  return {
    number: run.number,
    begunAt: run.at,
    by: run.by,
    ...run.progress.view(),
    problem: run.problem,
    running: true,
  };
}
