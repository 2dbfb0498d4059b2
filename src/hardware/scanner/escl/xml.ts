/** What scanners say of themselves, as XML: read strictly, by local names, without entities of its own making. */
import { SaxesParser } from 'saxes';
import { ok, refuse, type Result } from '../../../base/result.ts';

export interface Element {
  /** Without its prefix. */
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

const deepest = 32;
const mostElements = 20_000;

/** Refusal: `scanner-unusable`. */
export function readXml(bytes: Uint8Array): Result<Element> {
  const parser = new SaxesParser();
  const open: { name: string; text: string; children: Element[] }[] = [];
  let root: Element | null = null;
  let count = 0;
  const stop = (problem: string): never => {
    throw new SyntaxError(problem);
  };
  parser.on('error', (error) => stop(error.message));
  parser.on('doctype', () => stop('DOCTYPE'));
  parser.on('opentag', ({ name }) => {
    if (++count > mostElements || open.length >= deepest) stop('too much');
    open.push({ name: name.slice(name.indexOf(':') + 1), text: '', children: [] });
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last) last.text += text;
  });
  parser.on('closetag', () => {
    const done = open.pop();
    if (!done) return;
    const element = { ...done, text: done.text.trim() };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  try {
    parser.write(Buffer.from(bytes).toString('utf8')).close();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse({ type: 'scanner-unusable', problem: 'XML' });
  }
  return root ? ok(root) : refuse({ type: 'scanner-unusable', problem: 'XML' });
}

/** The first on this way down; null: there is none. */
export function at(from: Element | null, ...path: readonly string[]): Element | null {
  let now = from;
  for (const name of path) now = now?.children.find((one) => one.name === name) ?? null;
  return now;
}

/** Everywhere below, in order. */
export function* below(from: Element | null, name: string): Generator<Element, void, undefined> {
  for (const child of from?.children ?? []) {
    if (child.name === name) yield child;
    yield* below(child, name);
  }
}
