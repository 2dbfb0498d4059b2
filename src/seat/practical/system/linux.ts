import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isFolder } from '../read-folder.ts';
import { startApart, type FolderSystem } from './folders.ts';

export const linux: FolderSystem = {
  async documents() {
    const config = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
    // Desktops that have not written it use the English name.
    const named = await readFile(join(config, 'user-dirs.dirs'), 'utf8').catch(() => '');
    const said = /^XDG_DOCUMENTS_DIR="([^"\n]+)"/m.exec(named)?.[1]?.replace('$HOME', homedir());
    const folder = said ?? join(homedir(), 'Documents');
    return (await isFolder(folder)) ? folder : null;
  },
  show: (folder) => startApart('xdg-open', folder, true),
};
