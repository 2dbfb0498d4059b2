/** Which column of a roster means what: known by its heading in any of the three languages, or said by hand. */
import * as z from 'zod';
import { accommodationHeadings, type AccommodationColumn } from '../accommodation/columns.ts';

const headings = {
  sessionNumber: [
    'session',
    'session number',
    'session no',
    'exam',
    '场次',
    '场次号',
    '场次编号',
    'экзамен',
    'номер экзамена',
    'сессия',
  ],
  siteCode: [
    'site',
    'site code',
    'centre',
    'centre code',
    'center code',
    'school code',
    '考点',
    '考点代码',
    '考点编号',
    '考点号',
    'ппэ',
    'код ппэ',
    'номер ппэ',
  ],
  siteName: [
    'site name',
    'school',
    'school name',
    'centre name',
    'center name',
    '考点名称',
    '学校',
    '学校名称',
    'название ппэ',
    'наименование ппэ',
    'школа',
  ],
  region: [
    'region',
    'region name',
    'district',
    'area',
    '地区',
    '区域',
    '考区',
    '区县',
    'регион',
    'район',
    'муниципалитет',
    'муниципальное образование',
    'мсу',
    'ате',
  ],
  roomCode: [
    'room',
    'room code',
    'room number',
    'room no',
    '考场',
    '考场代码',
    '考场号',
    '考场编号',
    'аудитория',
    'код аудитории',
    'номер аудитории',
  ],
  roomName: ['room name', '考场名称', 'название аудитории'],
  admissionNumber: [
    'number',
    'admission number',
    'admission no',
    'candidate number',
    'candidate no',
    'candidate id',
    'registration number',
    '准考证号',
    '准考证号码',
    '准考证',
    '考生号',
    '考号',
    'номер',
    'номер участника',
    'код участника',
    'регистрационный номер',
  ],
  name: [
    'name',
    'candidate',
    'candidate name',
    'full name',
    'student',
    'student name',
    '姓名',
    '考生姓名',
    '考生',
    'имя',
    'фио',
    'ф и о',
    'участник',
    'фамилия имя отчество',
  ],
  seatNumber: ['seat', 'seat number', 'seat no', '座位号', '座位', '座号', '机位号', 'место', 'номер места'],
  ...accommodationHeadings,
} as const satisfies Record<string, readonly string[]>;

export type RosterField = keyof typeof headings;
const fields = Object.keys(headings) as [RosterField, ...RosterField[]];
export const rosterFieldSchema = z.enum(fields);

/** What was said by hand: by heading, as `plainHeading` writes it; null: this column means nothing. */
export const rosterMappingSchema = z
  .record(z.string().max(200), rosterFieldSchema.nullable())
  .refine((mapping) => Object.keys(mapping).length <= 200);
export type RosterMapping = z.infer<typeof rosterMappingSchema>;

export interface RosterColumn {
  readonly header: string;
  readonly field: RosterField | null;
}

const needed = ['sessionNumber', 'siteCode', 'roomCode', 'admissionNumber', 'name'] as const;
export const neededFields: readonly Exclude<RosterField, AccommodationColumn>[] = needed;

/** Spaces, capitals, dots and brackets make no difference. */
export function plainHeading(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{M}\p{N}%]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

const byHeading: ReadonlyMap<string, RosterField> = new Map(
  fields.flatMap((field) => headings[field].map((heading) => [plainHeading(heading), field] as const)),
);

/** Every field once: what was said by hand counts before what a heading says, and the first column before a later one. */
export function readColumns(head: readonly string[], mapping: RosterMapping = {}): RosterColumn[] {
  const plain = head.map(plainHeading);
  const found: (RosterField | null)[] = head.map(() => null);
  const taken = new Set<RosterField>();
  const take = (i: number, field: RosterField | null | undefined): void => {
    if (field == null || taken.has(field)) return;
    taken.add(field);
    found[i] = field;
  };
  plain.forEach((heading, i) => {
    if (Object.hasOwn(mapping, heading)) take(i, mapping[heading]);
  });
  plain.forEach((heading, i) => {
    if (!Object.hasOwn(mapping, heading)) take(i, byHeading.get(heading));
  });
  return head.map((header, i) => ({ header, field: found[i] ?? null }));
}

export function missingFields(columns: readonly RosterColumn[]): RosterField[] {
  return neededFields.filter((field) => !columns.some((column) => column.field === field));
}

/** How a column may be called. */
export function usualHeading(field: RosterField): string {
  return headings[field][1] ?? headings[field][0];
}
