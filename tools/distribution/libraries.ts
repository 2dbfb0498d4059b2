/** Libraries that the built program leaves outside of its files, with everything that they need, as files of an archive. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import * as z from 'zod';
import programBuild from '../../src/cli/vite.program.ts';
import type { ProgramRole } from '../../src/exam/distribution/listed.ts';
import { fontFiles } from '../../src/node/printed-sheet/fonts.ts';
import { fromFile, type ArchiveFile } from './archives.ts';

/** Of the libraries outside a seat needs one; the others are loaded when a console asks for what they do. */
const seatLibraries = ['pino'];
/** Asked for by `pg`, which goes on without it. */
const neverInstalled = ['pg-native'];

/** Folders that Node loads nothing from: sources, bundles for browsers, declarations. They would be half of an archive. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  '@cantoo/fontkit': ['src', 'types'],
  '@cantoo/pdf-lib': ['dist', 'src', 'ts3.4'],
  exceljs: ['dist'],
  koffi: ['doc', 'vendor'],
  ssh2: ['examples', 'test', 'util'],
};
const unused = /\.(map|d\.[cm]?ts)$/;

/** Packages that stand outside of the built program. */
export function outsideLibraries(): string[] {
  const external = z.array(z.string()).parse(programBuild.ssr?.external);
  return external.filter((name) => !neverInstalled.includes(name));
}

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** @param root of the installed program; paths are those below it. */
export function libraryFiles(root: string, role: ProgramRole): ArchiveFile[] {
  const folders = new Set<string>();
  const take = (name: string, from: string): void => {
    const folder = findPackage(root, name, from);
    if (folder === null) throw new Error(`${name}, asked for in ${from}, is not installed`);
    if (folders.has(folder)) return;
    folders.add(folder);
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    for (const one of Object.keys(manifest.dependencies)) take(one, folder);
  };
  for (const name of role === 'seat' ? seatLibraries : outsideLibraries()) take(name, root);
  return [
    ...[...folders].flatMap((folder) => packageFiles(root, folder)),
    ...(role === 'seat' ? [] : fonts(root)),
  ];
}

/** As Node looks for it: beside the one who asks, then further up. */
function findPackage(root: string, name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const here = join(folder, 'node_modules', ...name.split('/'));
    if (existsSync(join(here, 'package.json'))) return here;
    if (folder === root || folder === dirname(folder)) return null;
  }
}

function packageFiles(root: string, folder: string): ArchiveFile[] {
  const name = relative(join(root, 'node_modules'), folder).split(sep).join('/');
  const without = leftOut[name] ?? [];
  return (
    filesIn(folder)
      .filter((path) => !unused.test(path) && !without.includes(path.split('/')[0] as string))
      // Packages within it that nobody asked for come by themselves when somebody does.
      .filter((path) => !path.startsWith('node_modules/') && !path.includes('/node_modules/'))
      .map((path) => fromFile(`node_modules/${name}/${path}`, join(folder, path)))
  );
}

/** Two weights of each, of the nine that the packages have. */
function fonts(root: string): ArchiveFile[] {
  const used = Object.values(fontFiles).flat();
  const packages = [...new Set(used.map((file) => file.split('/').slice(0, 2).join('/')))];
  const licences = packages.flatMap((name) =>
    ['package.json', 'LICENSE', 'LICENSE_FONT'].map((file) => `${name}/${file}`),
  );
  return [...used, ...licences]
    .map((file) => ({ path: `node_modules/${file}`, file: join(root, 'node_modules', ...file.split('/')) }))
    .filter(({ file }) => existsSync(file))
    .map(({ path, file }) => fromFile(path, file));
}

/** Every file below a folder, with `/` between. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}
