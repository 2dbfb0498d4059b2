import type { reserveConsole as en } from '../en/reserve-console.ts';
import type { SameKeys } from '../strings.ts';

/** A further console of a site for exams on paper, at the centre and at the site. */
export const reserveConsole: SameKeys<typeof en> = {
  'reserveConsole.title': 'Резервные станции авторизации',
  'reserveConsole.about':
    'Второй компьютер ППЭ для бумажных экзаменов. Он регистрируется по своему коду как тот же ППЭ, получает те же материалы и ключи и продолжает с того места, где остановился первый. Всё, что передают оба, — один день одного ППЭ.',
  'reserveConsole.none': 'Резервных станций авторизации нет ни у одного ППЭ',
  'reserveConsole.noneTodo':
    'Выберите ППЭ и создайте код. Зарегистрируйте станцию заранее: ключи и допуски, созданные после этого, предназначены и для неё.',
  'reserveConsole.site': 'ППЭ',
  'reserveConsole.open': 'Создать код …',
  'reserveConsole.openText':
    'По этому коду ещё один компьютер регистрируется как ППЭ {code} ({name}). Он сможет получать материалы и ключи доступа ППЭ и код открытия. Первый компьютер остаётся зарегистрированным.',
  'reserveConsole.madeBy': 'Создан',
  'reserveConsole.remove': 'Удалить …',
  'reserveConsole.removeText':
    'После этого РЦОИ больше не знает этот компьютер ППЭ {code}: он ничего не получает и ничего не передаёт. Уже полученные ключи у него остаются.',
  'reserveConsole.removeProof': 'Для подтверждения введите код ППЭ {code}',
  'siteDay.atOther': 'допущена на другой станции авторизации этого ППЭ',
  'siteDay.elsewhere': 'На другой станции авторизации этого ППЭ',
  'siteDay.elsewhereStation': '{station}: журнал есть',
  'siteDay.elsewhereMissing': '{station}: журнала нет, загрузите его здесь',
  'siteDay.elsewherePackages': 'Переданные ею пакеты: {packages}, подтверждено: {confirmed}',
  'refusal.reserve-console-paper-only':
    'Этот компьютер — резервная станция авторизации ППЭ, только для бумажных экзаменов.|Работайте на первом компьютере ППЭ или запросите в РЦОИ новый код регистрации ППЭ.',
  'refusal.reserve-console-is-first':
    'Этот компьютер уже основная станция авторизации ППЭ.|Зарегистрируйте по этому коду другой компьютер.',
  'refusal.reserve-consoles-enough':
    'У этого ППЭ уже столько резервных станций авторизации: {most}.|Удалите ту, которой больше не пользуются.',
  'refusal.no-such-reserve-console':
    'Этой резервной станции авторизации больше нет в списке.|Обновите страницу.',
};
