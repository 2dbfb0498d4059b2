/** What is drawn over a picture, and the picture with it as a PNG file. */
import type { Size } from '../../../exam/paper/picture.ts';
import type { Point } from '../../../exam/paper/shapes.ts';

export const colours = { black: '#000000', red: '#d01616', blue: '#1452c8' } as const;
export type Colour = keyof typeof colours;

export interface Stroke {
  readonly tool: 'pen' | 'eraser';
  readonly colour: Colour;
  readonly points: readonly Point[];
}

/** @param base what was drawn before, when the question was left or the page was loaded anew. */
export interface Drawing {
  readonly base: HTMLImageElement | null;
  readonly strokes: readonly Stroke[];
}

/** The eraser takes away what was drawn and never the picture beneath, which lies on a layer of its own. */
export function paint(canvas: HTMLCanvasElement, { base, strokes }: Drawing, size: Size): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (base) context.drawImage(base, 0, 0, canvas.width, canvas.height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const pen = Math.max(2, size.width / 130);
  for (const { tool, colour, points } of strokes) {
    const [first] = points;
    if (!first) continue;
    context.globalCompositeOperation = tool === 'eraser' ? 'destination-out' : 'source-over';
    context.strokeStyle = colours[colour];
    context.lineWidth = tool === 'eraser' ? pen * 6 : pen;
    context.beginPath();
    context.moveTo(first.x, first.y);
    // A line without length is not drawn, a dot is wanted.
    if (points.length === 1) context.lineTo(first.x + 0.01, first.y);
    for (const { x, y } of points) context.lineTo(x, y);
    context.stroke();
  }
  context.globalCompositeOperation = 'source-over';
}

export function sheet(size: Size): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width);
  canvas.height = Math.round(size.height);
  return canvas;
}

/** Rejects when the picture cannot be read. */
export function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener('load', () => resolve(image));
    image.addEventListener('error', () => reject(new Error('the picture cannot be read')));
    image.src = address;
  });
}

/** The picture with the drawing on it, in the picture's own pixels. */
export async function pngOf(picture: string, drawing: Drawing, size: Size): Promise<File> {
  const [layer, whole] = [sheet(size), sheet(size)];
  paint(layer, drawing, size);
  const context = whole.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(await loaded(picture), 0, 0, whole.width, whole.height);
  context.drawImage(layer, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => whole.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('no PNG');
  return new File([blob], 'drawing.png', { type: 'image/png' });
}
