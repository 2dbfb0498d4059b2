/** Small packages for tests, written in the test that reads them. */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterAddDataOptions } from '@zip.js/zip.js';
import { utf8, type Bytes } from '../../base/bytes.ts';

export async function zipOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: (name: string) => ZipWriterAddDataOptions = () => ({}),
): Promise<Bytes> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, keepOrder: true });
  for (const [name, content] of Object.entries(files))
    await writer.add(
      name,
      new Uint8ArrayReader(typeof content === 'string' ? utf8(content) : content),
      options(name),
    );
  return new Uint8Array(await writer.close());
}

export function manifest(...hrefs: string[]): string {
  const resources = hrefs.map(
    (href, n) => `<resource identifier="r${n}" type="imsqti_item_xmlv3p0" href="${href}"/>`,
  );
  return `<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m"><organizations/><resources>${resources.join('')}</resources></manifest>`;
}

export function item(
  identifier: string,
  body = '<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-simple-choice identifier="A">a</qti-simple-choice><qti-simple-choice identifier="B">b</qti-simple-choice></qti-choice-interaction>',
  before = '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>A</qti-value></qti-correct-response></qti-response-declaration>',
  after = '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>',
): string {
  return `<?xml version="1.0" encoding="UTF-8"?><qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="${identifier}" title="Title of ${identifier}" xml:lang="en">${before}<qti-item-body>${body}</qti-item-body>${after}</qti-assessment-item>`;
}
