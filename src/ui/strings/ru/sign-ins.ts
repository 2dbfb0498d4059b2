import type { signIns as en } from '../en/sign-ins.ts';
import type { SameKeys } from '../strings.ts';

export const signIns: SameKeys<typeof en> = {
  'signIns.own': 'Где вы вошли',
  'signIns.ownHint':
    'Видите чужой вход? Завершите его и смените пароль: его страница закроется за несколько секунд.',
  'signIns.others': 'Где вошли другие',
  'signIns.nobodyElse': 'Больше никто не вошёл.',
  'signIns.since': 'С какого времени',
  'signIns.lastUsed': 'Последнее действие',
  'signIns.address': 'Адрес',
  'signIns.browser': 'Браузер',
  'signIns.otherProgram': 'Другая программа',
  'signIns.thisOne': 'Этот',
  'signIns.end': 'Завершить',
  'signIns.endOthers': 'Завершить все остальные',
  'signIns.endAllOf': 'Завершить все у {account}',
  'signIns.othersEnded': 'Теперь вы вошли только здесь.',
  'signIns.lookAgain': 'Обновить',
  'refusal.sign-in-ended':
    'Этот вход завершён: с другого компьютера, администратором или сменой пароля.|Войдите ещё раз.',
  'refusal.no-such-sign-in': 'Этот вход уже завершён.|Обновите страницу.',
  'refusal.no-other-sign-in': 'Вы вошли только здесь.',
};
