/**
 * Publishing as work of its own: it belongs to no console and to no request. What is made of it is kept in the database as it is made and is
 * in force with one transaction, in which the number appears: before it no site sees anything of it, after it everything. A centre that was
 * killed goes on at its next start; a database or object store that is away is waited for.
 */
import { newId } from '../../base/ids.ts';
import { asResult, Refused, unwrap } from '../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Centre } from '../centre.ts';
import type { SessionView } from '../contract.ts';
import { practicalPapers } from '../paper/practical-papers.ts';
import { missingFor, newestPublication, sessionsOf } from '../project/projects.ts';
import type { Tables } from '../storage/tables.ts';
import { BackgroundWork, type Run } from '../work/background-work.ts';
import { Turns } from '../work/turns.ts';
import type { PublicationWork } from './contract.ts';
import { clearUnused, keepPublication } from './keep-publication.ts';
import { makePackages, type Made } from './make-packages.ts';
import { notBegun, PublicationProgress } from './progress.ts';
import { sealedPapers, sealPapers } from './seal-papers.ts';

export interface Published {
  readonly publishedAt: number;
  readonly rooms: number;
}

interface Job {
  readonly row: Tables['publication_work'];
  /** When it was begun, or went on after a restart: the publication's own time. */
  readonly at: number;
  readonly progress: PublicationProgress;
  /** null: not in force yet. */
  made: Made | null;
  entered: boolean;
}

/** A project that somebody changes all the time is published when they rest. */
const mostTries = 10;

export class Publisher extends BackgroundWork<Job, Published> {
  readonly #of: () => Centre;

  /** @param of the centre that this publisher is a part of. */
  constructor(of: () => Centre) {
    super({
      log: () => of().node.log,
      interrupted: 'publication-interrupted',
      failed: 'publication-failed',
    });
    this.#of = of;
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

  async #begun(projectId: string, account: string): Promise<Result<Run<Job, Published>>> {
    const running = await this.open(projectId);
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
    return ok(this.start(projectId, this.#job(row), () => this.#write(row)));
  }

  /** Refusals: `publication-not-running`, `publication-is-final`. */
  async cancel(projectId: string, account: string): Promise<Result<void>> {
    const centre = this.#of();
    const running = this.running(projectId) !== null;
    const gone = await centre.db
      .deleteFrom('publication_work')
      .where('project_id', '=', projectId)
      .returning(['number', 'problem_json'])
      .executeTakeFirst();
    if (!gone) return refuse({ type: running ? 'publication-is-final' : 'publication-not-running' });
    await this.end(projectId, { type: 'publication-cancelled' });
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
    const run = this.running(projectId);
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
      ...notBegun,
      perSecond: null,
      secondsLeft: null,
      problem: JSON.parse(row.problem_json) as Refusal,
      running: false,
    };
  }

  protected async wanted(): Promise<[string, Job][]> {
    const rows = await this.#of()
      .db.selectFrom('publication_work')
      .selectAll()
      .where('problem_json', 'is', null)
      .execute();
    return rows.map((row) => [row.project_id, this.#job(row)]);
  }

  #job(row: Tables['publication_work']): Job {
    const { clock } = this.#of().node;
    return {
      row,
      at: clock.now(),
      progress: new PublicationProgress(clock, () => this.changed.notify()),
      made: null,
      entered: false,
    };
  }

  async #write(row: Tables['publication_work']): Promise<void> {
    const { project_id: _, ...values } = row;
    await this.#of()
      .db.insertInto('publication_work')
      .values(row)
      .onConflict((conflict) => conflict.column('project_id').doUpdateSet(values))
      .execute();
  }

  protected async keepFailure({ row }: Job, problem: Refusal): Promise<void> {
    await this.#of()
      .db.updateTable('publication_work')
      .set({ problem_json: JSON.stringify(problem) })
      .where('project_id', '=', row.project_id)
      .where('id', '=', row.id)
      .execute();
  }

  protected async make(run: Run<Job, Published>): Promise<Published> {
    const { job } = run;
    const { project_id: projectId, number, by_account: by } = job.row;
    const centre = this.#of();
    // In force once: after a wait only what follows from it is left.
    job.made ??= await this.#untilNobodyChanges(run);
    run.closed = true;
    const { rooms, changed } = job.made;
    if (!job.entered)
      await centre.node.journal.append([
        { kind: 'published', subject: `project:${projectId}`, data: { number, rooms, changed, by } },
      ]);
    job.entered = true;
    centre.changed.notify();
    await clearUnused(centre, projectId, new Turns());
    return { publishedAt: job.at, rooms };
  }

  async #untilNobodyChanges(run: Run<Job, Published>): Promise<Made> {
    for (let tries = 1; ; tries++) {
      const made = await asResult(() => this.#once(run));
      if (made.ok) return made.value;
      if (made.refusal.type !== 'changed-meanwhile' || tries === mostTries) throw new Refused(made.refusal);
    }
  }

  async #once({ job, turns }: Run<Job, Published>): Promise<Made> {
    const centre = this.#of();
    const { row, at, progress } = job;
    const { id, project_id: projectId, number, by_account: by } = row;
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
    await keepPublication(centre, { id, projectId, number, at, by }, revision, sessions, papers, made);
    return made;
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

function viewOf({ job: { row, at, progress }, waitsFor }: Run<Job, Published>): PublicationWork {
  return {
    number: row.number,
    begunAt: at,
    by: row.by_account,
    ...progress.view(),
    problem: waitsFor,
    running: true,
  };
}
