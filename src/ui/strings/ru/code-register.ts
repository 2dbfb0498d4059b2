/** Every one-time code of a project in one list. */
export const codeRegister = {
  'code.register': 'Все коды …',
  'code.all': 'Все',
  'code.siteFilter': 'Код ППЭ начинается с',
  'code.roomFilter': 'Код аудитории начинается с',
  'code.noneFound': 'Таких кодов нет',
  'code.askedColumn': 'Запрос',
  'code.issuedColumn': 'Выдача',
  'code.usedColumn': 'Использован',
  'code.kind.late-start': 'Поздний старт',
  'code.kind.late-candidate': 'Допуск опоздавшего',
  'code.kind.extra-time': 'Доп. время',
  'code.kind.reinitialise': 'Начать заново',
  'code.standing.asked': 'запрошен',
  'code.standing.issued': 'выдан',
  'code.standing.used': 'использован',
  'code.standing.unissued': 'использован, никем не выдан',
} as const;
