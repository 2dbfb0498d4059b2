/** Programs in the folders of the search path; none of them is started. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** @param endings of files that can be started: `''` where a permission says so. */
export async function onSearchPath(name: string, endings: readonly string[]): Promise<boolean> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter))
    for (const ending of folder === '' ? [] : endings)
      if (await startable(join(folder, name + ending))) return true;
  return false;
}

async function startable(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false;
    await access(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for this user: it is not a program that a candidate could start.
    return false;
  }
}
