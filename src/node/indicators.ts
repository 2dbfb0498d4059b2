/** What every role's status bar shows of itself. */
import { statfs } from 'node:fs/promises';
import type { IndicatorView } from './contract.ts';
import type { Node } from './node.ts';

export const programVersion = '0.1.0';
const leastFreeBytes = 5 * 1024 ** 3;

export async function ownIndicators(node: Node, port: number): Promise<IndicatorView[]> {
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
    {
      id: 'journal',
      state: 'passed',
      values: { entries: node.journal.heads().reduce((sum, head) => sum + head.seq, 0) },
    },
    { id: 'version', state: 'passed', values: { version: programVersion } },
  ];
}

export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return Number(bavail) * Number(bsize);
}
