/** Whatever comes from a site after an exam on paper, by whichever way: the same parcels, the same checks. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { PackageWord } from '../../../exam/paper-day/parcels.ts';
import { inspectParcel } from '../../../parcel/parcel.ts';
import type { Centre } from '../../centre.ts';
import { receiveJournal } from '../journals/receive-journal.ts';
import { receiveSiteDay } from '../journals/receive-site-day.ts';
import { receivePackage } from '../packages/receive-package.ts';
import { dayParcelKinds, type Carried, type DayParcelKind } from './verify-of-site.ts';

export interface TakenOfDay {
  readonly kind: DayParcelKind;
  readonly siteCode: string;
  /** The same was here already, or a newer one. */
  readonly known: boolean;
  /** Of a package. */
  readonly word: PackageWord | null;
}

export function isDayParcelKind(kind: string): kind is DayParcelKind {
  return (dayParcelKinds as readonly string[]).includes(kind);
}

/** Refusals: `not-a-day-parcel`, those of each kind. */
export async function receiveOfDay(
  centre: Centre,
  file: string,
  carried: Carried,
): Promise<Result<TakenOfDay>> {
  const inspected = await inspectParcel(file);
  if (!inspected.ok) return inspected;
  const { kind } = inspected.value.manifest;
  if (!isDayParcelKind(kind)) return refuse({ type: 'not-a-day-parcel', found: kind });
  if (kind === 'answer-sheets' || kind === 'voice-answers') {
    const taken = await receivePackage(centre, file, kind, carried);
    return taken.ok ? ok({ kind, ...taken.value }) : taken;
  }
  const taken = await (kind === 'station-journal' ? receiveJournal : receiveSiteDay)(centre, file, carried);
  return taken.ok ? ok({ kind, ...taken.value, word: null }) : taken;
}
