/** Exams on paper that this site has heard of: from the centre, or from a file that names one. */
import * as z from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { dayOffersSchema, elsewhereSchema, type Elsewhere } from '../../exam/paper-day/exchange.ts';
import { dayEventSchema, type DayEvent } from '../../exam/paper-day/parcels.ts';
import { refusalSchema } from '../../node/contract.ts';
import { transaction } from '../../store/sqlite.ts';
import type { Site } from '../site.ts';

export interface PaperEvent {
  readonly event: DayEvent;
  readonly startAt: number | null;
  readonly releaseAt: number | null;
  /** Why the centre holds the release back; null: it does not, or has not been asked. */
  readonly held: string | null;
  /** What the centre has for this site, as it said last. */
  readonly offered: { readonly revision: number | null; readonly keys: readonly number[] };
  readonly problem: Refusal | null;
  /** What another console of this site has done of it, as the centre said last; null: it knows of none. */
  readonly elsewhere: Elsewhere | null;
}

type Row = Readonly<Record<string, unknown>>;
const numbers = z.array(z.number().int());
const timeIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function eventOfRow(row: Row): PaperEvent {
  const problem = textIn(row['problem']);
  const elsewhere = textIn(row['elsewhere']);
  return {
    event: dayEventSchema.parse(JSON.parse(String(row['event']))),
    startAt: timeIn(row['start_at']),
    releaseAt: timeIn(row['release_at']),
    held: textIn(row['held']),
    offered: {
      revision: timeIn(row['offered_revision']),
      keys: numbers.parse(JSON.parse(String(row['offered_keys']))),
    },
    problem: problem === null ? null : refusalSchema.parse(JSON.parse(problem)),
    elsewhere: elsewhere === null ? null : elsewhereSchema.parse(JSON.parse(elsewhere)),
  };
}

/** In the order of their days. */
export function paperEvents({ node }: Pick<Site, 'node'>): PaperEvent[] {
  const events = node.db.prepare('SELECT * FROM paper_event').all().map(eventOfRow);
  return events.toSorted((a, b) =>
    `${a.event.date} ${a.event.code}` < `${b.event.date} ${b.event.code}` ? -1 : 1,
  );
}

/** Refusal `no-such-event-here`. */
export function paperEvent({ node }: Pick<Site, 'node'>, eventId: string): Result<PaperEvent> {
  const row = node.db.prepare('SELECT * FROM paper_event WHERE id = ?').get(eventId);
  return row ? ok(eventOfRow(row)) : refuse({ type: 'no-such-event-here' });
}

/** That there is such an event; what a parcel of the centre says of it last counts. */
export function keepEvent({ node }: Pick<Site, 'node'>, event: DayEvent): void {
  node.db
    .prepare(
      'INSERT INTO paper_event (id, event, known_at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET event = excluded.event',
    )
    .run(event.id, JSON.stringify(event), node.clock.now());
}

/** A parcel of one event says so twice: in its heading, and in what it is about. Refusal `wrong-event`. */
export function sameEvent(session: string | null, event: DayEvent): Result<void> {
  return session === event.id ? ok() : refuse({ type: 'wrong-event' });
}

/** Asks the centre what there is for this site. Refusals: `site-not-registered-at-centre`, `parent-not-understood`, those of the connection. */
export async function askForEvents(site: Site): Promise<Result<void>> {
  if (!site.link) return refuse({ type: 'site-not-registered-at-centre' });
  const answer = await site.link.client.get<unknown>('/paper-day/events');
  if (!answer.ok) return answer;
  const offers = dayOffersSchema.safeParse(answer.value);
  if (!offers.success) return refuse({ type: 'parent-not-understood' });
  const { db, settings } = site.node;
  settings.write(consolesSetting, offers.data.consoles ?? []);
  transaction(db, () => {
    const update = db.prepare(
      'UPDATE paper_event SET start_at = ?, release_at = ?, held = ?, offered_revision = ?, offered_keys = ?, problem = ?, elsewhere = coalesce(?, elsewhere) WHERE id = ?',
    );
    // It is told: nobody tells it again here, and the journal of whoever told it has the entry.
    const told = db.prepare(
      'INSERT INTO paper_status (event_id, status, reason, gaps, told_at, by, entered) VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING',
    );
    for (const { event, startAt, releaseAt, held, materials, keys, problem, elsewhere } of offers.data
      .events) {
      keepEvent(site, event);
      update.run(
        startAt,
        releaseAt,
        held,
        materials?.revision ?? null,
        JSON.stringify(keys.map(({ number }) => number)),
        problem && JSON.stringify(problem),
        elsewhere ? JSON.stringify(elsewhere) : null,
        event.id,
      );
      for (const { status, reason, gaps, toldAt, by } of elsewhere?.statuses ?? [])
        told.run(event.id, status, reason, JSON.stringify(gaps), toldAt, by);
    }
  });
  site.changed.notify();
  return ok();
}

const consolesSetting = 'paper-consoles';

/** Sealing keys of this site's other consoles, as the centre said last. */
export function otherConsoles({ node }: Pick<Site, 'node'>): string[] {
  const all = node.settings.read(consolesSetting, z.array(z.string())) ?? [];
  return all.filter((one) => one !== node.keys.sealing.recipient);
}
