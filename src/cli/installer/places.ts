/** Where an installer lays program and data when nobody says otherwise. */
import { homedir, platform } from 'node:os';
import { join } from 'node:path';

export interface Where {
  readonly into: string;
  readonly data: string;
}

/** Programs where candidates cannot write for `system`; data where the exam's account can. Never one within the other. */
export function usualPlaces(scope: 'system' | 'user', env: NodeJS.ProcessEnv = process.env): Where {
  if (platform() === 'win32') {
    const folder = (name: string): string => env[name] ?? homedir();
    return scope === 'system'
      ? {
          into: join(folder('ProgramFiles'), 'Invigil', 'seat'),
          data: join(folder('ProgramData'), 'Invigil', 'seat'),
        }
      : {
          into: join(folder('LOCALAPPDATA'), 'Programs', 'Invigil', 'seat'),
          data: join(folder('LOCALAPPDATA'), 'Invigil', 'seat'),
        };
  }
  return scope === 'system'
    ? { into: '/opt/invigil-seat', data: '/var/lib/invigil-seat' }
    : {
        into: join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'invigil-seat'),
        data: join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'invigil', 'seat'),
      };
}
