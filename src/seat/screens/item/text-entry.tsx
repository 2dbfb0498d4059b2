import type { ReactNode } from 'react';
import { useSay } from '../language.tsx';
import { limitOf, listOf, type InteractionProps } from './interaction.ts';

export function TextEntry({ element, value, onChange }: InteractionProps): ReactNode {
  const say = useSay();
  const text = listOf(value)[0] ?? '';
  const mask = element.attributes['pattern-mask'];
  const fits = text === '' || mask === undefined || matches(mask, text);
  return (
    <span className="text-entry">
      <input
        className="inline"
        aria-label={element.attributes['aria-label'] ?? say('text.label')}
        aria-invalid={!fits}
        size={Math.max(4, limitOf(element, 'expected-length', 12) + 1)}
        placeholder={element.attributes['placeholder-text'] ?? ''}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value, 'typed')}
      />
      {!fits && (
        <span className="hint" role="status">
          {say('text.pattern')}
        </span>
      )}
    </span>
  );
}

/** XML Schema patterns match the whole text; one that this browser does not understand demands nothing. */
function matches(mask: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${mask})$`, 'u').test(text);
  } catch {
    return true;
  }
}
