/** When a role is to end: because a person or a system says so. */
import { createInterface } from 'node:readline/promises';
import type { Closing } from '../node/running.ts';
import { sayRefusal } from './say.ts';

/**
 * Resolves when it is told by Ctrl-C, by a service manager, or by whoever started this process (who went away, or says so: Windows knows no signals between
 * processes). A role with data that nobody else has says why not, and goes on until its code was typed: here, where there is a terminal, else at its console
 * or by `invigil site stop`. Whoever holds the channel of this process is not asked: it is theirs.
 */
export function told(closing: Closing | null): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const end = (): void => {
      for (const signal of signals) process.off(signal, asked);
      process.off('SIGHUP', left);
      resolve();
    };
    let asking = false;
    const asked = (): void => {
      const why = closing?.asked() ?? null;
      if (closing === null || why === null) return end();
      console.error(`Not closed. ${sayRefusal(why)} ${otherWays}`);
      if (!process.stdin.isTTY || asking) return;
      asking = true;
      void forcedByCode(closing).then((forced) => {
        asking = false;
        if (!forced) console.error('It goes on.');
      });
    };
    // The window of the terminal is closed. The system says so again to nobody; on Windows it ends the process a few seconds later, whatever is done.
    const left = (): void => {
      // There is no terminal any more that could be written to.
      process.stderr.on('error', () => undefined);
      if (!closing?.asked()) end();
    };
    for (const signal of signals) process.on(signal, asked);
    // Elsewhere (`nohup`) it was asked for that nothing happens then.
    if (closing && process.stdin.isTTY) process.on('SIGHUP', left);
    process.once('disconnect', end);
    process.on('message', (message) => {
      if (message === 'shutdown') end();
    });
  });
}

const otherWays =
  'To close it all the same: System in its console, or "invigil site stop" with the site code.';

/** Asks in the terminal. @returns whether it is closing now */
async function forcedByCode(closing: Closing): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const given = new AbortController();
  // Ctrl-C once more, or the end of the input: nobody meant it.
  terminal.once('SIGINT', () => given.abort());
  terminal.once('close', () => given.abort());
  try {
    const code = await terminal.question('Site code to close all the same (nothing: go on): ', {
      signal: given.signal,
    });
    if (code.trim() === '') return false;
    const forced = await closing.force(code, 'terminal');
    if (!forced.ok) console.error(sayRefusal(forced.refusal));
    return forced.ok;
  } catch (error) {
    if (given.signal.aborted) return false;
    throw error;
  } finally {
    terminal.close();
  }
}
