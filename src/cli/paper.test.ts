/** `invigil paper` as authors and their scripts call it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { item, manifest, zipOf } from '../exam/paper/package.fixture.ts';
import { readPaper } from './paper.ts';
import { sayRefusal } from './say.ts';
import { scoreRequest } from './score-paper.ts';

const ns = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"';
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-paper-'));
  writeFileSync(join(folder, 'item.xml'), item('item'));
  writeFileSync(join(folder, 'picture.png'), 'PNG');
  writeFileSync(join(folder, 'pictured.xml'), item('pictured', '<p><img src="picture.png" alt=""/></p>'));
  writeFileSync(join(folder, 'notes.txt'), 'no XML');
  const hotspot = `<qti-hotspot-interaction response-identifier="RESPONSE" max-choices="1"><qti-hotspot-choice identifier="A" shape="default" coords=""/></qti-hotspot-interaction>`;
  const record = item(
    'record',
    '<p>r</p>',
    '<qti-response-declaration identifier="RESPONSE" cardinality="record"/><qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>',
    '<qti-response-processing><qti-set-outcome-value identifier="SCORE"><qti-field-value field-identifier="floatValue"><qti-variable identifier="RESPONSE"/></qti-field-value></qti-set-outcome-value></qti-response-processing>',
  );
  const test = `<qti-assessment-test ${ns} identifier="t" title="T"><qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
    <qti-test-part identifier="p" navigation-mode="nonlinear" submission-mode="simultaneous"><qti-assessment-section identifier="s" title="S" visible="true">
    <qti-assessment-item-ref identifier="first" href="plain.xml"/><qti-assessment-item-ref identifier="second" href="record.xml"/><qti-assessment-item-ref identifier="third" href="hotspot.xml"/></qti-assessment-section></qti-test-part>
    <qti-outcome-processing><qti-set-outcome-value identifier="SCORE"><qti-sum><qti-test-variables variable-identifier="SCORE"/></qti-sum></qti-set-outcome-value></qti-outcome-processing></qti-assessment-test>`;
  const files = {
    'imsmanifest.xml': manifest('test.xml', 'plain.xml', 'record.xml', 'hotspot.xml'),
    'test.xml': test,
    'plain.xml': item('plain'),
    'record.xml': record,
    'hotspot.xml': item('hotspot', hotspot),
  };
  writeFileSync(join(folder, 'package.zip'), await zipOf(files));
  const drawn = `<qti-assessment-test ${ns} identifier="t" title="T"><qti-test-part identifier="p" navigation-mode="nonlinear" submission-mode="simultaneous">
    <qti-assessment-section identifier="s" title="S" visible="true"><qti-selection select="1"/><qti-assessment-item-ref identifier="q1" href="a.xml"/><qti-assessment-item-ref identifier="q2" href="b.xml"/></qti-assessment-section></qti-test-part></qti-assessment-test>`;
  const two = { 'test.xml': drawn, 'a.xml': item('a'), 'b.xml': item('b') };
  writeFileSync(join(folder, 'drawn.zip'), await zipOf(two));
});
afterAll(() => rmSync(folder, { recursive: true }));

function paper(...words: string[]): { code: number | null; out: string; error: string } {
  const main = join(import.meta.dirname, 'main.ts');
  const ran = spawnSync(process.execPath, [main, 'paper', ...words], { cwd: folder, encoding: 'utf8' });
  return { code: ran.status, out: ran.stdout.trim(), error: ran.stderr.trim() };
}
/** The same without a process of its own. */
async function score(path: string, response: string, item?: string) {
  const imported = await readPaper(join(folder, path), { withRefused: true });
  return imported.ok ? scoreRequest(imported.value, { item, response, seed: '' }) : imported;
}

test('the score of an item is one JSON line', () => {
  const { code, out, error } = paper('score', 'item.xml', '--response', '{"RESPONSE":"A"}', '--json');
  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(JSON.parse(out)).toMatchObject({ outcomes: { SCORE: 1 } });
});

