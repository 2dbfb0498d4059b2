/** Reads QTI's XML into plain data, with limits, and without ever following anything: no DTD, no entities of its own, no external reference. */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { QtiElement, QtiNode } from './element.ts';

export const xmlLimits = { bytes: 8 * 1024 * 1024, depth: 100, elements: 200_000, attributes: 100 };

const prefixes: Record<string, string> = {
  'http://www.w3.org/1998/Math/MathML': 'm:',
  'http://www.w3.org/2000/svg': 'svg:',
  'http://www.w3.org/2001/XInclude': 'xi:',
  'http://www.w3.org/2001/10/synthesis': 'ssml:',
  'http://www.w3.org/2010/10/synthesis': 'ssml:',
};

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: QtiNode[];
}

export function parseXml(bytes: Uint8Array): Result<QtiElement> {
  if (bytes.length > xmlLimits.bytes) return refuse({ type: 'xml-too-large', limit: xmlLimits.bytes });
  const text = decode(bytes);
  if (text === null) return refuse({ type: 'xml-encoding-unknown' });
  const parser = new SaxesParser({ xmlns: true, position: true });
  const stack: Open[] = [];
  let root: QtiElement | null = null;
  let elements = 0;
  let problem: Result<never> | null = null;
  const fail = (refusal: { type: string; [detail: string]: unknown }): void => {
    problem ??= refuse({ ...refusal, line: parser.line, column: parser.column });
  };
  parser.on('doctype', () => fail({ type: 'xml-has-doctype' }));
  parser.on('error', (error) =>
    fail({ type: 'xml-not-well-formed', problem: error.message.replace(/^\d+:\d+: /, '') }),
  );
  parser.on('opentag', (tag: SaxesTagNS) => {
    elements++;
    if (
      elements > xmlLimits.elements ||
      stack.length >= xmlLimits.depth ||
      Object.keys(tag.attributes).length > xmlLimits.attributes
    )
      fail({ type: 'xml-too-complex' });
    if (problem) return;
    const attributes: Record<string, string> = {};
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
      attributes[attribute.prefix === '' || attribute.prefix === 'xml' ? attribute.name : attribute.local] =
        attribute.value;
    }
    stack.push({ name: `${prefixes[tag.uri] ?? ''}${tag.local}`, attributes, children: [] });
  });
  const addText = (piece: string): void => {
    const top = stack.at(-1);
    if (!top || problem) return;
    const last = top.children.at(-1);
    if (typeof last === 'string') top.children[top.children.length - 1] = last + piece;
    else top.children.push(piece);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    if (problem) return;
    const done = stack.pop();
    if (!done) return;
    const above = stack.at(-1);
    if (above) above.children.push(done);
    else root = done;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    fail({ type: 'xml-not-well-formed', problem: (error as Error).message });
  }
  if (problem) return problem;
  return root === null
    ? refuse({ type: 'xml-not-well-formed', problem: 'no element', line: 1, column: 0 })
    : ok(root);
}

function decode(bytes: Uint8Array): string | null {
  const label =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : declared(bytes);
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function declared(bytes: Uint8Array): string {
  // `<?` in two-byte letters, without a byte order mark.
  if (bytes[0] === 0x3c && bytes[1] === 0 && bytes[2] === 0x3f) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c && bytes[3] === 0x3f) return 'utf-16be';
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}
