/** Other values in what is JSON: each place of it, also in texts that are JSON or signed themselves, can become anything. */
import fc from 'fast-check';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../../src/base/bytes.ts';
import type { SigningKey } from '../../src/trust/signing-key.ts';
import { nastyTexts } from './mutations.ts';

export interface Edit {
  /** Which of all places, counted through. */
  readonly place: number;
  readonly how: 'replace' | 'remove' | 'add' | 'repeat';
  readonly value: unknown;
}

/** What JSON.stringify cannot write stands in the text as this, and is put in its place afterwards. */
const raw = {
  deep: ['\u0001deep\u0001', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  deepObject: ['\u0001deepObject\u0001', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  huge: ['\u0001huge\u0001', '1e999'],
  proto: [
    '\u0001proto\u0001',
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  ],
  twice: ['\u0001twice\u0001', '{"v":1,"v":2,"type":"a","type":"b"}'],
} as const;

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    -0,
    2 ** 31,
    2 ** 53,
    Number.MAX_VALUE,
    8_640_000_000_000_001,
    '',
    [],
    {},
    [[]],
    [null],
    'x'.repeat(70_000),
    '9'.repeat(400),
    ...Object.values(raw).map(([mark]) => mark),
    ...nastyTexts,
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue({ maxDepth: 3 }),
);

export const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    place: fc.nat(5_000),
    how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'repeat'),
    value,
  }),
  { minLength: 1, maxLength: 3 },
);

/** Those who can sign, by the id of their key. */
export type Signers = ReadonlyMap<string, SigningKey>;

/** @returns null: this is neither JSON, nor lines of it, nor signed. */
export function editedText(text: string, changes: readonly Edit[], signers: Signers): string | null {
  const whole = parsed(text);
  if (whole) return written(changes.reduce(edited, whole), signers);
  const lines = text.split('\n').filter((line) => line !== '');
  const values = lines.map(parsed);
  if (lines.length === 0 || values.includes(null)) return null;
  const all = changes.reduce(edited, { list: values as Node[] });
  return 'list' in all
    ? `${all.list.map((line) => written(line, signers)).join('\n')}\n`
    : written(all, signers);
}

/** A value whose texts are read, too, where they are JSON or a JWS. */
type Node =
  | { readonly plain: unknown }
  | { readonly list: readonly Node[] }
  | { readonly fields: ReadonlyMap<string, Node> }
  | { readonly text: Node }
  /** A compact JWS; quoted: as a value of JSON. */
  | { readonly head: Node; readonly payload: Node; readonly quoted: boolean };

function parsed(text: string): Node | null {
  const signed = signedNode(text, false);
  if (signed) return signed;
  try {
    return nodeOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function signedNode(text: string, quoted: boolean): Node | null {
  const [head, payload, , more] = text.trim().split('.');
  if (!head?.startsWith('ey') || payload === undefined || more !== undefined) return null;
  try {
    const [header, content] = [head, payload].map((part) =>
      nodeOf(JSON.parse(fromUtf8(fromBase64Url(part)))),
    );
    return header && content ? { head: header, payload: content, quoted } : null;
  } catch {
    return null;
  }
}

function nodeOf(value: unknown): Node {
  if (typeof value === 'string') {
    const signed = signedNode(value, true);
    if (signed) return signed;
    if (!/^[[{]/.test(value)) return { plain: value };
    const inside = parsed(value);
    return inside ? { text: inside } : { plain: value };
  }
  if (Array.isArray(value)) return { list: value.map(nodeOf) };
  if (typeof value === 'object' && value !== null)
    return { fields: new Map(Object.entries(value).map(([name, one]) => [name, nodeOf(one)])) };
  return { plain: value };
}

function written(node: Node, signers: Signers): string {
  if ('plain' in node) {
    const mark = Object.values(raw).find(([one]) => one === node.plain);
    return mark ? mark[1] : (JSON.stringify(node.plain) ?? 'null');
  }
  if ('list' in node) return `[${node.list.map((one) => written(one, signers)).join(',')}]`;
  if ('fields' in node)
    return `{${[...node.fields].map(([name, one]) => `${JSON.stringify(name)}:${written(one, signers)}`).join(',')}}`;
  if ('text' in node) return JSON.stringify(written(node.text, signers));
  const jws = signed(node.head, node.payload, signers);
  return node.quoted ? JSON.stringify(jws) : jws;
}

/** The signature holds: what is inside has to be looked at. */
function signed(head: Node, payload: Node, signers: Signers): string {
  const kid = 'fields' in head ? head.fields.get('kid') : undefined;
  const key =
    (kid && 'plain' in kid && typeof kid.plain === 'string' ? signers.get(kid.plain) : undefined) ??
    [...signers.values()][0];
  const input = [head, payload].map((part) => toBase64Url(utf8(written(part, signers)))).join('.');
  return `${input}.${key ? toBase64Url(key.sign(utf8(input))) : ''}`;
}

function edited(node: Node, { place, how, value }: Edit): Node {
  const count = size(node);
  return change(node, place % count, how, value)[0] ?? { plain: value };
}

function size(node: Node): number {
  if ('plain' in node) return 1;
  if ('list' in node) return 1 + node.list.reduce((sum, one) => sum + size(one), 0);
  if ('fields' in node) return 1 + [...node.fields.values()].reduce((sum, one) => sum + size(one), 0);
  return 'text' in node ? 1 + size(node.text) : 1 + size(node.head) + size(node.payload);
}

/** @returns what stands there afterwards: nothing, one, or two. */
function change(node: Node, at: number, how: Edit['how'], value: unknown): Node[] {
  if (at === 0) {
    if (how === 'remove') return [];
    if (how === 'repeat') return [node, node];
    if (how === 'add' && 'list' in node) return [{ list: [...node.list, nodeOf(value)] }];
    if (how === 'add' && 'fields' in node)
      return [
        { fields: new Map([...node.fields, ['__proto__', { plain: value }], ['more', { plain: value }]]) },
      ];
    return [{ plain: value }];
  }
  let left = at - 1;
  const inside = (one: Node): Node[] => {
    const here = size(one);
    const changed = left >= 0 && left < here ? change(one, left, how, value) : [one];
    left -= here;
    return changed;
  };
  if ('list' in node) return [{ list: node.list.flatMap(inside) }];
  if ('fields' in node)
    return [
      {
        fields: new Map(
          [...node.fields].flatMap(([name, one]) => {
            const [first, second] = inside(one);
            return first ? [[name, second ? { list: [first, second] } : first] as const] : [];
          }),
        ),
      },
    ];
  if ('text' in node) return [{ text: inside(node.text)[0] ?? { plain: null } }];
  if ('payload' in node) {
    const head = inside(node.head)[0] ?? { plain: null };
    return [{ ...node, head, payload: inside(node.payload)[0] ?? { plain: null } }];
  }
  return [node];
}
