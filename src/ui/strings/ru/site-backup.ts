import type { siteBackup as en } from '../en/site-backup.ts';
import type { SameKeys } from '../strings.ts';

export const siteBackup: SameKeys<typeof en> = {
  'site.backup': 'Резервная копия ППЭ',
  'site.backupOf':
    'Копия всего, что есть в ППЭ: экзамен, регистрации, авторизации, результаты, учётные записи и журнал. Создаётся без остановки аудиторий и сразу проверяется открытием.',
  'site.backupByLock': 'Открыть её можно только токеном с PIN-кодом.',
  'site.backupByPassword': 'У этого ППЭ нет токена: копию откроет только пароль, который вы зададите.',
  'site.backupPassword': 'Пароль копии',
  'site.backupPasswordHint':
    'Не короче {characters} знаков. Запишите его и храните отдельно от носителя: без него копию не откроет никто.',
  'site.backupPasswordAgain': 'Ещё раз',
  'site.backupPasswordsDiffer': 'Пароли не совпадают.',
  'refusal.backup-needs-password': 'Копия ППЭ без токена закрывается паролем.|Задайте пароль.',
  'refusal.backup-needs-lock': 'Эту копию открывает токен.|Вставьте один из токенов ППЭ и выберите его.',
  'refusal.wrong-backup-password':
    'Этот пароль копию не открывает.|Введите его так, как задали при создании копии.',
  'site.backupMake': 'Создать копию …',
  'site.backupNever': 'Копий ещё нет.',
  'site.backupAt': 'Последняя копия',
  'site.backupFile': 'Файл',
  'site.backupNote': 'Примечание',
  'site.backupNoteHint': 'Чтобы выбрать из нескольких копий',
  'site.backupDone': 'Копия записана в {folder}.',
  'site.restoreHow':
    'Восстановление: задайте другому компьютеру адрес этого, запустите на нём Invigil, на первой странице нажмите «Восстановить из копии» и вставьте токен или введите пароль копии. Центр и аудитории подключатся сами.',
  'site.restore': 'Восстановить из копии',
  'site.restoreText':
    'Этот компьютер займёт место того, с которого сделана копия. Задайте ему адрес, по которому аудитории ищут ППЭ; понадобится токен или пароль копии.',
  'site.restoreFile': 'Файл копии',
  'site.restoreFileHint': 'Файл site-backup_….parcel',
  'site.restoreFound': 'Копии на подключённых носителях',
  'site.restoreNone': 'На подключённых носителях копий нет. Вставьте флешку или введите путь к файлу.',
  'site.restoreLook': 'Посмотреть',
  'site.lockPathThere': 'На носителе: тот же токен, что был у ППЭ при создании копии',
  'site.restoreRun': 'Восстановить ППЭ',
  'site.restoreAddress': 'Аудитории ищут ППЭ по адресу',
  'site.restoreMadeBy': '{at}, {by}',
  'site.restoreRunning': 'ППЭ восстанавливается; страница обновится сама.',
  'site.restoreInstead': 'Настроить заново',
  'sealCheck.backup': 'Резервная копия ППЭ',
  'refusal.backup-missing': 'Резервной копии ППЭ нет.',
  'refusal.backup-older': 'Последняя копия: {at}.',
  'refusal.make-a-backup': 'Создайте её в разделе «Система»: с ней другой компьютер заменит этот за минуты.',
  'refusal.backup-cannot-be-read':
    'Не удалось прочитать {path} ({code}).|Проверьте путь и подключена ли флешка.',
  'refusal.backup-not-whole': 'Копия неполная: {problem}.|Возьмите другую.',
  'site.exportRegistrations': 'Выгрузить KDINFO',
  'site.registrationsNever':
    'Выгрузите файл KDINFO и храните его на флешке: с ним переустановленный ППЭ вернёт свои аудитории.',
  'site.registrationsSince': 'Зарегистрировано после выгрузки KDINFO ({at}): {count}. Выгрузите файл снова.',
  'site.restoreRegistrations': 'Восстановить регистрации …',
  'site.restoreRegistrationsText':
    'После переустановки ППЭ: аудитории получают свои регистрации обратно и подключаются сами.',
  'site.restoreRegistrationsFile': 'Последний файл KDINFO этого ППЭ',
  'site.registrationsRestored': 'Восстановлено регистраций: {count}.',
  'site.registrationsLeft': 'Ещё без регистрации: {rooms}. Передайте им коды.',
  'refusal.nothing-registered': 'Ни одна аудитория ещё не зарегистрирована.',
  'indicator.exchange': 'Обмен',
  'indicator.exchange.value': '{address}',
  'indicator.exchange.about': 'Служба, через которую аудитории связываются с этим ППЭ.',
  'sealCheck.computer': 'Этот компьютер',
  'refusal.computer-small':
    'Ядер процессора: {cores}, памяти: {memory:bytes}; требуется {leastCores} и {leastMemory:bytes}.',
  'refusal.use-a-stronger-computer':
    'При большом числе аудиторий возьмите более мощный компьютер; для нескольких хватит и этого.',
};
