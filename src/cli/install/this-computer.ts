/** Which installation this computer takes: its system, its folders, who asks. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, platform, userInfo } from 'node:os';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Installation, Wanted } from './installation.ts';
import { linuxInstallation } from './linux.ts';
import { windowsInstallation } from './windows.ts';

export interface Asked extends Omit<Wanted, 'scope' | 'account'> {
  readonly scope: Wanted['scope'] | null;
  readonly account: string | null;
}

/** Nothing is touched. */
export function installationHere(asked: Asked): Result<Installation> {
  if (platform() === 'win32') return ok(onWindows(asked));
  if (platform() !== 'linux') return refuse({ type: 'cannot-install-here', system: platform() });
  const { uid, username } = userInfo();
  const scope = asked.scope ?? (uid === 0 ? 'system' : 'user');
  if (scope === 'user')
    return ok(
      linuxInstallation({ ...asked, scope, account: username }, { home: homedir(), desktop: desktop() }),
    );
  // Exams do not need the rights of the administrator who installs.
  const account = asked.account ?? process.env['SUDO_USER'] ?? null;
  return account === null
    ? refuse({ type: 'account-needed' })
    : ok(linuxInstallation({ ...asked, scope, account }, { home: homedir(), desktop: null }));
}

/** Where the user has moved it to, or under the name that it has in the user's language (xdg-user-dirs). */
function desktop(): string | null {
  const file = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'user-dirs.dirs');
  const named = existsSync(file)
    ? /^XDG_DESKTOP_DIR="(.+)"$/m.exec(readFileSync(file, 'utf8'))?.[1]
    : undefined;
  const folder = named?.replace('$HOME', homedir()) ?? join(homedir(), 'Desktop');
  return existsSync(folder) ? folder : null;
}

function onWindows(asked: Asked): Installation {
  const env = (name: string): string => process.env[name] ?? homedir();
  const scope = asked.scope ?? 'user';
  const account = asked.account ?? `${env('USERDOMAIN')}\\${userInfo().username}`;
  const menu = join('Microsoft', 'Windows', 'Start Menu', 'Programs');
  return windowsInstallation(
    { ...asked, scope, account },
    scope === 'system'
      ? {
          home: homedir(),
          desktop: join(env('PUBLIC'), 'Desktop'),
          programData: env('ProgramData'),
          menu: join(env('ProgramData'), menu),
        }
      : {
          home: homedir(),
          desktop: windowsDesktop(),
          programData: env('LOCALAPPDATA'),
          menu: join(env('APPDATA'), menu),
        },
  );
}

/** Windows knows where it is: in the profile, or where a company or OneDrive has moved it. */
function windowsDesktop(): string | null {
  const told = execFileSync(
    'powershell.exe',
    [
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      "[Console]::OutputEncoding = [Text.Encoding]::UTF8; [Environment]::GetFolderPath('Desktop')",
    ],
    { encoding: 'utf8', windowsHide: true },
  ).trim();
  return told === '' ? null : told;
}
