import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { howMany } from './choice.tsx';
import { Group } from './group.tsx';
import { isSingle, limitOf, listOf, type InteractionProps } from './interaction.ts';
import { SelectionLimits } from './limits.tsx';
import { at, Picture } from './picture.tsx';
import { spotCentre, Spots, useSpots } from './spots.tsx';

/** Places of a picture to choose from. */
export function Hotspot(props: InteractionProps): ReactNode {
  const { element, onChange } = props;
  const say = useSay();
  const spots = useSpots(props, 'qti-hotspot-choice');
  const single = isSingle(props);
  const chosen = listOf(props.value);
  const [least, most] = [limitOf(element, 'min-choices'), limitOf(element, 'max-choices', 1)];
  const one = single || most === 1;
  const full = !one && most > 0 && chosen.length >= most;
  const few = chosen.length > 0 && chosen.length < least;
  const press = (id: string): void => {
    if (chosen.includes(id)) {
      const others = chosen.filter((other) => other !== id);
      onChange(single ? null : others, 'chosen');
    } else if (one) onChange(single ? id : [id], 'chosen');
    else if (!full) onChange([...chosen, id], 'chosen');
  };
  return (
    <Group interaction={props} className="hotspots">
      <p className="hint">{howMany(say, one, least, most)}</p>
      <Picture
        {...props}
        drawn={(size) => (
          <Spots
            spots={spots}
            size={size}
            isOn={(id) => chosen.includes(id)}
            isDimmed={(id) => full && !chosen.includes(id)}
            press={press}
          />
        )}
        placed={(size) =>
          chosen.map((id) => {
            const centre = spotCentre(spots, id, size);
            return (
              centre && (
                <span key={id} className="mark" style={at(centre, size)} aria-hidden>
                  ✓
                </span>
              )
            );
          })
        }
      />
      <SelectionLimits element={element} full={full} few={few} least={least} most={most} />
      {chosen.length > 0 && (
        <button type="button" className="quiet" onClick={() => onChange(single ? null : [], 'chosen')}>
          {say('choice.clear')}
        </button>
      )}
    </Group>
  );
}
