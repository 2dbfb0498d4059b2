import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { GivenList } from './given-list.tsx';
import { Group } from './group.tsx';
import type { InteractionProps } from './interaction.ts';
import { PairLimits } from './limits.tsx';
import { howManyPairs, usePairing } from './pairing.ts';
import { at, Picture } from './picture.tsx';
import { spotCentre, spotName, Spots, useSpots } from './spots.tsx';

/** Pairs of places on a picture, joined by lines. */
export function GraphicAssociate(props: InteractionProps): ReactNode {
  const say = useSay();
  const spots = useSpots(props, 'qti-associable-hotspot');
  const name = (id: string): string => spotName(spots, id);
  const pairing = usePairing(props, name);
  if (!pairing) return null;
  const { picked, pairs } = pairing;
  const halves = pairs.map((pair) => {
    const [first = '', second = ''] = pair.split(' ');
    return { pair, first, second };
  });
  return (
    <Group interaction={props} className="graphic-associate">
      <p className="hint">
        {say('pair.hint')} {howManyPairs(say, pairing.rules)}
      </p>
      <Picture
        {...props}
        drawn={(size) => (
          <>
            <Spots
              spots={spots}
              size={size}
              isOn={(id) => picked === id}
              isDimmed={(id) => pairing.isSpent(id, 'from')}
              press={(id) => (picked === null || picked === id ? pairing.pick(id) : pairing.join(id))}
            />
            {halves.map(({ pair, first, second }) => {
              const [from, to] = [spotCentre(spots, first, size), spotCentre(spots, second, size)];
              if (!from || !to) return null;
              const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
              return (
                <g key={pair} className="join" aria-hidden>
                  <line className="halo" {...ends} />
                  <line className="line" {...ends} />
                </g>
              );
            })}
          </>
        )}
        placed={(size) =>
          // The list speaks of the places by their numbers.
          spots.map((spot, i) => {
            const centre = spotCentre(spots, spot.id, size);
            return (
              !spot.labelled &&
              centre && (
                <span key={spot.id} className="mark number" style={at(centre, size)} aria-hidden>
                  {i + 1}
                </span>
              )
            );
          })
        }
      />
      <GivenList
        title={say('pair.list')}
        given={halves.map(({ pair, first, second }) => ({
          key: pair,
          content: `${name(first)} – ${name(second)}`,
          removal: say('pair.remove', { first: name(first), second: name(second) }),
          remove: () => pairing.remove(pair),
        }))}
      />
      <PairLimits of={props} pairing={pairing} name={name} />
    </Group>
  );
}
