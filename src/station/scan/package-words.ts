/** What the centre says of packages, from a stick: a room of which it wants sheets again is opened again, with those sheets marked. */
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { packageWordsPart, packageWordsSchema } from '../../exam/paper-day/hand-up.ts';
import type { PackageWord } from '../../exam/paper-day/parcels.ts';
import { roomsToReopen } from '../../exam/paper-day/scan-rooms.ts';
import { verifyParcel } from '../../parcel/parcel.ts';
import type { ScanDesk } from './desk.ts';

/**
 * @returns the rooms that are open again. Refusals: `station-not-admitted`, `materials-closed`, `wrong-kind`, `untrusted-sender`, `wrong-receiver`,
 *          `wrong-project`, `wrong-mode`, `words-of-another-event`, `words-not-for-station`, `not-a-parcel`, those of `verifyParcel`.
 */
export function takeWords(desk: ScanDesk, path: string): Promise<Result<{ rooms: readonly string[] }>> {
  return desk.inTurn(async ({ eventId, pages, book }) => {
    const words = await readWords(desk, path, eventId);
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

async function readWords(desk: ScanDesk, path: string, eventId: string): Promise<Result<PackageWord[]>> {
  const { station } = desk;
  const [admission, day] = [station.admission(), station.day()];
  if (!admission) return refuse({ type: 'station-not-admitted' });
  if (!day) return refuse({ type: 'materials-closed' });
  const verified = await verifyParcel(path, { roots: [admission.root], at: null });
  if (!verified.ok) return verified;
  const { manifest, certificates } = verified.value;
  if (manifest.kind !== 'package-words')
    return refuse({ type: 'wrong-kind', found: manifest.kind, expected: 'package-words' });
  // The centre's own word, and nobody's whom it has certified.
  if (certificates.length > 0) return refuse({ type: 'untrusted-sender', code: manifest.from.code });
  if (manifest.to.role !== 'site' || manifest.to.code !== admission.siteCode)
    return refuse({ type: 'wrong-receiver', to: `${manifest.to.role} ${manifest.to.code}` });
  if (manifest.project !== admission.project.id) return refuse({ type: 'wrong-project' });
  if (manifest.mode !== admission.project.mode) return refuse({ type: 'wrong-mode', found: manifest.mode });
  if (manifest.session !== eventId) return refuse({ type: 'words-of-another-event' });
  const content = await day.unseal(path, verified.value, packageWordsPart);
  if (!content.ok)
    return content.refusal.type === 'wrong-key' ? refuse({ type: 'words-not-for-station' }) : content;
  const words = packageWordsSchema.safeParse(jsonIn(content.value));
  return words.success ? ok(words.data.words) : refuse({ type: 'not-a-parcel' });
}
