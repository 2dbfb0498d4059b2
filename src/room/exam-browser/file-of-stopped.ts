/** Writes the Safe Exam Browser file of a room that does not run: for whoever prepares the computers from the shell. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { startUrl } from '../../exam/exam-browser/settings.ts';
import { openNode } from '../../node/node.ts';
import { configKey, sebFile } from '../../trust/exam-browser.ts';
import { roomMigrations } from '../storage.ts';
import { ensureExamBrowser, examBrowserOf, sebSettings } from './exam-browser.ts';

export interface WrittenFile {
  readonly file: string;
  readonly startUrl: string;
  readonly quitPassword: string;
  readonly configKey: string;
}

/** @returns refusals `no-room-here`, `cannot-write-file`, and those of a start. */
export async function fileOfStopped(options: {
  data: string;
  to: string;
  password: string | null;
}): Promise<Result<WrittenFile>> {
  const { data, to, password } = options;
  // Opening an empty folder would make a new room of it.
  if (!existsSync(join(data, 'node.json'))) return refuse({ type: 'no-room-here', path: data });
  const opened = await openNode({
    role: 'room',
    data,
    logLevel: 'silent',
    clock: systemClock,
    migrations: roomMigrations,
  });
  if (!opened.ok) return opened;
  const node = opened.value;
  try {
    ensureExamBrowser(node);
    const stored = examBrowserOf(node);
    const settings = sebSettings(stored);
    try {
      writeFileSync(to, sebFile(settings, password), { flag: 'wx' });
    } catch (error) {
      return refuse({ type: 'cannot-write-file', path: to, problem: (error as Error).message });
    }
    return ok({
      file: to,
      startUrl: startUrl(stored.seatPort),
      quitPassword: stored.quitPassword,
      configKey: configKey(settings),
    });
  } finally {
    await node.close();
  }
}
