import type { remoteControl as en } from '../en/remote-control.ts';
import type { SameKeys } from '../strings.ts';

export const remoteControl: SameKeys<typeof en> = {
  'remote.title': 'Компьютеры мест',
  'remote.about':
    'Приказ получают выбранные места, а если не выбрано ни одно – все. Место, которое не приняло приказ за минуту, не выполнит его и позже.',
  'remote.screen': 'Экран участника',
  'remote.screens': 'Экраны участников',
  'remote.toolbar': 'Экраны участников',
  'remote.toolbarMissing': 'Экраны: не открыто {count}',
  'remote.allShown': 'Экран участника открыт на всех местах: {count}.',
  'remote.missing':
    'Экран участника не открыт на {count} местах из {all}. Открывать можно сколько угодно раз.',
  'remote.order': 'Последний приказ',
  'remote.now': 'Занято',
  'remote.isAtWork': 'За местом работают',
  'remote.isFree': 'Свободно',
  'remote.pending': 'изменений только здесь: {count}',
  'remote.newest': '{action}, {at}.',
  'remote.notDone': 'Не выполнено: {count}, причины в списке.',
  'remote.progress': 'Выполнение последнего приказа',
  'remote.outcome': '{action} {at}: {state}.',
  'remote.seats': 'Места: {seats}',
  'remote.atWork': 'За этими местами работают участники: {seats}',
  'remote.reason': 'Почему всё же это нужно',
  'remote.reasonHint': 'Записывается в журнал с вашим именем.',
  'remote.password': 'Ваш пароль',
  'remote.screen.shown': 'Открыт',
  'remote.screen.elsewhere': 'Открыт в другом браузере',
  'remote.screen.starting': 'Запускается',
  'remote.screen.closed': 'Не запущен',
  'remote.screen.failed': 'Не запускается',
  'remote.screen.unknown': 'Место не на связи',
  'remote.action.open-screen': 'Открыть экран',
  'remote.action.close-screen': 'Закрыть экран',
  'remote.action.restart': 'Перезагрузить компьютер',
  'remote.action.shut-down': 'Выключить компьютер',
  'remote.action.initialise': 'Очистить место',
  'remote.do.open-screen': 'Открыть экраны ({count})',
  'remote.do.close-screen': 'Закрыть экраны ({count})',
  'remote.do.restart': 'Перезагрузить ({count})',
  'remote.do.shut-down': 'Выключить ({count})',
  'remote.do.initialise': 'Очистить ({count})',
  'remote.state.waiting': 'передаётся',
  'remote.state.under-way': 'выполняется',
  'remote.state.done': 'выполнено',
  'remote.state.failed': 'не выполнено',
  'remote.state.not-reached': 'нет связи',
  'remote.text.close-screen':
    'Экран участника закроется и останется закрытым, пока его не откроют отсюда. Сохранённые ответы остаются.',
  'remote.text.restart':
    'Компьютеры перезагрузятся сразу, открытые программы закроются без вопросов. Место вернётся, когда его программа запустится вместе с компьютером или вручную. На официальном экзамене место с ответами, которых нет в аудитории, не перезагружается.',
  'remote.text.shut-down':
    'Компьютеры выключатся сразу, включать их придётся вручную. На официальном экзамене место с ответами, которых нет в аудитории, не выключается.',
  'remote.text.initialise':
    'Ответы, файлы, работы и выгруженные пакеты на этих компьютерах будут удалены, экраны закроются; отменить это нельзя. Места остаются в аудитории со своими номерами. Место с ответами, которых нет в аудитории, не очищается.',
  'remote.room.title': 'Очистить аудиторию',
  'remote.room.about':
    'Возвращает этот компьютер к состоянию без загруженного экзамена. На официальном экзамене – только до первого входа и снова после квитанции.',
  'remote.room.do': 'Очистить аудиторию…',
  'remote.room.done': 'Аудитория очищена.',
  'remote.room.text':
    'Загруженный экзамен, ключ доступа, работы, ответы, файлы и результаты на этом компьютере будут удалены; отменить это нельзя. Учётные записи и пароли остаются, журнал тоже: он доказывает ход экзамена, но без ответов. Данные на местах не меняются: сначала очистите места.',
  'remote.room.keepSettings': 'Оставить настройки и регистрацию',
  'remote.room.keepSeats': 'Оставить места и номера; иначе каждое придётся подключать заново',
  'refusal.other-room-code': 'Это не код этой аудитории.',
  'refusal.seats-hold-answers':
    'На этих местах ответы, которых нет в аудитории: {seats}.|Дождитесь их передачи или загрузите пакеты ответов и отправьте результаты снова.',
  'refusal.session-erased': 'Ответы этого сеанса удалены здесь после квитанции.|Результат хранится в центре.',
  'refusal.no-seats-chosen': 'Нет места, к которому это относилось бы.',
  'refusal.no-such-order': 'Аудитория такого приказа не давала.',
  'refusal.seat-order-under-way': 'Место ещё выполняет приказ.|Дождитесь итога в списке.',
  'refusal.seat-at-work': 'За этим местом работают.|Запишите, почему это всё же нужно.',
  'refusal.seat-at-work-now': 'За этим местом работают.',
  'refusal.answers-only-at-seat':
    'На этом месте изменений, которых нет в аудитории: {count}.|Дождитесь их передачи или загрузите пакет ответов.',
  'refusal.work-folder-held':
    'Файл {file} в {folder} занят другой программой.|Закройте её на этом месте и очистите место ещё раз.',
  'refusal.receipt-missing':
    'Центр ещё не подтвердил результаты сеансов: {sessions}.|Отправьте их и дождитесь квитанции или загрузите её.',
  'refusal.seat-did-not-take-it':
    'Место не приняло приказ за минуту.|Проверьте, включено ли оно и на связи ли.',
  'refusal.seat-did-not-come-back': 'Место начало, но не сообщило, чем кончилось.|Посмотрите на его экран.',
  'refusal.order-interrupted': 'Программа места завершилась раньше.|Повторите приказ.',
  'refusal.computer-does-not-obey':
    'Операционная система отказала: {problem}|Запускайте программу места от пользователя с такими правами.',
  'refusal.no-browser-found': 'Chromium, Chrome или Edge не найдены.|Установите или укажите в --browser.',
  'refusal.browser-does-not-start': '{program} не запускается: {problem}|Проверьте программу из --browser.',
  'refusal.browser-ends-at-once':
    '{program} сразу завершается: {problem}|Запускайте программу места в сеансе пользователя, который сидит за экраном.',
};
