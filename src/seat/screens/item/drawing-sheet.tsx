import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Size } from '../../../exam/paper/picture.ts';
import type { Point } from '../../../exam/paper/shapes.ts';
import { useSay } from '../language.tsx';
import { Aim } from './aim.tsx';
import { paint, type Drawing } from './strokes.ts';

/** The sheet over the picture: strokes by a pointer that is held down, or by a crosshair whose pen is put down and lifted. */
export function DrawingSheet({
  size,
  drawing,
  describedBy,
  begin,
  go,
  end,
}: {
  size: Size;
  drawing: Drawing;
  describedBy: string;
  begin: (at: Point) => void;
  go: (to: Point) => void;
  /** The stroke is as it is to be, on a sheet of this size. */
  end: (size: Size) => void;
}): ReactNode {
  const say = useSay();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [down, setDown] = useState<boolean | null>(null);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, drawing, size);
  }, [drawing, size]);
  return (
    <Aim
      size={size}
      name={say('drawing.aim')}
      describedBy={describedBy}
      take={(point) => {
        if (down === true) end(size);
        else begin(point);
        setDown(down !== true);
      }}
      moved={(_from, to) => {
        if (down === true) go(to);
      }}
      drag={{
        begin: (point) => {
          setDown(false);
          begin(point);
        },
        go,
        end: () => end(size),
      }}
    >
      <canvas ref={canvas} width={Math.round(size.width)} height={Math.round(size.height)} aria-hidden />
      <span className="only-read" role="status">
        {down !== null && say(down ? 'drawing.pen-down' : 'drawing.pen-up')}
      </span>
    </Aim>
  );
}
