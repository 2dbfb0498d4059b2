/** A program of the computer that speaks to devices: without a shell, in the language of machines, with limits. */
import { execFile } from 'node:child_process';
import { ok, refuse, type Result } from '../base/result.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export type RunProgram = (
  program: string,
  parameters: readonly string[],
  options?: {
    /** Beside the own environment. What is not known beforehand goes here or among the parameters, never into a text that is interpreted. */
    readonly env?: Readonly<Record<string, string>>;
    readonly patienceMs?: number;
    readonly signal?: AbortSignal;
  },
) => Promise<Result<Ran>>;

/** Refusals: `device-program-missing`, `device-program-silent`, `device-program-fails` (it could not run to its end). A status is none. */
export const runProgram: RunProgram = (program, parameters, options = {}) =>
  new Promise((resolve) => {
    const patienceMs = options.patienceMs ?? 30_000;
    execFile(
      program,
      [...parameters],
      {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C', LANGUAGE: '', ...options.env },
        maxBuffer: 4 * 1024 * 1024,
        timeout: patienceMs,
        killSignal: 'SIGKILL',
        windowsHide: true,
        ...(options.signal && { signal: options.signal }),
      },
      (error, out, err) => {
        const code: unknown = error?.code;
        if (error === null || typeof code === 'number')
          resolve(ok({ status: typeof code === 'number' ? code : 0, out, err }));
        else if (code === 'ENOENT') resolve(refuse({ type: 'device-program-missing', program }));
        else if (error.killed === true && code === null)
          resolve(refuse({ type: 'device-program-silent', program }));
        else
          resolve(
            refuse({
              type: 'device-program-fails',
              program,
              words: typeof code === 'string' ? code : (error.signal ?? ''),
            }),
          );
      },
    );
  });
