import type { oneRoster as en } from '../en/one-roster.ts';
import type { SameKeys } from '../strings.ts';

export const oneRoster: SameKeys<typeof en> = {
  'refusal.roster-zip-unreadable':
    'ZIP не читается ({problem}).|Упакуйте файлы заново, с простыми именами и без пароля.',
  'refusal.one-roster-version':
    'В манифесте версия OneRoster «{version}»; читаются 1.1 и 1.2.|Выгрузите как OneRoster CSV 1.1 или 1.2.',
  'refusal.one-roster-file-missing':
    'Нет файла {file}, или в манифесте он указан как absent.|Выгрузите orgs, users, classes и enrollments вместе, одним ZIP.',
  'refusal.one-roster-not-bulk':
    '{file} указан как «{way}»: список заменяет прежний целиком.|Выгрузите в режиме bulk.',
  'refusal.one-roster-columns-missing':
    'В {file} не хватает столбцов: {columns}.|OneRoster требует их в первой строке, буква в букву.',
  'refusal.one-roster-not-utf8':
    '{file} не в UTF-8.|Сохраните в UTF-8, как требует OneRoster: другие кодировки испортят имена.',
  'refusal.one-roster-unreadable': '{file} не читается в строке {line}: {problem}.|Выгрузите его заново.',
  'refusal.one-roster-nobody':
    'В выбранных классах нет ни одного ученика.|Проверьте enrollments.csv и то, какие классы пишут какой экзамен.',
  'refusal.one-roster-not-chosen':
    'Ещё не указано, какие классы пишут какой экзамен.|Выберите это в предпросмотре.',
  'refusal.one-roster-dangling': 'В {target} нет такого sourcedId.|Выгрузите все файлы вместе.',
  'refusal.one-roster-no-student':
    'Пользователь записан как ученик, но такой роли у него нет.|Исправьте роль или уберите запись.',
  'refusal.one-roster-twice': 'Уже есть в строке {line}.|Должно быть один раз.',
  'oneRoster.title': 'OneRoster {version}',
  'oneRoster.who': 'Какие классы пишут какой экзамен',
  'oneRoster.whoHint':
    'В OneRoster нет экзаменов: укажите это здесь. Каждый класс – аудитория; кто в него записан, имеет в ней место.',
  'oneRoster.now': 'Укажите, какие классы пишут какой экзамен, и прочитайте пакет так.',
  'oneRoster.session': 'Экзамен {number}, {name}',
  'oneRoster.nobody': 'никто',
  'oneRoster.allClasses': 'все классы',
  'oneRoster.course': '{title} · классов {classes}, учеников {students}',
  'oneRoster.seats': 'Номера мест',
  'oneRoster.seats.name': '1, 2, 3 … в каждом классе по имени',
  'oneRoster.seats.number': '1, 2, 3 … в каждом классе по номеру',
  'oneRoster.seats.free': 'без номеров: рассадка свободная',
  'oneRoster.codes': 'Коды: ППЭ из {siteCodes}, аудитории из {roomCodes}, номера участников из {numbers}.',
  'oneRoster.disabled': 'Пропущены, так как enabledUser равно false: {disabled}.',
  'oneRoster.read': 'Прочитать так',
};
