import type { refusalDayPackages as en } from '../en/refusal-day-packages.ts';
import type { SameKeys } from '../strings.ts';

/** What comes from sites after an exam on paper: packages, journals, and what the gateways' folders say. */
export const refusalDayPackages: SameKeys<typeof en> = {
  'refusal.archive-of-another-site':
    'Архив назван по ППЭ {site}, а это папка ППЭ {own}.|Войдите под учётной записью ППЭ {site} или исправьте имя.',
  'refusal.archive-of-another-subject':
    'Архив назван по {found}, а эта папка для {expected}.|Отправьте его в папку своего предмета и дня или исправьте имя.',
  'refusal.archive-name-not-by-rule':
    'Архивы называются ППЭ_предмет_дата.zip, здесь {expected}; следующие оканчиваются на _2.zip, _3.zip.|Переименуйте файл и отправьте ещё раз.',
  'refusal.day-journal-not-whole':
    'Журнал станции неполный ({what}, запись {seq}).|Выгрузите его со станции ещё раз; не открывайте и не изменяйте файл.',
  'refusal.day-journal-told-twice':
    'Станция {number} уже передала закрытие {closing} с другим содержанием.|Завершите работу станции ещё раз и передайте этот журнал.',
  'refusal.day-package-differs':
    'Пакет {part} аудитории {room} уже есть здесь с другим содержанием.|Сформируйте на станции сканирования новый пакет взамен.',
  'refusal.day-parcel-of-another-site':
    'Файл со станции ППЭ {site}.|Отправьте его из этого ППЭ или передайте в РЦОИ.',
  'refusal.event-not-of-site':
    'ППЭ {site} не участвует в этом экзамене: его нет в реестре бланков.|Проверьте реестр бланков.',
  'refusal.gateway-folder-only-for-sites':
    'Папки здесь есть только у учётных записей ППЭ.|Запросите в РЦОИ учётную запись своего ППЭ.',
  'refusal.gateway-no-such-file': 'Такого файла или папки нет.|Обновите список.',
  'refusal.gateway-no-uploads-here':
    'В эту папку файлы не принимаются.|Отправляйте их в папку ППЭ внутри папки предмета.',
  'refusal.gateway-password-to-replace':
    'Пароль известен ещё кому-то, сначала его нужно сменить.|Один раз войдите на странице РЦОИ и задайте свой.',
  'refusal.gateway-sent-not-given-out':
    'Отправленный файл обратно не выдаётся.|Что о нём сказано, стоит рядом в файле с окончанием .txt.',
  'refusal.no-packages-yet': 'Пакетов этого ППЭ ещё не было, сказать о них нечего.|Дождитесь первого пакета.',
  'refusal.no-such-package': 'Такого пакета нет.|Загрузите страницу заново.',
  'refusal.not-a-day-parcel':
    'Это {found}, а здесь принимаются пакеты ответов, журналы станций и статусы.|Выберите нужный файл.',
  'refusal.package-contents-unreadable':
    'Не читается перечень содержимого пакета.|Сформируйте пакет на станции заново.',
  'refusal.package-counts-differ':
    'В пакете заявлено страниц: {declared}, а есть {found}.|Сформируйте пакет на станции сканирования заново.',
  'refusal.package-not-confirmed': 'Пакет ещё не вскрыт или отклонён.|Дождитесь, пока он будет подтверждён.',
  'refusal.package-not-here':
    'Пакет учтён, но его файла нет в хранилище РЦОИ.|Попросите ППЭ отправить его ещё раз; проверьте хранилище.',
  'refusal.package-opening-failed':
    'Пакет не удалось вскрыть: {problem}.|Попытка повторится после следующего запуска РЦОИ.',
  'refusal.package-part-too-large':
    'Часть {part} пакета больше {limit:bytes}.|Проверьте станцию, которая его сформировала, и сформируйте пакет заново.',
  'refusal.package-parts-differ':
    'Части {part} пакета нет, она лишняя или не та, что назвала станция.|Сформируйте пакет на станции заново.',
  'refusal.package-replaces-unknown':
    'Пакет заменяет {replaces}, но тот относится к другому ППЭ или экзамену.|Передавайте файлы своего ППЭ; если это такой файл, сообщите в РЦОИ.',
  'refusal.package-without-sheet':
    'Бланка {number}, сторона {side}, в этом пакете нет.|Выберите бланк из списка.',
  'refusal.parcel-of-another-event':
    'Файл относится к экзамену {event}, а в этом проекте такого нет.|Проверьте предмет и дату.',
  'refusal.recording-unreadable':
    'Запись {part} не является файлом FLAC.|Сформируйте пакет на станции записи заново.',
  'refusal.rescan-without-sheets': 'Не указано, какие бланки пересканировать.|Выберите хотя бы один.',
};
