import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import { importPaper } from '../../../exam/paper/import-paper.ts';
import { instantiatePaper } from '../../../exam/paper/instance.ts';
import { filesOf, html, rendered } from './rendered.fixture.tsx';
import { decimalSign } from './text-entry.tsx';

// The seat's agent is reached through the browser's address, which there is none of here.
vi.mock('../agent.ts', () => ({ keepFile: () => Promise.reject(new Error('no agent')) }));

const choices = (attributes: string, inner = ''): string =>
  `<qti-choice-interaction response-identifier="RESPONSE" ${attributes}><qti-prompt>Which?</qti-prompt>${inner}
   <qti-simple-choice identifier="A">a</qti-simple-choice><qti-simple-choice identifier="B">b</qti-simple-choice><qti-simple-choice identifier="C">c</qti-simple-choice></qti-choice-interaction>`;

test.each(['small', 'every-interaction', 'structured-test', 'spoken'])(
  'every question of the sample %s is shown, for many candidates',
  async (name) => {
    const zip = new Uint8Array(readFileSync(join(import.meta.dirname, '../../../../samples', `${name}.zip`)));
    const { paper } = expectOk(await importPaper(zip));
    for (const seed of ['1', '2', '3'])
      for (const item of instantiatePaper(paper, seed).items) {
        const shown = html(item, {}, filesOf(paper));
        expect(shown).toContain('item-body');
        expect(shown).not.toMatch(/<qti-|<m:|undefined|NaN/);
      }
  },
);

test('the prompt names its interaction', async () => {
  expect(await rendered(choices('max-choices="1"'))).toMatch(
    /role="group" aria-labelledby="(i-RESPONSE-prompt)".*id="\1">Which\?/s,
  );
});

test('how many choices there may be is said, and the most holds', async () => {
  expect(await rendered(choices('max-choices="0"'))).toContain('Choose all that apply.');
  expect(await rendered(choices('min-choices="2" max-choices="3"'))).toContain('Choose 2 to 3.');
  const most = 'max-choices="2" data-max-selections-message="Only two!"';
  const full = await rendered(choices(most), '', { RESPONSE: ['A', 'B'] });
  expect(full).toContain('Choose at most 2.');
  expect(full).toContain('Only two!');
  expect(full.match(/disabled=""/g)).toHaveLength(1);
  const few = await rendered(choices('min-choices="2" max-choices="3"'), '', { RESPONSE: ['A'] });
  expect(few).toContain('Choose at least 2.');
});

test('one choice of several cardinalities is a radio button, and can be cleared', async () => {
  const shown = await rendered(choices('max-choices="1"'), '', { RESPONSE: ['B'] });
  expect(shown.match(/type="radio"/g)).toHaveLength(3);
  expect(shown).toContain('Clear the answer');
});

test('shuffled choices keep their fixed places and follow from the seed', async () => {
  const body = `<qti-choice-interaction response-identifier="RESPONSE" max-choices="1" shuffle="true">${[
    ...'ABCDEF',
  ]
    .map(
      (id) => `<qti-simple-choice identifier="${id}" fixed="${id === 'F'}">choice ${id}</qti-simple-choice>`,
    )
    .join('')}</qti-choice-interaction>`;
  const orderOf = async (seed: string): Promise<string> =>
    [...(await rendered(body, '', {}, seed)).matchAll(/choice ([A-F])/g)].map(([, id]) => id).join('');
  const orders = await Promise.all(Array.from({ length: 20 }, (_, n) => orderOf(`${n}`)));
  expect(orders.every((order) => order.endsWith('F'))).toBe(true);
  expect(new Set(orders).size).toBeGreaterThan(10);
  expect(await orderOf('0')).toBe(orders[0]);
});

