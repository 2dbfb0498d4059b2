/** Where stations and the site's console put things on a stick, and find them: one folder, and files that say themselves what they are. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectParcel, type Manifest, type ParcelKind } from '../../parcel/parcel.ts';
import type { Drives } from '../../hardware/removable-drive/port.ts';

export const stickFolder = 'INVIGIL';

/** Of one folder: a stick full of somebody's files is looked through quickly. */
const mostLookedAt = 500;

export interface FoundParcel {
  readonly path: string;
  readonly name: string;
  readonly manifest: Manifest;
}

/**
 * Parcels of some kinds on the drives that are plugged in, whatever they are called: in `INVIGIL`, one folder below it, and at the top.
 * Nothing in them is believed yet.
 */
export async function findParcels(
  drives: Pick<Drives, 'list'>,
  kinds: readonly ParcelKind[],
): Promise<FoundParcel[]> {
  const found: FoundParcel[] = [];
  for (const { path } of await drives.list()) {
    const top = join(path, stickFolder);
    const below = await readdir(top, { withFileTypes: true }).catch(() => []);
    const folders = [
      path,
      top,
      ...below.filter((entry) => entry.isDirectory()).map((entry) => join(top, entry.name)),
    ];
    for (const folder of folders) found.push(...(await parcelsIn(folder, kinds)));
  }
  return found;
}

async function parcelsIn(folder: string, kinds: readonly ParcelKind[]): Promise<FoundParcel[]> {
  const found: FoundParcel[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.slice(0, mostLookedAt)) {
    if (!entry.isFile() || !/\.(parcel|dat)$/i.test(entry.name)) continue;
    const path = join(folder, entry.name);
    // A stick that is pulled out while it is looked through has nothing more.
    const inspected = await inspectParcel(path).catch(() => null);
    if (inspected?.ok && kinds.includes(inspected.value.manifest.kind))
      found.push({ path, name: entry.name, manifest: inspected.value.manifest });
  }
  return found;
}

/** Bytes of a file, for a copy whose progress is shown. */
export async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}
