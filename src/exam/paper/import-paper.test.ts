import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { concatBytes, utf8 } from '../../base/bytes.ts';
import { expectOk } from '../../base/result.ts';
import { zipFolder } from '../../../tools/samples/build.ts';
import { descendants, textContent } from './element.ts';
import { importPaper } from './import-paper.ts';
import { instantiatePaper } from './instance.ts';
import { item, manifest, zipOf } from './package.fixture.ts';
import { packageLimits } from './package-files.ts';
import { parseXml } from './xml.ts';

const samples = join(import.meta.dirname, '../../../samples');

async function refusalOf(content: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const result = await importPaper(content);
  return result.ok ? 'accepted' : result.refusal;
}

test.each(['small', 'every-interaction', 'practical', 'structured-test', 'spoken'])(
  'samples/%s.zip holds what its folder holds',
  async (name) => {
    expect(
      Buffer.from(await zipFolder(join(samples, name))).equals(readFileSync(join(samples, `${name}.zip`))),
    ).toBe(true);
  },
);

test('an item keeps its language, MathML, pictures and shared classes, and loses what runs', async () => {
  const body = `<div class="qti-layout-row" style="position:fixed" onload="x()"><p xml:lang="zh" dir="ltr">你好<script>x()</script></p>
    <a href="javascript:x()">go</a><img src="pictures/a%20b.png" alt="A" srcset="http://x/y 2x"/><iframe src="http://x/">no</iframe>
    <m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi href="http://x/" onclick="x()" mathvariant="bold">x</m:mi></m:math></div>`;
  const zip = await zipOf({
    'imsmanifest.xml': manifest('items/a.xml'),
    'items/a.xml': item('a', body),
    'items/pictures/a b.png': 'PNG',
  });
  const { paper, files, report } = expectOk(await importPaper(zip));
  const text = JSON.stringify(paper.items[0]?.body);
  expect(text).toContain('"lang":"zh"');
  expect(text).toContain('qti-layout-row');
  expect(text).toContain('"src":"files/1.png"');
  expect(text).toContain('"m:mi","attributes":{"mathvariant":"bold"}');
  expect(text).not.toMatch(/script|onload|onclick|http|srcset|iframe|position/);
  expect([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])).toEqual([
    ['files/1.png', 'PNG'],
  ]);
  expect(report.items[0]?.reasons.map((one) => one.type)).toEqual([
    'element-dropped',
    'link-removed',
    'element-dropped',
    'link-removed',
  ]);
});

test('pictures inside the XML become files of the paper', async () => {
  const body = `<p><svg xmlns="http://www.w3.org/2000/svg" width="10" height="20" onload="x()"><title>A line</title><script>x()</script><path d="M0 0L9 9"/><image href="http://x/y.png"/></svg>
    <img alt="dot" src="data:image/png;base64,iVBORw0KGgo="/></p>`;
  const { paper, files } = expectOk(await importPaper(utf8(item('a', body))));
  const [svg, png] = [...files.values()];
  const drawing = new TextDecoder().decode(svg);
  expect(drawing).toContain('<path d="M0 0L9 9">');
  expect(drawing).not.toMatch(/script|onload|http:\/\/x/);
  expect(png?.[1]).toBe(0x50);
  expect(paper.files.map((one) => one.mediaType)).toEqual(['image/svg+xml', 'image/png']);
  expect(JSON.stringify(paper.items[0]?.body)).toContain('"alt":"A line","width":"10","height":"20"');
});

test('an item with an interaction that cannot be shown is refused by name and the others go on', async () => {
  const zip = await zipOf({
    'imsmanifest.xml': manifest('a.xml', 'b.xml'),
    'a.xml': item('a'),
    'b.xml': item('b', '<qti-portable-custom-interaction response-identifier="RESPONSE"/>'),
  });
  const { paper, report, refusedItems } = expectOk(await importPaper(zip));
  expect(paper.items.map((one) => one.identifier)).toEqual(['a']);
  expect(refusedItems.map((one) => one.identifier)).toEqual(['b']);
  expect(report.items[1]).toMatchObject({
    verdict: 'refused',
    reasons: [{ type: 'interaction-not-rendered', interaction: 'qti-portable-custom-interaction' }],
  });
});

