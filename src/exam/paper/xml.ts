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
  // Nothing after the first problem is read: a hundred thousand open elements would take the parser minutes to look through.
  const fail = (refusal: { type: string; [detail: string]: unknown }): never => {
    problem ??= refuse({ ...refusal, line: parser.line, column: parser.column });
    throw new Error(refusal.type);
  };
  parser.on('doctype', (doctype) => {
    // The bare name of the root is harmless; anything more would define entities or refer outside.
    if (!/^\s*[\w:.-]+\s*$/.test(doctype)) fail({ type: 'xml-has-doctype' });
  });
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
    if (!top) return;
    const last = top.children.at(-1);
    if (typeof last === 'string') top.children[top.children.length - 1] = last + piece;
    else top.children.push(piece);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const done = stack.pop();
    if (!done) return;
    const above = stack.at(-1);
    if (above) above.children.push(done);
    else root = done;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    problem ??= refuse({
      type: 'xml-not-well-formed',
      problem: (error as Error).message,
      line: parser.line,
      column: parser.column,
    });
  }
  if (problem) return problem;
  return root === null
    ? refuse({ type: 'xml-not-well-formed', problem: 'no element', line: 1, column: 0 })
    : ok(root);
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** By the byte order mark, else by how `<?` is written, else as the XML declares. */
function encodingOf(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0x3c && b === 0 && d === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c && c === 0) return 'utf-16be';
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(start)?.[1] ?? 'utf-8';
  // Some tools declare UTF-16 and write UTF-8: one-byte letters are no UTF-16.
  return /^(utf-?16|ucs-?2|iso-10646-ucs-2)/i.test(declared) ? 'utf-8' : declared;
}
