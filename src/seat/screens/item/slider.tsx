import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { limitOf, listOf, promptOf, type InteractionProps } from './interaction.ts';

export function Slider({ element, value, onChange, content }: InteractionProps): ReactNode {
  const say = useSay();
  const text = listOf(value)[0];
  const lower = limitOf(element, 'lower-bound');
  const upper = limitOf(element, 'upper-bound', 100);
  const prompt = promptOf(element);
  return (
    <div className="slider">
      {prompt && content(prompt)}
      <label>
        <span className="only-read">{say('slider.label')}</span>
        <span aria-hidden>{lower}</span>
        <input
          type="range"
          min={lower}
          max={upper}
          step={limitOf(element, 'step', 1) || 1}
          value={text ?? lower}
          onChange={(event) => onChange(event.target.value, 'typed')}
        />
        <span aria-hidden>{upper}</span>
        <output>{text ?? say('slider.none')}</output>
      </label>
    </div>
  );
}
