import type { refusalGeneral as en } from '../en/refusal-general.ts';
import type { SameKeys } from '../strings.ts';

export const refusalGeneral: SameKeys<typeof en> = {
  'refusal.sign-in-needed': 'Войдите в систему.',
  'refusal.wrong-password': 'Неверная учётная запись или пароль.|Проверьте написание и язык клавиатуры.',
  'refusal.too-many-tries': 'Слишком много неверных попыток.|Повторите через {waitMs:duration} (мин:с).',
  'refusal.not-allowed': 'Ваша роль не позволяет этого.|Обратитесь к администратору.',
  'refusal.password-must-be-changed': 'Сначала смените первый пароль.|Задайте собственный.',
  'refusal.password-too-short': 'Пароль слишком короткий.|Используйте не менее 8 символов.',
  'refusal.password-too-common': 'Слишком распространённый пароль.|Выберите другой.',
  'refusal.password-unchanged': 'Новый пароль совпадает со старым.|Выберите другой.',
  'refusal.account-exists': 'Учётная запись {account} уже есть.|Выберите другое имя.',
  'refusal.console-unreachable':
    'Программа на этом компьютере не отвечает.|Связь восстановится сама; повторите через минуту.',
  'refusal.form-incomplete': 'В форме ещё не всё заполнено или что-то не подходит.',
  'refusal.bad-request': 'В форме что-то пропущено или неверно.|Проверьте поля и повторите.',
  'refusal.internal-error':
    'Непредвиденная ошибка; сохранённое не потеряно.|Повторите; если не поможет, звоните в поддержку.',
  'refusal.disk-full': 'Диск заполнен, новое не сохраняется ({path}).|Освободите место; ничего не потеряно.',
  'refusal.disk-low': 'Свободно меньше {least:bytes} ({free:bytes}).|Освободите место до экзамена.',
  'refusal.journal-failed':
    'Журнал не записан ({reason}), действие не принято.|Освободите место или замените диск и повторите.',
  'refusal.upload-interrupted': 'Файл получен не полностью.|Выберите его ещё раз.',
  'refusal.upload-gone': 'Файл загружен слишком давно.|Выберите его ещё раз.',
  'refusal.download-gone': 'Срок загрузки истёк.|Выгрузите ещё раз.',
  'refusal.file-too-large': 'Файл больше {limit:bytes}.|Проверьте, тот ли это файл.',
  'refusal.file-missing': 'Файла нет.|Выберите файл.',
  'refusal.parent-unreachable':
    'Нет связи с вышестоящим уровнем ({code}).|Проверьте адрес и сеть или продолжайте через файлы.',
  'refusal.parent-is-another':
    'По этому адресу отвечает другой компьютер ({code}); ничего не отправлено.|Проверьте адрес; если компьютер заменён, зарегистрируйтесь заново.',
  'refusal.parent-not-understood': 'Ответ вышестоящего уровня непонятен.|Проверьте, что версии одинаковы.',
  'refusal.parent-failed':
    'У вышестоящего уровня ошибка (HTTP {status}).|Повторите; если не поможет, позвоните.',
  'refusal.answer-too-large': 'Ответ вышестоящего уровня слишком велик.|Звоните в поддержку.',
  'refusal.delivery-damaged': 'Файл повреждён при передаче.|Передайте ещё раз.',
  'refusal.stale-time-statement': 'Сообщённое время устарело.|Повторите.',
  'refusal.wrong-registration-code': 'Неверный код регистрации.|Сверьте его с листом по группам.',
  'refusal.registration-code-not-open': 'Код регистрации использован или отозван.|Запросите новый.',
  'refusal.use-files-or-wait-for-network': 'Продолжайте через файлы или ждите сеть: сохранённое уйдёт само.',
  'refusal.make-room-on-disk': 'Освободите место или поставьте больший диск.',
  'refusal.set-the-clock': 'Установите правильное время на компьютере.',
  'refusal.clock-wrong': 'Часы расходятся с вышестоящим уровнем на {offsetMs} мс.',
  'refusal.clock-not-compared': 'Часы не сверены: нет связи.',
  'refusal.connect-to-site': 'Подключитесь к ППЭ.',
  'refusal.connect-to-centre': 'Подключитесь к РЦОИ.',
  'refusal.settings-missing': 'Нет кода аудитории или адреса ППЭ.|Заполните.',
};
