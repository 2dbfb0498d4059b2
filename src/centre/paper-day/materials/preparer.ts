/**
 * Preparing materials as work of its own: it belongs to no console and to no request. Site after site gets its plan; one whose plan and
 * question papers are what they were keeps its revision. So a centre that was killed begins from the front at its next start, and what was
 * made before is passed over.
 */
import { utf8 } from '../../../base/bytes.ts';
import { unwrap } from '../../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { sha256Hex } from '../../../trust/digest.ts';
import { sealStream } from '../../../trust/seal.ts';
import type { Centre } from '../../centre.ts';
import { changeScans } from '../../scans/change-scans.ts';
import type { Tables } from '../../storage/tables.ts';
import { BackgroundWork, type Run } from '../../work/background-work.ts';
import { Progress } from '../../work/progress.ts';
import { workView } from '../../work/work-view.ts';
import type { Preparing } from '../contract.ts';
import { dayEventOf, eventOnDay, type EventOnDay } from '../event-day.ts';
import { missingForMaterials, preparedFrom } from './missing.ts';
import { papersOfEvent, sealOfEvent } from './question-papers.ts';
import { planOfSite, roomsOf } from './site-plan.ts';

interface Job {
  readonly row: Tables['material_work'];
  /** Sites. */
  readonly progress: Progress;
  unchanged: number;
}

export class MaterialsPreparer extends BackgroundWork<Job> {
  readonly #of: () => Centre;

  /** @param of the centre that this is a part of. */
  constructor(of: () => Centre) {
    super({ log: () => of().node.log, interrupted: 'preparing-interrupted', failed: 'preparing-failed' });
    this.#of = of;
  }

  /** Begins it, or joins what is under way. Refusals: `no-such-event`, `materials-incomplete`. @returns when it is written down that it is wanted */
  async begin(projectId: string, eventId: string, account: string): Promise<Result<void>> {
    const run = await this.#begun(projectId, eventId, account);
    return run.ok ? run.value.written : run;
  }

  /** As `begin`. @returns when it is done, or why it is not */
  async prepare(projectId: string, eventId: string, account: string): Promise<Result<void>> {
    const run = await this.#begun(projectId, eventId, account);
    return run.ok ? run.value.done : run;
  }

  async #begun(projectId: string, eventId: string, account: string): Promise<Result<Run<Job, void>>> {
    const running = this.running(eventId);
    if (running) return ok(running);
    const { db, node } = this.#of();
    const event = await eventOnDay(db, projectId, eventId);
    if (!event.ok) return event;
    const missing = await missingForMaterials(db, event.value);
    if (missing.length > 0) return refuse({ type: 'materials-incomplete', missing });
    const values = {
      project_id: projectId,
      by_account: account,
      begun_at: node.clock.now(),
      problem_json: null,
    };
    const row = { event_id: eventId, ...values };
    const write = async (): Promise<void> => {
      await db
        .insertInto('material_work')
        .values(row)
        .onConflict((conflict) => conflict.column('event_id').doUpdateSet(values))
        .execute();
    };
    return ok(this.start(eventId, this.#job(row), write));
  }

  /** Sites that are prepared stay so. Refusal `preparing-not-running`. */
  async cancel(projectId: string, eventId: string): Promise<Result<void>> {
    const gone = await this.#of()
      .db.deleteFrom('material_work')
      .where('event_id', '=', eventId)
      .where('project_id', '=', projectId)
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n) return refuse({ type: 'preparing-not-running' });
    await this.end(eventId, { type: 'preparing-cancelled' });
    this.tell();
    return ok();
  }

  /** null: none is under way, and none has failed. */
  async view(eventId: string): Promise<Preparing | null> {
    const run = this.running(eventId);
    if (run) return { ...workView(run.job.row, run), unchanged: run.job.unchanged };
    const row = await this.#of()
      .db.selectFrom('material_work')
      .selectAll()
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    return row && row.problem_json !== null ? { ...workView(row, null), unchanged: 0 } : null;
  }

  protected override tell(): void {
    this.changed.notify();
    this.#of().changed.notify();
  }

