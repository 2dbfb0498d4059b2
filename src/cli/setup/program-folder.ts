/**
 * Where a role's program is laid: every version in a folder of its own, and one file that says which one counts, replaced by renaming. So whatever is
 * broken off, either the program of before is started or the new one, and never half of one.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { readUnpacked, type Unpacked } from './unpacked.ts';

const currentName = 'current.json';
/** Not whole yet. */
const laying = /^laying-/;
const laid = /^program-/;
/** Files that are copied at the same time. */
const atOnce = 8;

const currentSchema = z.object({
  v: z.literal(1),
  role: z.string(),
  scope: z.enum(['system', 'user']),
  /** One of the folders beside this file. */
  folder: z.string().regex(/^program-[\w.-]{1,80}$/),
  version: z.string(),
  data: z.string(),
  port: z.number().int(),
  /** It was registered to start with the computer. */
  starts: z.boolean(),
});
export type Current = z.infer<typeof currentSchema>;

/** What counts there: null, nothing. Refusal `folder-not-empty`: somebody else's things lie there. */
export function currentIn(into: string, role: string): Result<Current | null> {
  if (!existsSync(into)) return ok(null);
  const names = readdirSync(into);
  const read = names.includes(currentName) ? readCurrent(join(into, currentName)) : null;
  if (read?.role === role) return ok(read);
  // A first installation that was broken off has left nothing but its own folders.
  return names.every((name) => laying.test(name) || isOurs(into, name, role))
    ? ok(null)
    : refuse({ type: 'folder-not-empty', path: into });
}

function readCurrent(file: string): Current | null {
  try {
    return currentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function isOurs(into: string, name: string, role: string): boolean {
  return laid.test(name) && readUnpacked(join(into, name))?.role === role;
}

/** Copies the unpacked archive beside what is there. @returns the new folder's name, whole and on the disk. */
export async function layProgram(
  from: string,
  into: string,
  { version }: Unpacked,
  going: () => boolean,
  progress: (done: number, all: number) => void,
): Promise<Result<string>> {
  const id = randomBytes(4).toString('hex');
  const part = join(into, `laying-${id}`);
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  let next = 0;
  const copySome = async (): Promise<void> => {
    for (let file = files[next++]; file !== undefined && going(); file = files[next++]) {
      const to = join(part, relative(from, file));
      await mkdir(dirname(to), { recursive: true });
      await copyFile(file, to);
      await onDisk(to);
      progress(Math.min(next, files.length), files.length);
    }
  };
  await mkdir(part, { recursive: true });
  await Promise.all(Array.from({ length: atOnce }, copySome));
  if (!going()) {
    await rm(part, { recursive: true, force: true });
    return refuse({ type: 'setup-cancelled' });
  }
  const name = `program-${version}-${id}`;
  await rename(part, join(into, name));
  return ok(name);
}

/** What is on the disk counts: a power cut after the last step must not leave empty files. */
async function onDisk(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** From here on this one counts. */
export async function setCurrent(into: string, current: Current): Promise<void> {
  const part = join(into, `${currentName}.part`);
  await writeFile(part, `${JSON.stringify(current, null, 2)}\n`, { flush: true });
  await rename(part, join(into, currentName));
}

/** A script by which a person starts it, whatever version counts. */
export async function layStart(into: string, name: string, content: string): Promise<void> {
  const part = join(into, `${name}.part`);
  await writeFile(part, content, { flush: true });
  await chmod(part, 0o755);
  await rename(part, join(into, name));
}

/** What nobody starts any more, and what was never whole. @param keep name of the folder that counts; null: nothing is left. */
export async function clearOthers(into: string, keep: string | null): Promise<void> {
  for (const name of await readdir(into))
    if ((laying.test(name) || laid.test(name)) && name !== keep)
      await rm(join(into, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
}

/** One that nothing points to, and the folder when it was the only thing in it. */
export async function forgetProgram(into: string, name: string): Promise<void> {
  await rm(join(into, name), { recursive: true, force: true });
  if ((await readdir(into)).length === 0) await rm(into, { recursive: true });
}

/** Takes away everything that was laid, and the folder where nothing else lies in it. */
export async function removeAll(into: string, scripts: readonly string[]): Promise<void> {
  // Last what tells that something is laid here: broken off before, it is taken away again.
  await clearOthers(into, null);
  for (const name of [...scripts, currentName, `${currentName}.part`])
    await rm(join(into, name), { force: true });
  if ((await readdir(into)).length === 0) await rm(into, { recursive: true });
}
