/**
 * The seat as one file that is opened on a candidate's computer: Node as a single executable application with `cli/installer`, and behind it everything of
 * the seat's folder for one system. Only the executable depends on nothing of the room: it is made once and kept beside the program.
 */
import { execFile } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import {
  access,
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ok, refuse, type Result } from '../../base/result.ts';
import { programVersion } from '../../node/indicators.ts';
import { programRoot } from '../../node/running.ts';
import { runtimeOf } from '../../node/runtimes.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { notesFor, scriptsFor, type SeatSystem } from './folder-texts.ts';
import { carry } from './installer-file.ts';
import { makeSeatFolder, type RoomToJoin } from './make-folder.ts';

export const installerNames = {
  linux: 'invigil-seat-setup.run',
  windows: 'invigil-seat-setup.exe',
} as const satisfies Record<SeatSystem, string>;

/** Making the executable takes some seconds and up to 1 GB of memory, ms. */
const patienceMs = 180_000;

/** @param directory a folder that exists; an installer that lies there is replaced. */
export async function makeInstaller(
  directory: string,
  toJoin: RoomToJoin,
  system: SeatSystem,
  root = programRoot,
): Promise<Result<{ path: string; bytes: number }>> {
  const path = join(directory, installerNames[system]);
  const part = `${path}.part`;
  const work = await mkdtemp(join(tmpdir(), 'invigil-installer-'));
  try {
    const folder = join(work, 'folder');
    const made = await makeSeatFolder(folder, toJoin, [system], root);
    if (!made.ok) return made;
    // They start it from where they lie, with data of whoever starts them: an installer registers it instead.
    for (const { name } of [...scriptsFor([system]), ...notesFor()]) await rm(join(folder, name));
    const executable = await executableFor(system, root, work);
    if (!executable.ok) return executable;
    await mkdir(directory, { recursive: true });
    await copyFile(executable.value, part, constants.COPYFILE_FICLONE);
    await chmod(part, 0o755);
    await carry(part, folder, { version: programVersion, system });
    await rename(part, path);
    return ok({ path, bytes: (await stat(path)).size });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') return refuse({ type: 'disk-full', path: directory });
    if (code === undefined) throw error;
    return refuse({ type: 'not-a-seat-folder-place', path: directory, problem: message });
  } finally {
    await rm(part, { force: true });
    await rm(work, { recursive: true, force: true });
  }
}

/** Node of the system with the installer's script in it (`node --build-sea`), as it was made before where it was. */
async function executableFor(system: SeatSystem, root: string, work: string): Promise<Result<string>> {
  const main = join(root, 'dist', 'installer', 'main.mjs');
  if (!existsSync(main)) return refuse({ type: 'not-built' });
  const script = sha256Hex(await readFile(main)).slice(0, 16);
  const kept = join(root, 'dist', 'installer', `${system}-${process.versions.node}-${script}`);
  if (existsSync(kept)) return ok(kept);
  const made = join(work, 'executable');
  const settings = join(work, 'sea.json');
  await writeFile(
    settings,
    JSON.stringify({
      main,
      mainFormat: 'module',
      executable: runtimeOf(root, system),
      output: made,
      disableExperimentalSEAWarning: true,
      // Neither works from one system for another.
      useSnapshot: false,
      useCodeCache: false,
      // NODE_OPTIONS of whoever opens it do not change what it does.
      execArgvExtension: 'none',
    }),
  );
  try {
    await promisify(execFile)(process.execPath, ['--build-sea', settings], { timeout: patienceMs });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return refuse({ type: 'installer-not-made', problem: (stderr?.trim() || message).slice(0, 300) });
  }
  // Where the program may not be written it is made each time.
  const writable = await access(join(root, 'dist', 'installer'), constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!writable) return ok(made);
  await copyFile(made, `${kept}.part`, constants.COPYFILE_FICLONE);
  await rename(`${kept}.part`, kept);
  return ok(kept);
}
