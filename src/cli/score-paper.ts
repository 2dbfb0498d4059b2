/** Scores responses as an author writes them at a command line; what cannot be meant is refused by name. */
import { ok, refuse, type Result } from '../base/result.ts';
import { childElements } from '../exam/paper/element.ts';
import type { ImportedPaper } from '../exam/paper/import-paper.ts';
import { instantiatePaper } from '../exam/paper/instance.ts';
import { isSection, type PaperKey, type TestSection } from '../exam/paper/model.ts';
import type { ItemResponses } from '../exam/paper/response.ts';
import { scoreItem } from '../exam/scoring/score-item.ts';
import { scorePaper } from '../exam/scoring/score-test.ts';

export interface ScoreRequest {
  /** Identifier of an item, or of a reference to it in the test. */
  readonly item?: string | undefined;
  /** JSON text: responses by identifier; for a whole test by item and then by identifier. */
  readonly response: string;
  readonly seed: string;
}

type KeyItem = PaperKey['items'][number];
type Json = Readonly<Record<string, unknown>>;

const example = '{"RESPONSE":"A"}';
const exampleByItem = '{"ITEM":{"RESPONSE":"A"}}';

/** @param imported with the items that cannot be shown: scoring does not depend on it. */
export function scoreRequest(imported: ImportedPaper, request: ScoreRequest): Result<object> {
  const given = parse(request.response);
  if (!given.ok) return given;
  const { items } = imported.key;
  const names = items.map(({ identifier }) => identifier).join(', ');
  if (request.item !== undefined) {
    const item = find(request.item, items, imported);
    return item
      ? scoreOne(item, given.value, request.seed)
      : refuse({ type: 'no-such-item', item: request.item, items: names });
  }
  const [only] = items;
  const byItem = imported.key.test !== null && Object.values(given.value).some(isObject);
  if (items.length === 1 && only && !byItem) return scoreOne(only, given.value, request.seed);
  return scoreTest(imported, given.value, request.seed, names);
}

function parse(text: string): Result<Json> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse({ type: 'response-not-json', problem: (error as Error).message, example });
  }
  return isObject(value)
    ? ok(value)
    : refuse({ type: 'response-not-json', problem: 'it is no object', example });
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function find(name: string, items: readonly KeyItem[], { paper, key }: ImportedPaper): KeyItem | undefined {
  const direct = items.find(({ identifier }) => identifier === name);
  if (direct || key.test === null) return direct;
  const copy = instantiatePaper(paper, '').items.find(({ identifier }) => identifier === name);
  return items.find(({ identifier }) => identifier === copy?.item.identifier);
}

function scoreOne(item: KeyItem, given: Json, seed: string): Result<object> {
  const responses = checked(item, given);
  if (!responses.ok) return responses;
  const { outcomes, maxScore, needsMarking, warnings } = scoreItem(item.element, responses.value, seed);
  return ok({ outcomes, maxScore, needsMarking, warnings });
}

function scoreTest(imported: ImportedPaper, given: Json, seed: string, names: string): Result<object> {
  const { paper, key } = imported;
  const instance = instantiatePaper(paper, seed);
  const inTest = new Set(paper.parts.flatMap((part) => part.sections.flatMap(itemNames)));
  const byItem: Record<string, ItemResponses> = {};
  const notDrawn: { type: string; detail: string }[] = [];
  for (const [name, responses] of Object.entries(given)) {
    if (!isObject(responses))
      return refuse({ type: 'responses-not-by-item', example: exampleByItem, items: names });
    const copy = instance.items.find(({ identifier }) => identifier === name);
    const item = key.items.find(({ identifier }) => identifier === copy?.item.identifier);
    if (!item && !inTest.has(name))
      return refuse({ type: 'no-such-item', item: name, items: [...inTest].join(', ') });
    if (!item) {
      notDrawn.push({ type: 'item-not-in-copy', detail: name });
      continue;
    }
    const read = checked(item, responses);
    if (!read.ok) return read;
    byItem[name] = read.value;
  }
  const { outcomes, maxScore, items, warnings } = scorePaper(paper, key, instance, byItem);
  return ok({
    outcomes,
    maxScore,
    items: Object.fromEntries([...items].map(([name, item]) => [name, item.outcomes])),
    warnings: [...notDrawn, ...warnings],
  });
}

function itemNames(section: TestSection): string[] {
  return section.children.flatMap((child) => (isSection(child) ? itemNames(child) : [child.identifier]));
}

/** Responses whose identifiers are declared, each in the form of its cardinality. */
function checked({ identifier: item, element }: KeyItem, given: Json): Result<ItemResponses> {
  const declarations = new Map(
    childElements(element, 'qti-response-declaration').map((one) => [
      one.attributes['identifier'] ?? '',
      one,
    ]),
  );
  for (const [response, value] of Object.entries(given)) {
    const declaration = declarations.get(response);
    if (!declaration) {
      const declared = [...declarations.keys()].join(', ') || 'none';
      return refuse({ type: 'response-unknown', item, response, declared, example });
    }
    const cardinality = declaration.attributes['cardinality'] ?? 'single';
    const form = forms[cardinality] ?? forms['single'];
    const file = declaration.attributes['base-type'] === 'file' && isObject(value) && isObject(value['file']);
    if (form && value !== null && !file && !form.fits(value))
      return refuse({
        type: 'response-of-wrong-shape',
        item,
        response,
        cardinality,
        expected: form.expected,
      });
  }
  return ok(given as ItemResponses);
}

interface Form {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

const list: Form = {
  expected: '["A","B"] or null',
  fits: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
};
const forms: Readonly<Record<string, Form>> = {
  single: { expected: '"A" or null', fits: (value) => typeof value === 'string' },
  multiple: list,
  ordered: list,
  record: {
    expected: '{"field":"A"} or null',
    fits: (value) =>
      isObject(value) && Object.values(value).every((one) => one === null || typeof one === 'string'),
  },
};
