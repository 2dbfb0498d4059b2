import type { due as en } from '../en/due.ts';
import type { SameKeys } from '../strings.ts';

export const due: SameKeys<typeof en> = {
  'due.title': 'Сдача результатов',
  'due.show': 'Сдача результатов',
  'due.backToResults': 'Все результаты',
  'due.now.none': 'Пока ничего не ожидается: экзамены и участники появятся вместе со списком.',
  'due.now.late': 'Опаздывают: {late} из {rooms} аудиторий. Начните с первой строки.',
  'due.now.waiting':
    'Здесь и проверены результаты {roomsVerified} из {rooms} аудиторий; остальные ещё не опаздывают.',
  'due.now.all': 'Результаты всех {rooms} аудиторий здесь и проверены.',
  'due.sums':
    'Участники: ожидается {expected}, получено {received}, проверено {verified}, недостаёт {missing}',
  'due.everySession': 'Все экзамены',
  'due.byRoom': 'По аудиториям',
  'due.bySite': 'По ППЭ',
  'due.missingOnly': 'Только недостающие',
  'due.search': 'ППЭ или аудитория',
  'due.found': 'Найдено: {total}',
  'due.exportCsv': 'Экспорт CSV',
  'due.exportXlsx': 'Экспорт XLSX',
  'due.noneFound': 'Таких строк нет',
  'due.noneFoundTodo': 'Измените условия выше; если всё получено, здесь пусто.',
  'due.session': 'Экзамен',
  'due.site': 'ППЭ',
  'due.siteName': 'Название',
  'due.room': 'Аудитория',
  'due.rooms': 'Аудитории',
  'due.expected': 'Ожидается',
  'due.received': 'Получено',
  'due.verified': 'Проверено',
  'due.missing': 'Недостаёт',
  'due.state': 'Состояние',
  'due.dueAt': 'Срок',
  'due.late': 'Опоздание',
  'due.lateMin': 'Опоздание, минут',
  'due.lateFor': '{hours} ч {minutes} мин',
  'due.notLate': 'Ещё нет',
  'due.siteContact': 'Последняя связь с ППЭ',
  'due.saidOfRoom': 'ППЭ сообщает',
  'due.endedAt': 'Закончено',
  'due.collectedAt': 'Принято в ППЭ',
  'due.handedUpAt': 'Передано',
  'due.remedy': 'Что делать',
  'due.state.missing': 'Нет результата',
  'due.state.partial': 'Не все участники',
  'due.state.problem': 'Не подтверждено',
  'due.state.held': 'Код не выдан',
  'due.state.verified': 'Проверено, цело',
  'due.said.unheard': 'об аудитории ничего',
  'due.said.waiting': 'не началось',
  'due.said.running': 'идёт экзамен',
  'due.said.ended': 'закончено, не передано',
  'due.said.reported': 'аудитория передала',
  'due.saidCollected': 'принято {at:clock}, не передано',
  'due.saidHandedUp': 'передано {at:clock}',
  'due.contact': 'связь {at:time}',
  'due.neverHeard': 'связи не было',
  'due.remedy.look-at-problem':
    'Результат получен и не засчитан: причина в его строке в «Результатах». Пусть аудитория передаст его снова.',
  'due.remedy.answer-for-codes':
    'Аудитория использовала код, который никто не выдавал: ответьте за него в разделе «Коды».',
  'due.remedy.candidates-elsewhere':
    'В результате нет части участников из списка: узнайте, загрузила ли аудитория новейшую публикацию.',
  'due.remedy.site-never-registered':
    'ППЭ не регистрировался: позвоните туда. Результаты можно передать файлом.',
  'due.remedy.site-silent': 'ППЭ не на связи: позвоните туда. Без сети результаты выгружают на флешку.',
  'due.remedy.report-again':
    'ППЭ сообщает, что результат передан, но здесь его нет: пусть передаст снова или привезёт файлом.',
  'due.remedy.site-has-it': 'Результат в ППЭ: пусть там нажмут «Передать» в разделе «После».',
  'due.remedy.room-has-reported':
    'Аудитория передала результат, а в ППЭ его нет: пусть передаст снова или её файл загрузят в ППЭ.',
  'due.remedy.room-silent': 'ППЭ не видит аудиторию: пусть туда пойдут и принесут результат на флешке.',
  'due.remedy.room-ended':
    'Экзамен в аудитории закончен: пусть организатор сделает копию и передаст результат.',
  'due.remedy.room-running': 'Экзамен ещё идёт: узнайте, дано ли доп. время или забыли завершить экзамен.',
  'due.remedy.room-not-started':
    'Экзамен не начат: узнайте в ППЭ, не пришёл ли никто; тогда отмечают неявку и завершают экзамен.',
  'due.remedy.room-unheard':
    'ППЭ ничего не сообщал об этой аудитории: узнайте, зарегистрирована ли она и была ли включена.',
  'due.remedy.look-at-rooms': 'Посмотрите аудитории этого ППЭ по одной.',
};
