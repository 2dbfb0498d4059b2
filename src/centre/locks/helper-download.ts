/**
 * The lock helper (机考锁注册程序) as one ZIP file for any computer with Linux or Windows: Node, `invigil lock` as it is built, and where the centre is, with
 * the fingerprint of its certificate. It is the same for all sites and holds no secret.
 */
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Writable } from 'node:stream';
import { TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import * as z from 'zod';
import { utf8 } from '../../base/bytes.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { programRoot } from '../../node/running.ts';
import {
  everySystem,
  packageOf,
  runtimeLicence,
  runtimeName,
  runtimeOf,
  type RuntimeSystem,
} from '../../node/runtimes.ts';
import { fileSha256Hex, sha256Hex } from '../../trust/digest.ts';
import { helperNotes, helperScript } from './helper-texts.ts';

/** What reaches tokens, and its part for one system. */
const library = 'koffi';
const natives = { linux: '@koromix/koffi-linux-x64', windows: '@koromix/koffi-win32-x64' } as const;
/** Sources and pages that nothing is loaded from. */
const leftOut = new Set(['doc', 'src', 'vendor']);
const top = 'invigil-lock';

export interface HelperFile {
  readonly file: string;
  readonly fileName: string;
  readonly sha256: string;
}

const isHere = (root: string, system: RuntimeSystem): boolean =>
  existsSync(runtimeOf(root, system)) &&
  existsSync(join(root, 'node_modules', ...natives[system].split('/')));

const manifestSchema = z.object({ version: z.string() });

/** As a package registry names them. */
function packagesFor(root: string, system: RuntimeSystem): string {
  const manifest = readFileSync(join(root, 'node_modules', library, 'package.json'), 'utf8');
  const { version } = manifestSchema.parse(JSON.parse(manifest));
  return `${packageOf(system)} ${natives[system]}@${version}`;
}

/** For which systems it can be made on this computer, and the packages that bring the others. */
export function helperSystems(root = programRoot): {
  here: RuntimeSystem[];
  away: { system: RuntimeSystem; package: string }[];
} {
  const here = everySystem.filter((system) => isHere(root, system));
  return {
    here,
    away: everySystem
      .filter((system) => !here.includes(system))
      .map((system) => ({ system, package: packagesFor(root, system) })),
  };
}

/**
 * @param directory where it is made, and kept for the next who asks
 * @param centre `https://host:port#fingerprint`
 * @returns refusals `no-runtime-here`, `not-built`, `disk-full`
 */
export async function makeHelper(
  directory: string,
  { system, centre }: { readonly system: RuntimeSystem; readonly centre: string },
  root = programRoot,
): Promise<Result<HelperFile>> {
  if (!isHere(root, system))
    return refuse({
      type: 'no-runtime-here',
      systems: system,
      packages: packagesFor(root, system),
    });
  if (!existsSync(join(root, 'dist', 'lock', 'main.mjs'))) return refuse({ type: 'not-built' });
  const fileName = `${top}-${system}.zip`;
  const file = join(directory, `${fileName}-${sha256Hex(utf8(centre)).slice(0, 16)}`);
  try {
    if (!existsSync(file)) {
      const part = `${file}.part`;
      await rm(part, { force: true });
      await write(part, root, system, centre);
      await rename(part, file);
    }
    return ok({ file, fileName, sha256: await fileSha256Hex(file) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    return refuse({ type: 'disk-full', path: directory });
  }
}

async function write(file: string, root: string, system: RuntimeSystem, centre: string): Promise<void> {
  const zip = new ZipWriter(Writable.toWeb(createWriteStream(file)), {
    useWebWorkers: false,
    level: 6,
    // The same files make the same bytes: the digest can be compared between two downloads.
    lastModDate: new Date(Date.UTC(2000, 0, 1, 12)),
    extendedTimestamp: false,
  });
  const addText = (name: string, text: string, executable = false) =>
    zip.add(`${top}/${name}`, new TextReader(text), mode(executable));
  const addFile = async (name: string, from: string, executable = false) =>
    zip.add(`${top}/${name}`, new Uint8ArrayReader(new Uint8Array(await readFile(from))), mode(executable));
  const addTree = async (name: string, from: string) => {
    for (const one of await filesIn(from)) await addFile(`${name}/${one}`, join(from, ...one.split('/')));
  };
  const script = helperScript(system);
  await addText(script.name, script.content, true);
  for (const { name, content } of helperNotes()) await addText(name, content);
  await addText('lock.json', `${JSON.stringify({ centre }, null, 2)}\n`);
  await addFile('LICENSE', join(root, 'LICENSE'));
  await addTree('dist', join(root, 'dist', 'lock'));
  for (const name of [library, natives[system]])
    await addTree(`node_modules/${name}`, join(root, 'node_modules', ...name.split('/')));
  const licence = runtimeLicence(root, system);
  if (existsSync(licence)) await addFile('runtime/LICENSE', licence);
  await addFile(`runtime/${runtimeName(system)}`, runtimeOf(root, system), true);
  await zip.close();
}

const mode = (executable: boolean) => ({ unixMode: executable ? 0o100_755 : 0o100_644 });

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !leftOut.has(path.split('/')[0] as string))
    .toSorted((a, b) => (a < b ? -1 : 1));
}
