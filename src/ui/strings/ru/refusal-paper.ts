import type { refusalPaper as en } from '../en/refusal-paper.ts';
import type { SameKeys } from '../strings.ts';

export const refusalPaper: SameKeys<typeof en> = {
  'refusal.paper-has-refused-items': 'Некоторые задания нельзя показать.|Исключите их или исправьте пакет.',
  'refusal.not-a-zip': 'Это не ZIP-пакет и не XML-задание ({problem}).|Выгрузите как пакет QTI.',
  'refusal.package-too-many-files': 'В пакете больше {limit} файлов.|Разделите его.',
  'refusal.package-too-large': 'После распаковки {name} больше {limit:bytes}.|Уменьшите медиафайлы.',
  'refusal.package-without-items': 'В пакете нет заданий.|Выгрузите тест вместе с заданиями.',
  'refusal.package-without-manifest': 'Нет imsmanifest.xml; файлы взяты по порядку имён.',
  'refusal.file-name-too-long': 'Имя {name} слишком длинное.|Сократите и упакуйте заново.',
  'refusal.file-name-leaves-package':
    'Имя {name} ведёт за пределы пакета.|Упакуйте с относительными именами.',
  'refusal.file-encrypted': '{name} зашифрован.|Упакуйте без пароля.',
  'refusal.file-is-link': '{name} — ссылка.|Упакуйте сам файл.',
  'refusal.file-twice': '{name} в пакете дважды.|Упакуйте заново.',
  'refusal.file-damaged': '{name} повреждён ({problem}).|Скопируйте или выгрузите заново.',
  'refusal.file-not-used': '{name} не используется.',
  'refusal.file-missing-in-package': '{name} нет в пакете.|Добавьте и выгрузите снова.',
  'refusal.several-tests': 'В пакете несколько тестов; взят {used}.',
  'refusal.test-made-from-items': 'Теста нет; составлен из {items} заданий.',
  'refusal.test-without-parts': 'В тесте нет частей.|Добавьте часть с секцией.',
  'refusal.item-not-in-test': 'Тест не использует {item}.',
  'refusal.kept-but-not-applied': '{element} сохранено, но решают правила экзамена.',
  'refusal.converted-from-qti-2': 'Преобразовано из QTI 2 в 3.0 файлов: {files}.',
  'refusal.xml-too-large': 'XML больше {limit:bytes}.|Разделите его.',
  'refusal.xml-too-complex': 'XML слишком сложен (строка {line}).|Разделите его.',
  'refusal.xml-encoding-unknown': 'Кодировка XML неизвестна.|Сохраните в UTF-8.',
  'refusal.xml-has-doctype': 'В XML есть DOCTYPE (строка {line}).|Удалите его.',
  'refusal.xml-not-well-formed': 'XML не корректен, строка {line}, столбец {column}: {problem}.|Исправьте.',
  'refusal.item-without-body': 'У задания нет тела.',
  'refusal.stimulus-without-body': 'У материала {name} нет тела.',
  'refusal.interaction-not-rendered':
    '{interaction}: оценивается, но пока не показывается.|Исключите задание или спросите иначе.',
  'refusal.interaction-without-picture': 'В {interaction} нет рисунка.|Добавьте img или object с файлом.',
  'refusal.position-object-without-stage':
    'Взаимодействие position object вне сцены.|Поместите его в qti-position-object-stage с рисунком.',
  'refusal.hotspot-shape-unknown':
    'У области {hotspot} неизвестная форма «{shape}».|Используйте circle, rect, poly или default.',
  'refusal.hotspot-coords-unreadable':
    'Координаты «{coords}» области {hotspot} не подходят к форме {shape}.|Исправьте: circle — x,y,r; rect — left,top,right,bottom; poly — x,y трёх углов или больше.',
  'refusal.external-reference': 'Ссылка наружу: {reference}.|Положите файл в пакет.',
  'refusal.response-not-declared': 'Ответ {response} не объявлен.',
  'refusal.template-needs-correct-response':
    'Шаблон читает или выбирает верный ответ.|Используйте переменную шаблона.',
  'refusal.left-out': 'Исключено.',
  'refusal.marked-by-people': 'Проверяют люди.',
  'refusal.answered-by-recording': 'Устный ответ: запись не длиннее {seconds} с.',
  'refusal.recording-tries': 'Попыток записи: {tries}.',
  'refusal.recording-limit-unreadable':
    '{attribute} — «{value}», это не предел: действует обычный.|Напишите целое число.',
  'refusal.without-response-processing': 'Нет правил оценки: ответы сохраняются без баллов.',
  'refusal.response-processing-template-unknown': 'Неизвестный шаблон {template}: без баллов.',
  'refusal.custom-operator-not-evaluated': 'Оператор {operator} не вычисляется.',
  'refusal.adaptive-item-one-attempt': 'Адаптивное задание: одна попытка.',
  'refusal.feedback-not-shown': 'Отзывы на экзамене не показываются.',
  'refusal.catalog-not-shown': 'Из каталога поддержки участникам доступны только тексты карточек spoken.',
  'refusal.companion-materials-not-shown': 'Доп. материалы не показываются.',
  'refusal.stylesheet-not-used': 'Стили задания не используются.',
  'refusal.element-dropped': '{element} не разрешён и удалён.',
  'refusal.practical-task':
    'Практическое задание. Файлы для участника: {files}. Ожидаются обратно: {expected}.',
  'refusal.practical-too-many-expected': 'Задание ожидает обратно больше {limit} файлов. Разделите его.',
  'refusal.practical-too-many-files': 'В задании больше {limit} файлов. Разделите его.',
  'refusal.practical-file-name':
    'Имя файла задания {name} допустимо не во всех системах или похоже на имя временного файла. Переименуйте его.',
  'refusal.practical-file-executable':
    'Файл задания {name} — программа. Программы участникам не выдаются; уберите его.',
  'refusal.practical-file-too-large': 'Файл задания {name} больше {limit} МБ. Уменьшите его.',
  'refusal.practical-file-twice':
    'Два файла задания называются {name} (регистр букв не учитывается). Переименуйте один из них.',
  'refusal.practical-expected-twice': 'Файл {name} ожидается дважды. Запросите его один раз.',
  'refusal.practical-expected-name':
    'Имя ожидаемого файла «{name}» непригодно. Укажите имя с расширением или образец, например *.docx.',
  'refusal.practical-size-limit': 'Предел размера «{limit}» — не целое число мегабайт от 1 до 200.',
  'refusal.practical-response-not-file': 'Ответ {response} практического задания не объявлен как один файл.',
  'refusal.link-removed': 'Ссылка {reference} удалена.',
  'refusal.qti-1-not-read': '{name} — QTI 1.2.|Выгрузите в QTI 3.0, 2.2 или 2.1.',
  'refusal.default-response-not-shown':
    'Ответ по умолчанию {response} не показывается.|Нетронутый ответ считается пустым.',
  'refusal.hidden-content-left-out': 'Скрытое содержимое ({element}) исключено.',
};
