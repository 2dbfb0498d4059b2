/** Fills a distribution folder: the program for each role and system, the manuals, the samples, checksums, and the list of it all. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../src/base/result.ts';
import {
  listName,
  listSchema,
  roles as everyRole,
  systems as everySystem,
  type DistributionList,
  type ListedFile,
  type ProgramRole,
  type ProgramSystem,
} from '../../src/exam/distribution/listed.ts';
import { fileSha256Hex } from '../../src/trust/digest.ts';
import { manualPage } from '../../src/ui/manuals/manual-page.ts';
import { readManuals, type Manual } from '../../src/ui/manuals/read-manuals.ts';
import { fromFile, writeArchive, type Compression } from './archives.ts';
import { filesIn } from './libraries.ts';
import { roleFiles, type Packages } from './role-files.ts';
import { packagesFor, systemParts } from './systems.ts';

export const sumsName = 'SHA256SUMS';

export interface Wanted {
  /** Of the project, built. */
  readonly root: string;
  readonly out: string;
  readonly roles?: readonly ProgramRole[];
  readonly systems?: readonly ProgramSystem[];
  /** May npm be asked for the packages of systems that are not this one? */
  readonly fetch: boolean;
  /** Of zlib; 1 takes a third of the time and a sixth more of the disk. */
  readonly level?: number;
  readonly tell?: (line: string) => void;
}

/**
 * Files of the same version that lie there are replaced; other versions stay listed. The list comes last: a folder that was left half-made has none of
 * what is new in its list. Refusal `not-a-distribution`: something else lies there.
 */
export async function makeDistribution(wanted: Wanted): Promise<Result<DistributionList>> {
  const {
    root,
    out,
    roles = everyRole,
    systems = everySystem,
    fetch,
    level = 6,
    tell = () => undefined,
  } = wanted;
  const before = await listedBefore(out);
  if (!before.ok) return before;
  const about = aboutSources(root);
  const packages = new Map<ProgramSystem, ReadonlyMap<string, string>>();
  const without: DistributionList['without'] = [];
  for (const system of systems) {
    const found = await packagesFor(root, system, fetch);
    if (found.ok) packages.set(system, found.value);
    else without.push({ system, why: `${found.refusal.packages}: ${found.refusal.problem}` });
  }
  await mkdir(out, { recursive: true });
  const made: ListedFile[] = [];
  const keep = async (one: Omit<ListedFile, 'size' | 'sha256' | keyof About>): Promise<void> => {
    const path = join(out, `${one.name}.part`);
    made.push({ ...one, ...about, size: (await stat(path)).size, sha256: await fileSha256Hex(path) });
    await rename(path, join(out, one.name));
    tell(one.name);
  };
  const fresh = async (name: string): Promise<string> => {
    const path = join(out, `${name}.part`);
    await rm(path, { force: true });
    return path;
  };
  const { version } = about;
  await makePrograms({ root, roles, packages, version, level }, fresh, keep);
  const manuals = readManuals(root);
  for (const manual of manuals) {
    const name = manualName(manual, version);
    await writeFile(
      await fresh(name),
      manualPage(manual, manuals, (one) => manualName(one, version)),
    );
    await keep({ name, kind: 'manual', role: manual.name, system: null, language: manual.language });
  }
  await makeSamples(root, version, fresh, keep);
  const names = new Set(made.map(({ name }) => name));
  const list: DistributionList = {
    v: 1,
    files: [...before.value.filter(({ name }) => !names.has(name)), ...made].toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
    without,
  };
  await place(out, sumsName, list.files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''));
  await place(out, listName, `${JSON.stringify(listSchema.parse(list), null, 2)}\n`);
  return ok(list);
}

type Fresh = (name: string) => Promise<string>;
type Keep = (one: Omit<ListedFile, 'size' | 'sha256' | keyof About>) => Promise<void>;

async function makePrograms(
  of: {
    readonly root: string;
    readonly roles: readonly ProgramRole[];
    readonly packages: Packages;
    readonly version: string;
    readonly level: number;
  },
  fresh: Fresh,
  keep: Keep,
): Promise<void> {
  for (const [system] of of.packages) {
    // What is compressed once is kept for one system at a time: a Node takes 60 MB of memory.
    const compression: Compression = { level: of.level, before: new Map() };
    for (const role of of.roles) {
      const { archive } = systemParts[system];
      const top = `invigil-${role}-${of.version}`;
      const name = `${top}-${system}.${archive}`;
      const files = roleFiles(of.root, role, system, of.packages);
      await writeArchive(await fresh(name), archive, top, files, compression);
      await keep({ name, kind: 'program', role, system, language: null });
    }
  }
}

const manualName = ({ name, language }: Manual, version: string): string =>
  `invigil-manual-${name}-${version}-${language}.html`;

/** Papers to try things out with. */
async function makeSamples(root: string, version: string, fresh: Fresh, keep: Keep): Promise<void> {
  const folder = join(root, 'samples');
  if (!existsSync(folder)) return;
  const name = `invigil-samples-${version}.zip`;
  const files = filesIn(folder).map((path) => fromFile(path, join(folder, ...path.split('/'))));
  await writeArchive(await fresh(name), 'zip', `invigil-samples-${version}`, files, {
    level: 6,
    before: new Map(),
  });
  await keep({ name, kind: 'tool', role: null, system: null, language: null });
}

/** Of a folder that was filled before: what is still there. */
async function listedBefore(out: string): Promise<Result<ListedFile[]>> {
  if (!existsSync(out)) return ok([]);
  const lying = await readdir(out);
  if (lying.length === 0) return ok([]);
  if (!lying.includes(listName)) {
    // A first filling that was broken off has left nothing but its own files.
    const own = lying.every((name) => name.startsWith('invigil-') || name.startsWith(sumsName));
    return own ? ok([]) : refuse({ type: 'not-a-distribution', path: out });
  }
  const read = listSchema.safeParse(JSON.parse(await readFile(join(out, listName), 'utf8')));
  if (!read.success) return refuse({ type: 'not-a-distribution', path: out });
  return ok(read.data.files.filter(({ name }) => lying.includes(name)));
}

async function place(out: string, name: string, content: string): Promise<void> {
  const part = join(out, `${name}.part`);
  await writeFile(part, content);
  await rename(part, join(out, name));
}

type About = Pick<ListedFile, 'version' | 'commit' | 'altered'>;

function aboutSources(root: string): About {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const git = (...parameters: string[]): string | null => {
    try {
      return execFileSync('git', ['-C', root, ...parameters], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    } catch {
      // Sources that came as an archive, or a computer without git: which commit they are nobody here knows.
      return null;
    }
  };
  // A repository further up, in which this folder merely lies, is another project's.
  if (git('rev-parse', '--show-prefix') !== '') return { version, commit: null, altered: false };
  const commit = git('rev-parse', 'HEAD');
  return { version, commit, altered: commit !== null && git('status', '--porcelain') !== '' };
}
