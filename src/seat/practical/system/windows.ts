import { said } from '../../environment/system/system.ts';
import { isFolder } from '../read-folder.ts';
import { startApart, type FolderSystem } from './folders.ts';

/** Also where an organisation has moved it to a server or a cloud folder. */
const whereDocumentsAre =
  "[Console]::OutputEncoding = [Text.Encoding]::UTF8; [Environment]::GetFolderPath('MyDocuments')";

export const windows: FolderSystem = {
  async documents() {
    const folder = (
      await said('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', whereDocumentsAre])
    ).trim();
    return folder !== '' && (await isFolder(folder)) ? folder : null;
  },
  // The Explorer's exit code is 1 when it has shown the folder.
  show: (folder) => startApart('explorer.exe', folder, false),
};
