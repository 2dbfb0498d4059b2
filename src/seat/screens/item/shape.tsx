import type { ReactNode } from 'react';
import type { Shape } from '../../../exam/paper/shapes.ts';

/** Twice the same line, a light one under a dark one: it is seen on any picture. */
export function Outline({
  shape,
  size,
}: {
  shape: Shape;
  size: { width: number; height: number };
}): ReactNode {
  return (
    <>
      {drawn(shape, size, 'halo')}
      {drawn(shape, size, 'line')}
    </>
  );
}

function drawn(shape: Shape, size: { width: number; height: number }, className: string): ReactNode {
  switch (shape.kind) {
    case 'default':
      return <rect className={className} width={size.width} height={size.height} />;
    case 'rect':
      return (
        <rect
          className={className}
          x={shape.left}
          y={shape.top}
          width={shape.right - shape.left}
          height={shape.bottom - shape.top}
        />
      );
    case 'ellipse':
      return (
        <ellipse
          className={className}
          cx={shape.centre.x}
          cy={shape.centre.y}
          rx={shape.across}
          ry={shape.down}
        />
      );
    case 'poly':
      return <polygon className={className} points={shape.points.map(({ x, y }) => `${x},${y}`).join(' ')} />;
  }
}
