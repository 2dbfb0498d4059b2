/** Exports the answer package beside a seat's program that does not run: from the shell, when neither program nor browser can be brought back. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { refuse, ok, type Result } from '../base/result.ts';
import { openNode, type Node } from '../node/node.ts';
import { AnswerFiles } from './agent/answer-files.ts';
import { seatMigrations } from './storage.ts';
import {
  exportAnswerPackage,
  packageFileName,
  packageSource,
  readyToExport,
  type PackageSource,
} from './agent/answer-package.ts';
import { CandidateWork } from './agent/candidate-work.ts';
import { RoomWord } from './agent/room-word.ts';
import { claimSchema } from './agent/stored.ts';
import { Recordings } from './recording/recordings.ts';
import { SpokenAnswers } from './recording/spoken-answers.ts';

/**
 * @param to the file to write, or a folder for it.
 * @returns refusals `no-seat-here`, `seat-is-running`, `nothing-to-export`, `room-key-missing`, `cannot-write-file`, and those of a start.
 */
export async function exportFromFolder(options: {
  data: string;
  to: string;
}): Promise<Result<{ file: string; size: number }>> {
  const { data, to } = options;
  // Opening an empty folder would make a new seat of it.
  if (!existsSync(join(data, 'node.json'))) return refuse({ type: 'no-seat-here', path: data });
  const opened = await openNode({
    role: 'seat',
    data,
    logLevel: 'silent',
    clock: systemClock,
    migrations: seatMigrations,
  });
  if (!opened.ok)
    return opened.refusal.type === 'data-folder-in-use'
      ? refuse({ type: 'seat-is-running', path: data })
      : opened;
  const node = opened.value;
  try {
    const files = new AnswerFiles(node);
    const work = new CandidateWork(node, files);
    // What was being recorded when the program died counts as far as it came.
    const settled = await new SpokenAnswers({ recordings: new Recordings(node), work, files }).settle();
    if (!settled.ok) return settled;
    const ready = readyToExport(sourceIn(node));
    if (!ready.ok) return ready;
    const folder = statSync(to, { throwIfNoEntry: false })?.isDirectory() ?? false;
    const file = folder ? join(to, packageFileName(ready.value)) : to;
    const made = await exportAnswerPackage(node, ready.value, file);
    return made.ok ? ok({ file, size: made.value.size }) : made;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR'].includes(code))
      throw error;
    return refuse({ type: 'cannot-write-file', path: to, problem: code });
  } finally {
    await node.close();
  }
}

function sourceIn(node: Node): PackageSource {
  const room = new RoomWord(node);
  const claim = node.settings.read('claim', claimSchema);
  return packageSource({
    paired: true,
    roomOnline: false,
    order: room.order,
    claim,
    photo: null,
    // As far as the candidate had come, not what this process has in memory.
    paperOpen: (claim?.openedAt ?? null) !== null,
    roomNow: room.now(),
    pending: 0,
    kept: {},
    run: '',
    revision: 0,
    notice: null,
    environmentAsks: [],
    practical: { tasks: [], left: [] },
  });
}
