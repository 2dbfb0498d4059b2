/** Pairs of places on a picture, and things put on places: by keys, by a finger, and shown again as they were answered. */
import { expect, test } from 'vitest';
import { declared, Question, type Asked } from './question.ts';

const files = {
  'map.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300" width="600" height="300"><rect width="600" height="300" fill="#dde"/></svg>',
  'dot.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60"><circle cx="30" cy="30" r="30" fill="#a22"/></svg>',
};
const img = '<img src="map.svg" alt="a map" width="600" height="300"/>';
const place = (id: string, x: number, more: string): string =>
  `<qti-associable-hotspot identifier="${id}" shape="circle" coords="${x},150,50" ${more}/>`;

const associate: Asked = {
  files,
  declared: declared('multiple', 'pair'),
  body: `<qti-graphic-associate-interaction response-identifier="RESPONSE" max-associations="0"><qti-prompt>Join them.</qti-prompt>${img}
    ${place('KEY_A', 100, 'match-max="1" hotspot-label="Alba"')}${place('KEY_B', 300, 'match-max="2"')}${place('KEY_C', 500, 'match-max="0" match-min="1"')}</qti-graphic-associate-interaction>`,
};
const gapMatch: Asked = {
  files,
  declared: declared('multiple', 'directedPair'),
  body: `<qti-graphic-gap-match-interaction response-identifier="RESPONSE" class="qti-choices-left"><qti-prompt>Place them.</qti-prompt>${img}
    <qti-gap-img identifier="DOT" match-max="2"><object data="dot.svg" type="image/svg+xml" width="60" height="60">a red dot</object></qti-gap-img>
    <qti-gap-text identifier="TEXT" match-max="1">school</qti-gap-text>
    ${place('KEY_A', 100, 'match-max="1" hotspot-label="Alba"')}${place('KEY_B', 300, 'match-max="2"')}${place('KEY_C', 500, 'match-max="1"')}</qti-graphic-gap-match-interaction>`,
};

test('graphic associate by keys: places are joined by lines, limited, taken apart and shown again', async () => {
  const question = await Question.open(associate);
  const { page } = question;
  await page.locator('.spot').first().waitFor();
  await question.press('Alba');
  await page.getByRole('button', { name: 'Alba', pressed: true }).waitFor();
  await question.press('Place 2 of 3', 'Space');
  expect(await question.responses()).toEqual({ RESPONSE: ['KEY_A KEY_B'] });
  await page.getByText('Use “Place 3 of 3” at least 1 times.').waitFor();
  await question.press('Alba');
  await page.getByText('“Alba” is used up. Take one away first.').waitFor({ state: 'attached' });
  await question.press('Place 3 of 3');
  await question.press('Place 2 of 3');
  expect(await question.responses()).toEqual({ RESPONSE: ['KEY_A KEY_B', 'KEY_C KEY_B'] });
  await question.again();
  await page.locator('.join').nth(1).waitFor({ state: 'attached' });
  expect(await page.locator('.join').count()).toBe(2);
  expect(await page.locator('.graphic-associate').ariaSnapshot()).toContain(
    '- button "Place 2 of 3" [disabled]',
  );
  expect(await question.faults()).toEqual([]);
  await question.press('Take “Alba – Place 2 of 3” away');
  expect(await question.responses()).toEqual({ RESPONSE: ['KEY_C KEY_B'] });
  await question.close();
});

test('graphic gap match by keys: put on, moved, given back and shown again', async () => {
  const question = await Question.open(gapMatch);
  const { page } = question;
  await page.locator('.spot').first().waitFor();
  await question.press('Alba: empty');
  await page.getByText('First pick what goes into the gap.').waitFor({ state: 'attached' });
  await question.press('a red dot');
  await question.press('Alba: empty');
  await question.press('a red dot', 'Space');
  await question.press('Place 2 of 3: empty', 'Space');
  await question.press('school');
  await question.press('Place 2 of 3: a red dot');
  expect(await question.responses()).toEqual({ RESPONSE: ['DOT KEY_A', 'DOT KEY_B', 'TEXT KEY_B'] });
  expect(await question.button('a red dot').getAttribute('aria-disabled')).toBe('true');
  // A place for one takes the new and gives the old back.
  await question.press('Place 2 of 3: a red dot, school');
  await question.press('school');
  await question.press('Alba: a red dot');
  expect(await question.responses()).toEqual({ RESPONSE: ['DOT KEY_B', 'TEXT KEY_A'] });
  await question.again();
  await page.locator('.placed-picture img').waitFor();
  const dot = (await page.locator('.placed-picture img').boundingBox()) ?? expect.fail();
  const picture = (await page.locator('.picture').boundingBox()) ?? expect.fail();
  expect(dot.width / picture.width).toBeCloseTo(0.1, 1);
  expect(dot.x + dot.width / 2 - picture.x).toBeCloseTo(picture.width / 2, -1);
  expect(await page.locator('.graphic-gap-match').ariaSnapshot()).toContain(
    'button "Alba: school" [pressed]',
  );
  expect(await question.faults()).toEqual([]);
  await question.close();
});

test('both by a finger, on a small screen', async () => {
  const touch = { hasTouch: true, isMobile: true, viewport: { width: 400, height: 900 } };
  const joined = await Question.open(associate, touch);
  await joined.button('Alba').tap();
  await joined.button('Place 3 of 3').tap();
  expect(await joined.responses()).toEqual({ RESPONSE: ['KEY_A KEY_C'] });
  await joined.close();
  const put = await Question.open(gapMatch, touch);
  await put.button('school').tap();
  await put.button('Place 3 of 3: empty').tap();
  expect(await put.responses()).toEqual({ RESPONSE: ['TEXT KEY_C'] });
  expect(await put.faults()).toEqual([]);
  await put.close();
});
