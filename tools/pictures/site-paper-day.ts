/** The day of an exam on paper at a site: its four sections, with what the centre has prepared and a station that waits. */
import { readFile } from 'node:fs/promises';
import { expectOk } from '../../src/base/result.ts';
import { makeReadiness } from '../../src/station/admission/readiness.ts';
import { saveSettings } from '../../src/station/settings/settings.ts';
import { openTestStation } from '../../src/station/station.fixture.ts';
import type { ShownConsole } from './screen.ts';

const sections = ['materials', 'key', 'monitoring', 'forms'];

export async function sitePaperDay(site: ShownConsole): Promise<void> {
  const { page, t } = site;
  // The site asks by itself once a minute.
  await page.evaluate(() =>
    fetch('/rpc/paperDay/ask', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-invigil': '1' },
      body: '{}',
    }),
  );
  await site.visit('paper');
  await site.take('paper-empty');
  const [, eventId = ''] = /\/paper\/([^/]+)/.exec(page.url()) ?? [];
  const dialog = page.getByRole('dialog').filter({ visible: true });
  await site.press('siteDay.fetchMaterials');
  await page.getByText(t('siteDay.now.readiness')).waitFor();
  await site.press('siteDay.takeFile');
  const readiness = await readinessFor((await page.locator('.title-code').innerText()).trim());
  await dialog.locator('input[type=file]').setInputFiles(readiness);
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(t('siteDay.now.admit')).waitFor();
  await site.visit(`paper/${eventId}/key`);
  await site.press('siteDay.fetchKey');
  await page.getByText(t('siteDay.keys')).waitFor();
  for (const section of sections) {
    await site.visit(`paper/${eventId}/${section}`);
    await site.take(`paper-${section}`);
    await site.dialogs(`paper-${section}`);
  }
}

async function readinessFor(siteCode: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const { station, close } = await openTestStation('print');
  try {
    expectOk(await saveSettings(station, { siteCode, room: null, number: '12' }));
    const made = expectOk(
      await makeReadiness(station, [
        { name: 'printer', good: true, words: 'HP LaserJet Enterprise M611' },
        { name: 'margins', good: false, words: 'Левое поле 3,1 мм, нужно не менее 5 мм' },
      ]),
    );
    return { name: made.fileName, mimeType: 'application/octet-stream', buffer: await readFile(made.file) };
  } finally {
    await close();
  }
}
