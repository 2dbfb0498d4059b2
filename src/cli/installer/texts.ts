/** What an installer says, in the language of the system. */
export const languages = ['en', 'zh', 'ru'] as const;
export type Language = (typeof languages)[number];

const en = {
  title: 'Invigil seat {version}: installation on this computer',
  help: `Without options it installs the seat for the whole computer and asks for the administrator's permission.
  --user             for this account alone, without an administrator
  --account NAME     Linux: the account that the exam uses (the one that called sudo)
  --into FOLDER      where the program is laid
  --data FOLDER      where the seat keeps its data
  --port NUMBER      of the seat's page (7440)
  --uninstall        takes the program away; data stay
  --language en|zh|ru
  -- OPTIONS         what the seat is started with besides: -- --kiosk`,
  permission: 'The system now asks for the permission of an administrator.',
  laying: 'Unpacking to {into} …',
  updating: 'Version {before} is there and is replaced by {version}; its data stay.',
  registering: 'The seat is started, and will start with this computer …',
  installed: 'Done. The program is in {into}, its data in {data}.',
  starts:
    'It runs now and starts by itself: on Linux with the computer, on Windows when the exam’s account signs in.',
  announced: 'The room lists this computer ({computer}) now.',
  admitted: 'The room knows this computer; its seat number is {number}.',
  away: 'The room does not answer yet. The seat keeps trying; look whether the room’s computer is on and in the same network.',
  next: `What to do next:
  1. In the room’s console, under Seats: admit this computer.
  2. Candidate’s screen: {page}, or the shortcut “Invigil seat”.
  3. Open this file again to repair or update, or with --uninstall to take the program away.`,
  nextWindows: '     Windows also removes it under Settings, Apps.',
  silent:
    'It was started but its page {page} does not answer yet. Look there in a minute; if it stays so, open this file again.',
  remark: 'Not done: {said}',
  removed: 'The program is removed. The data stay in {data}.',
  nothing: 'There is no seat in {into}: nothing to remove.',
  enter: 'Press Enter to close this window.',
  'bad-call': 'This option is not understood: {problem}. --help lists them.',
  'installer-damaged':
    'This file is incomplete or damaged. Copy it again, or make it anew in the room’s console. Nothing was changed.',
  'installer-for-another-system':
    'This file is for another system ({system}). Make the one for this system in the room’s console.',
  'folder-not-empty': '{path} holds something else. Choose another folder with --into. Nothing was changed.',
  'candidate-at-work':
    'A candidate is working at this computer. Open this file again after the exam. Nothing was changed.',
  'administrator-needed':
    'This needs an administrator of the computer. Open it as one, or with --user for this account alone. Nothing was changed.',
  'account-needed': 'Which account does the exam use? Name it: --account NAME. Nothing was changed.',
  'not-registered':
    'The seat could not be registered with the system, and what was there before is back: {problem}',
  'not-written': '{path} cannot be written: {problem}. Nothing was changed.',
};
export type Said = keyof typeof en;

const zh: Record<Said, string> = {
  title: 'Invigil 考生端 {version}：在本机安装',
  help: `不带选项时为整台计算机安装考生端，并请求管理员许可。
  --user             仅为当前账号安装，不需要管理员
  --account 账号     Linux：考试使用的账号（默认为调用 sudo 的账号）
  --into 文件夹      程序的安装位置
  --data 文件夹      考生端数据的位置
  --port 端口        考生端页面的端口（7440）
  --uninstall        卸载程序，数据保留
  --language en|zh|ru
  -- 选项            启动考生端的其他选项，例如 -- --kiosk`,
  permission: '系统将请求管理员许可。',
  laying: '正在解压到 {into} …',
  updating: '已有版本 {before}，将更新为 {version}，数据保留。',
  registering: '正在启动考生端并设为开机自动启动 …',
  installed: '完成。程序位于 {into}，数据位于 {data}。',
  starts: '考生端已在运行，以后自动启动：Linux 随计算机启动，Windows 在考试账号登录时启动。',
  announced: '考场控制台已列出本机（{computer}）。',
  admitted: '考场已接入本机，机位号 {number}。',
  away: '考场机尚未应答。考生端会继续尝试；请检查考场机是否开机并在同一网络。',
  next: `接下来：
  1. 在考场控制台的“机位”中接入本机。
  2. 考生界面：{page}，或快捷方式“Invigil 机位”。
  3. 再次打开本文件可修复或更新；带 --uninstall 打开可卸载程序。`,
  nextWindows: '     也可以在 Windows“设置 - 应用”中卸载。',
  silent: '已启动，但页面 {page} 尚未应答。请一分钟后再看；若仍无应答，请再次打开本文件。',
  remark: '未完成：{said}',
  removed: '程序已卸载，数据保留在 {data}。',
  nothing: '{into} 中没有考生端，无需卸载。',
  enter: '按回车键关闭本窗口。',
  'bad-call': '无法识别的选项：{problem}。用 --help 查看可用选项。',
  'installer-damaged': '本文件不完整或已损坏。请重新复制，或在考场控制台重新生成。未作任何更改。',
  'installer-for-another-system': '本文件用于其他系统（{system}）。请在考场控制台生成适用于本系统的文件。',
  'folder-not-empty': '{path} 中有其他内容。请用 --into 选择其他文件夹。未作任何更改。',
  'candidate-at-work': '有考生正在本机作答。请在考试结束后再打开本文件。未作任何更改。',
  'administrator-needed':
    '需要本机管理员许可。请以管理员身份打开，或用 --user 仅为当前账号安装。未作任何更改。',
  'account-needed': '考试使用哪个账号？请指定：--account 账号。未作任何更改。',
  'not-registered': '无法在系统中登记考生端，已恢复原状：{problem}',
  'not-written': '无法写入 {path}：{problem}。未作任何更改。',
};

