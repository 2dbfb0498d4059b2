import type { KeyboardEvent, ReactNode } from 'react';
import type { QtiElement } from '../../../exam/paper/element.ts';
import type { Size } from '../../../exam/paper/picture.ts';
import { centreOf, shapeOf, type Point, type Shape } from '../../../exam/paper/shapes.ts';
import { useSay } from '../language.tsx';
import { choicesOf, identifierOf, type InteractionProps } from './interaction.ts';
import { Outline } from './shape.tsx';

export interface Spot {
  readonly id: string;
  readonly shape: Shape;
  /** The author's label, else its place among the others. */
  readonly name: string;
  readonly labelled: boolean;
}

/** Hot places of a picture, in the author's order: the shapes stand where they stand. */
export function useSpots(props: InteractionProps, name: string): Spot[] {
  const say = useSay();
  const hotspots = choicesOf(props, name);
  return hotspots.flatMap((hotspot, place) => {
    const shape = shapeOf(hotspot);
    const label = labelOf(hotspot);
    return shape
      ? [
          {
            id: identifierOf(hotspot),
            shape,
            name: label || say('spot.name', { number: place + 1, count: hotspots.length }),
            labelled: label !== '',
          },
        ]
      : [];
  });
}

function labelOf({ attributes }: QtiElement): string {
  return (attributes['hotspot-label'] ?? '').trim();
}

export function spotName(spots: readonly Spot[], id: string): string {
  return spots.find((spot) => spot.id === id)?.name ?? '';
}

export function spotCentre(spots: readonly Spot[], id: string, size: Size): Point | null {
  const spot = spots.find((one) => one.id === id);
  return spot ? centreOf(spot.shape, size) : null;
}

/** The hot places as buttons on the picture. */
export function Spots({
  spots,
  size,
  isOn,
  isDimmed = () => false,
  nameOf,
  press,
}: {
  spots: readonly Spot[];
  size: Size;
  isOn: (id: string) => boolean;
  isDimmed?: (id: string) => boolean;
  /** What is said of a place beyond its name. */
  nameOf?: (spot: Spot) => string;
  press: (id: string) => void;
}): ReactNode {
  // The whole picture lies beneath the other places.
  const painted = spots.toSorted(
    (a, b) => Number(b.shape.kind === 'default') - Number(a.shape.kind === 'default'),
  );
  return painted.map((spot) => {
    const on = isOn(spot.id);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      if (!event.repeat) press(spot.id);
    };
    return (
      <g
        key={spot.id}
        role="button"
        tabIndex={0}
        className={on ? 'spot on' : 'spot'}
        aria-label={nameOf?.(spot) ?? spot.name}
        aria-pressed={on}
        aria-disabled={isDimmed(spot.id)}
        onClick={() => press(spot.id)}
        onKeyDown={onKeyDown}
      >
        <Outline shape={spot.shape} size={size} />
      </g>
    );
  });
}