  protected async wanted(): Promise<[string, Job][]> {
    const rows = await this.#of()
      .db.selectFrom('material_work')
      .selectAll()
      .where('problem_json', 'is', null)
      .execute();
    return rows.map((row) => [row.event_id, this.#job(row)]);
  }

  #job(row: Tables['material_work']): Job {
    const progress = new Progress(this.#of().node.clock, () => this.changed.notify());
    return { row, progress, unchanged: 0 };
  }

  protected async keepFailure({ row }: Job, problem: Refusal): Promise<void> {
    await this.#of()
      .db.updateTable('material_work')
      .set({ problem_json: JSON.stringify(problem) })
      .where('event_id', '=', row.event_id)
      .where('begun_at', '=', row.begun_at)
      .execute();
  }

  protected async make({ job, turns }: Run<Job, void>): Promise<void> {
    const centre = this.#of();
    const { project_id: projectId, event_id: eventId, by_account: by, begun_at } = job.row;
    const event = unwrap(await eventOnDay(centre.db, projectId, eventId));
    const recipient = unwrap(await sealOfEvent(centre, projectId, eventId, by));
    const from = await preparedFrom(centre.db, event);
    const sites = await sitesOf(centre, eventId);
    job.progress.begin(sites.length);
    job.unchanged = 0;
    for (const siteCode of sites) {
      await turns.pass();
      const fresh = unwrap(await prepareSite(centre, event, siteCode, recipient));
      if (!fresh) job.unchanged++;
      job.progress.add(1);
    }
    const finished = await changeScans(centre, projectId, async (db) => {
      await db
        .updateTable('event_seal')
        .set({ prepared_from: from })
        .where('event_id', '=', eventId)
        .execute();
      const gone = await db
        .deleteFrom('material_work')
        .where('event_id', '=', eventId)
        .where('begun_at', '=', begun_at)
        .executeTakeFirst();
      return ok(gone.numDeletedRows > 0n);
    });
    if (!unwrap(finished)) return;
    await centre.node.journal.append([
      {
        kind: 'materials-prepared',
        subject: `event:${eventId}`,
        data: { project: projectId, sites: sites.length, changed: sites.length - job.unchanged, by },
      },
    ]);
  }
}

async function sitesOf({ db }: Centre, eventId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('event_site')
    .select('site_code')
    .where('event_id', '=', eventId)
    .orderBy('site_code')
    .execute();
  return rows.map(({ site_code }) => site_code);
}

/** @returns whether anything is another than before. */
async function prepareSite(
  centre: Centre,
  event: EventOnDay,
  siteCode: string,
  recipient: string,
): Promise<Result<boolean>> {
  const eventId = event.row.id;
  // Holding the register: a kit that comes meanwhile is in this plan whole, or in the next one.
  const planned = await changeScans(centre, event.row.project_id, async (db) => {
    const papers = await papersOfEvent(db, eventId);
    const plan = await planOfSite(db, event, siteCode, papers);
    const site = await db
      .selectFrom('site')
      .select(['name', 'region'])
      .where('project_id', '=', event.row.project_id)
      .where('code', '=', siteCode)
      .executeTakeFirst();
    const variants = papers.filter(({ variant }) => plan.variants.some((one) => one.variant === variant));
    const about = {
      event: dayEventOf(event),
      siteName: site?.name ?? siteCode,
      region: site?.region ?? '',
      rooms: roomsOf(plan.kits),
    };
    const content = sha256Hex(
      utf8(JSON.stringify([plan, about, recipient, variants.map(({ digest }) => digest)])),
    );
    const before = await db
      .selectFrom('site_material')
      .select(['revision', 'content'])
      .where('event_id', '=', eventId)
      .where('site_code', '=', siteCode)
      .executeTakeFirst();
    return ok({ plan, about, variants, content, before });
  });
  if (!planned.ok) return planned;
  const { plan, about, variants, content, before } = planned.value;
  if (before?.content === content) return ok(false);
  const sealed = await centre.blobs.put(
    sealStream([utf8(JSON.stringify(plan))], { recipients: [recipient] }),
  );
  const revision = (before?.revision ?? 0) + 1;
  const values = {
    revision,
    content,
    plan_digest: sealed.digest,
    plan_size: sealed.size,
    variants_json: JSON.stringify(
      variants.map(({ variant, sealed_digest, sealed_size }) => ({
        variant,
        digest: sealed_digest,
        size: sealed_size,
      })),
    ),
    about_json: JSON.stringify({ ...about, revision }),
    made_at: centre.node.clock.now(),
  };
  await centre.db
    .insertInto('site_material')
    .values({ event_id: eventId, site_code: siteCode, ...values })
    .onConflict((conflict) => conflict.columns(['event_id', 'site_code']).doUpdateSet(values))
    .execute();
  return ok(true);
}
