/** Takes away what an installer has laid: the program's folder, and its entry in the settings of Windows. Data lie elsewhere and stay. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { platform } from 'node:os';
import { ok, refuse, type Result } from '../../base/result.ts';
import { runCommand, type Runner } from './apply.ts';
import type { InstallationRecord } from './record.ts';
import { forgetEntry, removeFolderLater } from './windows-entry.ts';

/** @param folder in which this very program lies, or which another one has laid. */
export function removeProgram(
  folder: string,
  { scope }: Pick<InstallationRecord, 'scope'>,
  run: Runner = runCommand,
): Result<void> {
  if (platform() === 'win32') {
    // One that is gone already is nothing to complain about.
    run(forgetEntry(scope));
    const { program, parameters } = removeFolderLater(folder);
    spawn(program, parameters, {
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
      // The command is quoted already, in the way of the command processor.
      windowsVerbatimArguments: true,
      // Not in the folder that goes.
      cwd: process.env['SystemRoot'],
    }).unref();
    return ok();
  }
  try {
    rmSync(folder, { recursive: true, force: true });
    return ok();
  } catch (error) {
    return refuse({ type: 'no-permission-to-install', path: folder, problem: (error as Error).message });
  }
}
