/** What *Help* opens: every manual in every language, as the centre's console gives them out. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { manualPath, manualsOfConsole } from '../../src/ui/manuals/manuals.ts';
import { faultsOf } from './faults.ts';
import type { Pictures } from './screen.ts';

export async function manuals(browser: Browser, port: number, pictures: Pictures): Promise<void> {
  const { languages, folder, complaints } = pictures;
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  for (const name of manualsOfConsole.centre)
    for (const language of languages) {
      const answer = await page.goto(`http://127.0.0.1:${port}/${manualPath(name, language)}`);
      if (answer?.ok() !== true) complaints.add(`no manual: ${name} ${language}`);
      await page.screenshot({ path: join(folder, `manual-${name}-${language}.png`) });
      for (const fault of await faultsOf(page)) complaints.add(`manual ${name} ${language}: ${fault}`);
    }
  await page.close();
}
