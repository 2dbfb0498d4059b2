/** The three stations of an exam on paper. Each has a computer of its own, and none needs the exam day of the others. */
import type { Browser } from 'playwright-core';
import type { Look } from '../look.ts';
import type { Pictures } from '../screen.ts';
import { printStation, reserveStation } from './print.ts';
import { scanStation } from './scan.ts';
import { voiceStation } from './voice.ts';

export async function stations(browser: Browser, pictures: Pictures, look: Look): Promise<void> {
  await look('print station', () => printStation(browser, pictures));
  await look('reserve station', () => reserveStation(browser, pictures));
  await look('voice station', () => voiceStation(browser, pictures));
  await look('scan station', () => scanStation(browser, pictures));
}
