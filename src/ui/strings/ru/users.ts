import type { users as en } from '../en/users.ts';
import type { SameKeys } from '../strings.ts';

export const users: SameKeys<typeof en> = {
  'users.title': 'Пользователи',
  'users.byAdministrator': 'Пользователей заводит и меняет администратор.',
  'users.person': 'Имя',
  'users.phone': 'Телефон',
  'users.role': 'Роль',
  'users.on': 'Может входить',
  'users.off': 'Отключён',
  'users.firstPassword': 'Ещё не сменил первый пароль',
  'users.add': 'Добавить пользователя…',
  'users.addSubmit': 'Добавить',
  'users.accountHint': 'Вводится при входе: буквы, цифры, . _ @ -',
  'users.password': 'Первый пароль',
  'users.passwordHint': 'Не менее 8 символов. При первом входе его нужно сменить.',
  'users.editTitle': 'Пользователь · {account}',
  'users.newPassword': 'Новый пароль…',
  'users.newPasswordTitle': 'Новый пароль · {account}',
  'users.newPasswordSubmit': 'Задать пароль',
  'users.newPasswordText': 'Сеанс {account} завершится; войти можно будет с этим паролем.',
  'users.switchOff': 'Отключить',
  'users.switchOn': 'Включить',
  'users.isOff': '{account} отключён, его сеанс завершён.',
  'users.isOn': '{account} снова может входить.',
  'users.removeText':
    '{account} удаляется, его сеанс завершается. Сделанное с этой учётной записью остаётся в журнале.',
  'users.may.room.administrator': 'Всё: настройка, пользователи, места, завершение и передача.',
  'users.may.room.invigilator': 'Работа в день экзамена: допуск, начало, наблюдение, запись событий.',
  'users.may.site.administrator': 'Всё.',
  'users.may.site.observer': 'Видит всё и ничего не меняет.',
  'users.may.centre.administrator': 'Всё, включая пользователей, коды ППЭ и ключи доступа.',
  'users.may.centre.operator': 'Проекты, списки, КИМ, результаты.',
  'users.may.centre.observer': 'Видит всё и ничего не меняет.',
  'refusal.own-account':
    'Со своей учётной записью этого сделать нельзя.|Свой пароль меняют ниже; остальное — другой администратор.',
  'refusal.last-administrator': 'Это последний администратор.|Сначала назначьте другого.',
  'refusal.no-such-account': 'Учётной записи {account} больше нет.|Обновите страницу.',
  'refusal.no-such-role-here': 'Здесь нет такой роли.|Выберите другую.',
  'refusal.read-only-without-site':
    'Только просмотр: нет связи с ППЭ, а «{session}» начинают только при связи с ним.|Включите компьютер ППЭ и проверьте сеть; работа продолжится сама, когда он ответит.',
  'refusal.storage-low':
    'В {path} свободно {free:bytes}, нужно {least:bytes}.|Освободите место или перенесите папку данных на больший диск.',
  'refusal.storage-not-there': 'Папка {path} недоступна ({code}).|Проверьте, подключён ли её диск.',
  'refusal.no-such-warning': 'Последняя проверка об этом не предупреждает.|Проверьте ещё раз.',
  'refusal.backup-running': 'Идёт запись в {folder}.|Дождитесь конца; окно можно закрыть.',
  'refusal.backup-drive-full':
    'В {folder} свободно {free:bytes}, нужно {needed:bytes}.|Освободите место или возьмите другой носитель.',
  'refusal.stick-pulled-out':
    'Носитель вынут во время чтения {path}; ничего не принято.|Вставьте его и загрузите файл ещё раз.',
  'refusal.drive-pulled-out':
    'Носитель {folder} вынут. Файл на нём неполный: {file}.|Вставьте его или другой и запишите ещё раз.',
};
