import type { sheet as en } from '../en/sheet.ts';
import type { SameKeys } from '../strings.ts';

export const sheet: SameKeys<typeof en> = {
  'sheet.doorAndSeats': 'Лист на дверь и рассадка',
  'sheet.doorAndSeatsOfAll': 'Листы на двери и рассадка по всем аудиториям',
  'sheet.tickets': 'Пропуска на экзамен',
  'sheet.ticketsOfAll': 'Пропуска по всем аудиториям',
  'sheet.open': 'Открыть (PDF)',
  'sheet.page': 'Страница {page} из {pages}',
  'sheet.missing':
    'Рамка с кодом стоит вместо знака, которого нет ни в одном шрифте программы; впишите его от руки: {codes}',
  'sheet.room': 'Аудитория',
  'sheet.site': 'ППЭ',
  'sheet.numbers': 'Номера участников',
  'sheet.zone': 'Время местное: {zone}.',
  'sheet.publication': 'публикация {number}',
  'sheet.seatTable': 'Рассадка',
  'sheet.freeSeats': 'Без номера места: любое свободное место',
  'sheet.index': '№',
  'sheet.kitList': 'Комплекты и варианты КИМ',
  'sheet.kit': 'Комплект',
  'sheet.questionPaper': 'Вариант КИМ',
  'sheet.reserveKit': 'резерв',
  'sheet.printedKit': 'Напечатан, кому выдан',
  'sheet.reservesOfSite': 'Резерв ППЭ',
  'sheet.photo': 'Фото',
  'sheet.photoUnprintable': 'Файл фотографии повреждён',
  'sheet.ticket': 'Пропуск на экзамен',
  'sheet.minutes': 'Минут',
  'sheet.signIn': 'Вход',
  'sheet.anySeat': 'любое',
  'sheet.signInRule':
    'Войдите на своём месте по номеру участника в то время, которое указано в столбце «Вход».',
  'sheet.lateRule': 'Опоздавшие допускаются только по коду, который запрашивает организатор в аудитории.',
  'sheet.ticketsOf': 'Для кого',
  'sheet.wholeProject': 'Весь проект',
  'sheet.ticketsText':
    'Один файл PDF с пропуском для каждого участника: фото, аудитория, все экзамены. Шрифты внутри файла, печатать можно на любом компьютере.',
  'sheet.make': 'Создать PDF',
  'refusal.too-many-for-one-file':
    'Участников {count}; в одном файле помещается {limit}.|Выберите один ППЭ; в ППЭ — одну аудиторию.',
  'refusal.photos-too-large-for-one-file':
    'Фотографии занимают {bytes:bytes}; в одном файле помещается {limit:bytes}.|Выберите один ППЭ; в ППЭ — одну аудиторию.',
  'refusal.roster-without-sessions':
    'В списке участников есть экзамены, которых нет в проекте: {numbers}.|Добавьте экзамены или загрузите список заново.',
  'refusal.no-tickets':
    'Здесь нет участников.|Загрузите список участников или выберите другой ППЭ либо аудиторию.',
};
