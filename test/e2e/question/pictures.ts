/** Places of a picture: by keys, by a finger, at another size than the author's, and shown again as they were answered. */
import { expect, test } from 'vitest';
import { declared, Question, type Asked } from './question.ts';

const touch = { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } };
const map =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400" width="800" height="400"><rect width="800" height="400" fill="#dde"/></svg>';
const files = { 'map.svg': map };
const img = '<img src="map.svg" alt="a map" width="800" height="400"/>';
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
  const question = await Question.open(hotspot);
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
  const question = await Question.open(hotspot, touch);
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

const selectPoint: Asked = {
  files,
  declared: declared('multiple', 'point'),
  body: `<qti-select-point-interaction response-identifier="RESPONSE" max-choices="2"><qti-prompt>Where?</qti-prompt>${img}</qti-select-point-interaction>`,
};

test('points by keys: the crosshair moves in steps and finely, and points are limited, taken away and shown again', async () => {
  const question = await Question.open(selectPoint);
  const { page } = question;
  await question.press('Crosshair on the picture', 'ArrowRight');
  for (const key of ['ArrowRight', 'ArrowUp', 'Shift+ArrowLeft', 'Shift+ArrowDown', 'Enter'])
    await page.keyboard.press(key);
  expect(await question.responses()).toEqual({ RESPONSE: ['439 181'] });
  for (let n = 0; n < 30; n++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  expect(await question.responses()).toEqual({ RESPONSE: ['439 181', '0 181'] });
  await page.getByText('You have chosen the most that is allowed (2). Take one away first.').waitFor();
  await question.again();
  expect(await page.locator('.aim .mark').allInnerTexts()).toEqual(['1', '2']);
  expect(await page.locator('.select-point').ariaSnapshot()).toContain(
    '- application "Crosshair on the picture"',
  );
  expect(await question.faults()).toEqual([]);
  await question.press('Take point 1 away (439, 181)');
  expect(await question.responses()).toEqual({ RESPONSE: ['0 181'] });
  await question.close();
});

test('a point is in the pixels of the picture at any size, and a single one moves', async () => {
  const question = await Question.open({ ...selectPoint, declared: declared('single', 'point') }, touch);
  const { page } = question;
  await page.locator('.aim').waitFor();
  const box = (await page.locator('.picture').boundingBox()) ?? expect.fail();
  await page.touchscreen.tap(box.x + box.width / 4, box.y + box.height / 2);
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  const { RESPONSE } = await question.responses();
  const [x = 0, y = 0] = String(RESPONSE).split(' ').map(Number);
  expect(Math.abs(x - 400)).toBeLessThanOrEqual(2);
  expect(Math.abs(y - 200)).toBeLessThanOrEqual(2);
  await question.close();
});

test('graphic order by keys and by mouse: numbered, moved up, taken out and shown again', async () => {
  const question = await Question.open({
    files,
    declared: declared('ordered', 'identifier'),
    body: `<qti-graphic-order-interaction response-identifier="RESPONSE" max-choices="3"><qti-prompt>In which order?</qti-prompt>${img}${places('qti-hotspot-choice')}</qti-graphic-order-interaction>`,
  });
  const { page } = question;
  await page.locator('.spot').first().waitFor();
  await question.press('Place 3 of 4');
  await question.press('the square', 'Space');
  await question.button('Place 4 of 4').click();
  await question.button('Place 1 of 4').click({ force: true });
  expect(await question.responses()).toEqual({ RESPONSE: ['KEY_C', 'KEY_B', 'KEY_D'] });
  await question.press('Move “the square” up');
  await question.press('Place 4 of 4: number 3');
  expect(await question.responses()).toEqual({ RESPONSE: ['KEY_B', 'KEY_C'] });
  await question.again();
  await page.getByRole('button', { name: 'the square: number 1', pressed: true }).waitFor();
  expect(await page.locator('.given li').allInnerTexts()).toEqual([
    expect.stringContaining('the square'),
    expect.stringContaining('Place 3 of 4'),
  ]);
  expect(await question.faults()).toEqual([]);
  await question.close();
});

const signs = {
  'sign.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40" width="80" height="40"><rect width="80" height="40"/></svg>',
};
const stage: Asked = {
  files: { ...files, ...signs },
  declared: declared('multiple', 'point') + declared('single', 'point', 'SECOND'),
  body: `<qti-position-object-stage>${object}
    <qti-position-object-interaction response-identifier="RESPONSE" max-choices="2" min-choices="2"><img src="sign.svg" alt="a sign" width="80" height="40"/></qti-position-object-interaction>
    <qti-position-object-interaction response-identifier="SECOND" max-choices="1" center-point="0 40"><object data="sign.svg" type="image/svg+xml" width="80" height="40">a flag</object></qti-position-object-interaction></qti-position-object-stage>`,
};

test('position object by keys: each object is put, taken away and shown again for itself', async () => {
  const question = await Question.open(stage);
  const { page } = question;
  await page.locator('.aim').waitFor();
  await question.press('Place for: a sign', 'Enter');
  await page.getByText('a sign: Choose at least 2.').waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await question.press('a flag');
  await question.press('Place for: a flag', 'ArrowDown');
  await page.keyboard.press('Enter');
  expect(await question.responses()).toEqual({ RESPONSE: ['400 200', '380 200'], SECOND: '380 220' });
  await question.again();
  await page.locator('.placed-object').nth(2).waitFor();
  const picture = (await page.locator('.picture').boundingBox()) ?? expect.fail();
  const flag = (await page.locator('.placed-object').nth(2).boundingBox()) ?? expect.fail();
  // Its foot stands at the point.
  expect(flag.x - picture.x).toBeCloseTo((380 / 800) * picture.width, 0);
  expect(flag.y + flag.height - picture.y).toBeCloseTo((220 / 400) * picture.height, 0);
  expect(await page.locator('.position-stage').ariaSnapshot()).toContain('- button "a sign" [pressed]');
  expect(await question.faults()).toEqual([]);
  await question.press('Take “a sign” away (400, 200)');
  expect(await question.responses()).toEqual({ RESPONSE: ['380 200'], SECOND: '380 220' });
  await question.close();
});

test('end attempt is kept, and says so', async () => {
  const question = await Question.open({
    declared: declared('single', 'boolean'),
    body: '<p>Stuck? <qti-end-attempt-interaction response-identifier="RESPONSE" title="Show a hint"/></p>',
  });
  await question.press('Show a hint', 'Space');
  await question.page.getByText('Noted. You can go on working.').waitFor();
  expect(await question.responses()).toEqual({ RESPONSE: 'true' });
  await question.again();
  await question.page.getByRole('button', { name: 'Show a hint', pressed: true }).waitFor();
  expect(await question.faults()).toEqual([]);
  await question.close();
});
