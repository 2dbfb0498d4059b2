/** Forms of our own, as an event has them when nobody has designed others: registration form, answer forms 1 and 2, additional sheet, protocol of the room. */
import type { Box, Field, Side, Template, Words } from './template.ts';

const words = (en: string, zh: string, ru: string): Words => ({ en, zh, ru });
const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });

const hand = words(
  'Write with a black pen, one character in each box, like this:  A B C 1 2 3',
  '请用黑色签字笔填写，每格一个字符，字形如下：  A B C 1 2 3',
  'Пишите чёрной ручкой, по одному знаку в клетке, по образцу:  А Б В 1 2 3',
);

const cell = { width: 5.5, height: 7 };
function characters(name: string, label: Words, x: number, y: number, count: number): Field {
  return { type: 'characters', name, label, at: box(x, y, cell.width, cell.height), count, gap: 0.6 };
}

/** What the printing station knows when it prints: nobody has to write it. */
const printed: readonly Field[] = [
  { type: 'printed', name: 'subject', label: words('Subject', '科目', 'Предмет'), at: box(26, 32, 78, 7) },
  { type: 'printed', name: 'date', label: words('Date', '日期', 'Дата'), at: box(108, 32, 28, 7) },
  { type: 'printed', name: 'site', label: words('Site', '考点', 'ППЭ'), at: box(140, 32, 28, 7) },
  { type: 'printed', name: 'room', label: words('Room', '考场', 'Аудитория'), at: box(172, 32, 21, 7) },
];

const registration: Template = {
  kind: 'registration',
  sides: [
    {
      heading: words('Registration form', '登记表', 'Бланк регистрации'),
      hints: [
        { at: box(26, 48, 160, 6), text: hand },
        {
          at: box(26, 214, 160, 20),
          text: words(
            'I have read the rules, and the kit is complete and belongs together.',
            '我已阅读考试规则，试卷及答题卡齐全且编号一致。',
            'С порядком проведения экзамена ознакомлен(а). Комплект полон, номера бланков совпадают.',
          ),
        },
      ],
      fields: [
        ...printed,
        characters('region', words('Region', '地区', 'Регион'), 26, 64, 2),
        characters('school', words('School', '学校', 'Код ОО'), 56, 64, 6),
        characters('class', words('Class', '班级', 'Класс'), 112, 64, 4),
        characters('last-name', words('Family name', '姓', 'Фамилия'), 26, 86, 26),
        characters('first-name', words('Given name', '名', 'Имя'), 26, 104, 26),
        characters('middle-name', words('Middle name', '中间名', 'Отчество'), 26, 122, 26),
        characters(
          'document',
          words('Number of the identity document', '证件号码', 'Номер документа'),
          26,
          140,
          20,
        ),
        {
          type: 'marks',
          name: 'sex',
          label: words('Sex', '性别', 'Пол'),
          at: box(34, 166, 5, 5),
          rows: ['–'],
          columns: ['F', 'M'],
          step: { x: 9, y: 8 },
          several: false,
        },
        {
          type: 'marks',
          name: 'removed',
          label: words('Filled in by the organiser', '监考员填写', 'Заполняет организатор'),
          at: box(110, 166, 5, 5),
          rows: ['–'],
          columns: ['1', '2'],
          step: { x: 9, y: 8 },
          several: true,
        },
        {
          type: 'area',
          name: 'signature',
          label: words('Signature', '签名', 'Подпись участника'),
          at: box(26, 236, 70, 16),
          lines: 0,
        },
      ],
    },
  ],
};

const tasks = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => String(from + i));

const answers1: Template = {
  kind: 'answers-1',
  sides: [
    {
      heading: words('Answer form 1', '答题卡一', 'Бланк ответов № 1'),
      hints: [
        { at: box(26, 46, 160, 6), text: hand },
        {
          at: box(26, 54, 160, 6),
          text: words(
            'Cross the box of your answer. To take an answer back, fill its box completely and cross another one.',
            '在所选答案的方格内打叉。如需更改，请将原方格完全涂满，再在其他方格内打叉。',
            'Поставьте крестик в клетке ответа. Чтобы отменить ответ, закрасьте клетку целиком и поставьте крестик в другой.',
          ),
        },
      ],
      fields: [
        ...printed,
        ...[0, 1, 2, 3].map((column): Field => ({
          type: 'marks',
          name: `choice-${column + 1}`,
          label: null,
          at: box(34 + column * 42, 72, 4.5, 4.5),
          rows: tasks(1 + column * 10, 10),
          columns: ['1', '2', '3', '4'],
          step: { x: 7.5, y: 7.4 },
          several: false,
        })),
        ...tasks(1, 16).map((task, i): Field =>
          characters(
            `short-${task}`,
            words(`B${task}`, `B${task}`, `B${task}`),
            26 + (i % 2) * 84,
            156 + Math.floor(i / 2) * 14.4,
            12,
          ),
        ),
      ],
    },
  ],
};

function writing(heading: Words): Side {
  return {
    heading,
    hints: [],
    fields: [...printed, { type: 'area', name: 'answer', label: null, at: box(17, 46, 176, 222), lines: 9 }],
  };
}

const answers2: Template = {
  kind: 'answers-2',
  sides: [
    writing(words('Answer form 2', '答题卡二', 'Бланк ответов № 2')),
    writing(words('Answer form 2, back', '答题卡二（背面）', 'Бланк ответов № 2, оборот')),
  ],
};

const additional: Template = {
  kind: 'additional',
  sides: [writing(words('Additional sheet', '附加答题纸', 'Дополнительный бланк ответов № 2'))],
};

const control: Template = {
  kind: 'control',
  sides: [
    {
      heading: words('Control sheet', '核对单', 'Контрольный лист'),
      hints: [
        {
          at: box(26, 60, 160, 30),
          text: words(
            'Compare the numbers of all sheets of this kit with the numbers below before the exam begins.',
            '开考前请核对本套全部答题卡的编号是否与下列编号一致。',
            'До начала экзамена сверьте номера всех бланков комплекта с номерами ниже.',
          ),
        },
      ],
      fields: [...printed, { type: 'printed', name: 'numbers', label: null, at: box(26, 96, 160, 120) }],
    },
  ],
};

const protocol: Template = {
  kind: 'protocol',
  sides: [
    {
      heading: words('Protocol of the room', '考场记录单', 'Протокол проведения в аудитории'),
      hints: [],
      fields: [
        ...printed,
        { type: 'printed', name: 'candidates', label: null, at: box(17, 46, 176, 190) },
        {
          type: 'area',
          name: 'signatures',
          label: words('Signatures of the organisers', '监考员签名', 'Подписи организаторов'),
          at: box(17, 246, 176, 22),
          lines: 0,
        },
      ],
    },
  ],
};

export const ownTemplates: readonly Template[] = [
  registration,
  answers1,
  answers2,
  additional,
  control,
  protocol,
];
