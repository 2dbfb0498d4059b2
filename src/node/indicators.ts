/** What every role's status bar shows of itself. */
import { statfs } from 'node:fs/promises';
import aboutPackage from '../../package.json' with { type: 'json' };
import type { Refusal } from '../base/result.ts';
import { readStored } from '../journal/journal.ts';
import type { IndicatorView } from './contract.ts';
import type { Node } from './node.ts';

/** Built into the program: what runs says what it was built from. */
export const programVersion: string = aboutPackage.version;
/** What a node needs to keep an exam's answers and packages. */
export const leastFreeBytes = 5 * 1024 ** 3;

/** @param older why this program should be replaced; null: it should not. */
export async function ownIndicators(
  node: Node,
  port: number,
  older: Refusal | null = null,
): Promise<IndicatorView[]> {
  const free = await freeBytes(node.data);
  const low = free < leastFreeBytes;
  return [
    { id: 'port', state: 'passed', values: { port } },
    {
      id: 'disk',
      state: low ? 'warning' : 'passed',
      values: { free },
      ...(low
        ? { reason: { type: 'disk-low', free, least: leastFreeBytes }, remedy: { type: 'make-room-on-disk' } }
        : {}),
    },
    journalIndicator(node.journal),
    {
      id: 'version',
      state: older === null ? 'passed' : 'warning',
      values: { version: programVersion },
      ...(older === null ? {} : { reason: older, remedy: { type: 'install-the-newer-program' } }),
    },
  ];
}

function journalIndicator(journal: Node['journal']): IndicatorView {
  const entries = journal.heads().reduce((sum, head) => sum + head.seq, 0);
  const failure = journal.failing();
  if (failure)
    return {
      id: 'journal',
      state: 'failed',
      values: { entries },
      reason: { type: failure.type, reason: failure.reason },
      remedy: { type: failure.reason === 'disk-full' ? 'make-room-on-disk' : 'check-the-disk' },
    };
  return wasRolledBack(journal)
    ? {
        id: 'journal',
        state: 'warning',
        values: { entries },
        reason: { type: 'disk-rolled-back' },
        remedy: { type: 'tell-support-of-old-disk' },
      }
    : { id: 'journal', state: 'passed', values: { entries } };
}

/** Did an epoch of this journal begin because an older copy of the disk was put back? */
function wasRolledBack(journal: Node['journal']): boolean {
  const { origin } = journal.self;
  return journal
    .heads()
    .filter((head) => head.origin === origin)
    .some(({ epoch }) => {
      const [first] = journal.ofOrigin(origin, epoch, 0, 1);
      return first !== undefined && readStored(first).data['reason'] === 'rolled-back';
    });
}

export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return Number(bavail) * Number(bsize);
}
