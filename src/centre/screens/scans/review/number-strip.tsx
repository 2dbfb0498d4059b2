/** Where forms have their number, cut out of the page and magnified: upright, as the page is turned now. */
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { codePlaces, page as sheet } from '../../../../exam/form/template.ts';
import { useText } from '../../../../ui/text.ts';
import type { PagePicture } from './page-memory.ts';

const [head] = codePlaces.bars;
/** The bars at the head with the digits below them; scanners shift a page by some millimetres. Millimetres of the sheet. */
const strip = { x: head.x - 3, y: head.y - 2, width: head.width + 6, height: head.height + 10 };
/** Of the drawing; the page shows it as wide as there is room. */
const pixels = { width: 840, height: Math.round((840 * strip.height) / strip.width) };

interface Props {
  picture: PagePicture;
  rotation: number;
  contrast: boolean;
}

export function NumberStrip({ picture, rotation, contrast }: Props): ReactNode {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const paint = canvas.current?.getContext('2d');
    if (!paint) return;
    const { image } = picture;
    const [width, height] = [image.naturalWidth, image.naturalHeight];
    const lying = rotation % 180 !== 0;
    const [wide, high] = lying ? [height, width] : [width, height];
    const perMm = wide / sheet.width;
    const scale = pixels.width / (strip.width * perMm);
    paint.resetTransform();
    paint.fillStyle = '#fff';
    paint.fillRect(0, 0, pixels.width, pixels.height);
    paint.scale(scale, scale);
    paint.translate(wide / 2 - strip.x * perMm, high / 2 - strip.y * perMm);
    paint.rotate((rotation * Math.PI) / 180);
    paint.drawImage(image, -width / 2, -height / 2);
  }, [picture, rotation]);
  return (
    <canvas
      ref={canvas}
      className={`scan-strip ${contrast ? 'scan-contrast' : ''}`}
      width={pixels.width}
      height={pixels.height}
      role="img"
      aria-label={t('scanReview.strip')}
    />
  );
}
