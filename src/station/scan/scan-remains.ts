/** What a scan station keeps: images with their thumbnails and readings, and packages. Rooms, counts and decisions stay, in the journal. */
import { rm } from 'node:fs/promises';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { KeptWork } from '../removal/remove.ts';
import type { ScanDesk } from './desk.ts';
import { packagePath } from './packages.ts';
import { scannersFolder } from './scanner-choice.ts';

export function scanRemains(desk: ScanDesk): KeptWork {
  const { node } = desk.station;
  return {
    remains() {
      const current = desk.current();
      const rooms = [...(current?.book.rooms.values() ?? [])];
      const pages = current?.pages.all() ?? [];
      return {
        items: pages.length,
        packages: rooms.flatMap(({ packages }) =>
          packages.map(({ id }) => ({ id, word: current?.book.words.get(id) ?? null })),
        ),
        open: rooms.flatMap(({ room, open }) =>
          open && pages.some((page) => page.room === room) ? [room] : [],
        ),
      };
    },
    remove: () =>
      desk.inTurn(async ({ eventId, pages, book }): Promise<Result<void>> => {
        const { run } = desk.scanning;
        if (run && run.end === null) return refuse({ type: 'scan-under-way', room: run.room });
        await desk.reader.settled();
        // Images before their rows: after a kill the rows still say which are to go. One image may belong to another event's page as well.
        const ofOthers = node.db.prepare('SELECT 1 FROM scanned_page WHERE digest = ? AND event_id != ?');
        for (const { digest } of pages.all())
          if (ofOthers.get(digest, eventId) === undefined) await node.blobs.remove(digest);
        // What a kill left between a scanner and this station is an image like the others.
        await rm(scannersFolder(desk), { recursive: true, force: true });
        pages.forget();
        for (const { everMade } of book.rooms.values())
          for (const id of everMade) await rm(packagePath(desk, id), { force: true });
        desk.told();
        return ok();
      }),
  };
}
