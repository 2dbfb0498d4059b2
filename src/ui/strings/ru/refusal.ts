import type { refusal as en } from '../en/refusal.ts';
import type { SameKeys } from '../strings.ts';

export const refusal: SameKeys<typeof en> = {
  'refusal.sign-in-needed': 'Войдите в систему.',
  'refusal.wrong-password': 'Неверная учётная запись или пароль.|Проверьте написание и язык клавиатуры.',
  'refusal.not-allowed': 'Ваша роль не позволяет этого.|Обратитесь к администратору.',
  'refusal.password-too-short': 'Пароль слишком короткий.|Используйте не менее 8 символов.',
  'refusal.password-too-common': 'Слишком распространённый пароль.|Выберите другой.',
  'refusal.too-early': 'Ещё рано.',
  'refusal.not-authorised': 'Экзамен ещё не авторизован.|Сначала выполните авторизацию.',
  'refusal.already-authorised': 'Экзамен уже авторизован.',
  'refusal.sign-in-not-open': 'Вход ещё не разрешён.|Сначала разрешите вход.',
  'refusal.sign-in-already-open': 'Вход уже разрешён.',
  'refusal.already-started': 'Экзамен уже начался.',
  'refusal.not-started': 'Экзамен ещё не начался.',
  'refusal.already-ended': 'Экзамен завершён.',
  'refusal.not-ended': 'Экзамен ещё не завершён.|Сначала завершите его.',
  'refusal.no-session-chosen': 'Экзамен не выбран.|Сначала выберите экзамен.',
  'refusal.parent-unreachable':
    'Нет связи с вышестоящим уровнем.|Проверьте адрес и сеть или продолжайте через файлы.',
  'refusal.wrong-registration-code': 'Неверный код регистрации.|Проверьте его по знакам.',
  'refusal.registration-code-not-open': 'Код регистрации использован или отозван.|Запросите новый.',
  'refusal.wrong-pin': 'Неверный PIN-код.|Попробуйте ещё раз.',
  'refusal.roster-has-wrong-rows':
    'В списке есть ошибочные строки; ничего не импортировано.|Исправьте их и импортируйте снова.',
  'refusal.end-needs-reasons': 'Не все участники сдали работу.|Укажите причину для каждого.',
  'refusal.backup-first': 'Сначала сделайте резервную копию.',
  'refusal.late-start-needs-code': 'Время начала прошло.|Запросите код.',
  'refusal.disk-full': 'Диск заполнен.|Освободите место; ничего не потеряно.',
  'refusal.disk-low': 'Свободно меньше {least:bytes}.',
  'refusal.console-unreachable': 'Программа на этом компьютере не отвечает.|Попытка повторится сама.',
  'refusal.bad-request': 'В форме что-то не заполнено или неверно.',
  'refusal.internal-error': 'Непредвиденная ошибка.|Повторите; если не пройдёт, обратитесь в поддержку.',
  'refusal.site-not-calibrated': 'Ключ экзамена ещё не открыт в ППЭ.',
  'refusal.not-prepared': 'Центр ещё не подготовил это.',
};
