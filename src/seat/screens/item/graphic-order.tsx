import { useState, type ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { howMany } from './choice.tsx';
import { GivenList } from './given-list.tsx';
import { Group } from './group.tsx';
import { limitOf, listOf, type InteractionProps } from './interaction.ts';
import { SelectionLimits } from './limits.tsx';
import { at, Picture } from './picture.tsx';
import { spotCentre, spotName, Spots, useSpots } from './spots.tsx';

/** Places of a picture that are numbered in the order in which they are chosen; a numbered one is taken out by choosing it again. */
export function GraphicOrder(props: InteractionProps): ReactNode {
  const { element, onChange } = props;
  const say = useSay();
  const [said, setSaid] = useState('');
  const spots = useSpots(props, 'qti-hotspot-choice');
  const given = listOf(props.value);
  const least = limitOf(element, 'min-choices');
  const most = limitOf(element, 'max-choices');
  const full = most > 0 && given.length >= most;
  const few = given.length > 0 && given.length < least;
  const name = (id: string): string => spotName(spots, id);
  const take = (id: string): void => {
    onChange(
      given.filter((other) => other !== id),
      'chosen',
    );
    setSaid(say('spot.unnumbered', { choice: name(id) }));
  };
  const press = (id: string): void => {
    if (given.includes(id)) take(id);
    else if (full) setSaid(say('choice.full', { max: most }));
    else {
      onChange([...given, id], 'chosen');
      setSaid(say('order.position', { choice: name(id), number: given.length + 1 }));
    }
  };
  const swap = (place: number): void => {
    const next = [...given];
    const [moved] = next.splice(place, 1);
    if (moved === undefined || place === 0) return;
    next.splice(place - 1, 0, moved);
    onChange(next, 'chosen');
    setSaid(say('order.position', { choice: name(moved), number: place }));
  };
  return (
    <Group interaction={props} className="graphic-order">
      <p className="hint">
        {say('spot.order')} {(most > 0 || least > 0) && howMany(say, false, least, most)}
      </p>
      <Picture
        {...props}
        drawn={(size) => (
          <Spots
            spots={spots}
            size={size}
            isOn={(id) => given.includes(id)}
            isDimmed={(id) => full && !given.includes(id)}
            nameOf={(spot) =>
              given.includes(spot.id)
                ? say('spot.numbered', { choice: spot.name, number: given.indexOf(spot.id) + 1 })
                : spot.name
            }
            press={press}
          />
        )}
        placed={(size) =>
          given.map((id, i) => {
            const centre = spotCentre(spots, id, size);
            return (
              centre && (
                <span key={id} className="mark" style={at(centre, size)} aria-hidden>
                  {i + 1}
                </span>
              )
            );
          })
        }
      />
      <GivenList
        title={say('order.chosen')}
        numbered
        given={given.map((id, i) => ({
          key: id,
          content: name(id),
          removal: say('order.remove', { choice: name(id) }),
          remove: () => take(id),
          ...(i === 0 ? {} : { up: { label: say('order.up', { choice: name(id) }), move: () => swap(i) } }),
        }))}
      />
      <SelectionLimits element={element} full={full} few={few} least={least} most={most} />
      <p className="only-read" role="status">
        {said}
      </p>
    </Group>
  );
}
