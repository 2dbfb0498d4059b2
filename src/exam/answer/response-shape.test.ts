import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { expectOk } from '../../base/result.ts';
import { importPaper } from '../paper/import-paper.ts';
import type { PaperItem } from '../paper/model.ts';
import { item } from '../paper/package.fixture.ts';
import type { ResponseValue } from '../paper/response.ts';
import { impossibleResponse } from './response-shape.ts';

async function itemOf(body: string, cardinality: string, baseType: string): Promise<PaperItem> {
  const declared = `<qti-response-declaration identifier="R" cardinality="${cardinality}" base-type="${baseType}"/>`;
  const { paper } = expectOk(await importPaper(utf8(item('i', body, declared, ''))));
  return paper.items[0] ?? expect.fail('refused');
}

const choice = (id: string, most: number, more = ''): string =>
  `<qti-simple-associable-choice identifier="${id}" match-max="${most}" ${more}>${id}</qti-simple-associable-choice>`;
const associate = `<qti-associate-interaction response-identifier="R" max-associations="2">${choice('A', 1)}${choice('B', 2)}${choice('C', 0)}${choice('D', 1, 'match-group="A"')}</qti-associate-interaction>`;
const gapMatch = `<qti-gap-match-interaction response-identifier="R"><qti-gap-text identifier="A" match-max="2">a</qti-gap-text><qti-gap-text identifier="B" match-max="1">b</qti-gap-text>
  <p><qti-gap identifier="A"/><qti-gap identifier="G"/><qti-gap identifier="H"/></p></qti-gap-match-interaction>`;

const dot = '<img src="data:image/png;base64,iVBORw0KGgo=" alt="map" width="90" height="90"/>';
const hotspot = (most: string): string =>
  `<qti-hotspot-interaction response-identifier="R" ${most}>${dot}${[...'ABC'].map((id) => `<qti-hotspot-choice identifier="${id}" shape="default"/>`).join('')}</qti-hotspot-interaction>`;

const points = `<qti-select-point-interaction response-identifier="R" max-choices="2">${dot}</qti-select-point-interaction>`;
const order = `<qti-graphic-order-interaction response-identifier="R">${dot}${[...'ABC'].map((id) => `<qti-hotspot-choice identifier="${id}" shape="default"/>`).join('')}</qti-graphic-order-interaction>`;
const end = '<p><qti-end-attempt-interaction response-identifier="R" title="Hint"/></p>';
const drawing = `<qti-drawing-interaction response-identifier="R">${dot}</qti-drawing-interaction>`;
const fileOf = (mediaType: string): ResponseValue => ({
  file: { digest: 'a'.repeat(64), name: 'drawing.png', mediaType, size: 3 },
});

const possible: [string, string, string, string, ResponseValue][] = [
  ['nothing yet', associate, 'multiple', 'pair', []],
  ['no answer', associate, 'multiple', 'pair', null],
  ['pairs up to the limits', associate, 'multiple', 'pair', ['A B', 'C B']],
  ['a partner that is allowed', associate, 'multiple', 'pair', ['D A']],
  ['one pair as a single value', associate, 'single', 'pair', 'A C'],
  ['one place', hotspot(''), 'single', 'identifier', 'B'],
  ['any number of places', hotspot('max-choices="0"'), 'multiple', 'identifier', ['B', 'A', 'C']],
  ['points up to the limit', points, 'multiple', 'point', ['0 0', '12 345']],
  ['an order of some', order, 'ordered', 'identifier', ['C', 'A']],
  ['a pressed button', end, 'single', 'boolean', 'true'],
  ['a drawing', drawing, 'single', 'file', fileOf('image/png')],
  ['no drawing', drawing, 'single', 'file', null],
  ['a choice in as many gaps as it may', gapMatch, 'multiple', 'directedPair', ['A G', 'A H', 'B A']],
];
const impossible: typeof possible = [
  ['a choice with itself', associate, 'multiple', 'pair', ['C C']],
  ['the same pair turned around', associate, 'multiple', 'pair', ['B C', 'C B']],
  ['a choice more often than it may', associate, 'multiple', 'pair', ['A B', 'A C']],
  ['more pairs than allowed', associate, 'multiple', 'pair', ['A B', 'B C', 'C D']],
  ['a partner that is not allowed', associate, 'multiple', 'pair', ['D B']],
  ['an unknown choice', associate, 'multiple', 'pair', ['A X']],
  ['no pair', associate, 'multiple', 'pair', ['A']],
  ['three in a pair', associate, 'multiple', 'pair', ['A B C']],
  ['a list for a single value', associate, 'single', 'pair', ['A B']],
  ['a text for a list', associate, 'multiple', 'pair', 'A B'],
  ['a record', associate, 'multiple', 'pair', { a: 'A B' }],
  ['two in one gap', gapMatch, 'multiple', 'directedPair', ['A G', 'B G']],
  ['a choice in too many gaps', gapMatch, 'multiple', 'directedPair', ['B G', 'B H']],
  ['two places where one is asked for', hotspot(''), 'multiple', 'identifier', ['A', 'B']],
  ['a place twice', hotspot('max-choices="0"'), 'multiple', 'identifier', ['A', 'A']],
  ['an unknown place', hotspot('max-choices="0"'), 'multiple', 'identifier', ['X']],
  ['too many points', points, 'multiple', 'point', ['0 0', '1 1', '2 2']],
  ['a point between pixels', points, 'multiple', 'point', ['0.5 1']],
  ['a point outside', points, 'multiple', 'point', ['-1 1']],
  ['a place twice in an order', order, 'ordered', 'identifier', ['C', 'A', 'C']],
  ['a button that is something else', end, 'single', 'boolean', 'maybe'],
  ['a drawing that is a page', drawing, 'single', 'file', fileOf('text/html')],
  ['a text for a drawing', drawing, 'single', 'file', 'drawing.png'],
  ['gap before choice', gapMatch, 'multiple', 'directedPair', ['G A']],
];

test.each(possible)('%s can be answered', async (_what, body, cardinality, baseType, value) => {
  expect(impossibleResponse(await itemOf(body, cardinality, baseType), { R: value })).toBeNull();
});

test.each(impossible)('%s cannot be answered', async (_what, body, cardinality, baseType, value) => {
  expect(impossibleResponse(await itemOf(body, cardinality, baseType), { R: value })).toBe('R');
});
