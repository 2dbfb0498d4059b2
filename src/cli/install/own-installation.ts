/** The seat's own installation, for a seat that takes itself away when its room orders it. */
import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, resolve } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import { programRoot } from '../../node/running.ts';
import type { OwnInstallation } from '../../seat/remote-control/own-installation.ts';
import { runCommand, uninstall, type Runner } from './apply.ts';
import type { Installation } from './installation.ts';
import { readRecord } from './record.ts';
import { removeProgram } from './remove-program.ts';
import { isAdministrator } from './rights.ts';
import { installationHere } from './this-computer.ts';

/** @param end ends this process in its usual way. @param find replaced in tests. */
export function ownInstallation(
  end: () => void,
  run: Runner = runCommand,
  find: (scope: 'user' | 'system') => Installation | null = registered,
  root = programRoot,
): OwnInstallation {
  const found = () => {
    for (const scope of ['user', 'system'] as const) {
      const installation = find(scope);
      if (installation?.files[0] && existsSync(installation.files[0].path)) return { scope, installation };
    }
    return null;
  };
  return {
    async mayGo() {
      const here = found();
      if (here === null) return refuse({ type: 'seat-not-installed' });
      const folders = new Set(
        here.installation.files.filter(({ path }) => existsSync(path)).map(({ path }) => dirname(path)),
      );
      // A folder is taken out of the one that it lies in.
      if (readRecord(root) !== null) for (const folder of [root, dirname(root)]) folders.add(folder);
      // What Windows says of a folder's rights is not what counts there.
      const may =
        platform() === 'win32' ? here.scope === 'user' || isAdministrator() : await allWritable([...folders]);
      return may ? ok() : refuse({ type: 'uninstall-needs-administrator' });
    },
    async go() {
      const here = found();
      if (here === null) return refuse({ type: 'seat-not-installed' });
      const done = uninstall(here.installation, run, 'itself');
      if (!done.ok) return done;
      const record = readRecord(root);
      const gone: Result<void> = record === null ? ok() : removeProgram(root, record, run);
      if (!gone.ok) return gone;
      for (const command of here.installation.left) run(command);
      end();
      return ok();
    },
  };
}

/** Only which files there are counts, not what stands in them. */
function registered(scope: 'user' | 'system'): Installation | null {
  const found = installationHere({
    role: 'seat',
    scope,
    account: '',
    command: [process.execPath, resolve(process.argv[1] ?? '')],
    folder: '',
    page: '',
  });
  return found.ok ? found.value : null;
}

async function allWritable(folders: readonly string[]): Promise<boolean> {
  const refused = await Promise.all(
    folders.map((folder) =>
      access(folder, constants.W_OK).then(
        () => false,
        () => true,
      ),
    ),
  );
  return !refused.includes(true);
}
