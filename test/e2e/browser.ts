/** What a person does at a screen: look, press, type, choose, hand over and take away files. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { patienceMs } from '../../tools/exam-day/browser.ts';
import { violations } from './accessibility.ts';

type Name = string | RegExp;

export class Screen {
  readonly page: Page;
  /** What the browser complained about: a screen that works says nothing. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // A server that is down on purpose is the network's complaint, not the screen's.
      if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text()))
        this.complaints.push(message.text());
    });
  }

  static async open(window: BrowserContext, port: number): Promise<Screen> {
    window.setDefaultTimeout(patienceMs);
    const screen = new Screen(await window.newPage());
    await screen.page.goto(`http://127.0.0.1:${port}/`);
    return screen;
  }

  /** The dialog on top, when there is one; else the page. */
  async #top(): Promise<Locator> {
    const dialogs = this.page.getByRole('dialog').filter({ visible: true });
    const count = await dialogs.count();
    return count === 0 ? this.page.locator('body') : dialogs.nth(count - 1);
  }

  button(name: Name): Locator {
    return this.page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  }

  async press(name: Name): Promise<void> {
    const top = await this.#top();
    const button = top.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
    await this.#orSayWhatIsShown(`not pressed: ${name}`, () => button.first().click());
  }

  /** A dimmed button says why when it is pressed all the same. */
  async pressDimmed(name: Name): Promise<void> {
    const button = this.page.getByRole('button', { name }).filter({ visible: true }).first();
    await button.waitFor();
    await button.click({ force: true });
  }

  /** In a table: presses the button of the row that says `row`. */
  async pressIn(row: Name, name: Name): Promise<void> {
    const top = await this.#top();
    await top.getByRole('row', { name: row }).getByRole('button', { name }).first().click();
  }

  async type(label: Name, text: string): Promise<void> {
    const top = await this.#top();
    const field = top.getByLabel(label).first();
    await field.fill(text);
  }

  /** A date field takes what is typed when it is left; its calendar goes then. */
  async typeDate(label: Name, text: string): Promise<void> {
    await this.type(label, text);
    await this.page.keyboard.press('Tab');
    await this.page.locator('.ant-picker-dropdown').filter({ visible: true }).waitFor({ state: 'hidden' });
  }

  async choose(label: Name, option: Name): Promise<void> {
    const top = await this.#top();
    const field = top.getByRole('combobox', { name: label });
    await field.click();
    // The list of this very field: that of the field before is still on its way out.
    const list = await field.getAttribute('aria-controls');
    await this.page
      .locator('.ant-select-dropdown')
      .filter({ has: this.page.locator(`[id="${list}"]`) })
      .locator('.ant-select-item-option')
      .filter({ hasText: option })
      .first()
      .click();
  }

  async see(text: Name): Promise<void> {
    const seen = this.page.getByText(text).filter({ visible: true }).first();
    await this.#orSayWhatIsShown(`not seen: ${text}`, () => seen.waitFor());
  }

  async #orSayWhatIsShown(problem: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const shown = await this.page.locator('body').innerText();
      throw new Error(`${problem}; ${this.page.url()} shows:\n${shown}`, { cause: error });
    }
  }

  async gone(text: Name): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor({ state: 'hidden' });
  }

  /** The dialog has closed by itself: what it asked for went through. */
  async dialogClosed(): Promise<void> {
    await this.page.getByRole('dialog').filter({ visible: true }).first().waitFor({ state: 'hidden' });
  }

  async closeDialog(): Promise<void> {
    // Pressed before the dialog is there it would close nothing, and nothing would be open.
    await this.page.getByRole('dialog').filter({ visible: true }).first().waitFor();
    await this.page.keyboard.press('Escape');
    await this.dialogClosed();
  }

  /** Presses the field that takes files and chooses this one. */
  async give(file: string): Promise<void> {
    const top = await this.#top();
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      top.getByText('Drop a file here').click(),
    ]);
    await chooser.setFiles(file);
  }

  /** Opens "import …" and gives the file. */
  async import(button: Name, file: string): Promise<void> {
    await this.press(button);
    await this.page.getByRole('dialog').filter({ visible: true }).waitFor();
    await this.give(file);
    await this.page.getByRole('dialog').filter({ visible: true }).waitFor({ state: 'hidden' });
  }

  /** @returns where the downloaded file lies. */
  async export(folder: string, act: () => Promise<void>): Promise<string> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), act()]);
    const file = join(folder, download.suggestedFilename());
    await writeFile(file, await readFile(await download.path()));
    return file;
  }

  /** Accessibility violations of what is shown now; of the dialog alone when one is open. */
  async violations(): Promise<string[]> {
    const dialog = this.page.getByRole('dialog').filter({ visible: true });
    return violations(this.page, (await dialog.count()) > 0 ? '[role="dialog"]' : null);
  }
}
