/** A console in one language, as the pictures need it: signed in, taken from page to page, its dialogs opened by their texts. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { fillText } from '../../src/ui/format.ts';
import { en } from '../../src/ui/strings/en/index.ts';
import { ru } from '../../src/ui/strings/ru/index.ts';
import { zh } from '../../src/ui/strings/zh/index.ts';

export const languages = ['en', 'zh', 'ru'] as const;
export type Language = (typeof languages)[number];
type TextKey = keyof typeof en;

const texts: Record<Language, Record<TextKey, string>> = { en, zh, ru };
const locales: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN', ru: 'ru-RU' };

export interface Shown {
  readonly page: Page;
  readonly complaints: readonly string[];
  t(key: TextKey, values?: Readonly<Record<string, unknown>>): string;
  /** Opens a place of the console anew, as a bookmark would. */
  visit(place: string): Promise<void>;
  press(key: TextKey, values?: Readonly<Record<string, unknown>>): Promise<void>;
  signIn(password: string): Promise<void>;
  /** Everything that loads has come and nothing moves any more; then the picture. */
  take(name: string): Promise<void>;
  closeDialog(): Promise<void>;
  close(): Promise<void>;
}

export async function show(
  browser: Browser,
  port: number,
  language: Language,
  folder: string,
): Promise<Shown> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: locales[language],
  });
  await context.addInitScript((value) => localStorage.setItem('invigil-language', value), language);
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${language}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${language}: ${error.message}`));
  const t = (key: TextKey, values: Readonly<Record<string, unknown>> = {}): string =>
    fillText(texts[language][key], values);
  const url = `http://127.0.0.1:${port}/`;
  await page.goto(url);
  return {
    page,
    complaints,
    t,
    async visit(place) {
      await page.goto(`${url}#/${place}`);
      // Another place is only another hash: without this the page before would still be seen.
      await page.reload();
      await page
        .locator('.page .now-line, .page .empty-state, .page .panel, .page .record')
        .first()
        .waitFor();
    },
    async press(key, values) {
      const dialogs = page.getByRole('dialog').filter({ visible: true });
      const top = (await dialogs.count()) === 0 ? page.locator('body') : dialogs.last();
      await top
        .getByRole('button', { name: t(key, values) })
        .first()
        .click();
    },
    async signIn(password) {
      await page.getByLabel(t('account.name')).fill('admin');
      await page.getByLabel(t('account.password')).first().fill(password);
      await page.keyboard.press('Enter');
      await page.locator('.title-bar').waitFor();
    },
    async take(name) {
      await page.waitForFunction(() => document.querySelectorAll('.ant-spin-spinning').length === 0);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(folder, `${name}-${language}.png`), animations: 'disabled' });
    },
    async closeDialog() {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').filter({ visible: true }).first().waitFor({ state: 'hidden' });
    },
    close: () => context.close(),
  };
}
