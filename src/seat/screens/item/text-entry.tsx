import type { ReactNode } from 'react';
import { patternOf } from '../../../exam/expression/pattern.ts';
import { parseScalar } from '../../../exam/expression/value.ts';
import type { ResponseValue } from '../../../exam/paper/response.ts';
import { useSay } from '../language.tsx';
import { classesOf, declarationOf, idOf, limitOf, listOf, type InteractionProps } from './interaction.ts';

export function TextEntry(props: InteractionProps): ReactNode {
  const { element, item, value, number, onChange } = props;
  const say = useSay();
  const declaration = declarationOf(props);
  const text = typedText(value);
  // A `float` has a point. Where the language of the question writes a comma, that is what candidates type; they see it change.
  const typed = (next: string): string =>
    declaration?.baseType === 'float' && decimalSign(item.item.language) === ','
      ? next.replace(',', '.')
      : next;
  const fits =
    text === '' ||
    (isOfType(text, declaration?.baseType) && matches(element.attributes['pattern-mask'], text));
  return (
    <span className="text-entry">
      <input
        className={classesOf(element, 'inline')}
        aria-label={element.attributes['aria-label'] ?? say('text.part', { number })}
        aria-invalid={!fits}
        aria-describedby={fits ? undefined : idOf(props, 'hint')}
        inputMode={
          declaration?.baseType === 'integer'
            ? 'numeric'
            : declaration?.baseType === 'float'
              ? 'decimal'
              : undefined
        }
        size={Math.max(4, limitOf(element, 'expected-length', 12) + 1)}
        placeholder={element.attributes['placeholder-text'] ?? ''}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) =>
          onChange(responseTo(typed(event.target.value), declaration?.cardinality), 'typed')
        }
      />
      {!fits && (
        <span className="hint" role="status" id={idOf(props, 'hint')}>
          {element.attributes['data-patternmask-message'] ?? say('text.pattern')}
        </span>
      )}
    </span>
  );
}

export function decimalSign(language: string): string {
  try {
    const parts = new Intl.NumberFormat(language || 'en').formatToParts(1.5);
    return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  } catch {
    // Not a language tag.
    return '.';
  }
}

/** Of a record the string that was typed. */
function typedText(value: ResponseValue | undefined): string {
  if (
    typeof value === 'object' &&
    value !== null &&
    'stringValue' in value &&
    typeof value.stringValue === 'string'
  )
    return value.stringValue;
  return listOf(value)[0] ?? '';
}

function responseTo(text: string, cardinality: string | undefined): ResponseValue {
  if (text === '') return null;
  if (cardinality === 'record')
    return { stringValue: text, floatValue: parseScalar(text, 'float') === null ? null : text };
  return cardinality === 'single' ? text : [text];
}

function isOfType(text: string, baseType: string | null | undefined): boolean {
  return baseType === 'integer' || baseType === 'float' ? parseScalar(text, baseType) !== null : true;
}

/** A pattern that cannot be read demands nothing. */
export function matches(mask: string | undefined, text: string): boolean {
  return mask === undefined || (patternOf(mask)?.test(text) ?? true);
}
