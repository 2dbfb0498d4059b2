/**
 * A scheduled task starts it at the sign-in of the exam's account and again when it fails (Task Scheduler schema 1.2, `schtasks.exe`); internet shortcuts in
 * the start menu and on the desktop open its page.
 */
import { win32 } from 'node:path';
import {
  titles,
  type Command,
  type InstalledFile,
  type Installation,
  type Places,
  type Wanted,
} from './installation.ts';
import { windowsArgument } from './rights.ts';
import { trayScript } from './windows-tray.ts';

const { join } = win32;

/** Where the task's definition is kept, beside other programs' files of this account or of all. */
export interface WindowsPlaces extends Places {
  /** `%LOCALAPPDATA%`, or `%ProgramData%` for the computer. */
  readonly programData: string;
  /** Programs of the start menu. */
  readonly menu: string;
}

export function windowsInstallation(wanted: Wanted, places: WindowsPlaces): Installation {
  const { role, page } = wanted;
  const task = `Invigil\\${role}`;
  const definition = join(places.programData, 'Invigil', 'tasks', `${role}.xml`);
  const shortcut = `[InternetShortcut]\r\nURL=${page}\r\n`;
  const folders = [places.menu, ...(places.desktop === null ? [] : [places.desktop])];
  const tray = role === 'seat' ? seatTray(wanted, places) : { files: [], install: [], uninstall: [] };
  const files: InstalledFile[] = [
    { path: definition, content: utf16(taskDefinition(wanted)) },
    ...tray.files,
    ...folders.map((folder) => ({ path: join(folder, `${titles[role].en}.url`), content: shortcut })),
  ];
  return {
    files,
    // /F: in place of the one before.
    install: [
      schtasks('/Create', '/TN', task, '/XML', definition, '/F'),
      schtasks('/Run', '/TN', task),
      ...tray.install,
    ],
    renew: [
      schtasks('/Create', '/TN', task, '/XML', definition, '/F'),
      // It may not run.
      { ...schtasks('/End', '/TN', task), optional: true },
      schtasks('/Run', '/TN', task),
      ...tray.install,
    ],
    uninstall: [schtasks('/End', '/TN', task), schtasks('/Delete', '/TN', task, '/F'), ...tray.uninstall],
    forget: [],
    // Ending the task would end this process in the middle of it.
    leave: [schtasks('/Delete', '/TN', task, '/F'), ...tray.uninstall],
    left: [],
  };
}

const schtasks = (...parameters: string[]): Command => ({ program: 'schtasks.exe', parameters });

/** An icon beside the clock, as a task of its own: it comes at the sign-in, and where it cannot be had the seat runs all the same. */
function seatTray(
  wanted: Wanted,
  places: WindowsPlaces,
): Pick<Installation, 'files' | 'install' | 'uninstall'> {
  const task = 'Invigil\\seat-tray';
  const folder = join(places.programData, 'Invigil', 'tasks');
  const [script, definition] = [join(folder, 'seat-tray.ps1'), join(folder, 'seat-tray.xml')];
  const command: Wanted['command'] = [
    'powershell.exe',
    '-NoProfile',
    '-ExecutionPolicy',
    'Bypass',
    '-WindowStyle',
    'Hidden',
    '-STA',
    '-File',
    script,
  ];
  const optional = (...parameters: string[]): Command => ({ ...schtasks(...parameters), optional: true });
  return {
    files: [
      // Without a byte order mark Windows PowerShell reads it in the code page of the system.
      { path: script, content: `\u{feff}${trayScript(wanted.page)}` },
      { path: definition, content: utf16(taskDefinition({ ...wanted, command, folder })) },
    ],
    install: [
      optional('/Create', '/TN', task, '/XML', definition, '/F'),
      // One that shows an older script ends first.
      optional('/End', '/TN', task),
      optional('/Run', '/TN', task),
    ],
    // The icon that is shown goes when its script is gone.
    uninstall: [optional('/Delete', '/TN', task, '/F')],
  };
}

function taskDefinition({ role, scope, account, command, folder }: Wanted): string {
  const [program, ...parameters] = command;
  const user = `<UserId>${xml(account)}</UserId>`;
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${xml(titles[role].en)}</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>${scope === 'user' ? `\n      ${user}` : ''}
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      ${
        // Whoever signs in: the group of all users, by its identifier, which is the same in every language of Windows.
        scope === 'user'
          ? `${user}\n      <LogonType>InteractiveToken</LogonType>`
          : '<GroupId>S-1-5-32-545</GroupId>'
      }
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>5</Priority>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>255</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xml(program)}</Command>
      <Arguments>${xml(parameters.map(windowsArgument).join(' '))}</Arguments>
      <WorkingDirectory>${xml(folder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`.replaceAll('\n', '\r\n');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function xml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (one) => entities[one] ?? one);
}

/** With its byte order mark: what the encoding that the file names is written in. */
function utf16(text: string): Uint8Array {
  return Buffer.from(`\u{feff}${text}`, 'utf16le');
}
