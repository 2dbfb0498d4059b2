/**
 * Preparing materials as work of its own: it belongs to no console and to no request. Site after site gets its plan; one whose plan and
 * question papers are what they were keeps its revision. So a centre that was killed begins from the front at its next start, and what was
 * made before is passed over.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { utf8 } from '../../../base/bytes.ts';
import { asResult, Refused, unwrap } from '../../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { changeSignal } from '../../../node/change-signal.ts';
import { sha256Hex } from '../../../trust/digest.ts';
import { sealStream } from '../../../trust/seal.ts';
import type { Centre } from '../../centre.ts';
import { Turns } from '../../publish/turns.ts';
import { changeScans } from '../../scans/change-scans.ts';
import type { Tables } from '../../storage/tables.ts';
import { dayEventOf, eventOnDay, type EventOnDay } from '../event-day.ts';
import { missingForMaterials, preparedFrom } from './missing.ts';
import { papersOfEvent, sealOfEvent } from './question-papers.ts';
import { planOfSite, roomsOf } from './site-plan.ts';

export interface PreparingView {
  readonly by: string;
  readonly begunAt: number;
  readonly done: number;
  readonly of: number;
  /** Sites for which nothing has changed. */
  readonly unchanged: number;
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
  /** While it runs: what it waits for. Else: why it stopped. */
  readonly problem: Refusal | null;
  readonly running: boolean;
}

interface Run {
  readonly row: Tables['material_work'];
  readonly since: number;
  readonly turns: Turns;
  done: number;
  of: number;
  unchanged: number;
  problem: Refusal | null;
  finished: Promise<Result<void>>;
}

const awayTypes: readonly string[] = ['database-unreachable', 'blob-store-unreachable'];
const awayMs = 2_000;

export class MaterialsPreparer {
  /** Tells consoles how far it is. */
  readonly changed = changeSignal();
  readonly #of: () => Centre;
  readonly #runs = new Map<string, Run>();

  /** @param of the centre that this is a part of. */
  constructor(of: () => Centre) {
    this.#of = of;
  }

  /** Goes on with what a centre that was killed or stopped had begun. */
  async resume(): Promise<void> {
    const rows = await this.#of()
      .db.selectFrom('material_work')
      .selectAll()
      .where('problem_json', 'is', null)
      .execute();
    for (const row of rows) this.#start(row);
  }

  /** Begins it, or joins what is under way. Refusals: `no-such-event`, `materials-incomplete`. @returns when it is written down that it is wanted */
  async begin(projectId: string, eventId: string, account: string): Promise<Result<void>> {
    const centre = this.#of();
    if (this.#runs.has(eventId)) return ok();
    const event = await eventOnDay(centre.db, projectId, eventId);
    if (!event.ok) return event;
    const missing = await missingForMaterials(centre.db, event.value);
    if (missing.length > 0) return refuse({ type: 'materials-incomplete', missing });
    const row: Tables['material_work'] = {
      event_id: eventId,
      project_id: projectId,
      by_account: account,
      begun_at: centre.node.clock.now(),
      problem_json: null,
    };
    const { event_id: _, project_id: __, ...values } = row;
    await centre.db
      .insertInto('material_work')
      .values(row)
      .onConflict((conflict) => conflict.column('event_id').doUpdateSet(values))
      .execute();
    // Two who press at once: nothing is awaited between this look and the start.
    if (!this.#runs.has(eventId)) this.#start(row);
    return ok();
  }

  /** As `begin`. @returns when it is done, or why it is not */
  async prepare(projectId: string, eventId: string, account: string): Promise<Result<void>> {
    const begun = await this.begin(projectId, eventId, account);
    if (!begun.ok) return begun;
    return (await this.#runs.get(eventId)?.finished) ?? ok();
  }

  /** Sites that are prepared stay so. Refusal `preparing-not-running`. */
  async cancel(projectId: string, eventId: string): Promise<Result<void>> {
    const run = this.#runs.get(eventId);
    const gone = await this.#of()
      .db.deleteFrom('material_work')
      .where('event_id', '=', eventId)
      .where('project_id', '=', projectId)
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n) return refuse({ type: 'preparing-not-running' });
    run?.turns.stop({ type: 'preparing-cancelled' });
    await run?.finished;
    this.#tell();
    return ok();
  }

  /** null: none is under way, and none has failed. */
  async view(eventId: string): Promise<PreparingView | null> {
    const run = this.#runs.get(eventId);
    if (run) return this.#viewOf(run);
    const row = await this.#of()
      .db.selectFrom('material_work')
      .selectAll()
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    if (!row || row.problem_json === null) return null;
    return {
      by: row.by_account,
      begunAt: row.begun_at,
      done: 0,
      of: 0,
      unchanged: 0,
      perSecond: null,
      secondsLeft: null,
      problem: JSON.parse(row.problem_json) as Refusal,
      running: false,
    };
  }

  /** Before the centre closes: what is under way goes on at the next start. */
  async stop(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const run of runs) run.turns.stop({ type: 'preparing-interrupted' });
    await Promise.all(runs.map(({ finished }) => finished));
  }

  #viewOf({ row, since, done, of, unchanged, problem }: Run): PreparingView {
    const passedS = (this.#of().node.clock.monotonic() - since) / 1_000;
    const perSecond = done > 0 && passedS > 0 ? done / passedS : null;
    return {
      by: row.by_account,
      begunAt: row.begun_at,
      done,
      of,
      unchanged,
      perSecond,
      secondsLeft: perSecond === null ? null : Math.ceil((of - done) / perSecond),
      problem,
      running: true,
    };
  }

  #tell(): void {
    this.changed.notify();
    this.#of().changed.notify();
  }

