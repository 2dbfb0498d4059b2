/** Packages as other programs write them. */
import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { expectOk, type Refusal } from '../../base/result.ts';
import { childElement, descendants, textContent } from './element.ts';
import { importFiles, importPaper, type ImportedPaper } from './import-paper.ts';
import { item, manifest, zipOf } from './package.fixture.ts';
import { parseXml } from './xml.ts';

async function imported(files: Readonly<Record<string, string | Uint8Array>>): Promise<ImportedPaper> {
  return expectOk(await importPaper(await zipOf(files)));
}
const namesOf = ({ paper }: ImportedPaper): string[] => paper.items.map(({ identifier }) => identifier);
const reasonsOf = ({ report }: ImportedPaper): Refusal[] => report.items.flatMap(({ reasons }) => reasons);

test('prefixes for every namespace, metadata, and no schema location', async () => {
  const made = await imported({
    'imsmanifest.xml': `<cp:manifest xmlns:cp="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/LOM" identifier="m"><cp:metadata><cp:schema>QTIv2.2 Package</cp:schema>
      <lom:lom><lom:general><lom:title><lom:string>Paper of June</lom:string></lom:title></lom:general></lom:lom></cp:metadata><cp:organizations/><cp:resources>
      <cp:resource identifier="i" type="imsqti_item_xmlv2p2" href="i.xml"><cp:file href="i.xml"/><cp:dependency identifierref="x"/></cp:resource></cp:resources></cp:manifest>`,
    'i.xml': `<q:assessmentItem xmlns:q="http://www.imsglobal.org/xsd/imsqti_v2p2" xmlns:m="http://www.w3.org/1998/Math/MathML" identifier="i" title="I" adaptive="false" timeDependent="false">
      <q:responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/><q:itemBody><q:p>x <m:math><m:mi>y</m:mi></m:math><q:textEntryInteraction responseIdentifier="RESPONSE" expectedLength="3"/></q:p></q:itemBody></q:assessmentItem>`,
  });
  expect(made.paper.title).toBe('Paper of June');
  expect([...descendants(made.paper.items[0]?.body ?? expect.fail())].map(({ name }) => name)).toEqual([
    'p',
    'm:math',
    'm:mi',
    'qti-text-entry-interaction',
  ]);
});

test.each([
  'imsqti_item_xmlv3p0',
  'imsqti_item_xmlv2p2',
  'imsqti_item_xmlv2p1',
  'imsqti_xmlv2p1',
  'imsqti_apipitem_xmlv2p2',
])('resources of type %s are items', async (type) => {
  const made = await imported({
    'imsmanifest.xml': manifest('i.xml').replaceAll('imsqti_item_xmlv3p0', type),
    'i.xml': item('i'),
  });
  expect(namesOf(made)).toEqual(['i']);
});

test('files are found by percent-encoded, composed, decomposed and differently cased names', async () => {
  const made = await imported({
    'imsmanifest.xml': manifest(
      'items/%D0%92%D0%BE%D0%BF%D1%80%D0%BE%D1%81%201%23.xml',
      'items/100% sure.xml',
      'items/cafe\u0301.xml',
      'Items/Upper.XML',
    ),
    'items/Вопрос 1#.xml': item('a'),
    'items/100% sure.xml': item('b'),
    'items/caf\u00e9.xml': item('c'),
    'items/upper.xml': item('d', '<p><img src="../Media/Picture.PNG" alt=""/></p>'),
    'media/picture.png': 'PNG',
  });
  expect(namesOf(made)).toEqual(['a', 'b', 'c', 'd']);
  expect(made.files.size).toBe(1);
});

test('xml:base of manifest, resources and resource add up', async () => {
  const based = `<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m" xml:base="content"><organizations/><resources xml:base="exam/"><resource identifier="r" type="imsqti_item_xmlv3p0" xml:base="part" href="i.xml"/></resources></manifest>`;
  expect(namesOf(await imported({ 'imsmanifest.xml': based, 'content/exam/part/i.xml': item('i') }))).toEqual(
    ['i'],
  );
});

test("Windows' separators in a ZIP are read; with them nothing leaves the package either", async () => {
  expect(
    namesOf(await imported({ 'imsmanifest.xml': manifest('items/i.xml'), 'items\\i.xml': item('i') })),
  ).toEqual(['i']);
  for (const name of ['..\\i.xml', 'x\\..\\..\\i.xml', '\\i.xml'])
    expect(await importPaper(await zipOf({ [name]: item('i') }))).toMatchObject({ ok: false });
});

