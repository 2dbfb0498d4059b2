import type { ReactNode } from 'react';
import { pictureOf, sizeOf, type Size } from '../../../exam/paper/picture.ts';
import { useSay } from '../language.tsx';
import { GivenList } from './given-list.tsx';
import { Group } from './group.tsx';
import { identifierOf, type InteractionProps } from './interaction.ts';
import { gapChoiceName, gapChoicesOf, Palette } from './palette.tsx';
import { PairLimits } from './limits.tsx';
import { howManyPairs, usePairing } from './pairing.ts';
import { at, Picture } from './picture.tsx';
import { spotCentre, spotName, Spots, useSpots } from './spots.tsx';

/** Places of a picture that texts and pictures are put on. */
export function GraphicGapMatch(props: InteractionProps): ReactNode {
  const { content } = props;
  const say = useSay();
  const choices = gapChoicesOf(props);
  const spots = useSpots(props, 'qti-associable-hotspot');
  const name = (id: string): string => gapChoiceName(props, say, choices, id);
  const nameOn = (id: string, side: 'from' | 'to'): string =>
    side === 'from' ? name(id) : spotName(spots, id);
  const pairing = usePairing(props, nameOn);
  if (!pairing) return null;
  const halves = pairing.pairs.map((pair) => {
    const [choice = '', spot = ''] = pair.split(' ');
    return { pair, choice, spot };
  });
  const on = (spot: string) => halves.filter((one) => one.spot === spot);
  const press = (spot: string): void => {
    const last = on(spot).at(-1)?.pair;
    // A place for one gives way to what comes next.
    const instead = pairing.rules.to.get(spot)?.most === 1 ? last : undefined;
    if (pairing.picked !== null) pairing.join(spot, instead);
    else if (last !== undefined) pairing.remove(last);
    else pairing.tell(say('gap.pick-first'));
  };
  const placed = (size: Size): ReactNode => (
    <div className="layer" aria-hidden>
      {spots.map((spot) => {
        const centre = spotCentre(spots, spot.id, size);
        return (
          centre && (
            <div key={spot.id} className="placed" style={at(centre, size)}>
              {on(spot.id).map(({ pair, choice }) => {
                const found = choices.find((one) => identifierOf(one) === choice);
                const picture = found && pictureOf(found);
                const width = picture && sizeOf(picture, null)?.width;
                return (
                  <span
                    key={pair}
                    className={picture ? 'placed-picture' : 'placed-text'}
                    // As large on the picture as the author drew both.
                    style={width === undefined ? {} : { width: `${(100 * width) / size.width}%` }}
                  >
                    {found && content(found)}
                  </span>
                );
              })}
            </div>
          )
        );
      })}
    </div>
  );
  return (
    <Group interaction={props} className="graphic-gap-match">
      <p className="hint">
        {say('spot.hint')} {howManyPairs(say, pairing.rules)}
      </p>
      <div className="placing">
        <Palette choices={choices} pairing={pairing} name={name} content={content} />
        <div className="grow">
          <Picture
            {...props}
            drawn={(size) => (
              <Spots
                spots={spots}
                size={size}
                isOn={(id) => on(id).length > 0}
                nameOf={(spot) =>
                  say(on(spot.id).length > 0 ? 'spot.holds' : 'spot.empty', {
                    place: spot.name,
                    choice: on(spot.id)
                      .map(({ choice }) => name(choice))
                      .join(', '),
                  })
                }
                press={press}
              />
            )}
            placed={placed}
          />
        </div>
      </div>
      <GivenList
        title={say('spot.list')}
        given={halves.map(({ pair, choice, spot }) => ({
          key: pair,
          content: `${name(choice)} – ${spotName(spots, spot)}`,
          removal: say('pair.remove', { first: name(choice), second: spotName(spots, spot) }),
          remove: () => pairing.remove(pair),
        }))}
      />
      <PairLimits of={props} pairing={pairing} name={nameOn} />
    </Group>
  );
}
