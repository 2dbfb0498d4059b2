/**
 * A scheduled task starts it at the sign-in of the exam's account and again when it fails (Task Scheduler schema 1.2, `schtasks.exe`); internet shortcuts in
 * the start menu and on the desktop open its page.
 */
import { win32 } from 'node:path';
import { titles, type InstalledFile, type Installation, type Places, type Wanted } from './installation.ts';

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
  const files: InstalledFile[] = [
    { path: definition, content: utf16(taskDefinition(wanted)) },
    ...folders.map((folder) => ({ path: join(folder, `${titles[role].en}.url`), content: shortcut })),
  ];
  const schtasks = (...parameters: string[]) => ({ program: 'schtasks.exe', parameters });
  return {
    files,
    // /F: in place of the one before.
    install: [schtasks('/Create', '/TN', task, '/XML', definition, '/F'), schtasks('/Run', '/TN', task)],
    uninstall: [schtasks('/End', '/TN', task), schtasks('/Delete', '/TN', task, '/F')],
    forget: [],
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
      <Arguments>${xml(parameters.map(argument).join(' '))}</Arguments>
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

/** As `CommandLineToArgvW` reads it back: backslashes are doubled before a quotation mark only. */
function argument(text: string): string {
  if (/^[^\s"]+$/.test(text)) return text;
  return `"${text.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

/** With its byte order mark: what the encoding that the file names is written in. */
function utf16(text: string): Uint8Array {
  return Buffer.from(`\u{feff}${text}`, 'utf16le');
}
