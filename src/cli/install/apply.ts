/** Carries an installation out, or takes it back. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import { readable, type Command, type InstalledFile, type Installation } from './installation.ts';

/** @returns what the command said, null when it did its work; replaced in tests, where no service manager is asked. */
export type Runner = (command: Command) => string | null;

export interface Done {
  /** Written anew; those that lay there as they should are not named. */
  readonly files: readonly string[];
  /** What commands said that did not do their work, and may not. */
  readonly remarks: readonly string[];
}

export function install(installation: Installation, run: Runner = runCommand): Result<Done> {
  const written: string[] = [];
  for (const file of installation.files) {
    if (lies(file)) continue;
    const placed = place(file);
    if (!placed.ok) return placed;
    written.push(file.path);
  }
  const remarks: string[] = [];
  for (const command of installation.install) {
    const said = remark(command, run);
    if (said.length > 0 && !command.optional)
      return refuse({ type: 'install-command-failed', problem: said.join() });
    remarks.push(...said);
  }
  return ok({ files: written, remarks });
}

/** Everything that was installed goes, also where somebody has taken a part of it away by hand before. */
export function uninstall(
  installation: Installation,
  run: Runner = runCommand,
  who: 'another' | 'itself' = 'another',
): Result<Done> {
  const there = installation.files.filter(({ path }) => existsSync(path)).map(({ path }) => path);
  // What was never installed, or is gone already, is nothing to complain about.
  if (there.length === 0) return ok({ files: [], remarks: [] });
  const remarks = (who === 'itself' ? installation.leave : installation.uninstall).flatMap((command) =>
    remark(command, run),
  );
  for (const path of there) {
    try {
      rmSync(path);
    } catch (error) {
      return refuse({ type: 'no-permission-to-install', path, problem: (error as Error).message });
    }
  }
  return ok({
    files: there,
    remarks: [...remarks, ...installation.forget.flatMap((one) => remark(one, run))],
  });
}

function remark(command: Command, run: Runner): string[] {
  const problem = run(command);
  return problem === null ? [] : [`${readable(command)}: ${problem}`];
}

function lies({ path, content }: InstalledFile): boolean {
  return existsSync(path) && readFileSync(path).equals(Buffer.from(content as string));
}

/** Whole or not at all: half a unit would not start at the next power-on. */
function place({ path, content, executable }: InstalledFile): Result<void> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, content, { flush: true });
    if (executable) chmodSync(`${path}.part`, 0o755);
    renameSync(`${path}.part`, path);
    return ok();
  } catch (error) {
    return refuse({ type: 'no-permission-to-install', path, problem: (error as Error).message });
  }
}

/** Waits for its end. */
export function runCommand({ program, parameters }: Command): string | null {
  const done = spawnSync(program, [...parameters], { encoding: 'utf8', windowsHide: true });
  if (done.error) return done.error.message;
  return done.status === 0 ? null : `${done.stderr}${done.stdout}`.trim() || `ended with ${done.status}`;
}
