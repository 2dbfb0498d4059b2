/** A screen as the pictures need it: signed in, taken from page to page, its dialogs opened, each taken in every language. */
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { fillText } from '../../src/ui/format.ts';
import { en } from '../../src/ui/strings/en/index.ts';
import { faultsOf, textsOf, wholeHeight } from './faults.ts';
import type { Visits } from './visits.ts';

export const languages = ['en', 'zh', 'ru'] as const;
export type Language = (typeof languages)[number];
type TextKey = keyof typeof en;

const names: Record<Language, string> = { en: 'English', zh: '中文', ru: 'Русский' };
const window = { width: 1366, height: 768 };
/** What says which dialog or state is seen. */
const saying = '.ant-modal-title, p[role=status], .voice-label';
/** px: a longer page is cut there. */
const highest = 3000;

export interface Pictures {
  readonly folder: string;
  /** The first is spoken between the pictures. */
  readonly languages: readonly Language[];
  readonly visits: Visits;
  readonly complaints: Set<string>;
  /** Only those of these names are taken; not given: all. */
  readonly wanted?: RegExp;
}

export interface Shown {
  readonly page: Page;
  t(key: TextKey, values?: Readonly<Record<string, unknown>>): string;
  /** Everything that loads has come and nothing moves any more; then the picture, in every language. */
  take(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface ShownConsole extends Shown {
  /** Opens a place of the console anew, as a bookmark would. */
  visit(place: string): Promise<void>;
  press(key: TextKey, values?: Readonly<Record<string, unknown>>): Promise<void>;
  /** @param account not given: the administrator's */
  signIn(password: string, account?: string): Promise<void>;
  /** Presses what opens a dialog, takes it, closes it. */
  dialog(key: TextKey, name: string, values?: Readonly<Record<string, unknown>>): Promise<void>;
  /** The same with every button of the page that says with "…" that it asks something first. */
  dialogs(name: string): Promise<void>;
  closeDialog(): Promise<void>;
}

async function open(browser: Browser, port: number, height = window.height): Promise<Page> {
  const context = await browser.newContext({ viewport: { ...window, height }, locale: 'en-GB' });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  return page;
}

function listen(page: Page, complaints: Set<string>): void {
  page.on('console', (message) => {
    // A refusal and a lost connection are looked at, too.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.add(message.text());
  });
  page.on('pageerror', (error) => complaints.add(error.message));
}

type Speak = (language: Language) => Promise<void>;

async function picture(page: Page, name: string, pictures: Pictures, speak: Speak): Promise<void> {
  const { languages: spoken, folder, complaints, visits, wanted } = pictures;
  if (wanted?.test(name) === false) return;
  const texts: string[][] = [];
  for (const language of spoken) {
    await speak(language);
    await page.waitForFunction(() => document.querySelectorAll('.ant-spin-spinning').length === 0);
    await page.evaluate(() => document.fonts.ready);
    const height = Math.min(highest, await wholeHeight(page));
    if (height > window.height) await page.setViewportSize({ ...window, height });
    const path = join(folder, `${name}-${language}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    for (const fault of await faultsOf(page)) complaints.add(`${name} ${language}: ${fault}`);
    texts.push(await textsOf(page));
    if (height > window.height) await page.setViewportSize(window);
  }
  visits.sameWords(texts);
  if (spoken.length > 1) await speak(spoken[0] ?? 'en');
}

export async function show(
  browser: Browser,
  port: number,
  role: string,
  pictures: Pictures,
): Promise<ShownConsole> {
  const page = await open(browser, port);
  const { visits } = pictures;
  listen(page, pictures.complaints);
  const t: Shown['t'] = (key, values = {}) => fillText(en[key], values, 'en');
  const speak: Speak = async (language) => {
    if ((await page.evaluate(() => document.documentElement.lang)).startsWith(language)) return;
    const choice = page.locator('.language-switch').first();
    if ((await page.locator('main.wall').count()) > 0) {
      // Nobody stands at a wall: it speaks as the console from which it was opened.
      await page.evaluate((chosen) => localStorage.setItem('invigil-language', chosen), language);
      await page.reload();
      await page.locator('main.wall').waitFor();
      return;
    }
    // By its events and not by the pointer: a dialog may lie over it.
    await choice.dispatchEvent('mousedown', { button: 0 });
    const option = page.locator('.ant-select-item-option').filter({ hasText: names[language] }).last();
    await option.waitFor({ state: 'attached' });
    await option.dispatchEvent('click');
    await page.waitForFunction((lang) => document.documentElement.lang.startsWith(lang), language);
    await page.waitForFunction(
      () => document.querySelectorAll('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').length === 0,
    );
  };
  const top = (): Locator => page.getByRole('dialog').filter({ visible: true });
  const button = async (name: string): Promise<Locator> => {
    const place = (await top().count()) === 0 ? page.locator('body') : top().last();
    // One that is not possible for the first row may be for the next.
    return place
      .getByRole('button', { name })
      .and(page.locator(':not(.gate-closed)'))
      .filter({ visible: true })
      .first();
  };
  const take: Shown['take'] = async (name) => {
    visits.place(role, new URL(page.url()).hash);
    await picture(page, `${role}-${name}`, pictures, speak);
    for (const text of await page.locator(saying).allInnerTexts()) visits.opened(text);
  };
  const closeDialog = async (): Promise<void> => {
    // One that is still going is none that Escape could close.
    await page.waitForFunction(() => document.querySelectorAll('.ant-zoom-leave').length === 0);
    const before = await top().count();
    const fewer = (timeout: number): Promise<unknown> =>
      page.waitForFunction(
        (count) =>
          [...document.querySelectorAll('[role=dialog]')].filter((one) => one.checkVisibility()).length <
          count,
        before,
        { timeout },
      );
    await page.keyboard.press('Escape');
    // The first one may have closed the list of languages, which was open a moment ago.
    await fewer(3_000).catch(() => page.keyboard.press('Escape').then(() => fewer(20_000)));
  };
  const through = async (label: string, name: string): Promise<void> => {
    await (await button(label)).click();
    visits.opened(label);
    visits.opened(label.replace(/\s*…$/, ''));
    await top().last().waitFor();
    await take(name);
    await closeDialog();
  };
  return {
    page,
    t,
    async visit(place) {
      await page.goto(`http://127.0.0.1:${port}/#/${place}`);
      // Another place is only another hash: without this the page before would still be seen.
      await page.reload();
      await page
        .locator('.page .now-line, .page .empty-state, .page .panel, .page .record, main.wall')
        .first()
        .waitFor();
      visits.place(role, new URL(page.url()).hash);
    },
    async press(key, values) {
      visits.opened(t(key, values));
      await (await button(t(key, values))).click();
    },
    async signIn(password, account = 'admin') {
      await page.getByLabel(t('account.name')).fill(account);
      await page.getByLabel(t('account.password')).first().fill(password);
      await page.keyboard.press('Enter');
      await page.locator('.title-bar').waitFor();
    },
    take,
    dialog: (key, name, values) => through(t(key, values), name),
    async dialogs(name) {
      // A question that is too long for its row ends so, too, and leads to its page.
      const asking = page
        .locator('.page button:not(.gate-closed, .thread-about)')
        .filter({ hasText: /…\s*$/, visible: true });
      const labels = new Set((await asking.allInnerTexts()).map((label) => label.trim()));
      for (const label of labels)
        await through(
          label,
          `${name}-${label
            .toLowerCase()
            .replaceAll(/[^a-z0-9]+/g, '-')
            .replaceAll(/^-|-$/g, '')}`,
        );
    },
    closeDialog,
    close: () => page.context().close(),
  };
}

/** The candidate's screen: its own language, its own texts. */
export async function showSeat(browser: Browser, port: number, pictures: Pictures): Promise<Shown> {
  const page = await open(browser, port);
  listen(page, pictures.complaints);
  const speak: Speak = async (language) => {
    // By its events: a dialog may lie over it.
    await page.locator('header select').first().selectOption(language, { force: true });
    await page.waitForFunction((lang) => document.documentElement.lang.startsWith(lang), language);
  };
  return {
    page,
    t: (key, values = {}) => fillText(en[key], values, 'en'),
    async take(name) {
      await picture(page, `seat-${name}`, pictures, speak);
      for (const title of await page.getByRole('heading', { level: 1 }).allInnerTexts())
        pictures.visits.opened(title);
    },
    close: () => page.context().close(),
  };
}

/** The lock helper's page, which has the address that its program says. */
export async function showHelper(browser: Browser, address: string, pictures: Pictures): Promise<Shown> {
  const context = await browser.newContext({ viewport: window, locale: 'en-GB' });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(address);
  listen(page, pictures.complaints);
  const speak: Speak = async (language) => {
    await page.getByRole('button', { name: names[language] }).click();
    await page.waitForFunction((lang) => document.documentElement.lang === lang, language);
    await page.locator(`button[lang=${language}][aria-pressed=true]`).waitFor();
  };
  return {
    page,
    t: (key, values = {}) => fillText(en[key], values, 'en'),
    take: (name) => picture(page, `lock-${name}`, pictures, speak),
    close: () => context.close(),
  };
}
