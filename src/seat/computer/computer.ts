/** What the agent does with its computer beside serving a page, in the way of each operating system. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ok, refuse, type Result } from '../../base/result.ts';

export interface Computer {
  /** Programs that can show the candidate's screen, where this system keeps them; the best first. */
  browsers(): Promise<string[]>;
  /**
   * Ends every program that was started with exactly this argument, and what those have started.
   * @param patienceMs how long they may take to end by themselves, where the system can ask them to.
   */
  endPrograms(argument: string, patienceMs: number): Promise<void>;
  /** Both return when the system has agreed, before it ends this program. Refusal `computer-does-not-obey`: `problem` is what the system said. */
  restart(): Promise<Result<void>>;
  shutDown(): Promise<Result<void>>;
  /** Another one each time that the computer has been started. */
  bootMark(): Promise<string>;
}

const patienceMs = 20_000;

/** What a program says; nothing of its command comes from outside. Rejects when it fails. */
export async function said(program: string, parameters: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, parameters, {
    timeout: patienceMs,
    windowsHide: true,
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

type Command = readonly [program: string, ...parameters: string[]];

/** Gives the system a command; the next is tried when one is not there or is refused. */
export async function obey(commands: readonly Command[]): Promise<Result<void>> {
  const problems: string[] = [];
  for (const [program, ...parameters] of commands)
    try {
      await said(program, parameters);
      return ok();
    } catch (error) {
      problems.push(`${program}: ${whyNot(error)}`);
    }
  return refuse({ type: 'computer-does-not-obey', problem: problems.join('; ').slice(0, 300) });
}

function whyNot(error: unknown): string {
  const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: string };
  return stderr?.trim() || (typeof code === 'string' ? code : message);
}
