/** Scripts and notes of an unpacked archive. Scripts are plain ASCII: no code page of Windows changes them. They ask for no other program. */
import { callOf, type ProgramRole, type ProgramSystem } from '../../src/exam/distribution/listed.ts';
import type { ArchiveFile } from './archives.ts';

const ports: Readonly<Record<ProgramRole, number>> = {
  centre: 7410,
  site: 7420,
  room: 7430,
  seat: 7440,
  'print-station': 7450,
  'voice-station': 7451,
  'scan-station': 7452,
};

/** @param node below the archive's folder. */
export function startScripts(role: ProgramRole, system: ProgramSystem, node: string): ArchiveFile[] {
  const calls: readonly (readonly [name: string, parameters: string])[] = [
    ['start', ''],
    ['install', 'install'],
    ['uninstall', 'uninstall'],
  ];
  // The seat has an installer of its own, which its room makes.
  const pages = role === 'seat' ? [] : [['setup', 'setup'] as const];
  if (system === 'windows-x64')
    return [
      ...[...calls, ...pages].map(([name, call]) => ({
        path: `${name}.cmd`,
        content: windowsScript(role, node.replaceAll('/', '\\'), call),
        executable: false,
      })),
      {
        path: 'invigil.cmd',
        content: lines([
          '@echo off',
          `"%~dp0${node.replaceAll('/', '\\')}" "%~dp0dist\\program\\main.mjs" %*`,
        ]),
        executable: false,
      },
    ];
  // Nothing there registers a start: `install` says so.
  const names = system === 'macos-arm64' ? calls.slice(0, 1) : [...calls, ...pages];
  const ending = system === 'macos-arm64' ? 'command' : 'sh';
  return [
    ...names.map(([name, call]) => ({
      path: `${name}.${ending}`,
      content: `${unixHead}${call === 'setup' ? '' : `data=\${INVIGIL_DATA:-\${XDG_STATE_HOME:-$HOME/.local/state}/invigil/${role}}\n`}exec "$here/${node}" "$here/dist/program/main.mjs" ${[...callOf(role), ...(call === '' ? [] : [call])].join(' ')}${call === 'setup' ? '' : ' --data "$data"'} "$@"
`,
      executable: true,
    })),
    {
      path: 'invigil',
      content: `${unixHead}exec "$here/${node}" "$here/dist/program/main.mjs" "$@"\n`,
      executable: true,
    },
  ];
}

const unixHead = `#!/bin/sh
set -eu
case $0 in */*) here=$(CDPATH='' cd -- "\${0%/*}" && pwd) ;; *) here=$PWD ;; esac
`;

function windowsScript(role: ProgramRole, node: string, call: string): string {
  return lines([
    '@echo off',
    'setlocal',
    // The pages ask for it.
    ...(call === 'setup'
      ? []
      : [`if not defined INVIGIL_DATA set "INVIGIL_DATA=%LOCALAPPDATA%\\Invigil\\${role}"`]),
    `"%~dp0${node}" "%~dp0dist\\program\\main.mjs" ${[...callOf(role), ...(call === '' ? [] : [call])].join(' ')} ${call === 'setup' ? '' : '--data "%INVIGIL_DATA%" '}%*`,
    // Whoever started it by a double click reads what went wrong.
    'if errorlevel 1 pause',
  ]);
}

const lines = (of: readonly string[]): string => `${of.join('\r\n')}\r\n`;

type Language = 'en' | 'zh' | 'ru';

const roleNames: Readonly<Record<Language, Readonly<Record<ProgramRole, string>>>> = {
  en: {
    centre: 'centre',
    site: 'site',
    room: 'room',
    seat: 'seat',
    'print-station': 'print station',
    'voice-station': 'voice station',
    'scan-station': 'scan station',
  },
  zh: {
    centre: '监控平台',
    site: '考点',
    room: '考场',
    seat: '考生端',
    'print-station': '打印站',
    'voice-station': '录音站',
    'scan-station': '扫描站',
  },
  ru: {
    centre: 'центр',
    site: 'пункт',
    room: 'аудитория',
    seat: 'место',
    'print-station': 'станция печати',
    'voice-station': 'станция записи ответов',
    'scan-station': 'станция сканирования',
  },
};

/** What a station works with, and does not bring. */
const devices: Readonly<Record<Language, Partial<Record<ProgramRole, string>>>> = {
  en: {
    'print-station': `Printer: of the network (IPP), or of this computer; for the latter Windows needs
SumatraPDF besides.`,
    'voice-station': `Microphone: of this computer. The page is opened in Chrome, Edge or Firefox.`,
    'scan-station': `Scanner: of the network (eSCL), with Linux of this computer (SANE: sane-utils), or
a folder that another program scans into.`,
  },
  zh: {
    'print-station': '打印机：网络打印机（IPP）或本机打印机；Windows 使用本机打印机时还需 SumatraPDF。',
    'voice-station': '麦克风：本机麦克风。请用 Chrome、Edge 或 Firefox 打开页面。',
    'scan-station': `扫描仪：网络扫描仪（eSCL），Linux 上也可用本机扫描仪（SANE：sane-utils），
或由其他程序扫描到的文件夹。`,
  },
  ru: {
    'print-station': `Принтер: сетевой (IPP) или этого компьютера; для второго в Windows нужна ещё
программа SumatraPDF.`,
    'voice-station': `Микрофон: этого компьютера. Страницу открывают в Chrome, Edge или Firefox.`,
    'scan-station': `Сканер: сетевой (eSCL), в Linux и сканер этого компьютера (SANE: sane-utils), или
папка, в которую сканирует другая программа.`,
  },
};