test('a broken item is refused by file, line and column and the others go on', async () => {
  const zip = await zipOf({
    'imsmanifest.xml': manifest('a.xml', 'b.xml', 'c.xml'),
    'a.xml': item('a'),
    'b.xml': '<a>\n<b></a>',
  });
  const { report } = expectOk(await importPaper(zip));
  expect(report.items.slice(1).map((one) => one.reasons[0])).toMatchObject([
    { type: 'xml-not-well-formed', file: 'b.xml', line: 2 },
    { type: 'file-missing-in-package', name: 'c.xml' },
  ]);
});

test('what is outside the package, missing or undeclared makes an item refused with the reason', async () => {
  const body =
    '<p><img src="https://example.org/a.png" alt=""/><img src="b.png" alt=""/><qti-text-entry-interaction response-identifier="OTHER"/></p>';
  const { report } = expectOk(await importPaper(utf8(item('a', body))));
  expect(report.items[0]?.reasons.map((one) => one.type)).toEqual([
    'external-reference',
    'file-missing-in-package',
    'response-not-declared',
  ]);
});

test('QTI 2.2 is converted: names, attributes, templates', async () => {
  const xml = `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="old" title="Old" adaptive="false" timeDependent="false">
    <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
    <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
    <itemBody><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1" shuffle="true"><prompt>Which?</prompt><simpleChoice identifier="A" fixed="true">a</simpleChoice></choiceInteraction></itemBody>
    <responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/></assessmentItem>`;
  const { paper, report, key } = expectOk(await importPaper(utf8(xml)));
  const names = [...descendants(paper.items[0]?.body ?? expect.fail())].map((one) => one.name);
  expect(names).toEqual(['qti-choice-interaction', 'qti-prompt', 'qti-simple-choice']);
  expect(report.items[0]?.verdict).toBe('supported');
  expect(report.notes).toContainEqual({ type: 'converted-from-qti-2', files: 1 });
  expect(JSON.stringify(key.items[0]?.element)).toContain('"max-choices":"1"');
});

test('response processing kept in a file of its own is put into the key', async () => {
  const own =
    '<qti-response-processing xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"><qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value></qti-response-processing>';
  const zip = await zipOf({
    'imsmanifest.xml': manifest('items/a.xml'),
    'items/a.xml': item('a', undefined, undefined, '<qti-response-processing template="../rp/own.xml"/>'),
    'rp/own.xml': own,
  });
  const { key, report } = expectOk(await importPaper(zip));
  expect(report.items[0]?.verdict).toBe('supported');
  expect(JSON.stringify(key)).toContain('qti-set-outcome-value');
});

test('a package without manifest, or with it in a folder, is read', async () => {
  expect(
    expectOk(await importPaper(await zipOf({ 'b.xml': item('b'), 'a.xml': item('a') }))).paper.items.map(
      (one) => one.identifier,
    ),
  ).toEqual(['a', 'b']);
  const inFolder = await zipOf({
    'exam/imsmanifest.xml': manifest('a.xml'),
    'exam/a.xml': item('a'),
    '__MACOSX/exam/._a.xml': 'x',
  });
  expect(expectOk(await importPaper(inFolder)).paper.items).toHaveLength(1);
});

test('a test reaches items and sections that the manifest does not list', async () => {
  const ns = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"';
  const zip = await zipOf({
    'imsmanifest.xml': manifest('test.xml'),
    'test.xml': `<qti-assessment-test ${ns} identifier="t" title="T"><qti-test-part identifier="p" navigation-mode="linear" submission-mode="individual"><qti-assessment-section-ref identifier="s" href="sections/s.xml"/></qti-test-part></qti-assessment-test>`,
    'sections/s.xml': `<qti-assessment-section ${ns} identifier="s" title="S" visible="true"><qti-assessment-item-ref identifier="i" href="../items/a.xml"/></qti-assessment-section>`,
    'items/a.xml': item('a'),
  });
  const { paper } = expectOk(await importPaper(zip));
  expect(
    instantiatePaper(paper, 'x').items.map((one) => [one.identifier, one.item.identifier, one.linear]),
  ).toEqual([['i', 'a', true]]);
});

