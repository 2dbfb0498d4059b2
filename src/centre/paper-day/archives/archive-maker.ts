/**
 * Archives of sites for 7-Zip, where a project opens with a password, as work of its own: begun while the event's key is open for the sites'
 * access keys, and made one after the other while nobody has to wait. The key stays in memory until the last one is made and is written
 * nowhere: what a killed or stopped centre had begun is said to be interrupted, and a person makes keys again. What was made stays.
 */
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import type { Words } from '../../../exam/form/template.ts';
import type { Centre } from '../../centre.ts';
import type { Tables } from '../../storage/tables.ts';
import { BackgroundWork, type Run } from '../../work/background-work.ts';
import type { WorkView } from '../../work/contract.ts';
import { Progress } from '../../work/progress.ts';
import { workView } from '../../work/work-view.ts';
import type { EventOnDay } from '../event-day.ts';
import { makeArchive, type MadeArchive } from './make-archive.ts';

export interface ArchivesWanted {
  readonly event: EventOnDay;
  readonly siteCodes: readonly string[];
  /** The event's secret key. */
  readonly key: string;
  /** Of the forms and the list of kits. */
  readonly language: keyof Words;
  readonly account: string;
}

/** An archive that is to be made, or is made. */
interface Wanted {
  readonly siteCode: string;
  readonly by: ArchivesWanted;
  made: boolean;
}

interface Job {
  readonly row: Tables['archive_work'];
  readonly progress: Progress;
  /** By site and revision; more may come while it is made. */
  readonly wanted: Map<string, Wanted>;
  /** What the journal does not have yet, and who wanted it. */
  toEnter: (MadeArchive & { readonly by: string })[];
}

/** What a killed centre may have made without an entry. */
const archivesOfEntry = 50;

export class ArchiveMaker extends BackgroundWork<Job> {
  readonly #of: () => Centre;

  /** @param of the centre that this is a part of. */
  constructor(of: () => Centre) {
    super({ log: () => of().node.log, interrupted: 'archives-interrupted', failed: 'archives-failed' });
    this.#of = of;
  }

  /** For every site whose materials have none in their present revision. @returns when it is written down, for how many that were not wanted before */
  async begin(wanted: ArchivesWanted): Promise<Result<number>> {
    const { db, node } = this.#of();
    const { id: eventId, project_id } = wanted.event.row;
    const lacking = await this.#lacking(eventId, wanted.siteCodes);
    const running = await this.open(eventId);
    if (lacking.length === 0 && running === null) {
      // What an earlier one could not make has been made since, or is not wanted any more.
      await db.deleteFrom('archive_work').where('event_id', '=', eventId).execute();
      return ok(0);
    }
    const values = { project_id, by_account: wanted.account, begun_at: node.clock.now(), problem_json: null };
    const row = { event_id: eventId, ...values };
    const progress = new Progress(node.clock, () => this.changed.notify());
    const job: Job = { row, progress, wanted: new Map(), toEnter: [] };
    const run = this.start(eventId, job, async () => {
      await db
        .insertInto('archive_work')
        .values(row)
        .onConflict((conflict) => conflict.column('event_id').doUpdateSet(values))
        .execute();
    });
    const fresh = lacking.filter(
      ({ site_code, revision }) => !run.job.wanted.has(`${site_code} ${revision}`),
    );
    for (const { site_code: siteCode, revision } of fresh)
      run.job.wanted.set(`${siteCode} ${revision}`, { siteCode, by: wanted, made: false });
    run.job.progress.widen(fresh.length);
    const written = await run.written;
    return written.ok ? ok(fresh.length) : written;
  }

  /** Archives that are made stay. Also puts away what was interrupted or failed. Refusal `archives-not-running`. */
  async cancel(projectId: string, eventId: string): Promise<Result<void>> {
    const gone = await this.#of()
      .db.deleteFrom('archive_work')
      .where('event_id', '=', eventId)
      .where('project_id', '=', projectId)
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n) return refuse({ type: 'archives-not-running' });
    await this.end(eventId, { type: 'archives-cancelled' });
    this.tell();
    return ok();
  }

  /** null: none are being made, and none are left to be made of those that were wanted. */
  async view(eventId: string): Promise<WorkView | null> {
    const run = this.running(eventId);
    if (run) return workView(run.job.row, run);
    const row = await this.#of()
      .db.selectFrom('archive_work')
      .selectAll()
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    if (!row) return null;
    const view = workView(row, null);
    return { ...view, problem: view.problem ?? { type: 'archives-interrupted' } };
  }

  /** When what is being made now has ended: made, stopped or failed. */
  async finished(eventId: string): Promise<Result<void>> {
    return (await this.running(eventId)?.done) ?? ok();
  }

  protected override tell(): void {
    this.changed.notify();
    this.#of().changed.notify();
  }

  /** None goes on without a person: the event's key is not kept. */
  protected wanted(): Promise<never[]> {
    return Promise.resolve([]);
  }

  protected async keepFailure({ row }: Job, problem: Refusal): Promise<void> {
    await this.#of()
      .db.updateTable('archive_work')
      .set({ problem_json: JSON.stringify(problem) })
      .where('event_id', '=', row.event_id)
      .execute();
  }

  protected async make(run: Run<Job, void>): Promise<void> {
    const { job, turns } = run;
    const centre = this.#of();
    const made = [...job.wanted.values()].filter((one) => one.made).length;
    job.progress.begin(job.wanted.size, made);
    try {
      // Also those that come while it goes on.
      for (const one of job.wanted.values()) {
        if (one.made) continue;
        await turns.pass();
        const archive = await makeArchive(centre, one.by, one.siteCode, turns);
        if (archive !== null) job.toEnter.push({ ...archive, by: one.by.account });
        one.made = true;
        job.progress.add(1);
        centre.changed.notify();
        if (job.toEnter.length >= archivesOfEntry) await this.#enter(job);
      }
      run.closed = true;
    } finally {
      await this.#enter(job);
    }
    await centre.db.deleteFrom('archive_work').where('event_id', '=', job.row.event_id).execute();
  }

  async #enter(job: Job): Promise<void> {
    const { event_id, project_id: project } = job.row;
    const entries = [...Map.groupBy(job.toEnter, ({ by }) => by)].map(([by, archives]) => ({
      kind: 'site-archives-made',
      subject: `event:${event_id}`,
      data: {
        project,
        archives: archives.map(({ site, revision, digest }) => ({ site, revision, digest })),
        by,
      },
    }));
    if (entries.length > 0) await this.#of().node.journal.append(entries);
    job.toEnter = [];
  }

  async #lacking(
    eventId: string,
    siteCodes: readonly string[],
  ): Promise<Pick<Tables['site_material'], 'site_code' | 'revision'>[]> {
    const rows = await this.#of()
      .db.selectFrom('site_material')
      .leftJoin('site_archive', (join) =>
        join
          .onRef('site_archive.event_id', '=', 'site_material.event_id')
          .onRef('site_archive.site_code', '=', 'site_material.site_code')
          .onRef('site_archive.revision', '=', 'site_material.revision'),
      )
      .select(['site_material.site_code', 'site_material.revision'])
      .where('site_material.event_id', '=', eventId)
      .where('site_archive.digest', 'is', null)
      .orderBy('site_material.site_code')
      .execute();
    const chosen = new Set(siteCodes);
    return rows.filter(({ site_code }) => chosen.has(site_code));
  }
}
