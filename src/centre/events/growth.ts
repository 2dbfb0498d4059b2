/**
 * A register grows: kits and sheets of a plan, in steps of a room or less. A step is one transaction that also says which step is the next:
 * a centre that is killed goes on behind the last one that was kept, and no number is given twice, also where two processes go on at once.
 */
import * as z from 'zod';
import { Refused, unwrap } from '../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Composition } from '../../exam/form/composition.ts';
import { mostSheets, ownNumber } from '../../exam/form/sheet-number.ts';
import type { Template } from '../../exam/form/template.ts';
import type { Centre } from '../centre.ts';
import { changeScans } from '../scans/change-scans.ts';
import { settleStrangers } from '../scans/settle-strangers.ts';
import type { CentreDatabase } from '../storage/database.ts';
import { BackgroundWork, type Run } from '../work/background-work.ts';
import type { WorkView } from '../work/contract.ts';
import { Progress } from '../work/progress.ts';
import { workView } from '../work/work-view.ts';
import { planRowSchema, type PlanRow } from './contract.ts';
import { eventOf, inputOf, type EventRow } from './event-row.ts';
import { keepRegister, type NewKit, type NewSheet } from './keep-register.ts';
import { sheetsOfKit, type Plan } from './plan.ts';
import { addSites } from './register-sites.ts';
import { sidesOf, templatesOf } from './templates.ts';

/** Of one step: written within a few hundredths of a second. */
const sheetsOfStep = 1_000;
/** A kit's number is this and its place in the event: six digits, as people read them out. */
export const kitsFrom = 100_000;

interface Step {
  readonly siteCode: string;
  readonly roomCode: string;
  readonly kits: number;
  readonly additional: number;
}

interface Job {
  readonly eventId: string;
  /** Kits and additional sheets. */
  readonly progress: Progress;
}

export class RegisterGrowth extends BackgroundWork<Job> {
  readonly #of: () => Centre;

  constructor(of: () => Centre) {
    super({ log: () => of().node.log, interrupted: 'register-interrupted', failed: 'register-failed' });
    this.#of = of;
  }

  /**
   * @returns as soon as it is written down. Refusals: `register-growing`, `register-plan-wrong`, `register-sites-unknown`
   * @param sites may be added that the roster does not name
   */
  async begin(event: EventRow, plan: Plan, sites: boolean, account: string): Promise<Result<void>> {
    const { node } = this.#of();
    if (plan.errors.length > 0) return refuse({ type: 'register-plan-wrong', count: plan.errors.length });
    if (plan.newSites.length > 0 && !sites)
      return refuse({
        type: 'register-sites-unknown',
        count: plan.newSites.length,
        sites: plan.newSites.slice(0, 10),
      });
    const fresh = new Set(plan.newSites);
    const kept = await changeScans(this.#of(), event.project_id, async (db) => {
      const still = await eventOf(db, event.project_id, event.id);
      if (!still.ok) return still;
      const there = await db
        .selectFrom('register_work')
        .select('event_id')
        .where('event_id', '=', event.id)
        .executeTakeFirst();
      if (there) return refuse({ type: 'register-growing' });
      const sheets =
        plan.rows.reduce((sum, { kits }) => sum + kits, 0) * sheetsOfKit(inputOf(still.value).composition);
      if (still.value.last_serial + sheets > mostSheets) return refuse({ type: 'register-numbers-used-up' });
      await addSites(
        db,
        event.project_id,
        plan.rows
          .filter(({ siteCode }) => fresh.has(siteCode))
          .map(({ siteCode, siteName, region }) => ({ code: siteCode, name: siteName, region })),
      );
      await db
        .insertInto('register_work')
        .values({
          event_id: event.id,
          project_id: event.project_id,
          plan_json: JSON.stringify(plan.rows),
          next: 0,
          by_account: account,
          begun_at: node.clock.now(),
          problem_json: null,
        })
        .execute();
      return ok();
    });
    if (kept.ok) this.start(event.id, this.#job(event.id));
    return kept;
  }

