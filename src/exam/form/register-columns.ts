/** Columns of a register of forms, and of a plan for one: the same headings are written and read. Browser-safe. */
import { plainHeading, readColumns } from '../roster/columns.ts';
import { sheetKinds, type SheetKind } from './sheet-code.ts';

type Language = 'en' | 'zh' | 'ru';

/** The first of each language is what is written. */
const headings = {
  eventCode: {
    en: ['event', 'event code'],
    zh: ['科目场次', '场次代码'],
    ru: ['событие', 'код события', 'экзамен'],
  },
  siteCode: { en: ['site code'], zh: ['考点代码'], ru: ['код ппэ'] },
  siteName: { en: ['site name'], zh: ['考点名称'], ru: ['наименование ппэ'] },
  region: { en: ['region'], zh: ['地区'], ru: ['регион'] },
  roomCode: { en: ['room code'], zh: ['考场代码'], ru: ['код аудитории'] },
  kits: {
    en: ['kits', 'number of kits'],
    zh: ['试卷套数', '套数'],
    ru: ['комплекты', 'комплектов', 'количество комплектов', 'число ик', 'ик'],
  },
  additional: {
    en: ['additional sheets', 'additional'],
    zh: ['附加答题纸', '附加答题纸张数'],
    ru: ['дополнительные бланки', 'дополнительных бланков', 'дбо', 'дбо № 2'],
  },
  kit: {
    en: ['kit', 'kit number', 'work number'],
    zh: ['套号', '试卷套号'],
    ru: ['комплект', 'номер комплекта', 'номер ик', 'номер работы'],
  },
  number: {
    en: ['sheet number', 'number', 'form number'],
    zh: ['答题卡编号', '编号'],
    ru: ['номер бланка', 'номер', 'штрихкод', 'штрих код'],
  },
  kind: {
    en: ['kind', 'form', 'type'],
    zh: ['种类', '答题卡种类'],
    ru: ['вид бланка', 'вид', 'тип', 'тип бланка'],
  },
  place: { en: ['place in the kit', 'place'], zh: ['套内序号', '序号'], ru: ['место в комплекте', 'место'] },
  sides: { en: ['sides'], zh: ['面数'], ru: ['стороны', 'сторон', 'число сторон'] },
  copy: { en: ['copy'], zh: ['份次'], ru: ['копия', 'экземпляр'] },
  side1: { en: ['side 1'], zh: ['正面'], ru: ['сторона 1'] },
  side2: { en: ['side 2'], zh: ['背面'], ru: ['сторона 2'] },
} as const satisfies Record<string, Record<Language, readonly string[]>>;
export type RegisterField = keyof typeof headings;

const byHeading: ReadonlyMap<string, RegisterField> = new Map(
  Object.entries(headings).flatMap(([field, languages]) =>
    Object.values(languages).flatMap((names: readonly string[]) =>
      names.map((name) => [plainHeading(name), field as RegisterField] as const),
    ),
  ),
);
/** Those that are called as in a roster. */
const asInRosters = ['siteCode', 'siteName', 'region', 'roomCode'] as const;

/** Which column has which field: the first of several counts. Sites and rooms may be called as in any roster. */
export function registerColumns(head: readonly string[]): ReadonlyMap<RegisterField, number> {
  const found = new Map<RegisterField, number>();
  const roster = readColumns(head);
  for (const [i, heading] of head.entries()) {
    const field = byHeading.get(plainHeading(heading)) ?? asInRosters.find((one) => one === roster[i]?.field);
    if (field !== undefined && !found.has(field)) found.set(field, i);
  }
  return found;
}

export function registerHeading(field: RegisterField, language: Language): string {
  const name: string = headings[field][language][0];
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const kindNames: Record<SheetKind, Record<Language, readonly string[]>> = {
  registration: {
    en: ['registration form'],
    zh: ['登记表'],
    ru: ['бланк регистрации', 'регистрация', 'бр'],
  },
  'answers-1': {
    en: ['answer form 1', 'answers 1'],
    zh: ['答题卡一', '答题卡1'],
    ru: ['бланк ответов № 1', 'бланк ответов 1', 'бо1', 'бо 1'],
  },
  'answers-2': {
    en: ['answer form 2', 'answers 2'],
    zh: ['答题卡二', '答题卡2'],
    ru: ['бланк ответов № 2', 'бланк ответов 2', 'бо2', 'бо 2'],
  },
  additional: {
    en: ['additional sheet', 'additional'],
    zh: ['附加答题纸'],
    ru: ['дополнительный бланк ответов № 2', 'дополнительный бланк', 'дбо', 'дбо 2', 'дбо2'],
  },
  control: { en: ['control sheet', 'control'], zh: ['核对单'], ru: ['контрольный лист', 'кл'] },
  protocol: {
    en: ['protocol of the room', 'protocol'],
    zh: ['考场记录单'],
    ru: ['протокол', 'протокол проведения в аудитории'],
  },
};

const kindByName: ReadonlyMap<string, SheetKind> = new Map(
  sheetKinds.flatMap((kind) =>
    [kind, ...Object.values(kindNames[kind]).flat()].map((name) => [plainHeading(name), kind] as const),
  ),
);

/** null: no kind is called so. */
export function readKind(cell: string): SheetKind | null {
  return kindByName.get(plainHeading(cell)) ?? null;
}

export function kindName(kind: SheetKind, language: Language): string {
  const name = kindNames[kind][language][0] ?? kind;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
