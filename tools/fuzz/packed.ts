/** Archives (ZIP) of files, one of them changed in what its markup says. */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import fc from 'fast-check';
import { expectOk } from '../../src/base/result.ts';
import { readPackageFiles, type PackageFiles } from '../../src/exam/paper/package-files.ts';
import { damage, damaged, nastyTexts } from './mutations.ts';

export async function packed(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, keepOrder: true });
  const names = new Set<string>();
  for (const [name, content] of Object.entries(files)) {
    // What the library itself refuses to write comes from damage.
    if (name === '' || names.has(name) || Buffer.byteLength(name) > 0xffff) continue;
    names.add(name);
    await writer.add(name, new Uint8ArrayReader(content));
  }
  return new Uint8Array(await writer.close());
}

export async function unpacked(zip: Uint8Array): Promise<PackageFiles> {
  return expectOk(await readPackageFiles(new Uint8Array(zip)));
}

/** In the markup of one file: an attribute's value, an element's name, a text, or a piece that comes again or goes. */
export const markupChanges = fc.array(
  fc.record({
    kind: fc.constantFrom('attribute', 'attribute', 'element', 'text', 'repeat', 'remove', 'nest', 'damage'),
    nth: fc.nat(3_000),
    value: fc.oneof(
      fc.constantFrom(
        ...nastyTexts.map(asXml),
        '',
        '-1',
        '1e999',
        '99999999999',
        'x'.repeat(100_000),
        '(((((((((a+)+)+)+)+)+)+)+)+)+$',
        'javascript:alert(1)',
        'data:image/svg+xml;base64,PHN2Zy8+',
        '../../x.png',
        'single',
        'ordered',
        'record',
        'point',
        'directedPair',
        'RESPONSE',
      ),
      fc.string({ maxLength: 20 }).map(asXml),
    ),
    bytes: damage(1),
  }),
  { minLength: 1, maxLength: 3 },
);

export const xmlChange = fc.record({ file: fc.nat(400), changes: markupChanges });

type XmlChange = typeof xmlChange extends fc.Arbitrary<infer T> ? T : never;

export function packageWith(files: PackageFiles, { file, changes }: XmlChange): Promise<Uint8Array> {
  const names = [...files.keys()];
  const name = names[file % names.length] ?? '';
  const content = changes.reduce(
    (bytes, change) =>
      change.kind === 'damage' || !/\.(xml|svg|json|css)$/i.test(name)
        ? damaged([bytes], change.bytes)
        : new Uint8Array(Buffer.from(changedMarkup(Buffer.from(bytes).toString('utf8'), change))),
    files.get(name) ?? new Uint8Array(0),
  );
  return packed(
    Object.fromEntries([...files].map(([one, before]) => [one, one === name ? content : before])),
  );
}

const pieces = {
  attribute: /(?<=\s[\w:-]+=")[^"]*(?=")/g,
  element: /(?<=<\/?)[\w:-]+/g,
  text: /(?<=>)[^<]+(?=<)/g,
  repeat: /<([\w:-]+)[^<>]*>[^<>]*<\/\1>|<[\w:-]+[^<>]*\/>/g,
  remove: /<([\w:-]+)[^<>]*>[^<>]*<\/\1>|<[\w:-]+[^<>]*\/>|\s[\w:-]+="[^"]*"/g,
  nest: /<([\w:-]+)[^<>]*>[^<>]*<\/\1>/g,
} as const;

export function changedMarkup(text: string, { kind, nth, value }: XmlChange['changes'][number]): string {
  if (kind === 'damage') return text;
  const all = [...text.matchAll(pieces[kind])];
  const found = all[nth % Math.max(1, all.length)];
  if (!found) return text;
  const [piece] = found;
  const name = found[1] ?? 'p';
  const instead = {
    attribute: value,
    element: 'qti-choice-interaction',
    text: value,
    repeat: piece.repeat(1 + (nth % 50)),
    remove: '',
    nest: `${`<${name}>`.repeat(1 + (nth % 600))}${piece}${`</${name}>`.repeat(1 + (nth % 600))}`,
  }[kind];
  return text.slice(0, found.index) + instead + text.slice(found.index + piece.length);
}

function asXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
