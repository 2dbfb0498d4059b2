/** What people say of stations: a reserve takes a room, or a file was of the wrong computer. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import { transaction } from '../../../store/sqlite.ts';
import type { Site } from '../../site.ts';
import { isReplaceable } from './admit.ts';
import { knownStation } from './stations.ts';

export interface RoomTaken {
  readonly stationId: string;
  readonly room: string;
  /** The station whose work it goes on with; null: it helps. */
  readonly replaces: string | null;
  readonly reason: string;
  readonly by: string;
}

/** Refusals: `no-such-station`, `station-is-no-reserve`, `station-not-replaceable`. */
export async function takeRoom(
  site: Site,
  { stationId, room, replaces, reason, by }: RoomTaken,
): Promise<Result<void>> {
  const station = knownStation(site, stationId);
  if (!station) return refuse({ type: 'no-such-station' });
  if (station.admittedAt === null || station.room !== null || station.replacedBy !== null)
    return refuse({ type: 'station-is-no-reserve', number: station.number });
  if (replaces !== null && !isReplaceable(knownStation(site, replaces), station))
    return refuse({ type: 'station-not-replaceable' });
  const { node } = site;
  transaction(node.db, () => {
    node.db.prepare('UPDATE paper_station SET room_now = ? WHERE id = ?').run(room, stationId);
    if (replaces !== null)
      node.db
        .prepare('UPDATE paper_station SET replaced_by = ?, replaced_at = ? WHERE id = ?')
        .run(stationId, node.clock.now(), replaces);
  });
  await node.journal.append([
    {
      kind: 'station-room-taken',
      subject: `station:${stationId}`,
      data: { number: station.number, room, replaces, reason, by },
    },
  ]);
  site.changed.notify();
  return ok();
}

/** Of one that was never admitted. Refusals: `no-such-station`, `station-is-admitted`. */
export async function removeStation(site: Site, stationId: string, by: string): Promise<Result<void>> {
  const station = knownStation(site, stationId);
  if (!station) return refuse({ type: 'no-such-station' });
  // What it prints and signs counts: it stays, and its journal is asked for.
  if (station.admittedAt !== null) return refuse({ type: 'station-is-admitted', number: station.number });
  const { node } = site;
  node.db.prepare('DELETE FROM paper_station WHERE id = ? AND admitted_at IS NULL').run(stationId);
  await node.journal.append([
    {
      kind: 'station-removed',
      subject: `station:${stationId}`,
      data: { kind: station.kind, number: station.number, by },
    },
  ]);
  site.changed.notify();
  return ok();
}
