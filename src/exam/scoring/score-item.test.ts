import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { importPaper } from '../paper/import-paper.ts';
import { scoreItem } from './score-item.ts';
import { utf8 } from '../../base/bytes.ts';
import { parseXml } from '../paper/xml.ts';

const item = (inner: string): string =>
  `<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="t">${inner}</qti-assessment-item>`;
const read = (inner: string) => expectOk(parseXml(utf8(item(inner))));
const matchCorrect =
  '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct"/>';
const score = '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>';

test('a pair has no order, a directed pair has', () => {
  const declared = (type: string) =>
    read(
      `<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="${type}"><qti-correct-response><qti-value>A B</qti-value><qti-value>C D</qti-value></qti-correct-response></qti-response-declaration>${score}${matchCorrect}`,
    );
  expect(scoreItem(declared('pair'), { RESPONSE: ['D C', 'B A'] }).outcomes['SCORE']).toBe(1);
  expect(scoreItem(declared('directedPair'), { RESPONSE: ['D C', 'B A'] }).outcomes['SCORE']).toBe(0);
  expect(scoreItem(declared('directedPair'), { RESPONSE: ['C D', 'A B'] }).outcomes['SCORE']).toBe(1);
});

test('a mapping counts each value once, keeps its bounds, and minds case as each entry says', () => {
  const mapped = read(
    `<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="string"><qti-mapping default-value="-2" lower-bound="0" upper-bound="3">
     <qti-map-entry map-key="York" mapped-value="2" case-sensitive="false"/><qti-map-entry map-key="Leeds" mapped-value="2"/></qti-mapping></qti-response-declaration>${score}
     <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response"/>`,
  );
  expect(scoreItem(mapped, { RESPONSE: ['york'] }).outcomes['SCORE']).toBe(2);
  expect(scoreItem(mapped, { RESPONSE: ['york', 'york'] }).outcomes['SCORE']).toBe(2);
  expect(scoreItem(mapped, { RESPONSE: ['York', 'Leeds'] }).outcomes['SCORE']).toBe(3);
  expect(scoreItem(mapped, { RESPONSE: ['leeds'] }).outcomes['SCORE']).toBe(0);
  expect(scoreItem(mapped, { RESPONSE: null }).outcomes['SCORE']).toBe(0);
});

test('tolerances are absolute or in per cent, with bounds that belong to them or not', () => {
  const equal = (attributes: string) =>
    read(
      `<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="float"><qti-correct-response><qti-value>200</qti-value></qti-correct-response></qti-response-declaration>${score}
       <qti-response-processing><qti-response-condition><qti-response-if><qti-equal ${attributes}><qti-correct identifier="RESPONSE"/><qti-variable identifier="RESPONSE"/></qti-equal>
       <qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing>`,
    );
  const of = (attributes: string, value: string) =>
    scoreItem(equal(attributes), { RESPONSE: value }).outcomes['SCORE'];
  expect(of('tolerance-mode="absolute" tolerance="2 3"', '198')).toBe(1);
  expect(of('tolerance-mode="absolute" tolerance="2 3"', '203')).toBe(1);
  expect(of('tolerance-mode="absolute" tolerance="2 3" include-upper-bound="false"', '203')).toBe(0);
  expect(of('tolerance-mode="relative" tolerance="10"', '220')).toBe(1);
  expect(of('tolerance-mode="relative" tolerance="10"', '221')).toBe(0);
  expect(of('', 'two hundred')).toBe(0);
});

test('areas count once each, and a record gives its fields', () => {
  const points = read(
    `<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="point"><qti-area-mapping default-value="-1"><qti-area-map-entry shape="circle" coords="10,10,5" mapped-value="2"/>
     <qti-area-map-entry shape="rect" coords="20,20,30,30" mapped-value="1"/></qti-area-mapping></qti-response-declaration>${score}<qti-response-processing template="x/map_response_point"/>`,
  );
  expect(scoreItem(points, { RESPONSE: ['10 10', '11 11', '25 25'] }).outcomes['SCORE']).toBe(3);
  expect(scoreItem(points, { RESPONSE: ['100 100'] }).outcomes['SCORE']).toBe(-1);
});

test('a QTI 2.2 item scores as its QTI 3 form does', async () => {
  const xml = `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="old" title="Old" adaptive="false" timeDependent="false">
    <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
    <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody><choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
    <simpleChoice identifier="A">yes</simpleChoice><simpleChoice identifier="B">no</simpleChoice></choiceInteraction></itemBody>
    <responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/></assessmentItem>`;
  const { key, paper, report } = expectOk(await importPaper(utf8(xml)));
  expect(report.items[0]).toMatchObject({ verdict: 'supported', interactions: ['choice'] });
  expect(scoreItem(key.items[0]!.element, { RESPONSE: 'A' }).outcomes['SCORE']).toBe(1);
  expect(scoreItem(key.items[0]!.element, { RESPONSE: 'B' }).outcomes['SCORE']).toBe(0);
  expect(JSON.stringify(paper)).not.toMatch(/correct-response|response-processing/);
});
