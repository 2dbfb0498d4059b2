import type { Words } from '../../exam/form/template.ts';

/** What the machine prints into the printed fields of every form, by their names. */
export function printedValues(
  about: {
    readonly subjectName: string;
    /** `YYYY-MM-DD`. */
    readonly date: string;
    readonly site: string;
    readonly room: string;
  },
  language: keyof Words,
): Record<string, string> {
  const { subjectName, date, site, room } = about;
  return { subject: subjectName, date: dateOn(date, language), site, room };
}

function dateOn(date: string, language: keyof Words): string {
  const [year, month, day] = date.split('-');
  return language === 'ru' ? `${day}.${month}.${year}` : date;
}
