import type { accommodation as en } from '../en/accommodation.ts';
import type { SameKeys } from '../strings.ts';

export const accommodation: SameKeys<typeof en> = {
  'accommodation.title': 'Особые условия',
  'accommodation.open': 'Особые условия…',
  'accommodation.list': 'Особые условия ({count})',
  'accommodation.from': 'Откуда',
  'accommodation.roster': 'список участников',
  'accommodation.given': 'дано здесь: {by}, {at:clock}: {reason}',
  'accommodation.give': 'Дать',
  'accommodation.gave': 'Особые условия записаны: {name}.',
  'accommodation.percent': 'на {percent} % больше времени',
  'accommodation.minutes': 'на {minutes} мин больше времени',
  'accommodation.unlimited': 'без ограничения времени',
  'accommodation.text': 'текст {percent} %',
  'accommodation.coloursOf': 'цвета: {text} на {background}',
  'accommodation.singleColumn': 'материал над вопросом',
  'accommodation.largeControls': 'крупные указатель и кнопки',
  'accommodation.readAloud': 'вопросы читаются вслух',
  'accommodation.timePercent': 'Больше времени, % от продолжительности',
  'accommodation.timeMinutes': 'Больше времени, минут',
  'accommodation.textPercent': 'Размер текста',
  'accommodation.colours': 'Цвета',
  'accommodation.colours.usual': 'обычные',
  'accommodation.colours.blackOnWhite': 'чёрным по белому',
  'accommodation.colours.whiteOnBlack': 'белым по чёрному',
  'accommodation.colours.yellowOnBlack': 'жёлтым по чёрному',
  'accommodation.colours.blackOnYellow': 'чёрным по жёлтому',
  'accommodation.colours.blueOnCream': 'синим по кремовому',
  'accommodation.others': 'Обеспечивают люди',
  'accommodation.othersHint': 'Чего экран не делает: по одному в строке.',
  'accommodation.reason': 'Почему даётся',
  'accommodation.read': 'С особыми условиями: {accommodated} (файлов PNP: {pnps})',
  'accommodation.byPeople': 'Этого экран участника не делает, обеспечивают люди ({count})',
  'refusal.not-a-number-between': 'Не число от {least} до {most}.',
  'refusal.not-yes-or-no': 'Не «да» и не «нет».',
  'refusal.not-colours': 'Это не цвета.|Напишите одно из {known} или два цвета #rrggbb: текст, затем фон.',
  'refusal.colours-too-alike':
    'Цвета текста и фона слишком похожи.|Выберите цвета с контрастом не ниже {least}:1.',
  'refusal.too-many-accommodations': 'Больше {limit} особых условий.',
  'refusal.pnp-not-one':
    'Этот XML не PNP.|Он начинается с access-for-all-pnp или access-for-all-pnp-records.',
  'refusal.pnp-of-nobody':
    'В таблице нет участника с таким номером.|Назовите файл или person-sourced-id номером участника.',
  'refusal.pnp-twice': 'У двух PNP один номер.|Оставьте в ZIP один.',
  'refusal.pnp-value-outside': '{feature}: {value} не от {least} до {most}.',
  'refusal.pnp-time-twice': 'В additional-testing-time больше одного значения.|Оставьте одно.',
  'refusal.pnp-time-without-amount':
    'В additional-testing-time нет значения.|Укажите time-multiplier, fixed-minutes или unlimited.',
  'refusal.pnp-colour-unreadable': '{feature}: цвет {value} непонятен.|Напишите его как #rrggbb.',
  'refusal.accommodation-contradicts':
    'Таблица и PNP говорят о {field} разное.|Сделайте одинаково или уберите одно из них.',
  'refusal.accommodation-after-start': 'Экзамен уже начался.|Дайте доп. время.',
  'refusal.accommodation-takes-time':
    'Времени меньше, чем в списке участников.|Оставьте как есть или дайте больше.',
  'log.accommodated': 'Даны особые условия',
};