test('letters stand before the choices where the author asks for them', async () => {
  const shown = await rendered(
    choices('max-choices="1" class="qti-labels-lower-alpha qti-labels-suffix-parenthesis"'),
  );
  expect([...shown.matchAll(/choice-label">([^<]+)/g)].map(([, label]) => label)).toEqual(['a)', 'b)', 'c)']);
});

test("only QTI's shared classes reach the screen", async () => {
  const shown = await rendered('<p class="qti-align-center problem work-bar">text</p>');
  expect(shown).toContain('<p class="qti-align-center">');
  expect(shown).not.toMatch(/problem|work-bar/);
});

const template = `<qti-template-declaration identifier="N" cardinality="single" base-type="float" math-variable="true"/>
  <qti-template-declaration identifier="KIND" cardinality="single" base-type="identifier"/>
  <qti-template-processing><qti-set-template-value identifier="N"><qti-base-value base-type="float">2.5</qti-base-value></qti-set-template-value>
  <qti-set-template-value identifier="KIND"><qti-base-value base-type="identifier">train</qti-base-value></qti-set-template-value></qti-template-processing>`;

test('a template item prints its values, in text and in formulas, and shows only its parts', async () => {
  const shown = await rendered(
    `<p>N is <qti-printed-variable identifier="N" format="%.2f"/>. <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>N</mi><mi>x</mi></math>
     <qti-template-inline template-identifier="KIND" identifier="train" show-hide="show">by train</qti-template-inline>
     <qti-template-inline template-identifier="KIND" identifier="plane" show-hide="show">by plane</qti-template-inline>
     <qti-template-inline template-identifier="KIND" identifier="train" show-hide="hide">on foot</qti-template-inline></p>
     <qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
       <qti-simple-choice identifier="train" template-identifier="KIND" show-hide="show">rails</qti-simple-choice>
       <qti-simple-choice identifier="plane" template-identifier="KIND" show-hide="show">wings</qti-simple-choice></qti-choice-interaction>`,
    template,
  );
  expect(shown).toContain('N is 2.50.');
  expect(shown).toContain('<math><mn>2.5</mn><mi>x</mi></math>');
  expect(shown).toContain('by train');
  expect(shown).toContain('rails');
  expect(shown).not.toMatch(/by plane|on foot|wings/);
});

test('fences in formulas are written out: browsers no longer draw them', async () => {
  const shown = await rendered(
    '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mfenced open="["><mi>a</mi><mi>b</mi></mfenced></math></p>',
  );
  expect(shown).toContain('<mrow><mo>[</mo><mrow><mi>a</mi><mo>,</mo><mi>b</mi></mrow><mo>)</mo></mrow>');
});

test('ruby, direction and language stay', async () => {
  const shown = await rendered(
    '<p dir="rtl" xml:lang="he">שלום</p><p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>',
  );
  expect(shown).toContain('<p lang="he" dir="rtl">');
  expect(shown).toContain('<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>');
});

test('gaps are named by their place, not by their identifiers', async () => {
  const two = `<qti-response-declaration identifier="KEY_ONE" cardinality="single" base-type="float"/><qti-response-declaration identifier="KEY_TWO" cardinality="single" base-type="identifier"/>`;
  const shown = await rendered(
    `<p><qti-text-entry-interaction response-identifier="KEY_ONE" expected-length="4" class="qti-input-width-4"/>
     <qti-inline-choice-interaction response-identifier="KEY_TWO" data-prompt="Pick"><qti-inline-choice identifier="A">a</qti-inline-choice></qti-inline-choice-interaction></p>`,
    two,
    { KEY_ONE: 'many' },
  );
  expect(shown).toMatch(
    /<input[^>]*class="inline qti-input-width-4"[^>]*aria-label="Answer 1"[^>]*aria-invalid="true"/,
  );
  expect(shown).toMatch(/<select[^>]*aria-label="Gap 2"><option value="" selected="">Pick/);
});

test('a match table is read by its texts, and spent choices are named', async () => {
  const choice = (id: string, most: number): string =>
    `<qti-simple-associable-choice identifier="${id}" match-max="${most}">text ${id}</qti-simple-associable-choice>`;
  const shown = await rendered(
    `<qti-match-interaction response-identifier="RESPONSE" max-associations="0" data-first-column-header="Person"><qti-simple-match-set>${choice('A', 1)}${choice('B', 1)}${choice('C', 0)}</qti-simple-match-set>
     <qti-simple-match-set>${choice('X', 1)}${choice('Y', 2)}</qti-simple-match-set></qti-match-interaction>`,
    '<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="directedPair"/>',
    { RESPONSE: ['A X', 'B Y', 'C Y'] },
  );
  expect(shown).toContain('<th scope="col">Person</th>');
  expect(shown).toContain('aria-label="text B – text Y"');
  expect(shown).toContain('“text Y” can be used at most 2 times.');
  expect(shown).toMatch(/disabled="" aria-label="text C – text X"/);
});

test('of a limited order only the chosen are numbered, the others wait below', async () => {
  const body = `<qti-order-interaction response-identifier="RESPONSE" max-choices="2">${[...'ABC'].map((id) => `<qti-simple-choice identifier="${id}">text ${id}</qti-simple-choice>`).join('')}</qti-order-interaction>`;
  const shown = await rendered(
    body,
    '<qti-response-declaration identifier="RESPONSE" cardinality="ordered" base-type="identifier"/>',
    { RESPONSE: ['B', 'A'] },
  );
  expect(shown).toMatch(/<ol>.*text B.*text A.*<\/ol>.*<ul>.*text C.*disabled=""/s);
});

test('instructions in the body are shown to candidates only when they are for them', async () => {
  const shown = await rendered(
    '<qti-rubric-block use="instructions" view="candidate"><qti-content-body><p>Read well.</p></qti-content-body></qti-rubric-block><qti-rubric-block use="scoring" view="scorer"><qti-content-body><p>Two points.</p></qti-content-body></qti-rubric-block>',
  );
  expect(shown).toContain('<div class="rubric "><p>Read well.</p></div>');
  expect(shown).not.toContain('Two points');
});

test('a recording may come in several formats, and tells how often it may still be played', async () => {
  const body = `<qti-media-interaction response-identifier="RESPONSE" autostart="false" max-plays="3"><qti-prompt>Watch.</qti-prompt><video width="320">
    <source src="data:video/mp4;base64,AAAA" type="video/mp4"/><source src="data:video/webm;base64,AAAA" type="video/webm"/></video></qti-media-interaction>`;
  const declared =
    '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="integer"/>';
  const once = await rendered(body, declared, { RESPONSE: '1' });
  expect(once).toMatch(/<video[^>]*><source[^>]*video\/mp4[^>]*><source[^>]*video\/webm/);
  expect(once).toContain('Can be played: 2 times');
  expect(await rendered(body, declared, { RESPONSE: '3' })).toContain('Played as often as allowed');
});

test.each([
  ['ru', ','],
  ['de-CH', '.'],
  ['de', ','],
  ['en-US', '.'],
  ['zh-CN', '.'],
  ['', '.'],
  ['no language!', '.'],
])('the decimal sign of %j is %s', (language, sign) => {
  expect(decimalSign(language)).toBe(sign);
});
