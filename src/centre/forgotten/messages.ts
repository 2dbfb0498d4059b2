/** The two messages that a forgotten password makes: the code, and that the password is another one. */
import * as z from 'zod';
import type { Account } from '../../node/accounts.ts';
import { zoneAt } from '../../node/printed-sheet/sheet-text.ts';
import { fillText } from '../../ui/format.ts';
import { forgotten as en } from '../../ui/strings/en/forgotten.ts';
import { forgotten as ru } from '../../ui/strings/ru/forgotten.ts';
import { forgotten as zh } from '../../ui/strings/zh/forgotten.ts';
import { codeGoodMs, type PasswordCodes } from '../../node/users/password-codes.ts';
import type { MailLanguage } from '../mail/contract.ts';

const texts = { en, zh, ru };

const aboutPasswordSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('password-code'),
    /** Of the account: a code of a round that is over is not made any more. */
    round: z.number().int(),
    askedAt: z.number().int(),
    /** Network of whoever asked. */
    from: z.string(),
  }),
  z.object({ what: z.literal('password-changed'), at: z.number().int() }),
]);
export type AboutPassword = z.infer<typeof aboutPasswordSchema>;

export function aboutPassword(json: string): AboutPassword {
  return aboutPasswordSchema.parse(JSON.parse(json));
}

interface Known {
  readonly accounts: { mayHaveCode(name: string): Account | null; readonly codes: PasswordCodes };
}

/** Is there still somebody to be told? What was asked for in the name of an account that may have no code never was to be sent. */
export function isWanted({ accounts }: Known, account: string, about: AboutPassword): boolean {
  if (about.what === 'password-changed') return true;
  return accounts.mayHaveCode(account) !== null && accounts.codes.isOpen(account, about.round);
}

/** Makes the code that goes with it: each message has another one, and the newest is good. @returns null: nobody wants it any more */
export function messageAbout(
  known: Known,
  { account, language }: { readonly account: string; readonly language: MailLanguage },
  about: AboutPassword,
  { centre, consoleAddress }: { readonly centre: string; readonly consoleAddress: string },
): { subject: string; text: string } | null {
  const t = (key: keyof typeof en, values: Readonly<Record<string, unknown>> = {}): string =>
    fillText(texts[language][key], { account, centre, address: consoleAddress, ...values }, language);
  const footer = `-- \n${t('forgotten.mailFooter')}`;
  if (about.what === 'password-changed') {
    const { at } = about;
    const text = t('forgotten.changedText', { at, zone: zoneAt(at) });
    return { subject: t('forgotten.changedSubject'), text: [text, footer].join('\n\n') };
  }
  if (!isWanted(known, account, about)) return null;
  const code = known.accounts.codes.make(account, about.round);
  if (code === null) return null;
  const at = about.askedAt;
  return {
    subject: t('forgotten.codeSubject'),
    text: [
      t('forgotten.codeText', { at, zone: zoneAt(at) }),
      `    ${code}`,
      t('forgotten.codeUse', { minutes: codeGoodMs / 60_000 }),
      t('forgotten.codeNotAsked'),
      footer,
    ].join('\n\n'),
  };
}
