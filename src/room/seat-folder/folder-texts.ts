/** Scripts and notes of a seat's folder. Scripts are plain ASCII: no code page of Windows changes them. */

import type { RuntimeSystem } from '../../node/runtimes.ts';

export type SeatSystem = RuntimeSystem;

/** What the folder is called when it is made from the console. */
export const folderName = 'invigil-seat';

/** Data lie outside of the folder: a copy of it is a seat of its own. */
const linuxHead = `#!/bin/sh
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
data=\${INVIGIL_DATA:-\${XDG_STATE_HOME:-$HOME/.local/state}/invigil/seat}
`;
const linuxCall = '"$here/runtime/linux/node" "$here/dist/program/main.mjs" seat';
const windowsHead = `@echo off
setlocal
if not defined INVIGIL_DATA set "INVIGIL_DATA=%LOCALAPPDATA%\\Invigil\\seat"
`;
const windowsCall = '"%~dp0runtime\\windows\\node.exe" "%~dp0dist\\program\\main.mjs" seat';

interface FolderFile {
  readonly name: string;
  readonly content: string;
  readonly executable?: boolean;
}

export function scriptsFor(systems: readonly SeatSystem[]): FolderFile[] {
  const sh = (name: string, call: string): FolderFile => ({
    name: `${name}.sh`,
    content: `${linuxHead}exec ${linuxCall} ${call}\n`,
    executable: true,
  });
  const cmd = (name: string, call: string, after = ''): FolderFile => ({
    name: `${name}.cmd`,
    content: `${windowsHead}${windowsCall} ${call}\n${after}`.replaceAll('\n', '\r\n'),
  });
  // Whoever started it by a double click reads what went wrong.
  const stay = 'if errorlevel 1 pause\n';
  return [
    ...(systems.includes('linux')
      ? [
          sh('start', '--data "$data" --configuration "$here/seat-folder.json" "$@"'),
          sh('install', 'install --data "$data" --configuration "$here/seat-folder.json" "$@"'),
          sh('uninstall', 'uninstall --data "$data" "$@"'),
        ]
      : []),
    ...(systems.includes('windows')
      ? [
          cmd('start', '--data "%INVIGIL_DATA%" --configuration "%~dp0seat-folder.json" %*', stay),
          cmd('install', 'install --data "%INVIGIL_DATA%" --configuration "%~dp0seat-folder.json" %*', stay),
          cmd('uninstall', 'uninstall --data "%INVIGIL_DATA%" %*', stay),
        ]
      : []),
  ];
}

const notes = {
  en: `Invigil seat

Copy this whole folder to every candidate's computer, to a place that candidates cannot
write to, for example with the classroom software.

Windows: start.cmd starts the seat, install.cmd makes it start at every sign-in,
uninstall.cmd takes that back.
Linux:   the same with start.sh, install.sh, uninstall.sh.

Then open http://127.0.0.1:7440/ in the browser. The room's console lists the computer:
admit it there. It needs no network but the one to the room.

Each computer makes its own keys at its first start, outside of this folder
(Windows: %LOCALAPPDATA%\\Invigil\\seat, Linux: ~/.local/state/invigil/seat; INVIGIL_DATA
names another place). Do not copy those.

The folder holds the pairing code of the room: do not give it away.
`,
  zh: `Invigil 考生端

请将整个文件夹复制到每台考试机（例如通过电子教室下发），放在考生不能写入的位置。

Windows：start.cmd 启动考生端；install.cmd 设为登录时自动启动；uninstall.cmd 取消。
Linux：start.sh、install.sh、uninstall.sh，作用相同。

然后在浏览器中打开 http://127.0.0.1:7440/ 。考场控制台会列出该计算机，请在那里接入。
除了与考场机的连接，不需要其他网络。

每台计算机首次启动时在本文件夹之外生成自己的密钥
（Windows：%LOCALAPPDATA%\\Invigil\\seat，Linux：~/.local/state/invigil/seat；
可用 INVIGIL_DATA 指定其他位置）。请勿复制这些数据。

本文件夹含有考场的配对码，请勿外传。
`,
  ru: `Invigil: место участника

Скопируйте всю папку на каждый компьютер участника (например, программой управления
классом) туда, куда участники не могут писать.

Windows: start.cmd запускает место, install.cmd включает запуск при каждом входе в
систему, uninstall.cmd отменяет это.
Linux:   то же самое — start.sh, install.sh, uninstall.sh.

Затем откройте в браузере http://127.0.0.1:7440/ . Компьютер появится в консоли
аудитории: допустите его там. Нужна только сеть до компьютера аудитории.

При первом запуске каждый компьютер создаёт свои ключи вне этой папки
(Windows: %LOCALAPPDATA%\\Invigil\\seat, Linux: ~/.local/state/invigil/seat; другое
место задаёт INVIGIL_DATA). Эти данные не копируйте.

В папке лежит код подключения аудитории: никому её не передавайте.
`,
};

/** With a byte order mark and both line ends: every editor of Windows shows them. */
export function notesFor(): FolderFile[] {
  return Object.entries(notes).map(([language, text]) => ({
    name: `README.${language}.txt`,
    content: `\u{feff}${text.replaceAll('\n', '\r\n')}`,
  }));
}
