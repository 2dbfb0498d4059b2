import type { refusalSite as en } from '../en/refusal-site.ts';
import type { SameKeys } from '../strings.ts';

export const refusalSite: SameKeys<typeof en> = {
  'refusal.site-not-registered-at-centre':
    'ППЭ не зарегистрирован в РЦОИ.|Зарегистрируйтесь по адресу и коду.',
  'refusal.site-not-authorised': 'Ключа этого экзамена ещё нет.|Получите его по сети или из файла.',
  'refusal.site-not-calibrated': 'ППЭ ещё не открыл ключ экзамена.|Он открывает его токеном после выдачи.',
  'refusal.not-prepared': 'Ещё не подготовлено.|Подготовьте ключи экзамена.',
  'refusal.no-authorisation-prepared':
    'РЦОИ ещё не подготовил ключей для этого ППЭ.|Повторите позже или позвоните.',
  'refusal.no-site-registered': 'Ни один ППЭ не зарегистрирован.|Сначала регистрация.',
  'refusal.site-not-registered': 'ППЭ {site} ещё не зарегистрирован.',
  'refusal.register-the-site-first': 'Файл запечатывается для ППЭ: сначала регистрация.',
  'refusal.register-the-room-first': 'Файл запечатывается для аудитории: сначала регистрация.',
  'refusal.room-not-registered': 'Аудитория {room} ещё не зарегистрирована.',
  'refusal.no-such-room': 'Аудитории {room} здесь нет.',
  'refusal.no-such-site': 'ППЭ {site} в проекте нет.|Проверьте код ППЭ.',
  'refusal.setup-already-done': 'ППЭ уже настроен.|Войдите.',
  'refusal.setup-missing': 'Первый запуск не завершён.',
  'refusal.lock-absent': 'Токена нет ({path}).|Вставьте его.',
  'refusal.insert-the-lock': 'Вставьте токен.',
  'refusal.wrong-pin': 'Неверный PIN-код.|Попробуйте ещё раз.',
  'refusal.key-file-exists': 'Файл ключа уже есть ({path}).',
  'refusal.key-file-not-writable':
    'Файл ключа не записан в {path} ({code}).|Выберите доступную для записи папку.',
  'refusal.key-file-damaged': 'Файл ключа {path} повреждён или это не он.|Выберите нужный файл.',
  'refusal.newer-publication': 'РЦОИ опубликовал новый пакет.',
  'refusal.publication-not-checked': 'Не сверено с РЦОИ, последняя ли это публикация.',
  'refusal.publication-older':
    'Файл старше (публикация {file}), чем загруженное ({loaded}).|Попросите последний.',
  'refusal.publication-without-rooms': 'В пакете нет аудиторий этого ППЭ.',
  'refusal.rooms-not-registered': 'Не зарегистрированы: {rooms}.',
  'refusal.register-rooms': 'Передайте этим аудиториям коды.',
  'refusal.rooms-silent': 'Нет связи: {rooms}.',
  'refusal.start-rooms': 'Включите компьютеры аудиторий и проверьте сеть.',
  'refusal.rooms-not-loaded': 'Ещё не загрузили: {rooms}.',
  'refusal.load-in-rooms': 'Загрузите пакет в этих аудиториях.',
  'refusal.nothing-collected': 'Ещё ничего не принято.|Придёт от аудитории или из файла.',
  'refusal.several-results': 'Результатов из этой аудитории: {count}, все сохранены.',
  'refusal.no-receipts-yet': 'Квитанций для {site} ещё нет.',
  'refusal.wrong-release': 'Слова или разрешение не подходят.|Сверьте экзамен и ППЭ и введите снова.',
  'refusal.words-count': 'Введено слов: {found}, нужно {expected}.|Введите все по порядку.',
  'refusal.word-unknown': 'Слова {position} («{word}») нет в списке.|Переспросите по буквам.',
  'refusal.words-checksum': 'Слова не сходятся.|Сверьте их ещё раз.',
};
