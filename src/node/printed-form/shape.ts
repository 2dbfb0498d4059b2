/** What a form's side is drawn of, in millimetres from the upper left corner. */
import type { Box } from '../../exam/form/template.ts';

export type Shape =
  | { readonly type: 'fill'; readonly box: Box }
  /** `grey` from 0, black, to 1, white. */
  | { readonly type: 'tint'; readonly box: Box; readonly grey: number }
  /** Grey: where somebody writes; a scanner sees it, and knows where it is. */
  | { readonly type: 'frame'; readonly box: Box; readonly grey: boolean }
  | { readonly type: 'line'; readonly from: Point; readonly to: Point; readonly grey: boolean }
  /** Within the box, on one line or several; `size` is the height of the letters. */
  | {
      readonly type: 'words';
      readonly text: string;
      readonly box: Box;
      readonly size: number;
      readonly bold: boolean;
      readonly align: 'left' | 'centre';
    };
interface Point {
  readonly x: number;
  readonly y: number;
}

export function words(
  text: string,
  box: Box,
  size: number,
  bold = false,
  align: 'left' | 'centre' = 'left',
): Shape {
  return { type: 'words', text, box, size, bold, align };
}
