/** The picture of a graphic interaction, and the pixels that its coordinates count. */
import { childElements, descendants, type QtiElement } from './element.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An `img`, also inside of a `picture`, or QTI 2's `object`; not those of its choices. */
export function pictureOf(interaction: QtiElement): QtiElement | undefined {
  const [given] = childElements(interaction).filter(({ name }) =>
    ['img', 'object', 'picture'].includes(name),
  );
  return given?.name === 'picture' ? [...descendants(given)].find(({ name }) => name === 'img') : given;
}

/** As the author says; what is not said follows from the file. @returns null while neither is known. */
export function sizeOf({ attributes }: QtiElement, natural: Size | null): Size | null {
  const [width, height] = [pixels(attributes['width']), pixels(attributes['height'])];
  if (width !== null && height !== null) return { width, height };
  if (natural === null) return null;
  const ratio = natural.width / natural.height;
  if (width !== null) return { width, height: width / ratio };
  return height === null ? natural : { width: height * ratio, height };
}

function pixels(given: string | undefined): number | null {
  const number = Number(/^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(given ?? '')?.[1] ?? 0);
  return number > 0 ? number : null;
}
