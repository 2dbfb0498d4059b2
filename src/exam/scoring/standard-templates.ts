/**
 * The response processing templates that QTI and Common Cartridge define, by the last part of their address: 3.0, 2.2, 2.1 and 2.0
 * name them under different hosts and folders, with `.xml` or without.
 */
import { expectOk } from '../../base/result.ts';
import { utf8 } from '../../base/bytes.ts';
import type { QtiElement } from '../paper/element.ts';
import { parseXml } from '../paper/xml.ts';

const response = '<qti-variable identifier="RESPONSE"/>';
const right = `<qti-match>${response}<qti-correct identifier="RESPONSE"/></qti-match>`;
const number = (value: number): string => `<qti-base-value base-type="float">${value}</qti-base-value>`;
const word = (value: string): string => `<qti-base-value base-type="identifier">${value}</qti-base-value>`;
const set = (outcome: string, value: string): string =>
  `<qti-set-outcome-value identifier="${outcome}">${value}</qti-set-outcome-value>`;
const decide = (condition: string, then: string, otherwise: string): string =>
  `<qti-response-condition><qti-response-if>${condition}${then}</qti-response-if><qti-response-else>${otherwise}</qti-response-else></qti-response-condition>`;
const mapped = (map: string): string =>
  decide(`<qti-is-null>${response}</qti-is-null>`, set('SCORE', number(0)), set('SCORE', map));

const mapResponse = mapped('<qti-map-response identifier="RESPONSE"/>');
const all: Readonly<Record<string, string>> = {
  match_correct: decide(right, set('SCORE', number(1)), set('SCORE', number(0))),
  map_response: mapResponse,
  map_response_point: mapped('<qti-map-response-point identifier="RESPONSE"/>'),
  cc2_match_basic: matchForMaximum(''),
  cc2_match: matchForMaximum(set('FEEDBACK', response)),
  cc2_map_response: `${mapResponse}${decide(
    '<qti-equal tolerance-mode="exact"><qti-variable identifier="SCORE"/><qti-variable identifier="MAXSCORE"/></qti-equal>',
    set('FEEDBACKBASIC', word('correct')),
    set('FEEDBACKBASIC', word('incorrect')),
  )}`,
};

function matchForMaximum(then: string): string {
  return `${decide(
    right,
    set('SCORE', '<qti-variable identifier="MAXSCORE"/>') + set('FEEDBACKBASIC', word('correct')),
    set('SCORE', number(0)) + set('FEEDBACKBASIC', word('incorrect')),
  )}${then}`;
}

/** What a template sets or reads and an item may leave undeclared, with its value until then. */
const implied: Readonly<Record<string, readonly [baseType: string, usual: string | null]>> = {
  SCORE: ['float', null],
  MAXSCORE: ['float', '1'],
  FEEDBACKBASIC: ['identifier', null],
  FEEDBACK: ['identifier', null],
};

export interface StandardTemplate {
  readonly processing: QtiElement;
  /** Outcome declarations, for those that the item does not declare itself. */
  readonly outcomes: readonly QtiElement[];
}

const templates: ReadonlyMap<string, StandardTemplate> = new Map(
  Object.entries(all).map(([name, rules]) => [
    name,
    {
      processing: read(`<qti-response-processing>${rules}</qti-response-processing>`),
      outcomes: Object.entries(implied)
        .filter(([identifier]) => rules.includes(`identifier="${identifier}"`))
        .map(([identifier, [baseType, usual]]) => declaration(identifier, baseType, usual)),
    },
  ]),
);

/** @returns undefined when QTI defines no template of that name. */
export function standardTemplate(address: string): StandardTemplate | undefined {
  const name = address.trim().split('/').at(-1) ?? '';
  return templates.get(name.replace(/\.xml$/i, '').toLowerCase());
}

function declaration(identifier: string, baseType: string, usual: string | null): QtiElement {
  const value =
    usual === null ? '' : `<qti-default-value><qti-value>${usual}</qti-value></qti-default-value>`;
  return read(
    `<qti-outcome-declaration identifier="${identifier}" cardinality="single" base-type="${baseType}">${value}</qti-outcome-declaration>`,
  );
}

function read(xml: string): QtiElement {
  return expectOk(parseXml(utf8(xml)));
}
