import { useState, type ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { Aim } from './aim.tsx';
import { howMany } from './choice.tsx';
import { GivenList } from './given-list.tsx';
import { Group } from './group.tsx';
import { idOf, type InteractionProps } from './interaction.ts';
import { SelectionLimits } from './limits.tsx';
import { at, Picture } from './picture.tsx';
import { pointOf, pointsOf } from './points.ts';

/** Points of a picture, anywhere on it. */
export function SelectPoint(props: InteractionProps): ReactNode {
  const { element } = props;
  const say = useSay();
  const [said, setSaid] = useState('');
  const { given, least, most, full, few, add, remove } = pointsOf(props);
  const hint = idOf(props, 'hint');
  return (
    <Group interaction={props} className="select-point">
      <p className="hint" id={hint}>
        {say('point.hint')} {most !== 1 && howMany(say, false, least, most)}
      </p>
      <Picture
        {...props}
        placed={(size) => (
          <Aim
            size={size}
            name={say('aim.label')}
            describedBy={hint}
            take={(point) => setSaid(say(add(point) ? 'point.taken' : 'point.full', { ...point, max: most }))}
          >
            {given.map((text, i) => (
              <span key={text + i} className="mark" style={at(pointOf(text), size)} aria-hidden>
                {i + 1}
              </span>
            ))}
          </Aim>
        )}
      />
      <GivenList
        title={say('point.list')}
        numbered
        given={given.map((text, i) => ({
          key: text + i,
          content: text.replace(' ', ', '),
          removal: say('point.remove', { number: i + 1, ...pointOf(text) }),
          remove: () => {
            remove(i);
            setSaid('');
          },
        }))}
      />
      <SelectionLimits element={element} full={full} few={few} least={least} most={most} />
      <p className="only-read" role="status">
        {said}
      </p>
    </Group>
  );
}
