/** A candidate's browser page, as a person uses it. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { en } from '../../src/seat/screens/strings/en.ts';
import { ru } from '../../src/seat/screens/strings/ru.ts';
import { zh } from '../../src/seat/screens/strings/zh.ts';
import { build } from '../../tools/build.ts';
import { openPages, patienceMs } from '../../tools/exam-day/browser.ts';
import { violations } from './accessibility.ts';

export const texts = { en, zh, ru };
export type Language = keyof typeof texts;

export class CandidatePage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained of: a broken policy, an error of the page. */
  readonly complaints: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // A refusal and an agent that is gone are listed by the browser, too; they are shown to the candidate and no fault of the page.
      if (message.type() === 'error' && !/status of (4|503)|net::ERR_/.test(message.text()))
        this.complaints.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    /** Where a seat shows its screen. */
    seat: { readonly url: string },
    options: {
      language?: Language;
      context?: Parameters<Browser['newContext']>[0];
      /** Before anything is asked for. */
      prepare?: (context: BrowserContext) => Promise<unknown>;
    } = {},
  ): Promise<CandidatePage> {
    const { language = 'en' } = options;
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: language === 'zh' ? 'zh-CN' : language,
      ...options.context,
    });
    context.setDefaultTimeout(patienceMs);
    await options.prepare?.(context);
    const page = await context.newPage();
    const candidate = new CandidatePage(context, page);
    await page.goto(seat.url);
    await candidate.heading().waitFor();
    return candidate;
  }

  heading(text?: string) {
    const heading = this.page.locator('h1');
    return text === undefined ? heading : heading.filter({ hasText: text });
  }

  button(text: string) {
    return this.page.getByRole('button', { name: text });
  }

  /** Up to the rules that were read, with the mouse. */
  async signIn(admissionNumber: string): Promise<void> {
    await this.page.locator('form input').fill(admissionNumber);
    await this.button(en['sign-in.go']).click();
    await this.button(en['confirm.yes']).click();
    await this.button(en['rules.read']).click();
  }

  async atWork(): Promise<void> {
    await this.page.locator('.question').waitFor();
  }

  /** Goes to the question that has a field for long text. */
  async goToEssay(): Promise<void> {
    while ((await this.page.locator('textarea').count()) === 0) {
      const before = await this.heading().textContent();
      await this.button(en.next).click();
      await this.page.waitForFunction((text) => document.querySelector('h1')?.textContent !== text, before);
    }
  }

  essay() {
    return this.page.locator('textarea').first();
  }

  kept() {
    return this.page.locator('.work-bar .kept');
  }

  /** Tab until the wanted button has the focus. */
  async tabTo(name: string): Promise<void> {
    for (let tabs = 0; tabs < 80; tabs++) {
      const here = await this.page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement?.tagName !== 'BUTTON') return '';
        return activeElement.getAttribute('aria-label') ?? activeElement.textContent ?? '';
      });
      if (here.includes(name)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`no button "${name}" is reached by the keyboard`);
  }

  async focusedTag(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.tagName.toLowerCase() ?? '');
  }

  /** What keeps a person with a disability from working on this page; nothing, it should be. */
  async barriers(): Promise<string[]> {
    return violations(this.page);
  }
}

/** What every open page shows, to be said when a test fails: "the button never came" alone explains nothing. */
export async function sayPages(): Promise<void> {
  for (const page of openPages())
    console.error(`${page.url()} shows:\n${await page.locator('body').innerText()}`);
}

export function needScreens(): void {
  if (!build()) throw new Error('the screens do not build');
}
