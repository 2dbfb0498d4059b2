import type { examBrowser as en } from '../en/exam-browser.ts';
import type { SameKeys } from '../strings.ts';

export const examBrowser: SameKeys<typeof en> = {
  'examBrowser.open': 'Safe Exam Browser…',
  'examBrowser.required':
    'Выбранный экзамен требует Safe Exam Browser: место с другим браузером или с другими настройками экзамен не показывает. Откройте файл ниже на каждом месте.',
  'examBrowser.optional':
    'Выбранный экзамен не требует Safe Exam Browser. Им всё же можно пользоваться: откройте там файл ниже.',
  'examBrowser.startUrl': 'Начальный адрес',
  'examBrowser.quitPassword': 'Пароль выхода',
  'examBrowser.configKey': 'Ключ настроек (Config Key)',
  'examBrowser.policyKeys': 'Разрешённые версии, заданные для экзамена',
  'examBrowser.filePassword': 'Пароль файла',
  'examBrowser.filePasswordHint':
    'Его спрашивает Safe Exam Browser, когда открывает файл. Пусто: ничего не спрашивает.',
  'examBrowser.filePasswordWrong': 'От 8 до 100 латинских букв, цифр и знаков',
  'examBrowser.file': 'Сохранить файл .seb',
  'examBrowser.settings': 'Настройки',
  'examBrowser.settingsText':
    'Другой порт или пароль выхода — другой ключ настроек: местам нужен новый файл.',
  'examBrowser.seatPort': 'Порт страницы экзамена на местах',
  'examBrowser.keys': 'Разрешённые Browser Exam Key',
  'examBrowser.keysHint':
    'По 64 шестнадцатеричных знака, как их показывает Safe Exam Browser. Если нет ни здесь, ни у экзамена — любая версия.',
  'examBrowser.keysWrong': 'В каждом ключе 64 шестнадцатеричных знака.',
  'examBrowser.saved': 'Сохранено.',
  'examBrowser.column': 'Браузер',
  'examBrowser.screen.unknown': 'не видно',
  'examBrowser.screen.other': 'другой',
  'examBrowser.screen.seb': 'Safe Exam Browser',
  'examBrowser.screen.refused': 'отказано',
  'policy.browser': 'Экзамен идёт в',
  'policy.browser.any': 'любом браузере',
  'policy.browser.seb': 'Safe Exam Browser',
  'policy.browserExamKeys': 'Разрешённые Browser Exam Key (нет: любая версия)',
};
