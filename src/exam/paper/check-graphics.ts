/** What of the graphic interactions cannot be shown: without picture, or with places whose shape nobody knows. */
import type { Refusal } from '../../base/result.ts';
import { childElements, descendants, type QtiElement } from './element.ts';
import { pictureOf } from './picture.ts';
import { shapeNames, shapeOf } from './shapes.ts';

const onPictures = new Set(
  [
    'hotspot',
    'select-point',
    'graphic-order',
    'graphic-associate',
    'graphic-gap-match',
    'position-object',
    'drawing',
  ].map((name) => `qti-${name}-interaction`),
);

export function unshownGraphics(body: QtiElement): Refusal[] {
  const elements = [...descendants(body)];
  const pictureless = elements
    .filter(
      (one) => (onPictures.has(one.name) || one.name === 'qti-position-object-stage') && !pictureOf(one),
    )
    .map(({ name }) => ({ type: 'interaction-without-picture', interaction: name }));
  const shapeless = elements
    .filter(({ name }) => name === 'qti-hotspot-choice' || name === 'qti-associable-hotspot')
    .filter((one) => shapeOf(one) === null)
    .map(({ attributes }): Refusal => {
      const { identifier: hotspot = '', shape = '', coords = '' } = attributes;
      return shapeNames.includes(shape)
        ? { type: 'hotspot-coords-unreadable', hotspot, shape, coords: coords.slice(0, 200) }
        : { type: 'hotspot-shape-unknown', hotspot, shape: shape.slice(0, 200) };
    });
  const staged = new Set(
    elements
      .filter(({ name }) => name === 'qti-position-object-stage')
      .flatMap((stage) => childElements(stage, 'qti-position-object-interaction')),
  );
  const stageless = elements
    .filter((one) => one.name === 'qti-position-object-interaction' && !staged.has(one))
    .map((): Refusal => ({ type: 'position-object-without-stage' }));
  return [...pictureless, ...shapeless, ...stageless];
}