const ru: Record<Said, string> = {
  title: 'Invigil: место {version} — установка на этот компьютер',
  help: `Без параметров устанавливает место для всего компьютера и просит разрешения администратора.
  --user             только для этой учётной записи, без администратора
  --account ИМЯ      Linux: учётная запись экзамена (по умолчанию — кто вызвал sudo)
  --into ПАПКА       куда положить программу
  --data ПАПКА       где место хранит данные
  --port НОМЕР       порт страницы места (7440)
  --uninstall        удалить программу; данные остаются
  --language en|zh|ru
  -- ПАРАМЕТРЫ       с чем ещё запускать место: -- --kiosk`,
  permission: 'Сейчас система попросит разрешения администратора.',
  laying: 'Распаковка в {into} …',
  updating: 'Уже установлена версия {before}, она заменяется на {version}; данные остаются.',
  registering: 'Место запускается и будет запускаться вместе с компьютером …',
  installed: 'Готово. Программа — в {into}, данные — в {data}.',
  starts:
    'Место работает и запускается само: в Linux вместе с компьютером, в Windows при входе учётной записи экзамена.',
  announced: 'Аудитория уже видит этот компьютер ({computer}).',
  admitted: 'Аудитория знает этот компьютер, номер места — {number}.',
  away: 'Аудитория пока не отвечает. Место будет пробовать дальше; проверьте, включён ли компьютер аудитории и в той же ли он сети.',
  next: `Что дальше:
  1. В консоли аудитории, в разделе «Места», допустите этот компьютер.
  2. Экран участника: {page} или ярлык «Invigil: место».
  3. Откройте этот файл ещё раз, чтобы исправить или обновить, а с --uninstall — чтобы удалить программу.`,
  nextWindows: '     Удалить можно и в Windows: Параметры, Приложения.',
  silent:
    'Место запущено, но страница {page} пока не отвечает. Проверьте через минуту; если не поможет, откройте этот файл ещё раз.',
  remark: 'Не сделано: {said}',
  removed: 'Программа удалена. Данные остались в {data}.',
  nothing: 'В {into} места нет: удалять нечего.',
  enter: 'Нажмите Enter, чтобы закрыть окно.',
  'bad-call': 'Непонятный параметр: {problem}. Список — по --help.',
  'installer-damaged':
    'Файл неполный или повреждён. Скопируйте его ещё раз или создайте заново в консоли аудитории. Ничего не изменено.',
  'installer-for-another-system':
    'Этот файл — для другой системы ({system}). Создайте в консоли аудитории файл для этой.',
  'folder-not-empty': 'В {path} лежит другое. Укажите другую папку: --into. Ничего не изменено.',
  'candidate-at-work':
    'За этим компьютером работает участник. Откройте файл после экзамена. Ничего не изменено.',
  'administrator-needed':
    'Нужны права администратора. Откройте файл от его имени или с --user — только для этой учётной записи. Ничего не изменено.',
  'account-needed': 'Под какой учётной записью идёт экзамен? Укажите: --account ИМЯ. Ничего не изменено.',
  'not-registered': 'Не удалось зарегистрировать место в системе, прежнее состояние восстановлено: {problem}',
  'not-written': 'Не удаётся записать {path}: {problem}. Ничего не изменено.',
};

const texts = { en, zh, ru };

export type Values = Readonly<Record<string, unknown>>;

export function say(language: Language, key: Said, values: Values = {}): string {
  return texts[language][key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '?'));
}

export function hasText(key: string): key is Said {
  return key in en;
}