  #start(row: Tables['material_work']): void {
    const run: Run = {
      row,
      since: this.#of().node.clock.monotonic(),
      turns: new Turns(),
      done: 0,
      of: 0,
      unchanged: 0,
      problem: null,
      finished: Promise.resolve(ok()),
    };
    this.#runs.set(row.event_id, run);
    run.finished = this.#make(run).finally(() => {
      this.#runs.delete(row.event_id);
      this.#tell();
    });
  }

  async #make(run: Run): Promise<Result<void>> {
    const made = await asResult(() => this.#patiently(run)).catch((error: unknown): Result<void> => {
      this.#of().node.log.error({ err: error }, 'materials not prepared');
      return refuse({ type: 'preparing-failed', problem: (error as Error).message });
    });
    if (!made.ok && run.turns.stopped === null) await this.#fail(run, made.refusal);
    return made;
  }

  async #fail({ row }: Run, problem: Refusal): Promise<void> {
    const { db, node } = this.#of();
    try {
      await db
        .updateTable('material_work')
        .set({ problem_json: JSON.stringify(problem) })
        .where('event_id', '=', row.event_id)
        .where('begun_at', '=', row.begun_at)
        .execute();
    } catch (error) {
      // The disk or the database: then the next start tries it again.
      node.log.error({ err: error }, 'end of a preparation not kept');
    }
  }

  /** A database or object store that is away is waited for: what is made already is passed over then. */
  async #patiently(run: Run): Promise<void> {
    for (;;) {
      const made = await asResult(() => this.#once(run));
      if (made.ok) return;
      if (!awayTypes.includes(made.refusal.type)) throw new Refused(made.refusal);
      run.problem = made.refusal;
      this.changed.notify();
      await pause(awayMs);
      await run.turns.pass();
      run.problem = null;
    }
  }

  async #once(run: Run): Promise<void> {
    const centre = this.#of();
    const { project_id: projectId, event_id: eventId, by_account: by } = run.row;
    const event = unwrap(await eventOnDay(centre.db, projectId, eventId));
    const recipient = unwrap(await sealOfEvent(centre, projectId, eventId, by));
    const from = await preparedFrom(centre.db, event);
    const sites = await sitesOf(centre, eventId);
    run.of = sites.length;
    run.done = 0;
    run.unchanged = 0;
    for (const siteCode of sites) {
      await run.turns.pass();
      const fresh = unwrap(await prepareSite(centre, event, siteCode, recipient));
      run.done++;
      if (!fresh) run.unchanged++;
      this.changed.notify();
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
        .where('begun_at', '=', run.row.begun_at)
        .executeTakeFirst();
      return ok(gone.numDeletedRows > 0n);
    });
    if (!unwrap(finished)) return;
    await centre.node.journal.append([
      {
        kind: 'materials-prepared',
        subject: `event:${eventId}`,
        data: { project: projectId, sites: run.of, changed: run.of - run.unchanged, by },
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
