/** An event's day as its page shows it: how far it is, step by step, and what is missing. */
import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { StepView } from '../../node/contract.ts';
import { releaseAt } from '../../exam/project/release.ts';
import { orderOf } from '../authorise/release-order.ts';
import type { Centre } from '../centre.ts';
import type { DayRow, DayView, SiteDayRow } from './contract.ts';
import { dayEventOf, eventOnDay } from './event-day.ts';
import { missingForMaterials, preparedFrom } from './materials/missing.ts';
import { papersOfEvent } from './materials/question-papers.ts';
import { membersOf } from './members/members.ts';
import { siteDays } from './site-days.ts';

export async function dayRows({ db }: Pick<Centre, 'db'>, projectId: string): Promise<DayRow[]> {
  const rows = await db
    .selectFrom('event')
    .leftJoin('event_day', 'event_day.event_id', 'event.id')
    .leftJoin('event_site', 'event_site.event_id', 'event.id')
    .select((eb) => [
      'event.id',
      'event.code',
      'event.name',
      'event.subject_name',
      'event.date',
      'event_day.start_at',
      eb.fn.count<number>('event_site.site_code').as('sites'),
      eb.fn.sum<number>('event_site.kits').as('kits'),
    ])
    .where('event.project_id', '=', projectId)
    .groupBy([
      'event.id',
      'event.code',
      'event.name',
      'event.subject_name',
      'event.date',
      'event_day.start_at',
    ])
    .orderBy('event.date')
    .orderBy('event.code')
    .execute();
  return rows.map((row) => ({
    eventId: row.id,
    code: row.code,
    name: row.name,
    subject: row.subject_name,
    date: row.date,
    startAt: row.start_at,
    sites: Number(row.sites),
    kits: Number(row.kits ?? 0),
  }));
}

/** Refusal `no-such-event`. */
export async function dayView(centre: Centre, projectId: string, eventId: string): Promise<Result<DayView>> {
  const { db } = centre;
  const found = await eventOnDay(db, projectId, eventId);
  if (!found.ok) return found;
  const { row: _, policy, ...settings } = found.value;
  const sites = await siteDays(centre, projectId, eventId);
  if (!sites.ok) return sites;
  const papers = await papersOfEvent(db, eventId);
  const missing = await missingForMaterials(db, found.value);
  const members = await membersOf(db, projectId);
  const seal = await db
    .selectFrom('event_seal')
    .select('prepared_from')
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  const upToDate = seal?.prepared_from === (await preparedFrom(db, found.value));
  const order = await orderOf(centre, projectId, eventId);
  const event = dayEventOf(found.value);
  const counts = countsOf(sites.value, policy.opens);
  const { startAt } = settings;
  const thing = startAt === null ? null : { startAt, policy };
  return ok({
    eventId,
    code: event.code,
    name: event.name,
    subject: event.subjectName,
    date: event.date,
    startAt,
    sites: sites.value.length,
    kits: sites.value.reduce((sum, { kits }) => sum + kits, 0),
    settings: { ...settings, tasks: [...settings.tasks] },
    policy,
    papers: papers.map((one) => ({
      variant: one.variant,
      revision: one.revision,
      fileName: one.file_name,
      pages: one.pages,
      size: one.size,
      digest: one.digest,
      at: one.at,
      by: one.by_account,
    })),
    missing,
    preparing: await centre.materials.view(eventId),
    archiving: await centre.archives.view(eventId),
    counts,
    members: {
      active: members.filter(({ revoked }) => revoked === null).length,
      revoked: members.filter(({ revoked }) => revoked !== null).length,
    },
    release: thing && {
      policyAt: releaseAt(thing),
      releaseAt: releaseAt(thing, order),
      setAt: order.notBefore,
      held: order.held,
    },
    steps: stepsOf({
      missing,
      counts,
      sites: sites.value.length,
      opens: policy.opens,
      upToDate,
      held: order.held !== null,
    }),
  });
}

function countsOf(rows: readonly SiteDayRow[], opens: 'token' | 'password'): DayView['counts'] {
  const count = (is: (row: SiteDayRow) => boolean): number => rows.filter(is).length;
  return {
    registered: count(({ state }) => state !== 'not-registered'),
    withMembers: count(({ members }) => members > 0),
    prepared: count(({ materials }) => materials !== null),
    fetched: count(({ materials }) => (materials?.taken ?? null) !== null),
    keys: count(({ key }) => key !== null),
    again: count(({ state }) => state === 'key-again'),
    keysFetched: count(({ key }) => (key?.taken ?? null) !== null),
    archives: count(({ archive }) => archive !== null),
    passwords: count(({ archive }) => (archive?.releasedAt ?? null) !== null),
    ready: count(
      ({ key, archive, state }) =>
        (opens === 'token' || archive !== null) &&
        // A site that has no computer of its own here has its archive.
        (key !== null || (opens === 'password' && state === 'not-registered')),
    ),
    released: count(
      ({ releasedAt, archive }) => releasedAt !== null || (archive?.releasedAt ?? null) !== null,
    ),
    used: count(({ used }) => used !== null),
  };
}

/** The first that is not done is the present one. Exported for its test. */
export function stepsOf(of: {
  readonly missing: readonly Refusal[];
  readonly counts: DayView['counts'];
  readonly sites: number;
  readonly opens: 'token' | 'password';
  readonly upToDate: boolean;
  readonly held: boolean;
}): StepView[] {
  const { counts, sites, missing } = of;
  const all: [id: string, done: boolean, bad: StepView['state'] | null, reason: Refusal | undefined][] = [
    ['day-papers', missing.length === 0, null, missing[0]],
    [
      'day-members',
      sites > 0 && (of.opens === 'password' || counts.withMembers === sites),
      null,
      of.opens === 'token' && counts.withMembers < sites
        ? { type: 'sites-without-members', sites: sites - counts.withMembers }
        : undefined,
    ],
    [
      'day-prepare',
      sites > 0 && counts.prepared === sites && of.upToDate,
      counts.prepared > 0 && !of.upToDate ? 'warning' : null,
      counts.prepared > 0 && !of.upToDate ? { type: 'materials-changed-since' } : undefined,
    ],
    [
      'day-keys',
      sites > 0 && counts.ready === sites && counts.again === 0,
      counts.again > 0 ? 'failed' : null,
      counts.again > 0
        ? { type: 'keys-to-make-again', sites: counts.again }
        : counts.ready < sites
          ? { type: 'sites-without-key', sites: sites - counts.ready }
          : undefined,
    ],
    [
      'day-release',
      sites > 0 && counts.released === sites,
      of.held ? 'warning' : null,
      of.held ? { type: 'day-release-held' } : undefined,
    ],
  ];
  const current = all.find(([, done]) => !done)?.[0];
  return all.map(([id, done, bad, reason]) => ({
    id,
    state: done ? 'done' : (bad ?? (id === current ? 'current' : 'waiting')),
    ...(done || reason === undefined ? {} : { reason }),
  }));
}