test('names that leave the package, links and encrypted files are refused', async () => {
  for (const name of ['../a.xml', '/a.xml', 'C:/a.xml', 'x/../../a.xml'])
    expect(await refusalOf(await zipOf({ [name]: item('a') }))).toMatchObject({
      type: expect.stringMatching(/file-name-leaves-package|not-a-zip/),
    });
  expect(await refusalOf(await zipOf({ 'a.xml': item('a') }, () => ({ password: 'secret' })))).toMatchObject({
    type: 'file-encrypted',
    name: 'a.xml',
  });
  expect(
    await refusalOf(await zipOf({ 'a.xml': '/etc/passwd' }, () => ({ unixMode: 0o120777 }))),
  ).toMatchObject({ type: 'file-is-link', name: 'a.xml' });
  expect(await refusalOf(utf8('PK no zip'))).toMatchObject({ type: 'not-a-zip' });
});

test('zeros beyond the limit are refused by counting, not by memory', async () => {
  const before = process.memoryUsage().rss;
  const bomb = await zipOf({ 'a.xml': item('a'), 'zeros.bin': new Uint8Array(packageLimits.file + 1) });
  expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
  expect(await refusalOf(bomb)).toMatchObject({ type: 'package-too-large', name: 'zeros.bin' });
  expect(process.memoryUsage().rss - before).toBeLessThan(1024 * 1024 * 1024);
});

test('entities, external references and deep nesting in XML are refused with the line', async () => {
  const doctype = `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n${item('a').replace(/^<\?xml[^>]*>/, '')}`;
  expect(await refusalOf(utf8(doctype))).toMatchObject({ type: 'xml-has-doctype', line: 2 });
  expect(parseXml(utf8('<a>&nbsp;</a>'))).toMatchObject({
    ok: false,
    refusal: { type: 'xml-not-well-formed' },
  });
  expect(parseXml(utf8('<a>'.repeat(5000)))).toMatchObject({
    ok: false,
    refusal: { type: 'xml-too-complex' },
  });
  const include = item(
    'a',
    '<div><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></div>',
  );
  expect(expectOk(await importPaper(utf8(include))).report.items[0]).toMatchObject({
    verdict: 'refused',
    reasons: [{ type: 'external-reference' }],
  });
});

test('UTF-16 with and without mark is read; bytes that are no text are refused', () => {
  const xml = '<?xml version="1.0" encoding="UTF-16"?><a>试卷</a>';
  const utf16 = new Uint8Array(new Uint16Array([...xml].map((letter) => letter.charCodeAt(0))).buffer);
  for (const bytes of [utf16, concatBytes(new Uint8Array([0xff, 0xfe]), utf16)])
    expect(textContent(expectOk(parseXml(bytes)))).toBe('试卷');
  expect(parseXml(new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0xfe]))).toMatchObject({
    refusal: { type: 'xml-encoding-unknown' },
  });
});

test("a candidate's copy follows from the seed: selections, orders and fixed places as the test says", async () => {
  const { paper } = expectOk(
    await importPaper(new Uint8Array(readFileSync(join(samples, 'structured-test.zip')))),
  );
  const names = (seed: string): string[] => instantiatePaper(paper, seed).items.map((one) => one.identifier);
  expect(names('a')).toEqual(names('a'));
  const orders = new Set<string>();
  for (let n = 0; n < 50; n++) {
    const copy = names(`seed ${n}`);
    orders.add(copy.join());
    const count = (start: string): number => copy.filter((name) => name.startsWith(start)).length;
    expect(['capital', 'symbol', 'product', 'percent', 'chengyu', 'kartina', 'essay'].map(count)).toEqual([
      8, 6, 12, 6, 5, 5, 1,
    ]);
    expect(copy[0]).toBe('introduction');
    expect(copy.indexOf('product-01')).toBe(15);
    expect(copy.filter((name) => name.startsWith('percent'))).toEqual(
      copy.filter((name) => name.startsWith('percent')).toSorted(),
    );
  }
  expect(orders.size).toBe(50);
});
