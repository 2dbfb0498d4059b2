/** Whether a response is one that its interaction can give: what a screen never sends is not kept as an answer. */
import { descendants, type QtiElement } from '../paper/element.ts';
import type { PaperItem, ResponseDeclaration } from '../paper/model.ts';
import type { ItemResponses, ResponseValue } from '../paper/response.ts';
import { askedRecording } from '../recording/asked.ts';
import { recordingType } from '../recording/recording-limits.ts';
import { associationOf, mayAll } from './associations.ts';

type Judge = (interaction: QtiElement, values: readonly string[]) => boolean;

const judges: Readonly<Record<string, Judge>> = {
  'qti-associate-interaction': isAssociation,
  'qti-gap-match-interaction': isAssociation,
  'qti-graphic-associate-interaction': isAssociation,
  'qti-graphic-gap-match-interaction': isAssociation,
  'qti-hotspot-interaction': (interaction, values) => areChoices(interaction, values, 1),
  'qti-select-point-interaction': arePoints,
  'qti-position-object-interaction': arePoints,
  'qti-end-attempt-interaction': (_interaction, values) =>
    values.every((value) => value === 'true' || value === 'false'),
  'qti-graphic-order-interaction': (interaction, values) => areChoices(interaction, values, 0),
};

/** @returns the identifier of a response that its interaction cannot give; null when there is none. */
export function impossibleResponse(item: PaperItem, responses: ItemResponses): string | null {
  for (const interaction of descendants(item.body)) {
    const judge = judges[interaction.name];
    const identifier = interaction.attributes['response-identifier'] ?? '';
    const declaration = item.responses.find((one) => one.identifier === identifier);
    const value = responses[identifier];
    if (!declaration || value === undefined || value === null) continue;
    if (interaction.name === 'qti-drawing-interaction' && !isFile(value, 'image/png')) return identifier;
    if (askedRecording(interaction) && !isFile(value, recordingType)) return identifier;
    if (!judge) continue;
    const values = valuesOf(declaration, value);
    if (values === null || !judge(interaction, values)) return identifier;
  }
  return null;
}

/** @returns null when the value has not the declared cardinality. */
function valuesOf({ cardinality }: ResponseDeclaration, value: ResponseValue): readonly string[] | null {
  if (typeof value === 'string') return cardinality === 'single' ? [value] : null;
  return Array.isArray(value) && cardinality !== 'single' ? (value as readonly string[]) : null;
}

function isAssociation(interaction: QtiElement, values: readonly string[]): boolean {
  const rules = associationOf(interaction);
  return rules !== null && mayAll(rules, values);
}

/** @param usual how many there may be when the author says nothing; 0: any number. */
function areChoices(interaction: QtiElement, values: readonly string[], usual: number): boolean {
  const known = new Set(
    [...descendants(interaction)]
      .filter(({ name }) => name === 'qti-hotspot-choice')
      .map(({ attributes }) => attributes['identifier']),
  );
  return (
    new Set(values).size === values.length &&
    values.every((value) => known.has(value)) &&
    fits(interaction, values, usual)
  );
}

function fits({ attributes }: QtiElement, values: readonly string[], usual: number): boolean {
  const most = Number(attributes['max-choices'] ?? usual);
  return !(most > 0) || values.length <= most;
}

function arePoints(interaction: QtiElement, values: readonly string[]): boolean {
  return values.every((value) => /^\d{1,5} \d{1,5}$/.test(value)) && fits(interaction, values, 1);
}

function isFile(value: ResponseValue, mediaType: string): boolean {
  if (typeof value !== 'object' || value === null || !('file' in value)) return false;
  return typeof value.file === 'object' && value.file?.mediaType === mediaType;
}
