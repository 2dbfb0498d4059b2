/** Lays the program's folder, whole or not at all: beside its place first, then in it. */
import { chmod, mkdir, readdir, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ok, refuse, type Result } from '../../base/result.ts';
import { readFileOf, type Carried } from '../../room/seat-folder/installer-file.ts';
import { readRecord, recordName, type InstallationRecord } from '../install/record.ts';

/** Windows holds a folder for a moment after the last program in it has ended. */
const [tries, waitMs] = [20, 500];

/** What lies there: nothing, what an installer has laid, or somebody else's. */
export async function lyingAt(into: string): Promise<Result<InstallationRecord | null>> {
  const names = await readdir(into).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const record = readRecord(into);
  return names.length > 0 && record === null ? refuse({ type: 'folder-not-empty', path: into }) : ok(record);
}

/** Every file is compared with its digest before anything that was there is touched. @returns where it lies until `put`. */
export async function layBeside(
  into: string,
  file: FileHandle,
  carried: Carried,
  record: InstallationRecord,
): Promise<Result<string>> {
  const beside = `${into}.new`;
  await rm(beside, { recursive: true, force: true });
  for (const one of carried.files) {
    const content = await readFileOf(file, one);
    if (content === null) {
      await rm(beside, { recursive: true, force: true });
      return refuse({ type: 'installer-damaged' });
    }
    const path = join(beside, ...one.path.split('/'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { flush: true });
    await chmod(path, one.executable ? 0o755 : 0o644);
  }
  await writeFile(join(beside, recordName), `${JSON.stringify(record, null, 2)}\n`, { flush: true });
  return ok(beside);
}

/** Puts it in its place. @returns what takes it back: what was there before is there again, or nothing. */
export async function put(beside: string, into: string): Promise<() => Promise<void>> {
  const old = `${into}.old`;
  await rm(old, { recursive: true, force: true });
  const before = await patiently(() => rename(into, old)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  await patiently(() => rename(beside, into));
  return async () => {
    await patiently(() => rm(into, { recursive: true, force: true }));
    if (before) await patiently(() => rename(old, into));
  };
}

/** Once the new one runs. What cannot be deleted yet goes with the next installation. */
export async function forgetOld(into: string): Promise<void> {
  await rm(`${into}.old`, { recursive: true, force: true }).catch(() => undefined);
}

async function patiently(step: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried++)
    try {
      return await step();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY'].includes(code ?? '') || tried === tries) throw error;
      await sleep(process.platform === 'win32' ? waitMs : 0);
    }
}