  /** Refusals: `register-not-growing`. */
  async goOn(eventId: string): Promise<Result<void>> {
    const { db } = this.#of();
    const row = await db
      .updateTable('register_work')
      .set({ problem_json: null })
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    if (row.numUpdatedRows === 0n) return refuse({ type: 'register-not-growing' });
    this.start(eventId, this.#job(eventId));
    return ok();
  }

  /** null: it does not grow. @param db of a transaction that asks within itself */
  async view(eventId: string, db: CentreDatabase = this.#of().db): Promise<WorkView | null> {
    const row = await db
      .selectFrom('register_work')
      .select(['by_account', 'begun_at', 'problem_json'])
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    return row ? workView(row, this.running(eventId)) : null;
  }

  /** When what is made of it now has ended: made, stopped or failed. */
  async finished(eventId: string): Promise<Result<void>> {
    return (await this.running(eventId)?.done) ?? ok();
  }

  protected async wanted(): Promise<[string, Job][]> {
    const rows = await this.#of()
      .db.selectFrom('register_work')
      .select('event_id')
      .where('problem_json', 'is', null)
      .execute();
    return rows.map(({ event_id }) => [event_id, this.#job(event_id)]);
  }

  #job(eventId: string): Job {
    return { eventId, progress: new Progress(this.#of().node.clock, () => this.changed.notify()) };
  }

  protected override tell(): void {
    this.#of().changed.notify();
  }

  protected async keepFailure({ eventId }: Job, problem: Refusal): Promise<void> {
    await this.#of()
      .db.updateTable('register_work')
      .set({ problem_json: JSON.stringify(problem) })
      .where('event_id', '=', eventId)
      .execute();
  }

  protected async make({ job: { eventId, progress }, turns }: Run<Job, void>): Promise<void> {
    const centre = this.#of();
    const work = await centre.db
      .selectFrom('register_work')
      .selectAll()
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    if (!work) return;
    const event = unwrap(await eventOf(centre.db, work.project_id, eventId));
    const rows = z.array(planRowSchema).parse(JSON.parse(work.plan_json));
    const { composition } = inputOf(event);
    const steps = stepsOf(rows, composition);
    const before = [0];
    for (const { kits, additional } of steps) before.push((before.at(-1) ?? 0) + kits + additional);
    const doneBefore = (step: number): number => before[step] ?? before.at(-1) ?? 0;
    progress.begin(doneBefore(steps.length), doneBefore(work.next));
    for (let next = work.next; next < steps.length;) {
      await turns.pass();
      const from = next;
      next = unwrap(await makeStep(centre, event, steps, from, composition, templatesOf(event)));
      progress.add(doneBefore(next) - doneBefore(from));
    }
    // Pages that came before count from now on; the work is done only then, so that a killed centre does not forget them.
    await settleStrangers(centre, work.project_id);
    const gone = await centre.db
      .deleteFrom('register_work')
      .where('event_id', '=', eventId)
      .executeTakeFirst();
    if (gone.numDeletedRows === 0n) return;
    await centre.node.journal.append([
      {
        kind: 'register-grown',
        subject: `event:${eventId}`,
        data: {
          project: work.project_id,
          code: event.code,
          way: 'made',
          sites: new Set(rows.map(({ siteCode }) => siteCode)).size,
          kits: rows.reduce((sum, { kits }) => sum + kits, 0),
          sheets:
            rows.reduce((sum, { kits }) => sum + kits, 0) * sheetsOfKit(composition) +
            rows.reduce((sum, { additional }) => sum + additional, 0),
          by: work.by_account,
        },
      },
    ]);
  }
}

/** The same for the same plan, whenever they are asked for. */
export function stepsOf(rows: readonly PlanRow[], composition: Composition): Step[] {
  const kitsOfStep = Math.max(1, Math.floor(sheetsOfStep / sheetsOfKit(composition)));
  return rows.flatMap(({ siteCode, roomCode, kits, additional }) => {
    const steps: Step[] = [];
    for (let i = 0; i < kits; i += kitsOfStep)
      steps.push({ siteCode, roomCode, kits: Math.min(kitsOfStep, kits - i), additional: 0 });
    for (let i = 0; i < additional; i += sheetsOfStep)
      steps.push({ siteCode, roomCode, kits: 0, additional: Math.min(sheetsOfStep, additional - i) });
    return steps;
  });
}

/** @returns the step behind it, or behind what another process has made meanwhile */
async function makeStep(
  centre: Centre,
  event: EventRow,
  steps: readonly Step[],
  expected: number,
  composition: Composition,
  templates: readonly Template[],
): Promise<Result<number>> {
  return changeScans(centre, event.project_id, async (db) => {
    const work = await db
      .selectFrom('register_work')
      .select('next')
      .where('event_id', '=', event.id)
      .executeTakeFirst();
    if (!work) throw new Refused({ type: 'register-interrupted' });
    const step = steps[work.next];
    if (work.next !== expected || !step) return ok(work.next);
    const { last_serial, last_kit } = await db
      .selectFrom('event')
      .select(['last_serial', 'last_kit'])
      .where('id', '=', event.id)
      .executeTakeFirstOrThrow();
    let serial = last_serial;
    let kit = last_kit;
    const sheet = (kind: NewSheet['kind'], place: number): NewSheet => ({
      number: ownNumber(event.number_prefix, ++serial),
      kind,
      place,
      sides: sidesOf(templates, kind),
    });
    const { siteCode, roomCode } = step;
    const kinds = composition.flatMap(({ kind, count }) => Array.from({ length: count }, () => kind));
    const kits = Array.from({ length: step.kits }, (): NewKit => ({
      siteCode,
      roomCode,
      kit: String(kitsFrom + ++kit),
      copy: 1,
      sheets: kinds.map((kind, i) => sheet(kind, i + 1)),
    }));
    const loose = Array.from({ length: step.additional }, () => sheet('additional', 1));
    await keepRegister(db, { id: event.id, projectId: event.project_id }, [
      ...kits,
      ...(loose.length > 0 ? [{ siteCode, roomCode, kit: null, copy: 1, sheets: loose }] : []),
    ]);
    await db
      .updateTable('event')
      .set({ last_serial: serial, last_kit: kit })
      .where('id', '=', event.id)
      .execute();
    await db
      .updateTable('register_work')
      .set({ next: expected + 1 })
      .where('event_id', '=', event.id)
      .execute();
    return ok(expected + 1);
  });
}
