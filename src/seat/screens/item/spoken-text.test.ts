import { expect, test } from 'vitest';
import { utf8 } from '../../../base/bytes.ts';
import { expectOk } from '../../../base/result.ts';
import { importPaper } from '../../../exam/paper/import-paper.ts';
import { instantiatePaper } from '../../../exam/paper/instance.ts';
import { item as itemXml } from '../../../exam/paper/package.fixture.ts';
import { ItemTemplate } from './item-template.ts';
import { spokenText } from './spoken-text.ts';

const body = `<p data-catalog-idref="formula">H<sub>2</sub>O</p><p data-qti-suppress-tts="computer-read-aloud">Kept silent</p>
  <p data-qti-suppress-tts="screen-reader" data-catalog-idref="unknown">Read
  all the same</p>
  <qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>Which?</qti-prompt>
    <qti-simple-choice identifier="A" data-catalog-idref="a">1</qti-simple-choice><qti-simple-choice identifier="B">two</qti-simple-choice></qti-choice-interaction>`;
const declared =
  '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"/>';
const catalog = `<qti-catalog-info>
  <qti-catalog id="formula"><qti-card support="spoken"><qti-card-entry xml:lang="de"><qti-html-content>Wasser</qti-html-content></qti-card-entry>
    <qti-card-entry xml:lang="en"><qti-html-content><p>water, <b>written</b> as a formula</p></qti-html-content></qti-card-entry></qti-card></qti-catalog>
  <qti-catalog id="a"><qti-card support="spoken"><qti-html-content>the number one</qti-html-content></qti-card>
    <qti-card support="keyword-translation"><qti-html-content>secret</qti-html-content></qti-card></qti-catalog></qti-catalog-info>`;

async function read(after: string) {
  const xml = itemXml('i', body, declared, '').replace(
    '</qti-assessment-item>',
    `${after}</qti-assessment-item>`,
  );
  const imported = expectOk(await importPaper(utf8(xml)));
  const [first] = instantiatePaper(imported.paper, 's').items;
  if (!first) throw new Error('no item');
  return { ...imported, said: spokenText([first.item.body], new ItemTemplate(first)) };
}

test('what is read are the spoken cards in the item’s language, else the words, without what is kept silent', async () => {
  const { said, paper, report } = await read(catalog);
  expect(said).toEqual([
    'water, written as a formula',
    'Read all the same',
    'Which?',
    'the number one',
    'two',
  ]);
  // Other supports stay at the centre, and the report says so; so do the author's names of the cards.
  expect(JSON.stringify(paper)).not.toContain('secret');
  expect(JSON.stringify(paper)).not.toContain('catalog-idref');
  expect(report.items[0]?.reasons).toContainEqual({ type: 'catalog-not-shown' });
});

test('without a catalog the words themselves are read', async () => {
  expect((await read('')).said.slice(0, 2)).toEqual(['H2O', 'Read all the same']);
});
