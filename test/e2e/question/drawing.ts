/** Drawing on a picture: by keys, by mouse and by a finger, and drawn on after it was kept. */
import { expect, test } from 'vitest';
import { until } from '../../../tools/exam-day/process.ts';
import { declared, Question, type Asked } from './question.ts';

const asked: Asked = {
  files: {
    'sheet.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200"><rect width="400" height="200" fill="#00ff00"/></svg>',
  },
  declared: declared('single', 'file'),
  body: `<qti-drawing-interaction response-identifier="RESPONSE"><qti-prompt>Draw.</qti-prompt><object data="sheet.svg" type="image/svg+xml">a green sheet</object></qti-drawing-interaction>`,
};

/** Colour of a point of the file that is the answer now. */
async function colourAt(question: Question, x: number, y: number): Promise<string> {
  const { RESPONSE } = await question.responses();
  const { digest } = (RESPONSE as { file: { digest: string } }).file;
  return question.page.evaluate(
    async ([address, px, py]) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const [r = 0, g = 0, b = 0] = context?.getImageData(px, py, 1, 1).data ?? [];
      return `${canvas.width}x${canvas.height} ${r},${g},${b}`;
    },
    [`/files/${digest}`, x, y] as const,
  );
}

/** A new file was kept, and the answer names it. */
async function kept(question: Question, files: number): Promise<void> {
  await until('the drawing is kept', async () => question.given.size >= files);
  await question.page.getByText('The drawing is saved.').waitFor();
}

test('by keys: a line is drawn, kept as PNG, drawn on after a reload, erased, undone and cleared', async () => {
  const question = await Question.open(asked);
  const { page } = question;
  await page.locator('.aim').waitFor();
  expect(await question.faults()).toEqual([]);
  await question.press('Red');
  await question.press('Drawing sheet');
  await page.getByText('The pen is down').waitFor({ state: 'attached' });
  for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await kept(question, 1);
  expect(await colourAt(question, 225, 100)).toBe('400x200 208,22,22');
  expect(await colourAt(question, 225, 150)).toBe('400x200 0,255,0');
  expect(await page.locator('.drawing').ariaSnapshot()).toContain('- application "Drawing sheet"');

  await question.again();
  await page.getByText('The drawing is saved.').waitFor();
  const shown = async (): Promise<number> =>
    page.evaluate(
      () => document.querySelector('canvas')?.getContext('2d')?.getImageData(225, 100, 1, 1).data[0] ?? 0,
    );
  await until('the drawing is shown again', async () => (await shown()) === 208);
  await question.press('Eraser');
  await question.press('Drawing sheet');
  for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await kept(question, 2);
  await until('erased', async () => (await colourAt(question, 215, 100)) === '400x200 0,255,0');
  await question.press('Undo');
  await until('undone', async () => (await colourAt(question, 215, 100)) === '400x200 208,22,22');
  await question.press('Clear the drawing');
  expect(await question.responses()).toEqual({ RESPONSE: null });
  expect(await question.faults()).toEqual([]);
  await question.close();
});

test('by mouse, and kept when the question is left at once', async () => {
  const question = await Question.open(asked);
  const { page } = question;
  await page.locator('.aim').waitFor();
  const box = (await page.locator('.aim').boundingBox()) ?? expect.fail();
  await page.mouse.move(box.x + 100, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 50, { steps: 5 });
  await page.mouse.up();
  await page.evaluate(() => window.leave());
  await until('kept', async () => (await question.responses())['RESPONSE'] !== undefined);
  expect(await colourAt(question, 150, 50)).toBe('400x200 0,0,0');
  await question.close();
});

test('by a finger, at another size', async () => {
  const question = await Question.open(asked, {
    hasTouch: true,
    isMobile: true,
    viewport: { width: 320, height: 900 },
  });
  const { page } = question;
  await page.locator('.aim').waitFor();
  const box = (await page.locator('.aim').boundingBox()) ?? expect.fail();
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 4);
  await kept(question, 1);
  const around = await Promise.all([-1, 0, 1].map((beside) => colourAt(question, 200 + beside, 50)));
  expect(around).toContain('400x200 0,0,0');
  await question.close();
});
