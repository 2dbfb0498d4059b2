import type { KeyboardEvent, ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { Group } from './group.tsx';
import { idOf, limitOf, listOf, promptOf, sharedClasses, type InteractionProps } from './interaction.ts';

const mostLabels = 21;

export function Slider(props: InteractionProps): ReactNode {
  const { element, value, onChange } = props;
  const say = useSay();
  const text = listOf(value)[0];
  const [lower, upper] = [limitOf(element, 'lower-bound'), limitOf(element, 'upper-bound', 100)];
  const step = limitOf(element, 'step', 1) || 1;
  const reverse = element.attributes['reverse'] === 'true';
  const upright =
    element.attributes['orientation'] === 'vertical' ||
    sharedClasses(element).includes('qti-orientation-vertical');
  const steps = Math.floor((upper - lower) / step);
  const labels =
    element.attributes['step-label'] === 'true' && steps < mostLabels
      ? Array.from({ length: steps + 1 }, (_, i) => Number((lower + i * step).toPrecision(12)))
      : [lower, upper];
  // The knob stands at the lower bound before anything was chosen: that value, too, can be chosen.
  const keep = (given: string): void => {
    if (text === undefined) onChange(given, 'chosen');
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (['Enter', ' ', 'Home', 'ArrowLeft', 'ArrowDown'].includes(event.key)) keep(event.currentTarget.value);
  };
  return (
    <Group interaction={props} className={upright ? 'slider upright' : 'slider'}>
      <div className="slider-line" dir={reverse ? 'rtl' : undefined}>
        <input
          type="range"
          aria-label={promptOf(element) ? undefined : say('slider.label')}
          aria-labelledby={promptOf(element) ? idOf(props, 'prompt') : undefined}
          aria-valuetext={text ?? say('slider.none')}
          min={lower}
          max={upper}
          step={step}
          value={text ?? lower}
          onChange={(event) => onChange(event.target.value, 'typed')}
          onClick={(event) => keep(event.currentTarget.value)}
          onKeyDown={onKey}
        />
        <div className="slider-labels" aria-hidden>
          {labels.map((label) => (
            <span key={label}>{label}</span>
          ))}
        </div>
      </div>
      <output>{text ?? say('slider.none')}</output>
    </Group>
  );
}
