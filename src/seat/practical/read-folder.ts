/** Reads a working folder as it is, whatever somebody put there: links are not followed, and a file is read as one moment's state or not at all. */
import { constants, type Stats } from 'node:fs';
import { lstat, open, opendir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderFile } from '../../exam/practical/which-file.ts';
import { isLegalName, isTemporary } from '../../exam/practical/file-names.ts';
import type { BlobStore } from '../../store/blobs.ts';

/** Entries of a folder that are looked at. */
export const mostEntries = 1_000;

export interface FoundFile extends FolderFile {
  /** Another one when the file was written or replaced. */
  readonly stamp: string;
}

export interface FolderContent {
  readonly files: readonly FoundFile[];
  /** Of everything in it, temporary files and marks of programs, too. */
  readonly names: readonly string[];
  /** What cannot be an answer: links, files with a second name elsewhere, names that are not legal on every system. */
  readonly passedOver: readonly string[];
  readonly tooMany: boolean;
}

export async function isFolder(path: string): Promise<boolean> {
  return (await statusOf(path))?.isDirectory() ?? false;
}

/** @returns null: there is no folder of that name; a link to one is none. */
export async function readWorkFolder(path: string): Promise<FolderContent | null> {
  if (!(await isFolder(path))) return null;
  const [files, names, passedOver]: [FoundFile[], string[], string[]] = [[], [], []];
  let tooMany = false;
  for await (const { name } of await opendir(path)) {
    if (names.length >= mostEntries) {
      tooMany = true;
      break;
    }
    names.push(name);
    if (isTemporary(name)) continue;
    const status = await statusOf(join(path, name));
    // Folders are the candidate's own business; what is gone again was no answer.
    if (!status || status.isDirectory()) continue;
    if (!isOwnFile(status) || !isLegalName(name)) passedOver.push(name);
    else files.push({ name, size: status.size, modifiedAt: status.mtimeMs, stamp: stampOf(status) });
  }
  return { files, names, passedOver, tooMany };
}

export type Snapshot =
  | { readonly digest: string; readonly size: number; readonly steady: boolean }
  /** A program keeps it from being read, or it went away. */
  | 'unreadable';

/** Keeps a file's content as it is. `steady` false: it was written meanwhile, and what was kept may be half of one state. */
export async function takeSnapshot(path: string, blobs: BlobStore): Promise<Snapshot> {
  let file: FileHandle;
  try {
    // Windows has no such links for users and knows no such flag.
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (isHeldBack(error)) return 'unreadable';
    throw error;
  }
  try {
    const before = await file.stat();
    if (!isOwnFile(before)) return 'unreadable';
    const kept = await blobs.put(bytesOf(file, before.size));
    const after = await file.stat();
    const named = await statusOf(path);
    const steady =
      kept.size === before.size &&
      stampOf(after) === stampOf(before) &&
      named !== null &&
      stampOf(named) === stampOf(before);
    return { ...kept, steady };
  } catch (error) {
    if (error instanceof Unreadable) return 'unreadable';
    throw error;
  } finally {
    await file.close();
  }
}

class Unreadable extends Error {}

/** As many bytes as it had at first: a file that grows all the time ends somewhere. */
async function* bytesOf(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(Math.min(1 << 20, Math.max(size, 1)));
  for (let at = 0; at < size;) {
    let read: number;
    try {
      read = (await file.read(chunk, 0, Math.min(chunk.length, size - at), at)).bytesRead;
    } catch (error) {
      // Another program has locked this part of it.
      if (isHeldBack(error)) throw new Unreadable();
      throw error;
    }
    if (read === 0) return;
    yield chunk.slice(0, read);
    at += read;
  }
}

export async function statusOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isHeldBack(error)) return null;
    throw error;
  }
}

/** What other programs and their users do to files: gone, locked, replaced by a link or a folder. */
export function isHeldBack(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return ['ENOENT', 'ENOTDIR', 'EBUSY', 'EPERM', 'EACCES', 'ELOOP', 'EAGAIN', 'EISDIR', 'UNKNOWN'].includes(
    code ?? '',
  );
}

/** A second name could be a file elsewhere that the candidate may not read, and the agent may. */
function isOwnFile(status: Stats): boolean {
  return status.isFile() && status.nlink <= 1;
}

function stampOf({ size, mtimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ino}`;
}
