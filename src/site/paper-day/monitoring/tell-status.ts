/** The section «Monitoring»: the site tells its centre how far it is. Told is told: the centre has acted on it. */
import { ok, type Result } from '../../../base/result.ts';
import { jsonIn, type JsonObject } from '../../../base/json.ts';
import { mayTell, type SiteStatus } from '../../../exam/paper-day/site-day.ts';
import type { Site } from '../../site.ts';
import { paperEvent } from '../events.ts';
import { siteDayOf } from './site-day.ts';
import { toldOfRow } from './statuses-told.ts';

export interface ToTell {
  readonly eventId: string;
  readonly status: SiteStatus;
  readonly reason: string;
  readonly by: string;
}

/** Refusals: `no-such-event-here`, those of `mayTell`. */
export async function tellStatus(site: Site, { eventId, status, reason, by }: ToTell): Promise<Result<void>> {
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  const may = mayTell(siteDayOf(site, eventId, status), status, reason);
  if (!may.ok) return may;
  const { node } = site;
  node.db
    .prepare(
      'INSERT INTO paper_status (event_id, status, reason, gaps, told_at, by) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    )
    .run(eventId, status, reason.trim(), JSON.stringify(may.value.gaps), node.clock.now(), by);
  await enterStatuses(site);
  site.changed.notify();
  site.dayCourier.go();
  return ok();
}

/** What was told and is not in the journal yet: also after a kill between the two. */
export async function enterStatuses({ node }: Pick<Site, 'node'>): Promise<void> {
  const rows = node.db.prepare('SELECT * FROM paper_status WHERE entered = 0 ORDER BY told_at').all();
  for (const row of rows) {
    const { eventId, status, reason, gaps, toldAt, by } = toldOfRow({ ...row });
    await node.journal.append([
      {
        kind: 'site-status-told',
        subject: `event:${eventId}`,
        data: { status, reason, gaps: jsonIn(JSON.stringify(gaps)) as JsonObject[], toldAt, by },
      },
    ]);
    node.db
      .prepare('UPDATE paper_status SET entered = 1 WHERE event_id = ? AND status = ?')
      .run(eventId, status);
  }
}
