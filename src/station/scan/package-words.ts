/** What the centre says of packages, from a stick: a room of which it wants sheets again is opened again, with those sheets marked. */
import { ok, type Result } from '../../base/result.ts';
import { roomsToReopen } from '../../exam/paper-day/scan-rooms.ts';
import { readWords } from '../package-words/read-words.ts';
import type { ScanDesk } from './desk.ts';

/** @returns the rooms that are open again. Refusals: those of `readWords`. */
export function takeWords(desk: ScanDesk, path: string): Promise<Result<{ rooms: readonly string[] }>> {
  return desk.inTurn(async ({ eventId, pages, book }) => {
    const words = await readWords(desk.station, path, eventId);
    if (!words.ok) return words;
    // Of packages of other stations of the site nothing has to be done here.
    const own = new Set([...book.rooms.values()].flatMap(({ everMade }) => everMade));
    const news = words.value.filter(
      (word) => own.has(word.packageId) && word.at > (book.words.get(word.packageId)?.at ?? -1),
    );
    if (news.length === 0) return ok({ rooms: [] });
    const reopened = roomsToReopen(book, news);
    await desk.enter(eventId, [
      { kind: 'package-words-taken' as const, data: { words: news } },
      ...reopened.map((one) => ({
        kind: 'scan-room-reopened' as const,
        data: { ...one, rescan: [...one.rescan], after: pages.last },
      })),
    ]);
    return ok({ rooms: reopened.map(({ room }) => room) });
  });
}
