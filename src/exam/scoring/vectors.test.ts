/** The golden vectors of `formats/scoring`: written from the specification, for any implementation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { expectOk } from '../../base/result.ts';
import { instantiateTemplate } from '../expression/template/template.ts';
import { toJson } from '../expression/value.ts';
import { convertQti2, isQti2 } from '../paper/convert.ts';
import type { QtiElement } from '../paper/element.ts';
import { childElements } from '../paper/element.ts';
import { importFiles } from '../paper/import-paper.ts';
import { instantiatePaper, randomFrom, shuffled } from '../paper/instance.ts';
import type { TestSection } from '../paper/model.ts';
import type { ItemResponses } from '../paper/response.ts';
import { parseXml } from '../paper/xml.ts';
import { scoreItem } from './score-item.ts';
import { scorePaper } from './score-test.ts';

const folder = join(import.meta.dirname, '../../../formats/scoring/vectors');
const namespace = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"';

function vectorsOf<T>(name: string): (T & { name: string })[] {
  return (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { vectors: (T & { name: string })[] })
    .vectors;
}

function readItem(xml: string): QtiElement {
  const element = expectOk(parseXml(utf8(xml)));
  return isQti2(element) ? convertQti2(element) : element;
}

interface ExpressionVector {
  declarations?: string;
  responses?: ItemResponses;
  expression: string;
  result: { cardinality: string; baseType: string };
  expected: unknown;
}

describe.each(['numbers', 'logic', 'containers', 'text'])('expressions on %s', (topic) => {
  test.each(vectorsOf<ExpressionVector>(`expressions-${topic}.json`))('$name', (vector) => {
    const { cardinality, baseType } = vector.result;
    const item = readItem(
      `<qti-assessment-item ${namespace} identifier="item">${vector.declarations ?? ''}
       <qti-outcome-declaration identifier="RESULT" cardinality="${cardinality}" base-type="${baseType}"/>
       <qti-response-processing><qti-set-outcome-value identifier="RESULT">${vector.expression}</qti-set-outcome-value></qti-response-processing></qti-assessment-item>`,
    );
    const { outcomes } = scoreItem(item, vector.responses ?? {});
    if (typeof vector.expected === 'number') expect(outcomes['RESULT']).toBeCloseTo(vector.expected, 12);
    else expect(outcomes['RESULT']).toEqual(vector.expected);
  });
});

interface ItemVector {
  item: string;
  cases: { responses: ItemResponses; outcomes: Record<string, unknown> }[];
}

describe('items', () => {
  test.each(vectorsOf<ItemVector>('items.json'))('$name', ({ item, cases }) => {
    const element = readItem(item);
    expect(cases.map(({ responses }) => scoreItem(element, responses).outcomes)).toEqual(
      cases.map(({ outcomes }) => outcomes),
    );
  });
});

interface TestVector {
  files: Record<string, string>;
  responses: Record<string, ItemResponses>;
  outcomes: Record<string, unknown>;
}

describe('tests', () => {
  test.each(vectorsOf<TestVector>('tests.json'))('$name', async ({ files, responses, outcomes }) => {
    const bytes = new Map(Object.entries(files).map(([path, xml]) => [path, utf8(xml)]));
    const { paper, key } = expectOk(await importFiles(bytes));
    expect(scorePaper(paper, key, instantiatePaper(paper, ''), responses).outcomes).toEqual(outcomes);
  });
});

interface SeedVector {
  seed: string;
  uint32?: number[];
  list?: string[];
  fixed?: string[];
  shuffled?: string[];
  template?: string;
  values?: Record<string, number>;
  section?: { select: number; items: string[]; fixed: string[]; required: string[] };
  copy?: string[];
}

describe('seeds', () => {
  test.each(vectorsOf<SeedVector>('seeds.json'))('$name', (vector) => {
    const { seed, uint32, list, template, section } = vector;
    expect([uint32, list, template, section].filter(Boolean)).toHaveLength(1);
    const random = randomFrom(seed);
    if (uint32) expect(uint32.map(() => random() * 2 ** 32)).toEqual(uint32);
    if (list)
      expect(shuffled(list, (one) => vector.fixed?.includes(one) ?? false, random)).toEqual(vector.shuffled);
    if (template) expect(templateValues(template, seed)).toEqual(vector.values);
    if (section) expect(copyOf(section, seed)).toEqual(vector.copy);
  });
});

function templateValues(template: string, seed: string): Record<string, unknown> {
  const root = expectOk(parseXml(utf8(`<x ${namespace}>${template}</x>`)));
  const { variables } = instantiateTemplate(childElements(root), seed);
  return Object.fromEntries([...variables].map(([name, value]) => [name, toJson(value)]));
}

function copyOf(given: NonNullable<SeedVector['section']>, seed: string): string[] {
  const body: QtiElement = { name: 'qti-item-body', attributes: {}, children: [] };
  const section: TestSection = {
    identifier: 's',
    title: '',
    visible: true,
    fixed: false,
    required: false,
    keepTogether: true,
    select: given.select,
    withReplacement: false,
    shuffle: true,
    rubrics: [],
    children: given.items.map((identifier) => ({
      identifier,
      item: identifier,
      fixed: given.fixed.includes(identifier),
      required: given.required.includes(identifier),
      weight: 1,
      control: { allowSkipping: true, validateResponses: false },
    })),
  };
  const items = given.items.map((identifier) => ({
    identifier,
    title: '',
    language: '',
    responses: [],
    template: [],
    body,
    stimuli: [],
  }));
  const part = {
    identifier: 'p',
    navigation: 'linear',
    submission: 'individual',
    sections: [section],
  } as const;
  return instantiatePaper(
    { format: 1, identifier: 't', title: '', language: '', parts: [part], items, files: [] },
    seed,
  ).items.map(({ identifier }) => identifier);
}
