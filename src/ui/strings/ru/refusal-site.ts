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
  'refusal.no-such-site': 'ППЭ {site} в проекте нет.|Проверьте код ППЭ.',
  'refusal.setup-already-done': 'ППЭ уже настроен.|Войдите.',
  'refusal.setup-missing': 'Первый запуск не завершён.',
  'refusal.site-set-up-without-lock':
    'ППЭ настроен без токена.|Зарегистрируйте токен командой «invigil lock» и выберите его в разделе «Система».',
  'refusal.lock-absent': 'Токена нет ({path}).|Вставьте его.',
  'refusal.insert-the-lock': 'Вставьте токен.',
  'refusal.wrong-pin': 'Неверный PIN-код.|Попробуйте ещё раз.',
  'refusal.lock-pulled-out':
    'Токен {serial} извлечён.|Вставьте его снова; что уже открыто, остаётся открытым.',
  'refusal.no-token': 'Ни одного токена не вставлено.|Вставьте токен, проверьте считыватель и кабель.',
  'refusal.token-looked-for': 'Идёт поиск токена.|Подождите немного.',
  'refusal.wrong-pin-few-tries':
    'Неверный PIN-код, попыток осталось мало.|Сначала уточните PIN-код: после последней попытки токен заблокируется.',
  'refusal.wrong-pin-last-try':
    'Неверный PIN-код, осталась одна попытка.|Не угадывайте: уточните PIN-код, иначе токен заблокируется.',
  'refusal.pin-locked':
    'Токен заблокирован: слишком много неверных PIN-кодов.|Разблокируйте его программой производителя и PIN-кодом администратора, возьмите запасной токен или токен другого члена ГЭК либо позвоните в РЦОИ.',
  'refusal.pin-expired': 'Срок действия PIN-кода токена истёк.|Смените его программой производителя.',
  'refusal.token-not-initialised':
    'Токен не инициализирован или PIN-код не задан.|Сделайте это программой производителя.',
  'refusal.token-unsuitable':
    'Этот токен не подходит: он не согласует ключи P-256 (ECDH).|Возьмите другой токен или файл ключа.',
  'refusal.token-makes-no-key':
    'Токен не создаёт ключи P-256 сам.|Создайте ключ программой производителя с меткой «invigil exam lock».',
  'refusal.token-without-key':
    'На токене {serial} больше нет ключа.|Позвоните в РЦОИ: зашифрованное для него открыть нельзя.',
  'refusal.token-library-missing': 'Файла {path} нет.|Установите программу производителя или исправьте путь.',
  'refusal.token-library-not-local':
    'Библиотека {path} не загружена.|Нужен полный путь; файл должен лежать на этом компьютере, изменять его могут только администраторы.',
  'refusal.token-library-unusable':
    '{path} — не библиотека токенов для этого компьютера ({problem}).|Выберите библиотеку PKCS#11 производителя для этой системы.',
  'refusal.token-process-ended':
    'Библиотека токена прервала работу.|Повторите: она запущена заново. Если это продолжается, обновите программу производителя.',
  'refusal.token-silent': 'Токен не отвечает.|Извлеките его, вставьте снова и повторите.',
  'refusal.token-refuses':
    'Токен отказывает в операции ({call}: {code}).|Извлеките его, вставьте снова и повторите; что значит код, знает производитель.',
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