test('byte order marks, UTF-16, other encodings, and UTF-8 that says it is UTF-16', async () => {
  const xml = item('i', '<p>Größe — Вопрос</p>').replace('encoding="UTF-8"', 'encoding="UTF-16"');
  const utf16 = new Uint8Array(
    new Uint16Array([0xfeff, ...Array.from(xml, (letter) => letter.charCodeAt(0))]).buffer,
  );
  const bodyOf = async (bytes: Uint8Array): Promise<string> => {
    const made = expectOk(await importFiles(new Map([['i.xml', bytes]])));
    return textContent(made.paper.items[0]?.body ?? expect.fail());
  };
  expect(await bodyOf(utf16)).toBe('Größe — Вопрос');
  expect(await bodyOf(utf8(xml))).toBe('Größe — Вопрос');
  expect(await bodyOf(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8(xml)]))).toBe('Größe — Вопрос');
  const latin = '<?xml version="1.0" encoding="ISO-8859-1"?><a>Gr\u00f6\u00dfe</a>';
  expect(textContent(expectOk(parseXml(Uint8Array.from(latin, (letter) => letter.charCodeAt(0)))))).toBe(
    'Größe',
  );
});

test('CDATA and comments in text do not split it; a bare document type is read, more of one is refused', () => {
  const read = expectOk(parseXml(utf8('<!DOCTYPE item>\n<item>a<!-- c --><![CDATA[<b>]]>c</item>')));
  expect(read.children).toEqual(['a<b>c']);
  for (const doctype of [
    'item SYSTEM "http://x/y.dtd"',
    'item PUBLIC "-//X" "http://x/y.dtd"',
    'item [<!ENTITY e "x">]',
  ])
    expect(parseXml(utf8(`<!DOCTYPE ${doctype}><item/>`))).toMatchObject({
      ok: false,
      refusal: { type: 'xml-has-doctype' },
    });
});

test('an inclusion is refused by name wherever it stands', async () => {
  const include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="shared.xml"/>';
  const made = await imported({
    'imsmanifest.xml': manifest('a.xml', 'b.xml'),
    'a.xml': item('a', `<div>${include}</div>`),
    'b.xml': item('b', undefined, undefined, `<qti-response-processing>${include}</qti-response-processing>`),
    'shared.xml': '<p>shared</p>',
  });
  expect(made.report.items.map(({ verdict }) => verdict)).toEqual(['refused', 'refused']);
  expect(reasonsOf(made).filter(({ type }) => type === 'external-reference')).toEqual([
    { type: 'external-reference', reference: 'shared.xml' },
    { type: 'external-reference', reference: 'shared.xml' },
  ]);
});

test('one stimulus is shared by several items', async () => {
  const reference = '<qti-assessment-stimulus-ref identifier="s" href="../passages/river.xml"/>';
  const made = await imported({
    'imsmanifest.xml': manifest('items/a.xml', 'items/b.xml', 'passages/river.xml'),
    'items/a.xml': item('a', '<p>A</p>', reference),
    'items/b.xml': item('b', '<p>B</p>', reference),
    'passages/river.xml': `<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="s" title="S"><qti-stimulus-body><p><img src="river.png" alt="A river"/></p></qti-stimulus-body></qti-assessment-stimulus>`,
    'passages/river.png': 'PNG',
  });
  expect(made.paper.items.map(({ stimuli }) => stimuli.length)).toEqual([1, 1]);
  expect([...made.files.keys()]).toEqual(['files/1.png']);
});

test('a QTI 1.2 export is refused with what to do', async () => {
  const old = {
    'imsmanifest.xml': manifest('q.xml'),
    'q.xml': '<questestinterop><assessment/></questestinterop>',
  };
  expect(await importPaper(await zipOf(old))).toMatchObject({
    ok: false,
    refusal: { type: 'qti-1-not-read', name: 'q.xml' },
  });
});

test('what an interaction is that cannot be shown yet, can be scored', async () => {
  const body = '<qti-portable-custom-interaction response-identifier="RESPONSE" max-associations="1"/>';
  const { refusedItems, report } = await imported({
    'imsmanifest.xml': manifest('a.xml'),
    'a.xml': item('a', body),
  });
  expect(report.items[0]?.reasons[0]).toEqual({
    type: 'interaction-not-rendered',
    interaction: 'qti-portable-custom-interaction',
  });
  expect(childElement(refusedItems[0]?.element ?? expect.fail(), 'qti-response-processing')).toBeDefined();
});