interface Told {
  readonly role: string;
  readonly start: string;
  /** null: there are no pages of installation. */
  readonly setup: string | null;
  readonly install: string;
  readonly uninstall: string;
  readonly invigil: string;
  readonly data: string;
  readonly port: number;
  readonly mac: boolean;
  /** null: it works with none. */
  readonly devices: string | null;
}

const texts: Readonly<Record<Language, (told: Told) => string>> = {
  en: (of) => `Invigil: ${of.role}

Everything that it needs is in this folder. No network and no other program is asked for.
${
  of.devices === null
    ? ''
    : `
${of.devices}
`
}
${
  of.setup === null
    ? ''
    : `Install, page by page:    ${of.setup}
`
}Start without that:       ${of.start}
Then open in a browser:   http://127.0.0.1:${of.port}/
${
  of.mac
    ? `Starting with the computer is for you to arrange on macOS. When macOS does not open
what comes from elsewhere:  xattr -dr com.apple.quarantine .`
    : `Start with the computer:  ${of.install}
Take that back:           ${of.uninstall}`
}
Other commands:           ${of.invigil} --help

Data lie outside of this folder, in ${of.data};
INVIGIL_DATA names another place. A newer version: stop this one, unpack the newer
archive to a place of its own, and start it there: it goes on with the same data.
`,
  zh: (of) => `Invigil：${of.role}

所需的一切都在本文件夹中，不需要网络，也不需要其他程序。
${
  of.devices === null
    ? ''
    : `
${of.devices}
`
}
${
  of.setup === null
    ? ''
    : `安装向导：          ${of.setup}
`
}不安装直接启动：    ${of.start}
然后在浏览器中打开：http://127.0.0.1:${of.port}/
${
  of.mac
    ? `macOS 上的开机启动需自行设置。如 macOS 阻止打开外来文件：
                    xattr -dr com.apple.quarantine .`
    : `随计算机启动：      ${of.install}
取消：              ${of.uninstall}`
}
其他命令：          ${of.invigil} --help

数据在本文件夹之外：${of.data}；
可用 INVIGIL_DATA 指定其他位置。更新版本：先停止本版本，把新版压缩包解压到另一位置，
在那里启动，它继续使用同一数据。
`,
  ru: (of) => `Invigil: ${of.role}

Всё нужное лежит в этой папке. Ни сеть, ни другие программы не нужны.
${
  of.devices === null
    ? ''
    : `
${of.devices}
`
}
${
  of.setup === null
    ? ''
    : `Установка по шагам:        ${of.setup}
`
}Запуск без установки:      ${of.start}
Затем откройте в браузере: http://127.0.0.1:${of.port}/
${
  of.mac
    ? `Запуск вместе с компьютером на macOS настройте сами. Если macOS не открывает
принесённое извне:         xattr -dr com.apple.quarantine .`
    : `Запуск с компьютером:      ${of.install}
Отменить:                  ${of.uninstall}`
}
Другие команды:            ${of.invigil} --help

Данные лежат вне этой папки: ${of.data};
другое место задаёт INVIGIL_DATA. Новая версия: остановите эту, распакуйте новый архив
в другое место и запустите там: она продолжит с теми же данными.
`,
};

/** With a byte order mark and both line ends: every editor of Windows shows them. */
export function notesFor(role: ProgramRole, system: ProgramSystem): ArchiveFile[] {
  const windows = system === 'windows-x64';
  const script = (name: string): string =>
    windows ? `${name}.cmd` : `./${name}.${system === 'macos-arm64' ? 'command' : 'sh'}`;
  return (Object.keys(texts) as Language[]).map((language) => ({
    path: `README.${language}.txt`,
    content: `\u{feff}${texts[language]({
      role: roleNames[language][role],
      start: script('start'),
      setup: role === 'seat' || system === 'macos-arm64' ? null : script('setup'),
      install: script('install'),
      uninstall: script('uninstall'),
      invigil: windows ? 'invigil.cmd' : './invigil',
      data: windows ? `%LOCALAPPDATA%\\Invigil\\${role}` : `~/.local/state/invigil/${role}`,
      port: ports[role],
      mac: system === 'macos-arm64',
      devices: devices[language][role] ?? null,
    }).replaceAll('\n', '\r\n')}`,
    executable: false,
  }));
}
