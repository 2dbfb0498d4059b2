import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { expectOk } from '../../base/result.ts';
import { descendants, type QtiElement } from './element.ts';
import { importPaper } from './import-paper.ts';
import type { Paper } from './model.ts';
import { item, manifest, zipOf } from './package.fixture.ts';

const telling =
  /^qti-(correct-response|mapping|map-entry|area-mapping|area-map-entry|response-processing|outcome-declaration|set-correct-response|set-default-value|modal-feedback|feedback-(inline|block)|outcome-processing|catalog-info|response-declaration)$/;

function elementsOf(paper: Paper): QtiElement[] {
  const roots = paper.items.flatMap((one) => [one.body, ...one.stimuli, ...one.template]);
  return roots.flatMap((root) => [root, ...descendants(root)]);
}

test.each(['small', 'every-interaction', 'structured-test'])(
  '%s: no element that tells what is right is in the paper',
  async (name) => {
    const zip = new Uint8Array(readFileSync(join(import.meta.dirname, '../../../samples', `${name}.zip`)));
    const { paper, key, report } = expectOk(await importPaper(zip));
    expect(report.items.filter((one) => one.verdict === 'refused')).toEqual([]);
    expect(elementsOf(paper).filter((one) => telling.test(one.name))).toEqual([]);
    expect(JSON.stringify(key)).toContain('qti-correct-response');
  },
);

/** An item with a word in every place that tells what is right, and nowhere else. */
function itemThatTells(word: string): string {
  return item(
    'telling',
    `<!-- ${word} -->
    <p data-answer="${word}" onclick="${word}">Question <qti-text-entry-interaction response-identifier="RESPONSE" label="${word}"/>
      <qti-printed-variable identifier="SHOWN"/></p>
    <qti-choice-interaction response-identifier="CHOICE" max-choices="1"><qti-prompt>Which?</qti-prompt>
      <qti-simple-choice identifier="A" data-correct="${word}">a<qti-feedback-inline outcome-identifier="FEEDBACK" identifier="A" show-hide="show">${word}</qti-feedback-inline></qti-simple-choice>
    </qti-choice-interaction>
    <qti-feedback-block outcome-identifier="FEEDBACK" identifier="${word}" show-hide="show"><qti-content-body><p>${word}</p></qti-content-body></qti-feedback-block>
    <qti-rubric-block view="scorer tutor" use="scoring"><qti-content-body><p>${word}</p></qti-content-body></qti-rubric-block>
    <qti-solution-of-tomorrow>${word}</qti-solution-of-tomorrow>
    <script>${word}</script>`,
    `<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="string"><qti-correct-response interpretation="${word}"><qti-value>${word}</qti-value></qti-correct-response>
      <qti-mapping default-value="0"><qti-map-entry map-key="${word}" mapped-value="1"/></qti-mapping></qti-response-declaration>
    <qti-response-declaration identifier="CHOICE" cardinality="single" base-type="identifier"><qti-default-value><qti-value>${word}</qti-value></qti-default-value></qti-response-declaration>
    <qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier" interpretation="${word}"><qti-match-table><qti-match-table-entry source-value="1" target-value="${word}"/></qti-match-table></qti-outcome-declaration>
    <qti-template-declaration identifier="SHOWN" cardinality="single" base-type="integer"/>
    <qti-template-declaration identifier="ANSWER" cardinality="single" base-type="string"><qti-default-value><qti-value>${word}</qti-value></qti-default-value></qti-template-declaration>
    <qti-template-declaration identifier="STEP" cardinality="single" base-type="string"/>
    <qti-template-processing>
      <qti-set-template-value identifier="SHOWN"><qti-random-integer min="1" max="9"/></qti-set-template-value>
      <qti-set-template-value identifier="STEP"><qti-base-value base-type="string">${word}</qti-base-value></qti-set-template-value>
      <qti-set-template-value identifier="ANSWER"><qti-variable identifier="STEP"/></qti-set-template-value>
      <qti-template-condition><qti-template-if><qti-match><qti-variable identifier="ANSWER"/><qti-base-value base-type="string">${word}</qti-base-value></qti-match>
        <qti-set-correct-response identifier="CHOICE"><qti-base-value base-type="identifier">${word}</qti-base-value></qti-set-correct-response></qti-template-if></qti-template-condition>
      <qti-set-default-value identifier="CHOICE"><qti-base-value base-type="identifier">${word}</qti-base-value></qti-set-default-value>
      <qti-set-correct-response identifier="RESPONSE"><qti-variable identifier="ANSWER"/></qti-set-correct-response>
    </qti-template-processing>
    <qti-companion-materials-info><qti-rubric>${word}</qti-rubric></qti-companion-materials-info>`,
    `<qti-response-processing><qti-set-outcome-value identifier="FEEDBACK"><qti-base-value base-type="identifier">${word}</qti-base-value></qti-set-outcome-value></qti-response-processing>
    <qti-modal-feedback outcome-identifier="FEEDBACK" identifier="${word}" show-hide="show"><qti-content-body>${word}</qti-content-body></qti-modal-feedback>
    <qti-catalog-info><qti-catalog id="c"><qti-card support="keyword-translation"><qti-html-content>${word}</qti-html-content></qti-card></qti-catalog></qti-catalog-info>`,
  );
}

test('a word that stands in every place that tells what is right is nowhere in the paper and its files', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (number) => {
      const word = `canary${number}x`;
      const zip = await zipOf({
        'imsmanifest.xml': manifest('a.xml'),
        'a.xml': itemThatTells(word),
        'notes.txt': word,
      });
      const { paper, key, files, report } = expectOk(await importPaper(zip));
      expect(report.items[0]?.verdict).toBe('supported');
      expect(JSON.stringify(key)).toContain(word);
      expect(JSON.stringify(paper)).not.toContain(word);
      expect([...files.keys()]).toEqual([]);
      // What the candidate's copy needs is still there.
      expect(JSON.stringify(paper.items[0]?.template)).toContain('qti-random-integer');
    }),
    { numRuns: 20 },
  );
});

test('feedback that hides on an outcome is on the screen from the start, as plain text', async () => {
  const body = `<p>Question</p><qti-feedback-block outcome-identifier="F" identifier="done" show-hide="hide"><qti-content-body><p>Not yet answered</p></qti-content-body></qti-feedback-block>`;
  const { paper } = expectOk(
    await importPaper(
      utf8(
        item(
          'a',
          body,
          '<qti-outcome-declaration identifier="F" cardinality="single" base-type="identifier"/>',
          '',
        ),
      ),
    ),
  );
  expect(JSON.stringify(paper.items[0]?.body)).toContain('Not yet answered');
  expect(JSON.stringify(paper.items[0]?.body)).not.toContain('feedback');
});

test('template processing whose correct response is drawn by lot is refused: seat and scoring would differ', async () => {
  const before = `<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="integer"/><qti-template-processing><qti-set-correct-response identifier="RESPONSE"><qti-random-integer min="1" max="9"/></qti-set-correct-response></qti-template-processing>`;
  const { report } = expectOk(
    await importPaper(
      utf8(item('a', '<p><qti-text-entry-interaction response-identifier="RESPONSE"/></p>', before)),
    ),
  );
  expect(report.items[0]).toMatchObject({
    verdict: 'refused',
    reasons: [{ type: 'template-needs-correct-response' }],
  });
});
