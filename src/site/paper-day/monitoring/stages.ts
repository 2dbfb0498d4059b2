/** Stage reports: each from what lies here, and a click where nothing can tell. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import { dayStages, type DayStage } from '../../../exam/paper-day/hand-up.ts';
import type { StationKind } from '../../../exam/paper-day/site-day.ts';
import { lastOf, type StageReached as ReachedAtCentre } from '../../../exam/paper-day/stages-at-centre.ts';
import type { Site } from '../../site.ts';
import { keysOf } from '../access-key/keys.ts';
import { paperEvent } from '../events.ts';
import { packagesOf } from '../forms/packages.ts';
import { materialsHere } from '../materials/materials.ts';
import { newestJournals } from './journals.ts';
import { stationsOfEvent } from './site-day.ts';

export interface StageReached extends ReachedAtCentre {
  /** Account of whoever said so. */
  readonly by: string | null;
}

/** What people look at nothing can prove; what happens at stations is known here only once their journals come. */
const sayable: readonly DayStage[] = [
  'software-installed',
  'checked-by-member',
  'checked-by-head',
  'decrypted',
  'printed',
  'scanned',
];
export const maySay = (stage: DayStage): boolean => sayable.includes(stage);

export function stagesOf(site: Site, eventId: string): StageReached[] {
  const said = new Map(
    site.node.db
      .prepare('SELECT stage, at, by FROM paper_stage WHERE event_id = ?')
      .all(eventId)
      .map((row) => [String(row['stage']), { at: Number(row['at']), by: String(row['by']) }]),
  );
  const journals = newestJournals(site, eventId);
  const stations = stationsOfEvent(site, eventId);
  const packages = packagesOf(site, eventId).filter(({ replacedBy }) => replacedBy === null);
  const closed = (...kinds: readonly StationKind[]): number | null =>
    lastOf(
      stations
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ id }) => journals.get(id)?.finishedAt ?? null),
    );
  const proved: Record<DayStage, number | null> = {
    'software-installed': lastOf(stations.map(({ admittedAt }) => admittedAt)),
    'checked-by-member': null,
    'checked-by-head': null,
    'materials-received': materialsHere(site, eventId)?.receivedAt ?? null,
    'key-received': keysOf(site, eventId).at(-1)?.receivedAt ?? null,
    decrypted: firstUse(site, eventId),
    printed: closed('print'),
    scanned: closed('scan'),
    sent: lastOf(packages.map(({ sentAt, saidAt }) => sentAt ?? saidAt)),
    confirmed: lastOf(packages.map(({ state, saidAt }) => (state === 'confirmed' ? saidAt : null))),
  };
  return dayStages.map((stage) => {
    const word = proved[stage] === null ? said.get(stage) : undefined;
    return { stage, at: proved[stage] ?? word?.at ?? null, said: word !== undefined, by: word?.by ?? null };
  });
}

/** A member has opened the key at a station, as that station's journal says. */
function firstUse({ node }: Site, eventId: string): number | null {
  const row = node.db.prepare('SELECT min(at) AS at FROM paper_key_use WHERE event_id = ?').get(eventId);
  return row === undefined || row['at'] === null ? null : Number(row['at']);
}

/** Refusals: `no-such-event-here`, `stage-is-derived`. */
export async function sayStage(
  site: Site,
  { eventId, stage, done, by }: { eventId: string; stage: DayStage; done: boolean; by: string },
): Promise<Result<void>> {
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  if (!maySay(stage)) return refuse({ type: 'stage-is-derived' });
  const { node } = site;
  if (done)
    node.db
      .prepare('INSERT INTO paper_stage (event_id, stage, at, by) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(eventId, stage, node.clock.now(), by);
  else node.db.prepare('DELETE FROM paper_stage WHERE event_id = ? AND stage = ?').run(eventId, stage);
  await node.journal.append([
    { kind: 'day-stage-said', subject: `event:${eventId}`, data: { stage, done, by } },
  ]);
  site.changed.notify();
  site.dayCourier.go();
  return ok();
}
