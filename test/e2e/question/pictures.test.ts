/** Places of a picture: by keys, by a finger, at another size than the author's, and shown again as they were answered. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../../tools/exam-day/browser.ts';
import { buildQuestionPage, declared, Question, type Asked, type Built } from './question.ts';

let browser: Browser;
let built: Built;
beforeAll(async () => {
  [browser, built] = await Promise.all([launchBrowser(), buildQuestionPage()]);
});
afterAll(() => browser?.close());

const touch = { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } };
const map =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400" width="800" height="400"><rect width="800" height="400" fill="#dde"/></svg>';
const files = { 'map.svg': map };
/** QTI 2's way, and the size that only the file knows. */
const object = '<object data="map.svg" type="image/svg+xml">a map</object>';
const places = (name: string, more = ''): string =>
  `<${name} identifier="KEY_A" shape="circle" coords="100,100,50" ${more}/><${name} identifier="KEY_B" shape="rect" coords="300,50,400,150" hotspot-label="the square" ${more}/>
   <${name} identifier="KEY_C" shape="poly" coords="600,100,700,100,650,200" ${more}/><${name} identifier="KEY_D" shape="ellipse" coords="400,300,80,40" ${more}/>`;

const hotspot: Asked = {
  files,
  declared: declared('multiple', 'identifier'),
  body: `<qti-hotspot-interaction response-identifier="RESPONSE" min-choices="2" max-choices="2"><qti-prompt>Which two?</qti-prompt>${object}
    ${places('qti-hotspot-choice')}<qti-hotspot-choice identifier="KEY_ALL" shape="default"/></qti-hotspot-interaction>`,
};

test('hotspots by keys: chosen, limited, taken back and shown again', async () => {
  const question = await Question.open(browser, built, hotspot);
  const { page } = question;
  await page.locator('.spot').first().waitFor();
  await question.press('the square', 'Space');
  await page.getByText('Choose at least 2.').waitFor();
  await question.press('Place 1 of 5');
  await question.press('Place 3 of 5');
  expect(await question.responses()).toEqual({ RESPONSE: ['KEY_B', 'KEY_A'] });
  expect(await question.button('Place 3 of 5').getAttribute('aria-disabled')).toBe('true');
  await question.again();
  await page.getByRole('button', { name: 'the square', pressed: true }).waitFor();
  expect(await page.getByRole('button', { pressed: true }).count()).toBe(2);
  expect(await question.faults()).toEqual([]);
  await question.press('the square');
  expect(await question.responses()).toEqual({ RESPONSE: ['KEY_A'] });
  expect(await page.locator('.hotspots').ariaSnapshot()).toContain('- button "Place 1 of 5" [pressed]');
  expect(await page.content()).not.toContain('KEY_');
  await question.close();
});

test('hotspots are where the picture is, also when it is shown smaller, and by a finger', async () => {
  const question = await Question.open(browser, built, hotspot, touch);
  const { page } = question;
  await page.locator('.spot').first().waitFor();
  const box = (await page.locator('.picture').boundingBox()) ?? expect.fail();
  expect(box.width).toBeLessThan(400);
  const tap = (x: number, y: number): Promise<void> =>
    page.touchscreen.tap(box.x + (x / 800) * box.width, box.y + (y / 400) * box.height);
  await tap(390, 300);
  // Between the places is the picture as a whole.
  await tap(500, 20);
  expect(await question.responses()).toEqual({ RESPONSE: ['KEY_D', 'KEY_ALL'] });
  expect(await question.faults()).toEqual([]);
  await question.close();
});
