/** `invigil ROLE install` and `uninstall`: the role starts with its computer, or does so no longer. */
import { dirname, join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { refuse, type Result } from '../../base/result.ts';
import { callOf } from '../../exam/distribution/listed.ts';
import { programRoot } from '../../node/running.ts';
import { endWith } from '../say.ts';
import { install, runCommand, uninstall } from './apply.ts';
import { readable, type Installation, type Wanted } from './installation.ts';
import { readRecord, type InstallationRecord } from './record.ts';
import { removeProgram } from './remove-program.ts';
import { elevatedOnWindows, isAdministrator } from './rights.ts';
import { installationHere } from './this-computer.ts';

interface Given {
  readonly data?: string;
  readonly port?: string;
  readonly system?: boolean;
  readonly user?: boolean;
  readonly account?: string;
  readonly configuration?: string;
  readonly dryRun?: boolean;
  readonly keepProgram?: boolean;
}

/** What may not stand in a file that everybody on the computer can read. */
const secret = /^--(pairing-code|first-password|release-pin|database)(=|$)/;

/** @param command the one that runs the role; `install` and `uninstall` stand below it. */
export function registerInstall(command: Command, role: Wanted['role'], port: number): void {
  const both = (name: string, description: string): Command => {
    const made = command
      .command(name)
      .description(description)
      .option('--data <folder>', `data folder (data/${role})`)
      .option('--port <number>', `port of the console (${port})`)
      .addOption(new Option('--system', 'for the whole computer, as its administrator').conflicts('user'))
      .option('--user', 'for the account that installs')
      .option('--account <name>', 'under which a service of the whole computer runs')
      .option('--dry-run', 'only say which files and commands')
      .argument('[options...]', `what ${role} is started with, after "--": -- --log-level warn`);
    if (role === 'seat') made.option('--configuration <file>', 'of a folder for many computers');
    return role === 'seat' && name === 'uninstall'
      ? made.option('--keep-program', 'where an installer has laid it: only its start goes')
      : made;
  };
  both('install', 'start with this computer, with a shortcut on its desktop').action(
    (options: string[], given: Given) => {
      const installation = wanted(role, port, given, options);
      if (given.dryRun) return tell(installation, 'install');
      const done = install(installation);
      if (!done.ok) endWith(done.refusal);
      for (const path of done.value.files) console.log(`written: ${path}`);
      for (const remark of done.value.remarks) console.log(`not done: ${remark}`);
      console.log('Installed. It runs now, and starts with this computer.');
    },
  );
  both('uninstall', 'take away what install has laid; data stays').action(
    (options: string[], given: Given) => {
      // What an installer has laid goes whole: it is known from its record how it was registered.
      const record = role === 'seat' ? readRecord(programRoot) : null;
      const installation = wanted(role, port, record === null ? given : asRecorded(record, given), options);
      if (given.dryRun) return tell(installation, 'uninstall');
      if (record?.scope === 'system' && process.platform === 'win32' && !isAdministrator()) {
        const problem = runCommand(elevatedOnWindows(process.execPath, process.argv.slice(1)));
        return problem === null ? undefined : endWith({ type: 'install-command-failed', problem });
      }
      const done = uninstall(installation);
      if (!done.ok) endWith(done.refusal);
      for (const path of done.value.files) console.log(`removed: ${path}`);
      for (const remark of done.value.remarks) console.log(`not done: ${remark}`);
      const gone = record === null || given.keepProgram ? null : removeProgram(programRoot, record);
      if (gone && !gone.ok) endWith(gone.refusal);
      if (gone) console.log(`removed: ${programRoot}`);
      console.log(
        done.value.files.length === 0 && !gone ? 'Nothing is installed.' : 'Removed. The data folder stays.',
      );
    },
  );
}

function asRecorded(record: InstallationRecord, given: Given): Given {
  const { scope, account, data, port } = record;
  return {
    data,
    port: String(port),
    ...(account === null ? {} : { account }),
    ...(given.system || given.user ? {} : { [scope]: true }),
    ...given,
  };
}

function wanted(role: Wanted['role'], port: number, given: Given, options: readonly string[]): Installation {
  const asked = installationOf(role, port, given, options);
  if (!asked.ok) endWith(asked.refusal);
  return asked.value;
}

function installationOf(
  role: Wanted['role'],
  usualPort: number,
  given: Given,
  options: readonly string[],
): Result<Installation> {
  const open = options.find((one) => secret.test(one));
  if (open !== undefined) return refuse({ type: 'secret-in-start-file', option: open.replace(/=.*/, '') });
  const [node, program] = [process.execPath, resolve(process.argv[1] ?? '')];
  const port = given.port ?? String(usualPort);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535 || Number(port) === 0)
    return refuse({ type: 'bad-option', option: 'port', problem: 'a number from 1 to 65535' });
  const data = resolve(given.data ?? join('data', role));
  const configuration =
    given.configuration === undefined ? [] : ['--configuration', resolve(given.configuration)];
  return installationHere({
    role,
    scope: given.system ? 'system' : given.user ? 'user' : null,
    account: given.account ?? null,
    command: [node, program, ...callOf(role), '--data', data, '--port', port, ...configuration, ...options],
    folder: dirname(program),
    page: `http://127.0.0.1:${port}/`,
  });
}

function tell(installation: Installation, what: 'install' | 'uninstall'): void {
  for (const { path, content } of installation.files) {
    console.log(`${what === 'install' ? 'would write' : 'would remove'}: ${path}`);
    if (what === 'install') console.log(readText(content).replaceAll(/^/gm, '    ').trimEnd());
  }
  for (const command of [...installation[what], ...(what === 'uninstall' ? installation.forget : [])])
    console.log(`would run: ${readable(command)}`);
}

function readText(content: string | Uint8Array): string {
  return typeof content === 'string'
    ? content
    : Buffer.from(content).toString('utf16le').replace('\u{feff}', '');
}
