/** `invigil centre|site|room setup`, `invigil station print|voice|scan setup`: installs the role from its unpacked archive, page by page in a browser. */
import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { programRoot } from '../../node/running.ts';
import { endWith } from '../say.ts';
import type { SetupRole } from './install-program.ts';
import { languages } from './texts.ts';
import { readUnpacked } from './unpacked.ts';

interface Given {
  readonly into?: string;
  readonly data?: string;
  readonly port?: string;
  readonly language?: string;
  readonly user?: boolean;
  readonly browser: boolean;
}

/** @param command the one that runs the role. */
export function registerSetup(command: Command, role: SetupRole, port: number): void {
  command
    .command('setup')
    .description(
      'install from the unpacked archive, page by page in a browser; opened again: repair, update, remove',
    )
    .option('--into <folder>', 'where the program is laid')
    .option('--data <folder>', 'where its data are kept')
    .option('--port <number>', `port of the console (${port})`)
    .option('--user', 'for the account that installs, also where it is the administrator')
    .option('--language <language>', 'en, zh or ru (of the system)')
    .option('--no-browser', 'only say the address of the pages')
    .action((given: Given) => run(role, port, given));
}

async function run(role: SetupRole, usualPort: number, given: Given): Promise<void> {
  const about = readUnpacked(programRoot);
  if (about?.role !== role) endWith({ type: 'no-archive-here', path: programRoot });
  const { serveSetup } = await import('./serve-setup.ts');
  const scope = process.getuid?.() === 0 && !given.user ? 'system' : 'user';
  const places = usualPlaces(role, scope);
  const locale = given.language ?? new Intl.DateTimeFormat().resolvedOptions().locale;
  const setup = await serveSetup({
    from: programRoot,
    about,
    choices: {
      role,
      scope,
      into: resolve(given.into ?? places.into),
      data: resolve(given.data ?? places.data),
      port: Number(given.port ?? usualPort),
      starts: true,
    },
    language: languages.find((one) => locale.toLowerCase().startsWith(one)) ?? 'en',
  });
  console.log(`The installation is shown in the browser. If it does not open by itself: ${setup.url}`);
  if (given.browser) openBrowser(setup.url);
  await setup.ended;
  await setup.close();
}

/** Programs and data of the account that installs, or of the computer where its administrator does. */
export function usualPlaces(
  role: SetupRole,
  scope: 'system' | 'user',
  env: NodeJS.ProcessEnv = process.env,
): { readonly into: string; readonly data: string } {
  if (process.platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? homedir();
    return { into: join(local, 'Programs', 'Invigil', role), data: join(local, 'Invigil', role) };
  }
  if (scope === 'system') return { into: `/opt/invigil-${role}`, data: `/var/lib/invigil-${role}` };
  return {
    into: join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), `invigil-${role}`),
    data: join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'invigil', role),
  };
}

function openBrowser(url: string): void {
  const [program, ...parameters] =
    process.platform === 'win32' ? ['rundll32.exe', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
  const child = spawn(program as string, [...parameters, url], { detached: true, stdio: 'ignore' });
  // There is none: the address was said.
  child.on('error', () => undefined);
  child.unref();
}
