/** What only the operating system knows of folders: where the user's documents lie, and how one is shown to the user. */
import { spawn } from 'node:child_process';
import { ok, refuse, type Result } from '../../../base/result.ts';

export interface FolderSystem {
  /** null: this user has none. */
  documents(): Promise<string | null>;
  /** Shows it in the file manager. @returns refusal `cannot-open-folder`. */
  show(folder: string): Promise<Result<void>>;
}

/** How long a file manager's starter may take to say that it cannot, ms. */
const patienceMs = 3_000;

/** Starts a program that outlives this one. @param told whether its exit code says that it failed. */
export function startApart(program: string, folder: string, told: boolean): Promise<Result<void>> {
  return new Promise((resolve) => {
    const failed = (problem: string): void =>
      resolve(refuse({ type: 'cannot-open-folder', path: folder, problem }));
    const child = spawn(program, [folder], { detached: true, stdio: 'ignore' });
    const patience = setTimeout(() => resolve(ok()), patienceMs);
    child.once('error', (error) => {
      clearTimeout(patience);
      failed(error.message);
    });
    child.once('exit', (code) => {
      clearTimeout(patience);
      if (told && code !== 0) failed(`${program}: ${code}`);
      else resolve(ok());
    });
    child.unref();
  });
}
