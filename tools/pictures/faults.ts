/** What can be measured of a screen without eyes: cut off, wider than the window, without a name, with an unfilled place. */
import type { Page } from 'playwright-core';

/** Each names the place by its text. */
export function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const said = (one: Element): string => `“${(one.textContent ?? '').trim().slice(0, 60)}”`;
    const seen = (one: Element): boolean => {
      const { width, height } = one.getBoundingClientRect();
      return width > 2 && height > 2 && getComputedStyle(one).visibility !== 'hidden';
    };
    const root = document.documentElement;
    if (root.scrollWidth > window.innerWidth + 1) found.push(`wider than the window: ${root.scrollWidth}`);
    for (const one of document.querySelectorAll('body *')) {
      if (!(one instanceof HTMLElement) || !seen(one)) continue;
      const { overflowX } = getComputedStyle(one);
      const over = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
      const words = (one.textContent ?? '').trim() !== '';
      if (over && words && ['hidden', 'clip'].includes(overflowX) && one.closest('[title]') === null)
        found.push(`cut off: ${said(one)} (${one.className})`);
      // A picture in a viewer is larger than its place.
      if (over && words && overflowX === 'auto')
        found.push(`has to be moved sideways: ${said(one)} (${one.className})`);
      if (over && one.tagName === 'BUTTON') found.push(`does not fit its button: ${said(one)}`);
      if (!['INPUT', 'SELECT', 'TEXTAREA', 'BUTTON', 'A', 'AUDIO', 'VIDEO'].includes(one.tagName)) continue;
      const labels = 'labels' in one ? (one.labels as NodeListOf<HTMLElement> | null) : null;
      const name = [
        one.getAttribute('aria-label'),
        one.getAttribute('aria-labelledby'),
        one.title,
        one.textContent,
        ...[...(labels ?? [])].map((label) => label.textContent),
      ].some((part) => (part ?? '').trim() !== '');
      if (!name) found.push(`without a name: ${one.outerHTML.slice(0, 120)}`);
    }
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = (walk.currentNode.textContent ?? '').trim();
      if (/\{[a-zA-Z:]+\}/.test(text)) found.push(`a place that nothing fills: “${text}”`);
    }
    return found;
  });
}

/** Every text that is seen, for a comparison of languages. */
export function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = new Set<string>();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = (walk.currentNode.textContent ?? '').trim();
      if (/[A-Za-z]{3}/.test(text) && walk.currentNode.parentElement?.closest('script,style,option') === null)
        texts.add(text);
    }
    return [...texts];
  });
}

/** How high the window must be for everything on it to be seen at once. */
export function wholeHeight(page: Page): Promise<number> {
  return page.evaluate(() => {
    const main = document.querySelector('#page');
    const hidden = main ? main.scrollHeight - main.clientHeight : 0;
    const dialogs = [...document.querySelectorAll('.ant-modal-wrap, dialog[open]')].map(
      (one) => one.scrollHeight,
    );
    return Math.max(window.innerHeight + hidden, document.documentElement.scrollHeight, ...dialogs);
  });
}
