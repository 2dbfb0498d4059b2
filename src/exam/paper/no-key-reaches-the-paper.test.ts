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
    <qti-hotspot-interaction response-identifier="PLACE" max-choices="1" label="${word}"><img src="images/${word}.png" alt="map" width="9" height="9" longdesc="${word}"/>
      <qti-hotspot-choice identifier="H" shape="circle" coords="1,2,3" label="${word}" data-correct="${word}" title-note="${word}"/></qti-hotspot-interaction>
    <qti-gap-match-interaction response-identifier="GAPS"><qti-gap-text identifier="T" match-max="1" data-gap="${word}">t</qti-gap-text><p>in <qti-gap identifier="G" label="${word}" data-answer="${word}"/></p></qti-gap-match-interaction>
    <qti-feedback-block outcome-identifier="FEEDBACK" identifier="${word}" show-hide="show"><qti-content-body><p>${word}</p></qti-content-body></qti-feedback-block>
    <qti-rubric-block view="scorer tutor" use="scoring"><qti-content-body><p>${word}</p></qti-content-body></qti-rubric-block>
    <qti-solution-of-tomorrow>${word}</qti-solution-of-tomorrow>
    <?note ${word}?>
    <div style="color: red; display:none">${word}</div><p hidden="hidden">${word}</p><span class="qti-hidden">${word}</span>
    <p class="${word} qti-bordered" id="${word}" style="--answer: ${word}">Look at <img src="images/${word}.png" alt="the picture" longdesc="${word}"/></p>
    <object data="sounds/${word}.mp3" type="audio/mpeg"><param name="${word}" value="${word}"/></object>
    <m:math xmlns:m="http://www.w3.org/1998/Math/MathML" id="${word}" class="${word}"><m:semantics><m:mi>x</m:mi><m:annotation encoding="${word}">${word}</m:annotation></m:semantics></m:math>
    <svg xmlns="http://www.w3.org/2000/svg" aria-label="drawing"><!-- ${word} --><metadata>${word}</metadata><path d="M0 0" data-answer="${word}" class="${word}"/></svg>
    <input type="hidden" value="${word}"/><template>${word}</template><noscript>${word}</noscript><style>.x::after { content: "${word}" }</style>
    <script>${word}</script>`,
    `<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="string"><qti-correct-response interpretation="${word}"><qti-value>${word}</qti-value></qti-correct-response>
      <qti-mapping default-value="0"><qti-map-entry map-key="${word}" mapped-value="1"/></qti-mapping></qti-response-declaration>
    <qti-response-declaration identifier="CHOICE" cardinality="single" base-type="identifier"><qti-default-value><qti-value>${word}</qti-value></qti-default-value></qti-response-declaration>
    <qti-response-declaration identifier="PLACE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>${word}</qti-value></qti-correct-response><qti-area-mapping default-value="0"><qti-area-map-entry shape="${word}" coords="${word}" mapped-value="1"/></qti-area-mapping></qti-response-declaration>
    <qti-response-declaration identifier="GAPS" cardinality="multiple" base-type="directedPair"><qti-correct-response><qti-value>T ${word}</qti-value></qti-correct-response><qti-mapping><qti-map-entry map-key="T ${word}" mapped-value="1"/></qti-mapping></qti-response-declaration>
    <qti-outcome-declaration identifier="SOLUTION" cardinality="single" base-type="string"><qti-default-value><qti-value>${word}</qti-value></qti-default-value></qti-outcome-declaration>
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
    `<qti-stylesheet href="styles/${word}.css" type="text/css"/>
    <qti-response-processing><qti-set-outcome-value identifier="FEEDBACK"><qti-base-value base-type="identifier">${word}</qti-base-value></qti-set-outcome-value></qti-response-processing>
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
        [`styles/${word}.css`]: word,
        [`images/${word}.png`]: 'PNG',
        [`sounds/${word}.mp3`]: 'MP3',
        [`key/${word}.xml`]: `<key>${word}</key>`,
      });
      const { paper, key, files, report } = expectOk(await importPaper(zip));
      expect(report.items[0]?.verdict).toBe('supported');
      expect(JSON.stringify(key)).toContain(word);
      expect(JSON.stringify(paper)).not.toContain(word);
      expect([...files.keys()].toSorted()).toEqual(['files/1.png', 'files/2.mp3', 'files/3.svg']);
      for (const content of files.values()) expect(new TextDecoder().decode(content)).not.toContain(word);
      // What the candidate's copy needs is still there.
      expect(JSON.stringify(paper.items[0]?.template)).toContain('qti-random-integer');
    }),
    { numRuns: 20 },
  );
});

test('a word that stands in every place of a test that only scoring needs is nowhere in the paper', async () => {
  const word = 'canary';
  const ns = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"';
  const zip = await zipOf({
    'imsmanifest.xml': manifest('test.xml'),
    'test.xml': `<qti-assessment-test ${ns} identifier="t" title="T" tool-name="${word}"><!-- ${word} -->
      <qti-outcome-declaration identifier="${word}" cardinality="single" base-type="float"><qti-default-value><qti-value>1</qti-value></qti-default-value></qti-outcome-declaration>
      <qti-test-part identifier="p" navigation-mode="linear" submission-mode="individual">
        <qti-branch-rule target="${word}"><qti-base-value base-type="boolean">true</qti-base-value></qti-branch-rule>
        <qti-assessment-section identifier="s" title="S" visible="true">
          <qti-rubric-block view="scorer" use="scoring"><qti-content-body><p>${word}</p></qti-content-body></qti-rubric-block>
          <qti-rubric-block view="candidate" use="instructions"><qti-content-body><p class="${word}">Read <img src="${word}.png" alt="this"/></p></qti-content-body></qti-rubric-block>
          <qti-assessment-item-ref identifier="i" href="a.xml" category="${word}"><qti-weight identifier="${word}" value="2"/><qti-template-default template-identifier="A"><qti-base-value base-type="string">${word}</qti-base-value></qti-template-default></qti-assessment-item-ref>
        </qti-assessment-section></qti-test-part>
      <qti-outcome-processing><qti-set-outcome-value identifier="${word}"><qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value></qti-outcome-processing>
      <qti-test-feedback access="atEnd" outcome-identifier="${word}" identifier="x" show-hide="show"><qti-content-body>${word}</qti-content-body></qti-test-feedback>
      </qti-assessment-test>`,
    'a.xml': item('a'),
    [`${word}.png`]: 'PNG',
  });
  const { paper, key, files } = expectOk(await importPaper(zip));
  expect(JSON.stringify(key)).toContain(word);
  expect(JSON.stringify(paper)).not.toContain(word);
  expect([...files.keys()]).toEqual(['files/1.png']);
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
