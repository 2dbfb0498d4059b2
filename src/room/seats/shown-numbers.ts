import * as z from 'zod';
import type { Node } from '../../node/node.ts';

const shownSchema = z.boolean();

/** 显示机位号: every seat shows its number large, and takes another one. */
export function numbersShown({ settings }: Node): boolean {
  return settings.read('show-numbers', shownSchema) ?? false;
}

export function showNumbers({ settings }: Node, show: boolean): void {
  settings.write('show-numbers', show);
}
