import { platform, release, type } from 'node:os';
import { linux } from './linux.ts';
import { onSearchPath } from './search-path.ts';
import { shellFromAway, type ThisSystem } from './system.ts';
import { windows } from './windows.ts';

/** A system that nobody has described to us: what every system can tell. */
const other: ThisSystem = {
  name: () => Promise.resolve(`${type()} ${release()}`),
  signs() {
    const found = shellFromAway(process.env);
    // Nothing found means nothing here: better to say so than to let it pass.
    return found.length > 0 ? Promise.resolve(found) : Promise.reject(new Error('not-known-on-this-system'));
  },
  async installed(names) {
    const found: string[] = [];
    for (const name of names) if (await onSearchPath(name, [''])) found.push(name);
    return found;
  },
  computer: () => Promise.resolve({ system: '', hardware: [] }),
};

export function thisSystem(): ThisSystem {
  if (platform() === 'win32') return windows;
  return platform() === 'linux' ? linux : other;
}
