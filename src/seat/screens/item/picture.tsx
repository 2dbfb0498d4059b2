/** A picture that is answered on: whatever size it is shown at, everything on it is placed in its own pixels. */
import { useState, type ReactNode } from 'react';
import { pictureOf, sizeOf, type Size } from '../../../exam/paper/picture.ts';
import type { Point } from '../../../exam/paper/shapes.ts';
import type { InteractionProps } from './interaction.ts';

/** @param drawn what is drawn on it (SVG), `placed` what stands on it (HTML). */
export function Picture({
  element,
  template,
  file,
  drawn,
  placed,
}: Pick<InteractionProps, 'element' | 'template' | 'file'> & {
  drawn?: (size: Size) => ReactNode;
  placed?: (size: Size) => ReactNode;
}): ReactNode {
  const picture = pictureOf(element);
  const [natural, setNatural] = useState<Size | null>(null);
  if (!picture) return null;
  const size = sizeOf(picture, natural);
  const measure = (image: HTMLImageElement | null): void => {
    if (image === null || !image.complete || image.naturalWidth === 0) return;
    if (natural?.width !== image.naturalWidth || natural.height !== image.naturalHeight)
      setNatural({ width: image.naturalWidth, height: image.naturalHeight });
  };
  const { src, data, width, height } = picture.attributes;
  return (
    <div className="picture">
      <img
        ref={measure}
        src={file(src ?? data ?? '')}
        alt={template.name(picture)}
        width={width}
        height={height}
        draggable={false}
        onLoad={(event) => measure(event.currentTarget)}
      />
      {size && drawn && (
        // Not an image to assistive technology, which would not look for buttons in one.
        <svg role="presentation" viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none">
          {drawn(size)}
        </svg>
      )}
      {size && placed?.(size)}
    </div>
  );
}

/** Where on a shown picture a point of it is. */
export function at({ x, y }: Point, size: Size): { left: string; top: string } {
  return { left: `${(100 * x) / size.width}%`, top: `${(100 * y) / size.height}%` };
}
