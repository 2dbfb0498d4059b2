import type { refusalCode as en } from '../en/refusal-code.ts';
import type { SameKeys } from '../strings.ts';

export const refusalCode: SameKeys<typeof en> = {
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
