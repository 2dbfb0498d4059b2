/** What the keys do to the boxes of one row, before it is saved. Pure: the server decides. */
export interface Choice {
  /** Columns; null: nothing was chosen yet, not even that nothing is marked. */
  readonly marked: readonly number[] | null;
  /** Where the arrows are. */
  readonly at: number;
}

export const noChoice: Choice = { marked: null, at: -1 };

export interface RowShape {
  readonly columns: number;
  readonly several: boolean;
}

export type ChoiceStep =
  /** `add`: besides what is chosen, also where one is allowed: the candidate gave two answers. */
  | { readonly do: 'choose'; readonly column: number; readonly add: boolean }
  | { readonly do: 'move'; readonly by: 1 | -1 }
  | { readonly do: 'nothing' };

export function chosen(choice: Choice, step: ChoiceStep, { columns, several }: RowShape): Choice {
  if (step.do === 'nothing') return { ...choice, marked: [] };
  if (step.do === 'move') {
    const at = choice.at < 0 ? (step.by > 0 ? 0 : columns - 1) : choice.at + step.by;
    return { ...choice, at: Math.max(0, Math.min(columns - 1, at)) };
  }
  const { column, add } = step;
  if (column < 0 || column >= columns) return choice;
  const before = choice.marked ?? [];
  if (!several && !add) return { marked: [column], at: column };
  const marked = before.includes(column)
    ? before.filter((one) => one !== column)
    : [...before, column].toSorted((a, b) => a - b);
  return { marked, at: column };
}

export interface Key {
  readonly key: string;
  /** The key's place: with Shift a digit is another sign. */
  readonly code: string;
  readonly shiftKey: boolean;
}

/** @returns null: the key means nothing here */
export function stepOf({ key, code, shiftKey }: Key, { at }: Choice): ChoiceStep | null {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? (/^\d$/.test(key) ? key : undefined);
  // The block of digits has arrows below them, when it is switched so.
  if (digit !== undefined && !(code.startsWith('Numpad') && key.startsWith('Arrow')))
    return digit === '0' ? { do: 'nothing' } : { do: 'choose', column: Number(digit) - 1, add: shiftKey };
  if (key === 'ArrowRight' || key === 'ArrowLeft') return { do: 'move', by: key === 'ArrowRight' ? 1 : -1 };
  if (key === ' ' && at >= 0) return { do: 'choose', column: at, add: shiftKey };
  return null;
}
