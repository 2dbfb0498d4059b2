/** The most that an item can give. */
import { childElement, childElements, type QtiElement } from '../paper/element.ts';
import { nullValue, numberOf } from '../expression/value.ts';
import type { Outcomes } from './rules.ts';

/** @returns null when neither the item nor its key tells. */
export function maximumOf(
  item: QtiElement,
  outcomes: Outcomes,
  declarations: ReadonlyMap<string, QtiElement>,
): number | null {
  const declared = outcomes.declaration('MAXSCORE');
  const said = numberOf(outcomes.values.get('MAXSCORE') ?? nullValue);
  // A declaration without a value starts at 0 and says nothing.
  if (said !== null && (said !== 0 || (declared && childElement(declared, 'qti-default-value')))) return said;
  const normal = numberIn(outcomes.declaration('SCORE'), 'normal-maximum');
  return normal ?? maximumOfTemplate(item, declarations);
}

function maximumOfTemplate(item: QtiElement, declarations: ReadonlyMap<string, QtiElement>): number | null {
  const processing = childElement(item, 'qti-response-processing');
  const address = processing?.attributes['template'] ?? processing?.attributes['template-location'] ?? '';
  const declaration = declarations.get('RESPONSE');
  if (/match_correct(\.xml)?$/.test(address)) return 1;
  if (declaration === undefined) return null;
  if (/map_response(\.xml)?$/i.test(address)) return best(declaration, 'qti-mapping', 'qti-map-entry');
  if (/map_response_point(\.xml)?$/.test(address))
    return best(declaration, 'qti-area-mapping', 'qti-area-map-entry');
  return null;
}

function best(declaration: QtiElement, mappingName: string, entryName: string): number | null {
  const mapping = childElement(declaration, mappingName);
  if (!mapping) return null;
  const values = childElements(mapping, entryName).map((entry) => numberIn(entry, 'mapped-value') ?? 0);
  const sum =
    declaration.attributes['cardinality'] === 'single'
      ? Math.max(0, ...values)
      : values.filter((value) => value > 0).reduce((a, b) => a + b, 0);
  return Math.min(sum, numberIn(mapping, 'upper-bound') ?? Infinity);
}

function numberIn(element: QtiElement | null | undefined, name: string): number | null {
  const text = element?.attributes[name];
  const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}
