import type { refusalProject as en } from '../en/refusal-project.ts';
import type { SameKeys } from '../strings.ts';

export const refusalProject: SameKeys<typeof en> = {
  'refusal.project-code-taken': 'Код {code} уже занят.|Выберите другой.',
  'refusal.no-such-project': 'Такого проекта нет.|Вернитесь к списку.',
  'refusal.session-number-taken': 'Экзамен {number} уже есть.|Выберите другой номер.',
  'refusal.session-is-published': 'Опубликованный экзамен удалить нельзя.',
  'refusal.sessions-missing': 'Экзаменов ещё нет.|Сначала добавьте их.',
  'refusal.roster-missing': 'Списка ещё нет.|Импортируйте на шаге 2.',
  'refusal.paper-missing': 'Экзамен {session}, {subject}: КИМ не выбран.|Выберите на шаге 3.',
  'refusal.practical-task-in-exam-browser':
    'Экзамен {session}, {subject}: для практических заданий нужны другие программы, а Safe Exam Browser их не открывает.|Разрешите любой браузер или выберите КИМ без практических заданий.',
  'refusal.publication-incomplete': 'Ещё не всё готово, см. список.',
  'refusal.changed-since-publication': 'Изменено после публикации.',
  'refusal.nothing-published': 'Ещё не опубликовано.|Сначала опубликуйте.',
  'refusal.nothing-received': 'Результатов ещё нет.',
  'refusal.roster-has-wrong-rows':
    'В списке ошибки ({count}); ничего не импортировано.|Исправьте строки и выберите файл снова.',
  'refusal.photo-not-a-picture':
    'Это не изображение JPEG, PNG или WebP.|Сохраните фотографию как JPEG или уберите этот файл.',
  'refusal.photo-too-large': 'Фотография больше {limit} байт.|Уменьшите её: достаточно 600 × 800 точек.',
  'refusal.photo-of-nobody':
    'В таблице нет участника с таким номером.|Назовите фотографию номером участника.',
  'refusal.photo-twice': 'У двух фотографий один номер.|Оставьте одну.',
  'refusal.roster-zip-needs-one-table':
    'В ZIP должна быть ровно одна таблица, CSV или XLSX.|Положите в него одну таблицу и фотографии.',
  'refusal.roster-empty': 'В таблице нет строк.|Первая строка — заголовки, далее по строке на участника.',
  'refusal.roster-columns-missing': 'Нет столбцов: {headings}.|Добавьте их в первую строку.',
  'refusal.encoding-unknown': 'Кодировка неизвестна (пробовали: {tried}).|Сохраните в UTF-8 или XLSX.',
  'refusal.csv-unreadable': 'CSV не читается, строка {line}: {problem}.|Сохраните заново или в XLSX.',
  'refusal.xlsx-unreadable': 'XLSX не читается.|Сохраните его заново.',
  'refusal.table-too-large': 'Таблица слишком велика.|Удалите пустое или разделите.',
  'refusal.cell-empty': 'Ячейка пуста.|Заполните.',
  'refusal.no-such-session': 'Такого экзамена нет; есть {sessions}.',
  'refusal.not-a-number-or-letters': 'Только буквы, цифры, - и _.',
  'refusal.too-long': 'Длиннее {limit} символов.',
  'refusal.not-a-seat-number': 'Не номер места от 1 до 9999.',
  'refusal.not-a-percentage': 'Не процент от 0 до 300.',
  'refusal.number-twice': 'Номер уже есть в строке {line}.',
  'refusal.seat-twice': 'Место занято в строке {line}.',
  'refusal.room-in-two-sites': 'Аудитория указана в двух ППЭ: {sites}.',
  'refusal.room-too-full': 'В аудитории больше {most} участников.',
};
