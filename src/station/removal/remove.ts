/**
 * «Remove what lies here»: images, recordings, packages and sealed materials leave this computer. That they are to go is entered first, with what the
 * centre has said of them; then they go; then it is entered that they are gone. A station that was killed in between ends it at its next start.
 */
import { rm } from 'node:fs/promises';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { keptBack, mayRemove, type Remains } from '../../exam/paper-day/remains.ts';
import { closedFor } from '../closing/make-journal.ts';
import { materialsPath } from '../materials/load-materials.ts';
import { settingNames, type Station } from '../station.ts';
import type { RemainsView } from './contract.ts';

const removalSchema = z.object({
  eventId: z.string(),
  begunAt: z.number().int(),
  /** null: a kill came in between. */
  doneAt: z.number().int().nullable(),
});

/** What a kind of station keeps of its work. */
export interface KeptWork {
  /** Of the event whose materials were loaded last. */
  remains(): Pick<Remains, 'items' | 'packages' | 'open'>;
  /** The same again changes nothing. Durable when it resolves. Refusals keep everything as it is. */
  remove(): Promise<Result<void>>;
}

const removalOf = ({ node }: Station) => node.settings.read(settingNames.removal, removalSchema);

/** When what lay here was removed; null: it was not. */
export function removedAt(station: Station, eventId: string | undefined): number | null {
  const removal = removalOf(station);
  return removal !== null && removal.eventId === eventId ? removal.doneAt : null;
}

function remainsOf(station: Station, work: KeptWork, eventId: string): Remains {
  return { ...work.remains(), journalMade: closedFor(station, eventId) };
}

/** Refusal: `materials-missing`. */
export function remainsView(station: Station, work: KeptWork): Result<RemainsView> {
  const event = station.materials()?.event;
  if (!event) return refuse({ type: 'materials-missing' });
  const remains = remainsOf(station, work, event.id);
  const { items, packages } = remains;
  return ok({
    items,
    packages: packages.length,
    good: packages.filter(({ word }) => word?.state === 'confirmed' && word.quality === 'good').length,
    keptBack: keptBack(remains),
    member: station.day() !== null,
    // A room that was opened again afterwards leaves something here again.
    removedAt: items > 0 ? null : removedAt(station, event.id),
  });
}

/** Refusals: `materials-missing`, those of `mayRemove`, those of the kind. */
export async function removeRemains(station: Station, work: KeptWork, reason: string): Promise<Result<void>> {
  const event = station.materials()?.event;
  if (!event) return refuse({ type: 'materials-missing' });
  const remains = remainsOf(station, work, event.id);
  const day = station.day();
  const may = mayRemove(remains, { reason, member: day !== null });
  if (!may.ok) return may;
  const { node } = station;
  await node.journal.append([
    {
      kind: 'station-remains-to-go',
      subject: `event:${event.id}`,
      data: {
        items: remains.items,
        packages: remains.packages.map(({ id, word }) => ({
          id,
          state: word?.state ?? null,
          quality: word?.quality ?? null,
        })),
        reason: may.value,
        token: day?.token ?? null,
      },
    },
  ]);
  const begun = { eventId: event.id, begunAt: node.clock.now(), doneAt: null };
  node.settings.write(settingNames.removal, begun);
  return goOn(station, work);
}

/** What a kill left half removed goes now; does nothing where nothing was begun. */
export async function goOn(station: Station, work: KeptWork): Promise<Result<void>> {
  const removal = removalOf(station);
  const materials = station.materials();
  if (!removal || removal.doneAt !== null || materials?.event.id !== removal.eventId) return ok();
  const { node } = station;
  const { items } = work.remains();
  const removed = await work.remove();
  if (!removed.ok) return removed;
  // What was deleted is overwritten in the database's file (`createStation`), and has to leave its log.
  node.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const at = node.clock.now();
  if (materials.removedAt === undefined) {
    await rm(materialsPath(station, materials), { force: true });
    node.settings.write(settingNames.materials, { ...materials, removedAt: at });
  }
  await node.journal.append([
    { kind: 'station-remains-gone', subject: `event:${removal.eventId}`, data: { items } },
  ]);
  node.settings.write(settingNames.removal, { ...removal, doneAt: at });
  if (station.day() !== null) station.openDay(null);
  station.changed.notify();
  return ok();
}
