/** What keeps a person with a disability from using a page, as axe finds it. */
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    axe?: { run(within: unknown, options: RunOptions): Promise<AxeResults> };
  }
}

/** Accessibility violations of everything shown now; only of what `within` selects, when that is given. */
export async function violations(page: Page, within: string | null = null): Promise<string[]> {
  // Loading axe takes longer than looking: a page gets it once.
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
  const found = await page.evaluate(async (selector) => {
    // Half-way between two colours nothing has enough contrast, for a tenth of a second; what turns for ever is let be.
    const moving = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map((one) => one.finished));
    const place = selector === null ? document : { include: [[selector]] };
    return (await window.axe?.run(place, { resultTypes: ['violations'] }))?.violations;
  }, within);
  if (found === undefined) throw new Error('axe could not be loaded into the page');
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`);
}
