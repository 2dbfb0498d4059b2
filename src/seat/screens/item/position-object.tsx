import { useState, type ReactNode } from 'react';
import { pictureOf, sizeOf, type Size } from '../../../exam/paper/picture.ts';
import { useSay } from '../language.tsx';
import { Aim } from './aim.tsx';
import { GivenList } from './given-list.tsx';
import { idOf, responseOf, type InteractionProps } from './interaction.ts';
import { at, Picture } from './picture.tsx';
import { pointOf, pointsOf } from './points.ts';

type StageProps = Pick<InteractionProps, 'element' | 'template' | 'file' | 'content'> & {
  /** Each has an object and a response of its own. */
  readonly interactions: readonly InteractionProps[];
};

/** A picture on which objects are put: one is picked, then its place; with one kind of object, the place alone. */
export function PositionStage({ interactions, ...stage }: StageProps): ReactNode {
  const { template } = stage;
  const say = useSay();
  const [chosen, setChosen] = useState(0);
  const [said, setSaid] = useState('');
  const objects = interactions.map((props, i) => {
    const picture = pictureOf(props.element);
    return {
      props,
      picture,
      name: (picture && template.name(picture)) || `${say('image')} ${i + 1}`,
      points: pointsOf(props),
    };
  });
  const [first] = objects;
  const now = objects[chosen] ?? first;
  if (!first || !now) return null;
  const hint = idOf(first.props, 'hint');
  const standing = (size: Size): ReactNode =>
    objects.flatMap(({ props, picture, points }) =>
      points.given.map((text, i) => (
        <span
          key={`${responseOf(props.element)} ${i}`}
          className="placed-object"
          style={{ ...at(pointOf(text), size), ...measure(props, picture && sizeOf(picture, null), size) }}
          aria-hidden
        >
          {props.content(props.element)}
        </span>
      )),
    );
  return (
    <div className="interaction position-stage" role="group" aria-labelledby={hint}>
      <p className="hint" id={hint}>
        {objects.length > 1 && say('object.hint')} {say('point.hint')}
      </p>
      <div className="palette">
        {objects.map(({ props, name }, i) =>
          objects.length > 1 ? (
            <button
              key={responseOf(props.element)}
              type="button"
              className="piece"
              aria-label={name}
              aria-pressed={now.props === props}
              onClick={() => {
                setChosen(i);
                setSaid(say('object.picked', { choice: name }));
              }}
            >
              {props.content(props.element)}
            </button>
          ) : (
            <span key={responseOf(props.element)}>{props.content(props.element)}</span>
          ),
        )}
      </div>
      <Picture
        {...stage}
        placed={(size) => (
          <Aim
            size={size}
            name={say('object.aim', { choice: now.name })}
            describedBy={hint}
            take={(point) =>
              setSaid(
                now.points.add(point)
                  ? say('object.placed', { choice: now.name, ...point })
                  : say('point.full', { max: now.points.most }),
              )
            }
          >
            {standing(size)}
          </Aim>
        )}
      />
      <GivenList
        title={say('spot.list')}
        given={objects.flatMap(({ props, name, points }) =>
          points.given.map((text, i) => ({
            key: `${responseOf(props.element)} ${i}`,
            content: `${name}: ${text.replace(' ', ', ')}`,
            removal: say('object.remove', { choice: name, ...pointOf(text) }),
            remove: () => points.remove(i),
          })),
        )}
      />
      {objects.map(({ props, name, points }) => (
        <p key={responseOf(props.element)} className="hint" role="status">
          {points.full &&
            (props.element.attributes['data-max-selections-message'] ??
              `${name}: ${say('choice.full', { max: points.most })}`)}
          {points.few &&
            (props.element.attributes['data-min-selections-message'] ??
              `${name}: ${say('choice.least', { min: points.least })}`)}
        </p>
      ))}
      <p className="only-read" role="status">
        {said}
      </p>
    </div>
  );
}

/** The point that is answered is the object's centre, or the one that the author names in the object's own pixels. */
function measure(
  { element }: InteractionProps,
  object: Size | null | undefined,
  stage: Size,
): { width?: string; transform?: string } {
  if (!object) return {};
  const width = `${(100 * object.width) / stage.width}%`;
  const given = element.attributes['center-point'];
  if (given === undefined) return { width };
  const { x, y } = pointOf(given);
  return { width, transform: `translate(${(-100 * x) / object.width}%, ${(-100 * y) / object.height}%)` };
}
