/** What an archive of one role for one system holds: the built program, its screens, its libraries and its Node, laid as `npm ci` and the build lay them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aboutName, type Unpacked } from '../../src/cli/setup/unpacked.ts';
import type { ProgramRole, ProgramSystem } from '../../src/exam/distribution/listed.ts';
import { fromFile, type ArchiveFile } from './archives.ts';
import { filesIn, libraryFiles } from './libraries.ts';
import { notesFor, startScripts } from './role-texts.ts';
import { systemParts } from './systems.ts';

/** Folders of `dist`. A room makes the seats' folders and installers; what these hold is in its own. */
const built: Readonly<Record<ProgramRole, readonly string[]>> = {
  centre: ['program', 'consoles/centre'],
  site: ['program', 'consoles/site'],
  room: ['program', 'consoles/room', 'seat', 'installer'],
  seat: ['program', 'seat'],
  'print-station': ['program', 'consoles/station'],
  'voice-station': ['program', 'consoles/station'],
  'scan-station': ['program', 'consoles/station'],
};

/** Packages of each system, by name: where they lie. */
export type Packages = ReadonlyMap<ProgramSystem, ReadonlyMap<string, string>>;

/** @param packages those of the system itself, and of others as far as they could be had */
export function roleFiles(
  root: string,
  role: ProgramRole,
  system: ProgramSystem,
  packages: Packages,
): ArchiveFile[] {
  const { runtime, node } = systemParts[system];
  const own = packages.get(system);
  if (!own) throw new Error(`no runtime for ${system}`);
  return [
    ...built[role].flatMap((folder) => distFiles(root, folder)),
    ...libraryFiles(root, role),
    ...[...own].flatMap(([name, folder]) =>
      // A token belongs to a site, also to the one that a room without a site runs, and the seat's libraries are few.
      name === runtime
        ? runtimeFiles(name, folder, node)
        : role === 'seat'
          ? []
          : filesIn(folder).map((path) => fromFile(`node_modules/${name}/${path}`, join(folder, path))),
    ),
    ...(role === 'room' ? seatRuntimes(system, packages) : []),
    about(role, system, root),
    ...startScripts(role, system, `node_modules/${runtime}/${node}`),
    ...notesFor(role, system),
    ...['LICENSE', 'package.json'].map((name) => fromFile(name, join(root, name))),
  ];
}

/** What the archive says of itself to whoever installs it. */
function about(role: ProgramRole, system: ProgramSystem, root: string): ArchiveFile {
  const { runtime, node } = systemParts[system];
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const content = { v: 1, role, system, version, node: `node_modules/${runtime}/${node}` } satisfies Unpacked;
  return { path: aboutName, content: `${JSON.stringify(content, null, 2)}\n`, executable: false };
}

function distFiles(root: string, folder: string): ArchiveFile[] {
  const from = join(root, 'dist', ...folder.split('/'));
  if (!existsSync(from)) throw new Error(`dist/${folder} is not built`);
  return (
    filesIn(from)
      // Beside the installer's script lie executables that were made from it; a room makes its own.
      .filter((path) => folder !== 'installer' || path.endsWith('.mjs'))
      .map((path) => fromFile(`dist/${folder}/${path}`, join(from, path)))
  );
}

/** Of a Node only itself: no headers, no pages of its manual. */
function runtimeFiles(name: string, folder: string, node: string): ArchiveFile[] {
  return ['package.json', 'LICENSE', node]
    .filter((path) => path === node || existsSync(join(folder, path)))
    .map((path) => fromFile(`node_modules/${name}/${path}`, join(folder, ...path.split('/')), path === node));
}

/** Candidates' computers may run another system than the invigilator's. There are no seats' folders for macOS. */
function seatRuntimes(own: ProgramSystem, packages: Packages): ArchiveFile[] {
  return (['linux-x64', 'windows-x64'] as const)
    .filter((system) => system !== own)
    .flatMap((system) => {
      const { runtime, node } = systemParts[system];
      const folder = packages.get(system)?.get(runtime);
      return folder === undefined ? [] : runtimeFiles(runtime, folder, node);
    });
}
