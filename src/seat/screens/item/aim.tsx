import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { Size } from '../../../exam/paper/picture.ts';
import type { Point } from '../../../exam/paper/shapes.ts';
import { useSay } from '../language.tsx';
import { at } from './picture.tsx';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Arrow presses across the picture. */
const steps = 40;

/**
 * Lies over a picture and takes points of it, in whole pixels: where it is pressed, or where a crosshair stands that the arrow keys move
 * (with Shift by single pixels).
 */
export function Aim({
  size,
  name,
  describedBy,
  take,
  moved,
  drag,
  children,
}: {
  size: Size;
  name: string;
  describedBy: string;
  take: (point: Point) => void;
  /** The crosshair went from one point to another by a key. */
  moved?: (from: Point, to: Point) => void;
  /** Follows a pointer that is held down instead of taking the place where it is pressed. */
  drag?: { begin: (at: Point) => void; go: (to: Point) => void; end: () => void };
  children?: ReactNode;
}): ReactNode {
  const say = useSay();
  const [cross, setCross] = useState<Point>(() => ({
    x: Math.round(size.width / 2),
    y: Math.round(size.height / 2),
  }));
  const [moves, setMoves] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = arrows[event.key];
    if (arrow) {
      event.preventDefault();
      const step = event.shiftKey ? 1 : Math.max(1, Math.round(size.width / steps));
      const next = within(size, { x: cross.x + arrow[0] * step, y: cross.y + arrow[1] * step });
      setCross(next);
      setMoves(true);
      moved?.(cross, next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (!event.repeat) take(cross);
    }
  };
  const pointOf = (event: PointerEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return within(size, {
      x: Math.round(((event.clientX - box.left) / box.width) * size.width),
      y: Math.round(((event.clientY - box.top) / box.height) * size.height),
    });
  };
  const begin = (event: PointerEvent): void => {
    if (!drag || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.begin(pointOf(event));
  };
  const go = (event: PointerEvent): void => {
    if (drag && event.currentTarget.hasPointerCapture(event.pointerId)) drag.go(pointOf(event));
  };
  const end = (event: PointerEvent): void => {
    if (drag && event.currentTarget.hasPointerCapture(event.pointerId)) drag.end();
  };
  return (
    // An application is interactive, which the linter does not know.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={drag ? 'aim drag' : 'aim'}
      role="application"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={name}
      aria-describedby={describedBy}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        if (!drag) {
          const point = pointOf(event as unknown as PointerEvent);
          setCross(point);
          take(point);
        }
      }}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {children}
      <span className="cross" style={at(cross, size)} aria-hidden />
      <span className="only-read" role="status">
        {moves && say('aim.at', { x: cross.x, y: cross.y })}
      </span>
    </div>
  );
}

function within({ width, height }: Size, { x, y }: Point): Point {
  return {
    x: Math.min(Math.max(x, 0), Math.floor(width)),
    y: Math.min(Math.max(y, 0), Math.floor(height)),
  };
}
