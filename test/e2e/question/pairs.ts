/** Associate and gap match, by keys, by a finger, and shown again as they were answered. */
import { expect, test } from 'vitest';
import { declared, Question, type Asked } from './question.ts';

const choice = (id: string, most = 1, more = ''): string =>
  `<qti-simple-associable-choice identifier="${id}" match-max="${most}" ${more}>text ${id}</qti-simple-associable-choice>`;
const associate: Asked = {
  declared: declared('multiple', 'pair'),
  body: `<qti-associate-interaction response-identifier="RESPONSE" min-associations="2" max-associations="3"><qti-prompt>Which belong together?</qti-prompt>
    ${choice('A')}${choice('B', 2)}${choice('C')}${choice('D', 0, 'match-min="1"')}</qti-associate-interaction>`,
};
const dot =
  '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><circle cx="30" cy="20" r="15"/></svg>';
const gaps: Asked = {
  declared: declared('multiple', 'directedPair'),
  files: { 'dot.svg': dot },
  body: `<qti-gap-match-interaction response-identifier="RESPONSE" shuffle="false"><qti-prompt>Fill in.</qti-prompt>
    <qti-gap-text identifier="W" match-max="1">winter</qti-gap-text><qti-gap-text identifier="S" match-max="2">summer</qti-gap-text>
    <qti-gap-img identifier="P" match-max="1"><img src="dot.svg" alt="a dot" width="60" height="40"/></qti-gap-img>
    <p>Now is the <qti-gap identifier="G1"/> of our discontent made glorious <qti-gap identifier="G2"/> with <qti-gap identifier="G3"/>.</p></qti-gap-match-interaction>`,
};

test('associate by keys: pairs are made, limited, taken apart and shown again', async () => {
  const question = await Question.open(associate);
  const { page } = question;
  await question.press('text A');
  expect(await question.button('text A').getAttribute('aria-pressed')).toBe('true');
  await question.press('text B', 'Space');
  expect(await question.responses()).toEqual({ RESPONSE: ['A B'] });
  await page.getByText('At least 2 in all.').waitFor();
  await question.press('text B');
  await question.press('text A');
  // A is used up: nothing becomes of it.
  expect(await question.responses()).toEqual({ RESPONSE: ['A B'] });
  await page.getByRole('status').filter({ hasText: '“text B – text A” is not possible here' }).waitFor();
  await question.press('text B');
  await question.press('text D');
  expect(await question.responses()).toEqual({ RESPONSE: ['A B', 'B D'] });
  expect(await question.button('text B').getAttribute('aria-disabled')).toBe('true');
  await question.press('Take “text A – text B” away');
  expect(await question.responses()).toEqual({ RESPONSE: ['B D'] });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Your pairs');
  await question.again();
  expect(await page.locator('.given li').allInnerTexts()).toEqual([expect.stringMatching(/text B – text D/)]);
  expect(await page.locator('.associate').ariaSnapshot()).toContain('- group "Which belong together?"');
  expect(await question.faults()).toEqual([]);
  await question.close();
});

test('associate keeps its most pairs, and pairs nothing with itself', async () => {
  const question = await Question.open({
    ...associate,
    responses: { RESPONSE: ['A B', 'B D', 'C D'] },
  });
  await question.page.getByText('The most that is allowed is made (3). Take one away first.').waitFor();
  // Dimmed, and says so, but not out of reach.
  await question.button('text D').click({ force: true });
  await question.button('text D').click({ force: true });
  expect(await question.responses()).toEqual({ RESPONSE: ['A B', 'B D', 'C D'] });
  await question.close();
});

test('associate and gap match by a finger', async () => {
  const touch = { hasTouch: true, isMobile: true, viewport: { width: 400, height: 800 } };
  const pairs = await Question.open(associate, touch);
  await pairs.button('text C').tap();
  await pairs.button('text D').tap();
  expect(await pairs.responses()).toEqual({ RESPONSE: ['C D'] });
  expect((await pairs.button('text C').boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await pairs.close();
  const filled = await Question.open(gaps, touch);
  await filled.button('a dot').tap();
  await filled.button('Gap 3: empty').tap();
  expect(await filled.responses()).toEqual({ RESPONSE: ['P G3'] });
  await filled.close();
});

test('gap match by keys: a gap is filled, filled otherwise, emptied, and shown again', async () => {
  const question = await Question.open(gaps);
  const { page } = question;
  await question.press('Gap 1: empty');
  await page.getByText('First pick what goes into the gap.').waitFor({ state: 'attached' });
  await question.press('winter');
  await question.press('Gap 1: empty');
  await question.press('summer');
  await question.press('Gap 1: winter');
  await question.press('summer');
  await question.press('Gap 2: empty', 'Space');
  expect(await question.responses()).toEqual({ RESPONSE: ['S G1', 'S G2'] });
  expect(await question.button('summer').getAttribute('aria-disabled')).toBe('true');
  await question.press('a dot');
  await question.press('Gap 3: empty');
  await question.press('Gap 2: summer');
  expect(await question.responses()).toEqual({ RESPONSE: ['S G1', 'P G3'] });
  await question.again();
  expect(await page.locator('.gap-match p').filter({ hasText: 'Now is' }).ariaSnapshot()).toContain(
    'Gap 1: summer',
  );
  expect(await question.button('Gap 3: a dot').locator('img').count()).toBe(1);
  expect(await question.faults()).toEqual([]);
  await question.close();
});

test('several interactions in one item answer each for itself, from right to left too', async () => {
  const second = associate.body.replaceAll('RESPONSE', 'SECOND');
  const question = await Question.open({
    declared: associate.declared + declared('single', 'pair', 'SECOND'),
    body: `<div dir="rtl">${associate.body}${second}</div>`,
  });
  const later = question.page.locator('.associate').nth(1);
  await later.getByRole('button', { name: 'text A' }).click();
  await later.getByRole('button', { name: 'text C' }).click();
  expect(await question.responses()).toEqual({ SECOND: 'A C' });
  const [first, next] = await Promise.all(
    ['text A', 'text B'].map((name) => later.getByRole('button', { name, exact: true }).boundingBox()),
  );
  expect(first?.x).toBeGreaterThan(next?.x ?? Infinity);
  expect(await question.faults()).toEqual([]);
  await question.close();
});
