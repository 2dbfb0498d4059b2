import { platform } from 'node:os';
import { refuse, type Result } from '../../base/result.ts';
import type { Computer } from './computer.ts';
import { linux } from './linux.ts';
import { windows } from './windows.ts';

const notHere = (): Promise<Result<void>> =>
  Promise.resolve(refuse({ type: 'computer-does-not-obey', problem: platform() }));

/** A system that nobody has described to us: a browser has to be named, and people restart it. */
const other: Computer = {
  browsers: () => Promise.resolve([]),
  endPrograms: () => Promise.resolve(),
  restart: notHere,
  shutDown: notHere,
  bootMark: () => Promise.resolve(''),
};

export function thisComputer(): Computer {
  if (platform() === 'win32') return windows;
  return platform() === 'linux' ? linux : other;
}
