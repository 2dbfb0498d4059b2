/** The lock helper's launcher and notes. Launchers are plain ASCII: no code page of Windows changes them. */
import type { RuntimeSystem } from '../../node/runtimes.ts';

interface TextFile {
  readonly name: string;
  readonly content: string;
}

export function helperScript(system: RuntimeSystem): TextFile {
  return system === 'linux'
    ? {
        name: 'start.sh',
        content: `#!/bin/sh
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
exec "$here/runtime/node" "$here/dist/main.mjs" --configuration "$here/lock.json" "$@"
`,
      }
    : {
        name: 'start.cmd',
        // Whoever started it by a double click reads what went wrong.
        content: `@echo off
setlocal
"%~dp0runtime\\node.exe" "%~dp0dist\\main.mjs" --configuration "%~dp0lock.json" %*
if errorlevel 1 pause
`.replaceAll('\n', '\r\n'),
      };
}

const notes = {
  en: `Invigil lock helper

For any computer with Windows or Linux that reaches the centre. Nothing is installed.

1. Unpack this file. Windows: right click, "Extract all".
2. Plug in the exam lock: the stick with the key file, or the token. For a token its maker's
   program has to be installed.
3. Windows: open start.cmd. Linux: open start.sh. A page opens in the browser; if it does
   not, copy the address from the window into the browser of this computer.
4. Type the PIN and press "Calibrate". To register a lock, type the code from the centre.
5. Close the page: the program ends. Plug the lock into the site's computer.

lock.json says where the centre is, and by which certificate it is known. The program talks
to nobody else. Compare the digest of this file with the one on the centre's page.
`,
  zh: `Invigil 机考锁程序

适用于任意可访问监控平台的 Windows 或 Linux 电脑，无需安装。

1. 解压本文件。Windows：右键，“全部解压缩”。
2. 插入机考锁：存有密钥文件的U盘或硬件锁。使用硬件锁时须先安装厂商程序。
3. Windows：打开 start.cmd。Linux：打开 start.sh。浏览器会自动打开页面；如未打开，
   请将窗口中的地址复制到本机浏览器。
4. 输入 PIN 码，点击“机考锁校时”。注册机考锁时，请输入监控平台提供的注册码。
5. 关闭页面，程序自动退出。然后将机考锁插入考点机。

lock.json 记录监控平台的地址及其证书指纹，程序不与其他任何主机通信。
请将本文件的摘要与监控平台页面上显示的进行核对。
`,
  ru: `Invigil: программа токена

Для любого компьютера с Windows или Linux, который достаёт до РЦОИ. Ничего не
устанавливается.

1. Распакуйте файл. Windows: правая кнопка, «Извлечь все».
2. Вставьте токен: носитель с файлом ключа или аппаратный токен. Для аппаратного нужна
   установленная программа его производителя.
3. Windows: откройте start.cmd. Linux: откройте start.sh. Страница откроется в браузере;
   если нет, скопируйте адрес из окна в браузер этого компьютера.
4. Введите PIN-код и нажмите «Сверить токен». Чтобы зарегистрировать токен, введите код
   из РЦОИ.
5. Закройте страницу: программа завершится. Вставьте токен в компьютер ППЭ.

В lock.json записано, где РЦОИ и по какому сертификату его узнают. Ни с кем другим
программа не говорит. Сверьте контрольную сумму этого файла со страницей РЦОИ.
`,
};

/** With a byte order mark and both line ends: every editor of Windows shows them. */
export function helperNotes(): TextFile[] {
  return Object.entries(notes).map(([language, text]) => ({
    name: `README.${language}.txt`,
    content: `\u{feff}${text.replaceAll('\n', '\r\n')}`,
  }));
}
