/** systemd starts it, and starts it again when it ends (systemd.service(5)); the desktop's entry opens its page (Desktop Entry Specification 1.5). */
import { join } from 'node:path';
import {
  titles,
  type Command,
  type InstalledFile,
  type Installation,
  type Places,
  type Wanted,
} from './installation.ts';

export function linuxInstallation(wanted: Wanted, places: Places): Installation {
  const { role, scope, account } = wanted;
  const unit = `invigil-${role}.service`;
  const [units, menu] =
    scope === 'system'
      ? ['/etc/systemd/system', '/usr/local/share/applications']
      : [
          join(places.home, '.config', 'systemd', 'user'),
          join(places.home, '.local', 'share', 'applications'),
        ];
  const systemctl = (...parameters: string[]): Command => ({
    program: 'systemctl',
    parameters: scope === 'system' ? parameters : ['--user', ...parameters],
  });
  const entry = { content: desktopEntry(wanted), executable: true };
  const files: InstalledFile[] = [
    { path: join(units, unit), content: serviceUnit(wanted) },
    { path: join(menu, `invigil-${role}.desktop`), ...entry },
    ...(scope === 'user' && places.desktop !== null
      ? [{ path: join(places.desktop, `invigil-${role}.desktop`), ...entry }]
      : []),
  ];
  const known: Command[] = [
    // Without it a user's services wait until that user has signed in. Not every system lets a user ask for it.
    ...(scope === 'user'
      ? [{ program: 'loginctl', parameters: ['enable-linger', account], optional: true }]
      : []),
    systemctl('daemon-reload'),
  ];
  return {
    files,
    install: [...known, systemctl('enable', '--now', unit)],
    renew: [...known, systemctl('enable', unit), systemctl('restart', unit)],
    uninstall: [systemctl('disable', '--now', unit)],
    forget: [systemctl('daemon-reload')],
    leave: [systemctl('disable', unit)],
    // A service that ends although it was not stopped would be started again.
    left: [systemctl('stop', '--no-block', unit)],
  };
}

function serviceUnit({ role, scope, account, command, folder }: Wanted): string {
  return [
    '[Unit]',
    `Description=${titles[role].en}`,
    'After=network.target',
    // A computer that cannot start it for a while tries again for as long as it runs.
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=exec',
    ...(scope === 'system' ? [`User=${unitText(account)}`] : []),
    `WorkingDirectory=${unitText(folder)}`,
    `ExecStart=${command.map(commandWord).join(' ')}`,
    'Restart=always',
    // Closed on purpose, which a person has proven with the site code: it must not come back two seconds later.
    ...(role === 'site' ? ['RestartPreventExitStatus=0'] : []),
    'RestartSec=2',
    'TimeoutStopSec=30',
    'NoNewPrivileges=yes',
    '',
    '[Install]',
    `WantedBy=${scope === 'system' ? 'multi-user.target' : 'default.target'}`,
    '',
  ].join('\n');
}

/** `%` begins a specifier in every setting. */
function unitText(text: string): string {
  return text.replaceAll('%', '%%');
}

/** One word of a command line: quoted, with C-like escapes; `$` would begin a variable. */
function commandWord(word: string): string {
  const escaped = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$');
  return `"${unitText(escaped)}"`;
}

function desktopEntry({ role, page }: Wanted): string {
  const { en, zh, ru } = titles[role];
  return [
    '[Desktop Entry]',
    'Version=1.5',
    'Type=Application',
    `Name=${en}`,
    `Name[zh]=${zh}`,
    `Name[ru]=${ru}`,
    `Exec=xdg-open ${page}`,
    'Terminal=false',
    'Categories=Education;',
    // Of the menu behind the right mouse button: what an icon beside the clock would show.
    ...(role === 'seat'
      ? [
          'Actions=status;',
          '',
          '[Desktop Action status]',
          'Name=Status of this computer',
          'Name[zh]=本机状态',
          'Name[ru]=Состояние компьютера',
          `Exec=xdg-open ${page}#status`,
        ]
      : []),
    '',
  ].join('\n');
}
