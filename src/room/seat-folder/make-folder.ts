/**
 * The seat as a folder that is copied to every candidate's computer (下发考生安装目录): program, screens and the Node runtime of the lockfile, with the room's
 * address, its certificate's fingerprint and its pairing code. Nothing in it is one seat's own.
 */
import { constants, existsSync } from 'node:fs';
import { chmod, cp, copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { programRoot } from '../../node/running.ts';
import {
  everySystem,
  packageOf,
  runtimeLicence,
  runtimeName,
  runtimeOf,
  systemsHere,
} from '../../node/runtimes.ts';
import { notesFor, scriptsFor, type SeatSystem } from './folder-texts.ts';

/** What the built program leaves outside of its files (`vite.program.ts`) and a seat uses. */
const libraries = ['pino'];
/** Everything that this makes: what is replaced when the folder is made again. */
const marker = 'seat-folder.json';
const parts = ['dist', 'runtime', 'node_modules', 'package.json', 'LICENSE'];

export interface SeatFolder {
  readonly path: string;
  readonly systems: readonly SeatSystem[];
  readonly bytes: number;
}

export interface RoomToJoin {
  readonly room: string;
  /** SHA-256 of the room's certificate. */
  readonly roomPin: string;
  readonly pairingCode: string;
}

/** @param path a new folder, an empty one, or one that was made by this before. */
export async function makeSeatFolder(
  path: string,
  toJoin: RoomToJoin,
  wanted: readonly SeatSystem[],
  root = programRoot,
): Promise<Result<SeatFolder>> {
  const here = systemsHere(root);
  const missing = wanted.filter((system) => !here.includes(system));
  if (missing.length > 0 || wanted.length === 0)
    return refuse({
      type: 'no-runtime-here',
      systems: (missing.length > 0 ? missing : everySystem).join(', '),
      packages: (missing.length > 0 ? missing : everySystem).map(packageOf).join(' '),
    });
  if (!existsSync(join(root, 'dist', 'program', 'main.mjs'))) return refuse({ type: 'not-built' });
  try {
    const clear = await clearPlace(path);
    if (!clear.ok) return clear;
    await copyProgram(root, path, wanted);
    for (const { name, content, executable } of [...scriptsFor(wanted), ...notesFor()]) {
      await writeFile(join(path, name), content);
      if (executable) await chmod(join(path, name), 0o755);
    }
    // Last: without it a folder that was left half-made joins no room.
    await writeFile(join(path, marker), `${JSON.stringify(toJoin, null, 2)}\n`);
    return ok({ path, systems: wanted, bytes: await sizeOf(path) });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') return refuse({ type: 'disk-full', path });
    if (code === undefined) throw error;
    return refuse({ type: 'not-a-seat-folder-place', path, problem: message });
  }
}

async function clearPlace(path: string): Promise<Result<void>> {
  await mkdir(path, { recursive: true });
  const lying = await readdir(path);
  if (lying.length === 0) return ok();
  if (!lying.includes(marker)) return refuse({ type: 'folder-not-empty', path });
  await rm(join(path, marker));
  for (const name of [...parts, ...scriptsFor(everySystem).map((one) => one.name)])
    await rm(join(path, name), { recursive: true, force: true });
  return ok();
}

async function copyProgram(root: string, path: string, systems: readonly SeatSystem[]): Promise<void> {
  for (const part of ['program', 'seat']) await copyTree(join(root, 'dist', part), join(path, 'dist', part));
  for (const folder of libraryFolders(root)) await copyTree(join(root, folder), join(path, folder));
  for (const system of systems) {
    const to = runtimeName(system);
    const folder = join(path, 'runtime', system);
    await mkdir(folder, { recursive: true });
    await copyFile(runtimeOf(root, system), join(folder, to), constants.COPYFILE_FICLONE);
    if (system === 'linux') await chmod(join(folder, to), 0o755);
    const licence = runtimeLicence(root, system);
    if (existsSync(licence)) await copyFile(licence, join(folder, 'LICENSE'));
  }
  for (const file of ['package.json', 'LICENSE']) await copyFile(join(root, file), join(path, file));
}

async function copyTree(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, dereference: true, mode: constants.COPYFILE_FICLONE });
}

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/** The libraries with everything that they need, as folders below the root. */
function libraryFolders(root: string): string[] {
  const folders = new Set<string>();
  const take = (name: string): void => {
    const folder = join('node_modules', name);
    if (folders.has(folder)) return;
    folders.add(folder);
    const manifest: unknown = createRequire(join(root, 'package.json'))(join(root, folder, 'package.json'));
    for (const one of Object.keys(manifestSchema.parse(manifest).dependencies)) take(one);
  };
  for (const name of libraries) take(name);
  return [...folders];
}

async function sizeOf(path: string): Promise<number> {
  const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  let bytes = 0;
  for (const file of files) bytes += (await stat(join(file.parentPath, file.name))).size;
  return bytes;
}
