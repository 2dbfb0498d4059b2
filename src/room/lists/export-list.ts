/** A list of the board as XLSX, in the language of who takes it away. */
import { incidents, type IncidentKind } from '../../exam/incident/incidents.ts';
import { violationTypes } from '../../exam/incident/violation-types.ts';
import { sittingViews } from '../board/board.ts';
import type { Room } from '../room.ts';

const texts = {
  en: {
    violations: 'Violations',
    extraTime: 'Extra time',
    resumed: 'Resumed',
    absent: 'Absent',
    no: 'No.',
    number: 'Admission number',
    name: 'Name',
    at: 'Time',
    type: 'Kind',
    description: 'What happened',
    minutes: 'Minutes',
    byCode: 'By code',
    yes: 'yes',
    givenBack: 'Minutes given back',
    reason: 'Reason',
  },
  zh: {
    violations: '违纪明细',
    extraTime: '补时明细',
    resumed: '断点续考明细',
    absent: '缺考明细',
    no: '序号',
    number: '准考证号',
    name: '姓名',
    at: '处理时间',
    type: '违纪类型',
    description: '违纪情况描述',
    minutes: '补时分钟',
    byCode: '授权',
    yes: '是',
    givenBack: '补偿分钟',
    reason: '原因',
  },
  ru: {
    violations: 'Нарушения',
    extraTime: 'Доп. время',
    resumed: 'Продолжили',
    absent: 'Неявка',
    no: '№',
    number: 'Номер',
    name: 'Ф. И. О.',
    at: 'Время',
    type: 'Вид',
    description: 'Что произошло',
    minutes: 'Минуты',
    byCode: 'По коду',
    yes: 'да',
    givenBack: 'Возвращено минут',
    reason: 'Причина',
  },
} as const;

export async function exportList(
  room: Room,
  sessionId: string,
  kind: IncidentKind,
  language: keyof typeof texts,
): Promise<{ fileName: string; content: Uint8Array }> {
  const t = texts[language];
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });
  const typeText = (code: string): string => {
    const type = violationTypes.find((one) => one.code === code);
    return type ? `${code} ${type.text[language]}` : code;
  };
  const heads = {
    violations: [t.at, t.type, t.description],
    extraTime: [t.at, t.minutes, t.byCode],
    resumed: [t.at, t.givenBack, t.reason],
    absent: [t.reason],
  }[kind];
  const rows = incidents(kind, sittingViews(room, sessionId)).map((one) => {
    const at = one.at === null ? '' : time.format(one.at);
    const rest = {
      violations: [at, typeText(String(one.what)), one.detail],
      extraTime: [at, one.what, one.byCode ? t.yes : ''],
      resumed: [at, one.what, one.detail],
      absent: [one.detail],
    }[kind];
    return [one.index, one.admissionNumber, one.name, ...rest];
  });
  // A library of many files that most starts never need.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  const sheet = workbook.addWorksheet(t[kind], { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow([t.no, t.number, t.name, ...heads]);
  for (const row of rows) sheet.addRow(row);
  sheet.getRow(1).font = { bold: true };
  // A number of 18 digits is no quantity.
  sheet.getColumn(2).numFmt = '@';
  for (const [i, width] of [8, 24, 28, 22, 48, 48].entries()) sheet.getColumn(i + 1).width = width;
  const { package: content } = room.state;
  const session = room.state.packageSession(sessionId);
  return {
    fileName: `${content?.room.code ?? 'room'}_${session?.number ?? ''}_${kind}.xlsx`,
    content: new Uint8Array(await workbook.xlsx.writeBuffer()),
  };
}
