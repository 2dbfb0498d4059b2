/** What the centre says of packages, as a stick brings it: believed is the centre alone, and for this site and event. */
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { packageWordsPart, packageWordsSchema } from '../../exam/paper-day/hand-up.ts';
import type { PackageWord } from '../../exam/paper-day/parcels.ts';
import { verifyParcel } from '../../parcel/parcel.ts';
import type { Station } from '../station.ts';

/**
 * A member has opened the materials: their key opens the words, too.
 * Refusals: `station-not-admitted`, `materials-closed`, `wrong-kind`, `untrusted-sender`, `wrong-receiver`, `wrong-project`, `wrong-mode`,
 * `words-of-another-event`, `words-not-for-station`, `not-a-parcel`, those of `verifyParcel`.
 */
export async function readWords(
  station: Station,
  path: string,
  eventId: string,
): Promise<Result<PackageWord[]>> {
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
