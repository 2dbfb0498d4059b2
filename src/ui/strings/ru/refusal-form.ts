import type { refusalForm as en } from '../en/refusal-form.ts';
import type { SameKeys } from '../strings.ts';

/** What is wrong with a form's number, a register of forms, or an event. */
export const refusalForm: SameKeys<typeof en> = {
  'refusal.sheet-number-not-digits':
    'Номер бланка состоит только из цифр: «{number}».|Введите его так, как он напечатан под кодом.',
  'refusal.sheet-number-wrong-length':
    'В «{number}» цифр: {length}; в номерах здесь: {lengths}.|Введите номер целиком, как он напечатан под кодом.',
  'refusal.sheet-number-wrong-check-digit':
    '«{number}» не является номером бланка: контрольная цифра другая.|Одна цифра неверна или две переставлены. Сравните с бланком.',
  'refusal.sheet-not-in-register':
    'Номера {number} нет ни в одном реестре этого проекта.|Проверьте, не относится ли бланк к другому проекту и импортирован ли его реестр.',
  'refusal.sheet-of-other-region':
    'Бланк {number} относится к ППЭ, за который вы не отвечаете.|Передайте его тому, кто отвечает за его регион.',
  'refusal.event-code-taken':
    'Код «{code}» уже есть у другого мероприятия этого проекта.|Выберите другой код.',
  'refusal.event-composition-fixed':
    'Бланки уже созданы: состав комплекта не меняется.|Создайте новое мероприятие или удалите это, пока по нему ничего не поступило.',
  'refusal.event-has-pages':
    'По этому мероприятию уже поступили страницы.|Мероприятие остаётся; страницы можно удалять по одной.',
  'refusal.event-has-protocols': 'По этому мероприятию уже поступили протоколы.|Мероприятие остаётся.',
  'refusal.register-growing': 'Реестр ещё создаётся.|Дождитесь окончания.',
  'refusal.register-not-growing': 'Этот реестр сейчас не создаётся.|Начните заново.',
  'refusal.register-failed':
    'Создание реестра остановилось: {problem}.|Созданное сохранено. Устраните причину и продолжите.',
  'refusal.register-interrupted': 'Создание реестра прервано.|Оно продолжится само, когда центр запустится.',
  'refusal.register-numbers-used-up':
    'Номеров мероприятия не хватает на столько бланков.|Создайте для остальных второе мероприятие.',
  'refusal.register-plan-wrong':
    'Неверных строк в плане: {count}.|Исправьте их; до этого ничего не создаётся.',
  'refusal.register-sites-unknown':
    'ППЭ, которых нет в списке: {count} ({sites}).|Исправьте коды или разрешите добавить их.',
  'refusal.plan-room-twice': 'Эта аудитория уже есть в строке {line}.|Объедините строки.',
  'refusal.plan-nothing-missing':
    'В реестре уже есть все комплекты, нужные по списку.|Увеличьте резерв или введите добавку вручную.',
  'refusal.plan-empty': 'В плане нет ни комплектов, ни бланков.|Введите, сколько создать.',
  'refusal.plan-nobody-sits':
    'В сессии {number} никого нет.|Выберите другую сессию или сначала импортируйте список.',
  'refusal.plan-too-long': 'В плане больше {limit} строк.|Разделите его.',
  'refusal.plan-no-count': 'Это не количество от 0 до 10 000.|Введите целое число.',
  'refusal.register-columns-missing':
    'Не хватает столбцов: {headings}.|Назовите их так; образец — выгруженный реестр.',
  'refusal.register-cell-wrong': 'В столбце «{column}» такого быть не может.|Исправьте ячейку.',
  'refusal.register-cell-empty': 'Столбец «{column}» пуст.|Заполните его.',
  'refusal.register-kind-unknown':
    'Бланка с таким названием нет.|Используйте названия из выгруженного реестра.',
  'refusal.register-other-event': 'Строка относится не к мероприятию «{code}».|Импортируйте её там.',
  'refusal.register-number-not-digits': 'Номер бланка состоит только из цифр.|Исправьте ячейку.',
  'refusal.register-number-wrong-length':
    'В номере цифр: {found}, а не {length}.|Электронные таблицы обрезают длинные числа: задайте столбцу текстовый формат.',
  'refusal.register-number-wrong-check-digit': 'Контрольная цифра номера другая.|Сравните с бланком.',
  'refusal.register-number-twice': 'Этот номер уже есть в строке {line}.|У каждого бланка свой номер.',
  'refusal.register-number-known': 'Этот номер уже есть в реестре.|Уберите строку.',
  'refusal.register-site-unknown': 'В списке нет такого ППЭ.|Исправьте код или разрешите добавить ППЭ.',
  'refusal.register-kit-in-two-places':
    'В строке {line} этот комплект в другой аудитории.|Комплект относится к одной аудитории.',
  'refusal.register-place-twice': 'В комплекте {kit} это место уже занято.|Нумеруйте бланки комплекта с 1.',
  'refusal.register-kit-known': 'Этот комплект уже есть в реестре.|Уберите его строки.',
  'refusal.register-has-wrong-rows':
    'Неверных строк: {count}.|Исправьте файл; до этого ничего не импортируется.',
  'refusal.register-empty': 'В файле нет строк.|Выберите другой файл.',
  'refusal.register-too-long-for-xlsx': 'В реестре больше {limit} бланков.|Выгрузите его в CSV.',
  'refusal.register-nothing-here': 'В реестре здесь нет бланков.|Сначала создайте или импортируйте их.',
  'refusal.forms-printed-elsewhere':
    'Бланки с этими номерами напечатаны в другом месте, их макета здесь нет.|Печатайте бланки, номера которых созданы здесь.',
  'refusal.forms-too-many':
    'Бланков ППЭ: {count}; за один раз печатается не больше {limit}.|Печатайте по аудиториям.',
  'refusal.templates-not-json': 'Это не JSON.|Выберите файл с описанием бланков.',
  'refusal.templates-unreadable': 'Описание бланков непонятно: {path} ({problem}).|Исправьте это место.',
  'refusal.template-kind-twice': 'Вид «{kind}» описан дважды.|Уберите один.',
  'refusal.template-kinds-missing': 'Не описаны виды: {kinds}.|Опишите каждый.',
  'refusal.template-sides-fixed':
    'В реестре у бланков вида «{kind}» другое число сторон.|Сохраните число сторон или создайте новое мероприятие.',
  'refusal.template-beside-page': '«{field}» выходит за страницу ({kind}, сторона {side}).|Передвиньте.',
  'refusal.template-overlaps':
    '«{field}» перекрывает «{other}» ({kind}, сторона {side}); ▮ — коды и углы любого бланка.|Передвиньте.',
};