test('a refusal is data on standard output, a sentence on standard error, and a failure', () => {
  const { code, out, error } = paper('score', 'item.xml', '--response', '{"ANSWER":"A"}', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    refusal: { type: 'response-unknown', response: 'ANSWER' },
  });
  expect(error).toContain('It declares: RESPONSE.');
});

test('an item of a package is scored by its own name and by its name in the test', async () => {
  expect(await score('package.zip', '{"RESPONSE":null}', 'plain')).toMatchObject({
    value: { outcomes: { SCORE: 0 } },
  });
  expect(await score('package.zip', '{"RESPONSE":{"floatValue":"2.5"}}', 'second')).toMatchObject({
    value: { outcomes: { SCORE: 2.5 } },
  });
});

test('an item that cannot be shown is scored; the check says why and fails', async () => {
  expect(await score('package.zip', '{"RESPONSE":"A"}', 'hotspot')).toMatchObject({
    value: { outcomes: { SCORE: 1 } },
  });
  const check = paper('check', 'package.zip');
  expect(check.code).toBe(1);
  expect(check.out).toContain('qti-hotspot-interaction has no picture');
});

test('a whole test is scored from responses by item, also with items that cannot be shown', async () => {
  const responses =
    '{"first":{"RESPONSE":"A"},"second":{"RESPONSE":{"floatValue":"0.5"}},"third":{"RESPONSE":"A"}}';
  expect(await score('package.zip', responses)).toMatchObject({
    value: {
      outcomes: { SCORE: 2.5 },
      items: { first: { SCORE: 1 }, second: { SCORE: 0.5 }, third: { SCORE: 1 } },
    },
  });
});

test('a response to an item that this copy did not draw is named, not counted', async () => {
  const [drawn, other] = [
    await score('drawn.zip', '{"q1":{"RESPONSE":"A"},"q2":{"RESPONSE":"A"}}'),
    await score('drawn.zip', '{"q1":{"RESPONSE":"A"},"q2":{"RESPONSE":"A"},"q3":{"RESPONSE":"A"}}'),
  ];
  expect(drawn).toMatchObject({
    value: { outcomes: { SCORE: 1 }, warnings: [{ type: 'item-not-in-copy' }] },
  });
  expect(other).toMatchObject({ refusal: { type: 'no-such-item', item: 'q3', items: 'q1, q2' } });
});

test('a single item is read with the files beside it', async () => {
  expect(await readPaper(join(folder, 'pictured.xml'))).toMatchObject({
    value: { report: { items: [{ identifier: 'pictured', verdict: 'supported' }] } },
  });
});

test.each([
  ['responses that are no JSON', 'item.xml', '{RESPONSE:A}', undefined, 'response-not-json'],
  ['responses that are no object', 'item.xml', '["A"]', undefined, 'response-not-json'],
  ['a response that is not declared', 'item.xml', '{"ANSWER":"A"}', undefined, 'response-unknown'],
  ['a list for a single response', 'item.xml', '{"RESPONSE":["A"]}', undefined, 'response-of-wrong-shape'],
  ['a number where a string is meant', 'item.xml', '{"RESPONSE":1}', undefined, 'response-of-wrong-shape'],
  ['a string for a record', 'package.zip', '{"RESPONSE":"2"}', 'record', 'response-of-wrong-shape'],
  ['an item that is not there', 'package.zip', '{}', 'fourth', 'no-such-item'],
  ['an item of the responses that is not there', 'package.zip', '{"fourth":{}}', undefined, 'no-such-item'],
  [
    'responses of one item for a whole test',
    'package.zip',
    '{"RESPONSE":"A"}',
    undefined,
    'responses-not-by-item',
  ],
  ['a file that is no XML', 'notes.txt', '{}', undefined, 'xml-not-well-formed'],
  ['a file that is not there', 'nothing.xml', '{}', undefined, 'no-such-file'],
])('%s: refused by name, with a sentence', async (_, path, response, item, type) => {
  const refused = await score(path, response, item);
  expect(refused).toMatchObject({ ok: false, refusal: { type } });
  // A type without a sentence would be said as raw data.
  if (!refused.ok) expect(sayRefusal(refused.refusal)).not.toMatch(/^Refused|\?/);
});
