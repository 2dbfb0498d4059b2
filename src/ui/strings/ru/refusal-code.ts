import type { refusalCode as en } from '../en/refusal-code.ts';
import type { SameKeys } from '../strings.ts';

export const refusalCode: SameKeys<typeof en> = {
  'refusal.codes-issued-by-nobody': 'Правила этого экзамена не допускают исключений по коду.',
  'refusal.codes-issued-by-centre': 'Коды этого экзамена выдаёт центр.|Пусть аудитория позвонит в центр.',
  'refusal.codes-not-published':
    'Загруженный экзамен опубликован до появления кодов.|Опубликуйте заново и загрузите.',
  'refusal.codes-not-issued':
    'Использовано кодов, которые никто не выдавал: {count} ({codes}).|Откройте «Во время»: примите их под ответственность, затем уйдёт квитанция.',
  'refusal.code-not-needed': 'Это возможно без кода.',
  'refusal.nobody-in-exam': 'Никто не работает.',
  'refusal.not-late-yet': 'Срок опоздания не истёк: участник может просто войти.',
  'refusal.candidate-was-not-here': 'Участник ещё не входил.',
  'refusal.no-such-room': 'В этом экзамене нет аудитории {room}.|Проверьте номер.',
  'refusal.code-wrong': 'Код неверен.|Проверьте его по цифрам.',
  'refusal.code-not-asked': 'Этот код здесь не запрашивали.|Запросите новый.',
  'refusal.code-asked-already': 'Такой запрос уже открыт.',
  'refusal.code-used-already': 'Код уже использован.|Запросите новый.',
  'refusal.code-expired': 'Запросу больше часа.|Запросите новый.',
  'refusal.code-locked': 'Слишком много неверных кодов.|Подождите до {opensAt:time}.',
  'refusal.challenge-length': 'В запросе {expected} знаков, а не {found}.|Попросите прочитать ещё раз.',
  'refusal.challenge-letter':
    'Знака {letter} в запросе не бывает (место {position}).|Попросите прочитать ещё раз.',
  'refusal.challenge-mistyped': 'Один знак неверен или два переставлены.|Попросите прочитать ещё раз.',
  'refusal.challenge-action-unknown': 'Эта версия не знает такого запроса.|Установите версию аудитории.',
};
