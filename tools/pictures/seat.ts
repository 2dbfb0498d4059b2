/** The candidate's screen, which has texts of its own. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

/** Signs the first candidate in, up to the waiting page. */
export async function seatSignIn(browser: Browser, port: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.locator('form input').fill('1913199999900110001');
  await page.keyboard.press('Enter');
  await page.locator('.buttons button.primary').click();
  await page.locator('.rules').first().waitFor();
  await page.locator('button.primary').click();
  return page;
}

export async function seatPictures(page: Page, folder: string): Promise<void> {
  await page.locator('.question').waitFor();
  await page.screenshot({ path: join(folder, 'seat-question-1-en.png') });
}
