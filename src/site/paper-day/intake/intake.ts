/** Files of a paper exam's day, from a stick or from a browser: what one is it says itself, under a signature. */
import { refuse, type Refusal, type Result } from '../../../base/result.ts';
import { withCopy } from '../../../node/stick/copy-from-stick.ts';
import { findParcels, type FoundParcel } from '../../../node/stick/stick.ts';
import { inspectParcel } from '../../../parcel/parcel.ts';
import { diskRefusal } from '../../../store/disk-refusal.ts';
import type { Site } from '../../site.ts';
import { takeKey } from '../access-key/keys.ts';
import { takeRelease } from '../access-key/release.ts';
import { takePackage } from '../forms/take-package.ts';
import { takeWords } from '../forms/words.ts';
import { takeMaterials } from '../materials/materials.ts';
import { takeJournal } from '../monitoring/take-journal.ts';
import { takeReadiness } from '../stations/take-readiness.ts';
import type { Sticks } from '../sticks.ts';
import { dayKinds, type DayKind, type Taken } from './taken.ts';

const takers: Readonly<Record<DayKind, (site: Site, file: string) => Promise<Result<Taken>>>> = {
  'paper-materials': takeMaterials,
  'access-key': takeKey,
  release: takeRelease,
  'station-readiness': takeReadiness,
  'station-journal': takeJournal,
  'answer-sheets': (site, file) => takePackage(site, file, 'answer-sheets'),
  'voice-answers': (site, file) => takePackage(site, file, 'voice-answers'),
  'package-words': takeWords,
};

/** Materials before keys, and stations before what they have signed. */
const order = (kind: DayKind): number => dayKinds.indexOf(kind);

/** @param file stays as it is. Refusals: `file-of-no-day`, those of each kind, `disk-full`. */
export async function takeFile(site: Site, file: string): Promise<Result<Taken>> {
  const inspected = await inspectParcel(file);
  if (!inspected.ok) return inspected;
  const kind = dayKinds.find((one) => one === inspected.value.manifest.kind);
  if (!kind) return refuse({ type: 'file-of-no-day', found: inspected.value.manifest.kind });
  try {
    const taken = await takers[kind](site, file);
    if (taken.ok && !taken.value.known) {
      site.changed.notify();
      site.dayCourier.go();
    }
    return taken;
  } catch (error) {
    const disk = diskRefusal(error);
    if (!disk) throw error;
    return refuse({ path: site.node.data, ...disk });
  }
}

export interface StickFile extends FoundParcel {
  readonly kind: DayKind;
}

/** What there is for this site on the sticks that are plugged in; nothing of it is believed yet. */
export async function filesOnSticks({ drives }: Sticks): Promise<StickFile[]> {
  const found = await findParcels(drives, dayKinds);
  return found
    .flatMap((one) => {
      const kind = dayKinds.find((known) => known === one.manifest.kind);
      return kind ? [{ ...one, kind }] : [];
    })
    .toSorted((a, b) => order(a.kind) - order(b.kind) || a.manifest.createdAt - b.manifest.createdAt);
}

export interface TakenFromStick {
  readonly path: string;
  readonly name: string;
  readonly taken: Taken | null;
  readonly refusal: Refusal | null;
}

/** Each by itself: one that is damaged keeps no other out. The page names files that were found on sticks, and no others of this computer. */
export async function takeFromSticks(
  site: Site,
  sticks: Sticks,
  paths: readonly string[],
): Promise<TakenFromStick[]> {
  const found = (await filesOnSticks(sticks)).filter(({ path }) => paths.includes(path));
  const results: TakenFromStick[] = [];
  for (const { path, name } of found) {
    const done = await takeCopy(site, path);
    results.push(
      done.ok
        ? { path, name, taken: done.value, refusal: null }
        : { path, name, taken: null, refusal: done.refusal },
    );
  }
  for (const path of paths)
    if (!found.some((one) => one.path === path))
      results.push({ path, name: path, taken: null, refusal: { type: 'file-not-on-stick' } });
  return results;
}

/** Copied first and judged as the copy: a stick that is pulled out or changed in between changes nothing. */
function takeCopy(site: Site, path: string): Promise<Result<Taken>> {
  return withCopy(path, site.node.staging, (copy) => takeFile(site, copy));
}
