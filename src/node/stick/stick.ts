/** Where stations and the site's console put things on a stick, and find them: one folder, and files that say themselves what they are. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inspectParcel, type Manifest, type ParcelKind } from '../../parcel/parcel.ts';
import type { Drives } from '../../hardware/removable-drive/port.ts';

export const stickFolder = 'INVIGIL';

/** Of one folder: a stick full of somebody's files is looked through quickly. */
const mostLookedAt = 500;
/** Of one stick, and how deep: a centre's files lie in `matem_010627/0801/`. */
const mostFolders = 200;
const deepest = 3;

export interface FoundParcel {
  readonly path: string;
  readonly name: string;
  readonly manifest: Manifest;
}

/** What a file was when it was looked into last; null: no parcel. */
interface LookedInto {
  readonly size: number;
  readonly changedAt: number;
  readonly manifest: Manifest | null;
}

/** Pages look again every few seconds, and a package has thousands of parts: a file that is the same is not read again. */
const lookedInto = new WeakMap<Pick<Drives, 'list'>, ReadonlyMap<string, LookedInto>>();

/**
 * Parcels of some kinds on the drives that are plugged in, whatever they are called and in whichever folder they were laid.
 * Nothing in them is believed yet.
 */
export async function findParcels(
  drives: Pick<Drives, 'list'>,
  kinds: readonly ParcelKind[],
): Promise<FoundParcel[]> {
  const found: FoundParcel[] = [];
  const before = lookedInto.get(drives) ?? new Map<string, LookedInto>();
  const now = new Map<string, LookedInto>();
  for (const { path } of await drives.list()) {
    for (const folder of await foldersOf(path))
      for (const file of await parcelFiles(folder)) {
        const looked = await lookInto(file, before.get(file));
        // A stick that is pulled out while it is looked through has nothing more.
        if (!looked) continue;
        now.set(file, looked);
        const { manifest } = looked;
        if (manifest && kinds.includes(manifest.kind))
          found.push({ path: file, name: basename(file), manifest });
      }
  }
  lookedInto.set(drives, now);
  return found;
}

/** Our own folder first, then the others, the nearest first. */
async function foldersOf(drive: string): Promise<string[]> {
  const folders = [join(drive, stickFolder), drive];
  let level = folders;
  for (let depth = 1; depth <= deepest && folders.length < mostFolders; depth++) {
    const below: string[] = [];
    for (const folder of level)
      for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => []))
        if (entry.isDirectory()) below.push(join(folder, entry.name));
    level = below.filter((folder) => !folders.includes(folder)).slice(0, mostFolders - folders.length);
    folders.push(...level);
  }
  return folders;
}

async function parcelFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .slice(0, mostLookedAt)
    .filter((entry) => entry.isFile() && /\.(parcel|dat)$/i.test(entry.name))
    .map((entry) => join(folder, entry.name));
}

async function lookInto(path: string, before: LookedInto | undefined): Promise<LookedInto | null> {
  const there = await stat(path).catch(() => null);
  if (!there) return null;
  const { size, mtimeMs: changedAt } = there;
  if (before?.size === size && before.changedAt === changedAt) return before;
  const inspected = await inspectParcel(path).catch(() => null);
  return inspected && { size, changedAt, manifest: inspected.ok ? inspected.value.manifest : null };
}

/** Bytes of a file, for a copy whose progress is shown. */
export async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}
