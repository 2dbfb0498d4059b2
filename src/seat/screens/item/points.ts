/** Points as answers: `"x y"`, whole pixels of the picture. */
import type { Point } from '../../../exam/paper/shapes.ts';
import { isSingle, limitOf, listOf, type InteractionProps } from './interaction.ts';

export function pointOf(text: string): Point {
  const [x = 0, y = 0] = text.split(' ').map(Number);
  return { x, y };
}

export interface Points {
  readonly given: readonly string[];
  readonly least: number;
  readonly most: number;
  readonly full: boolean;
  readonly few: boolean;
  /** Adds a point; where only one may be, it takes the place of the one before. @returns whether it was taken */
  readonly add: (point: Point) => boolean;
  readonly remove: (place: number) => void;
}

export function pointsOf(props: InteractionProps): Points {
  const { element, onChange } = props;
  const single = isSingle(props);
  const given = listOf(props.value);
  const least = limitOf(element, 'min-choices');
  const most = single ? 1 : limitOf(element, 'max-choices', 1);
  const give = (next: readonly string[]): void => onChange(single ? (next[0] ?? null) : next, 'chosen');
  const full = most > 1 && given.length >= most;
  return {
    given,
    least,
    most,
    full,
    few: given.length > 0 && given.length < least,
    add: ({ x, y }) => {
      if (full) return false;
      const point = `${x} ${y}`;
      give(most === 1 ? [point] : [...given, point]);
      return true;
    },
    remove: (place) => give(given.filter((_, i) => i !== place)),
  };
}
