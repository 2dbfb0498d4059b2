/** What stands in a message: where, what kind, how urgent, and the way there. No words of sites, no names of candidates, no secret. */
import * as z from 'zod';
import { alarmKinds } from '../../exam/board/alarms.ts';
import { priorities, stages } from '../../exam/support/posting.ts';
import { zoneAt } from '../../node/printed-sheet/sheet-text.ts';
import { fillText } from '../../ui/format.ts';
import { board as boardEn } from '../../ui/strings/en/board.ts';
import { mail as mailEn } from '../../ui/strings/en/mail.ts';
import { support as supportEn } from '../../ui/strings/en/support.ts';
import { board as boardRu } from '../../ui/strings/ru/board.ts';
import { mail as mailRu } from '../../ui/strings/ru/mail.ts';
import { support as supportRu } from '../../ui/strings/ru/support.ts';
import { board as boardZh } from '../../ui/strings/zh/board.ts';
import { mail as mailZh } from '../../ui/strings/zh/mail.ts';
import { support as supportZh } from '../../ui/strings/zh/support.ts';
import type { MailLanguage } from './contract.ts';

const texts = {
  en: { ...supportEn, ...boardEn, ...mailEn },
  zh: { ...supportZh, ...boardZh, ...mailZh },
  ru: { ...supportRu, ...boardRu, ...mailRu },
};
type Key = keyof typeof texts.en;

export const noticeSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('message'), thread: z.string() }),
  z.object({
    event: z.literal('incident'),
    thread: z.string(),
    stage: z.enum(stages),
    priority: z.enum(priorities),
  }),
  z.object({ event: z.literal('alarm'), session: z.string(), kind: z.enum(alarmKinds) }),
]);
export type NoticeAbout = z.infer<typeof noticeSchema>;

export interface Notice {
  readonly about: NoticeAbout;
  readonly project: string;
  readonly siteCode: string;
  readonly siteName: string;
  readonly at: number;
}

/** Beyond these only how many there are is said: the console shows them all. */
const namedAtMost = 25;

/** @param notices at least one, the oldest first */
export function messageOf(
  language: MailLanguage,
  notices: readonly Notice[],
  { centre, consoleAddress }: { readonly centre: string; readonly consoleAddress: string },
): { subject: string; text: string } {
  const t = (key: Key, values: Readonly<Record<string, unknown>> = {}): string =>
    fillText(texts[language][key], values, language);
  const what = ({ about }: Notice): string => {
    if (about.event === 'message') return t('mail.isMessage');
    if (about.event === 'alarm') return t('mail.isAlarm', { kind: t(`board.alarm.${about.kind}`) });
    return t('mail.isIncident', {
      priority: t(`desk.priority.${about.priority}`),
      stage: t(`desk.stage.${about.stage}`),
    });
  };
  // Several messages in one thread are one thing to look at.
  const things = [...new Map(notices.map((one) => [keyOf(one), one])).values()];
  const lines = things.slice(0, namedAtMost).map((one) => {
    const { siteCode: code, siteName: name, at } = one;
    const line = t('mail.line', { code, name, what: what(one), at, zone: zoneAt(at) });
    return `${line}\n${consoleAddress}/#/${placeOf(one).map(encodeURIComponent).join('/')}`;
  });
  const more = things.length - lines.length;
  const [only] = things;
  return {
    subject:
      things.length === 1 && only
        ? t('mail.subjectOne', { centre, code: only.siteCode, what: what(only) })
        : t('mail.subjectMany', { centre, count: things.length }),
    text: [
      ...lines,
      ...(more > 0 ? [t('mail.more', { count: more })] : []),
      `-- \n${t('mail.footer', { centre })}`,
    ].join('\n\n'),
  };
}

export function testMessage(language: MailLanguage, centre: string): { subject: string; text: string } {
  const t = (key: Key): string => fillText(texts[language][key], { centre }, language);
  return { subject: t('mail.testSubject'), text: `${t('mail.testText')}\n\n-- \n${t('mail.footer')}` };
}

function keyOf({ about, project, siteCode }: Notice): string {
  const of = about.event === 'alarm' ? `${about.session} ${about.kind}` : about.thread;
  return `${about.event} ${project} ${siteCode} ${of}`;
}

function placeOf({ about, project, siteCode }: Notice): string[] {
  return about.event === 'alarm'
    ? ['during', project, about.session, siteCode]
    : ['support', project, siteCode, about.thread];
}
