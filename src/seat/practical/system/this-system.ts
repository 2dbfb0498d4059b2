import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { refuse } from '../../../base/result.ts';
import { isFolder } from '../read-folder.ts';
import { startApart, type FolderSystem } from './folders.ts';
import { linux } from './linux.ts';
import { windows } from './windows.ts';

const documentsAtHome = async (): Promise<string | null> => {
  const folder = join(homedir(), 'Documents');
  return (await isFolder(folder)) ? folder : null;
};

const macos: FolderSystem = {
  documents: documentsAtHome,
  show: (folder) => startApart('open', folder, true),
};

/** A system whose file manager nobody has described to us: the page shows where the folder is. */
const other: FolderSystem = {
  documents: documentsAtHome,
  show: (path) => Promise.resolve(refuse({ type: 'cannot-open-folder', path, problem: platform() })),
};

export function thisFolderSystem(): FolderSystem {
  switch (platform()) {
    case 'win32':
      return windows;
    case 'linux':
      return linux;
    case 'darwin':
      return macos;
    default:
      return other;
  }
}
