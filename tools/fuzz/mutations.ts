/** Random damage to a file: bits, cuts, insertions, blocks that are repeated or swapped, lengths and numbers that lie, other encodings. */
import fc from 'fast-check';

/** Places and lengths are shares of the file, so that a mutation means the same for the next sample and shrinks well. */
type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'set'; readonly at: number; readonly byte: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'remove'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: 'swap'; readonly at: number; readonly to: number; readonly length: number }
  | { readonly kind: 'length'; readonly at: number; readonly value: number; readonly wide: 1 | 2 | 4 | 8 }
  | { readonly kind: 'number'; readonly nth: number; readonly text: string }
  | { readonly kind: 'encode'; readonly as: 'utf16le' | 'latin1' | 'base64' | 'bom' };

export interface Damage {
  readonly sample: number;
  readonly mutations: readonly Mutation[];
}

const share = fc.integer({ min: 0, max: 9_999 }).map((n) => n / 10_000);
const few = fc.integer({ min: 1, max: 600 });

/** What readers of texts, archives and numbers have stumbled over. */
export const nastyTexts = [
  '\0',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u202e',
  '__proto__',
  'constructor',
  '{"__proto__":{"polluted":true}}',
  '[',
  '{"a":',
  '<!DOCTYPE a [<!ENTITY x "y">]>',
  '<![CDATA[',
  ']]>',
  '&#0;',
  '&#x110000;',
  '../../../../etc/passwd',
  '..\\..\\x',
  'C:\\con',
  '%00',
  '%2e%2e%2f',
  "'; DROP TABLE setting; --",
  '=1+1',
  'NaN',
  '-0',
  '1e999',
  '9007199254740993',
  '"',
  '\r\n\r\n',
  'PK\x03\x04',
  'PK\x05\x06',
  'age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n',
] as const;

const nastyNumbers = [
  '0',
  '-1',
  '4294967295',
  '4294967296',
  '9007199254740993',
  '18446744073709551616',
  '1e999',
  '-1e-999',
  '0x10',
  '00000000000000000000001',
  '1.5',
  '7'.repeat(400),
] as const;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('flip'), at: share, bit: fc.nat(7) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('set'), at: share, byte: fc.nat(255) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut'), at: share }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove'), at: share, length: few }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('insert'),
      at: share,
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 600 }),
        fc.constantFrom(...nastyTexts).map((text) => new Uint8Array(Buffer.from(text))),
        fc
          .tuple(
            fc.constantFrom('[', '{"a":', '<a>', '(', '"', 'x', '\0', '\n', ','),
            fc.integer({ min: 1, max: 20_000 }),
          )
          .map(([text, times]) => new Uint8Array(Buffer.from(text.repeat(times)))),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('repeat'),
      at: share,
      length: few,
      times: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('swap'), at: share, to: share, length: few }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('length'),
      at: share,
      value: fc.constantFrom(0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff),
      wide: fc.constantFrom(1, 2, 4, 8),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('number'),
      nth: fc.nat(400),
      text: fc.constantFrom(...nastyNumbers),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('encode'),
      as: fc.constantFrom('utf16le', 'latin1', 'base64', 'bom'),
    }),
  },
) as fc.Arbitrary<Mutation>;

export function damage(samples: number): fc.Arbitrary<Damage> {
  return fc.record({
    sample: fc.nat(samples - 1),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 5 }),
  });
}

export function damaged(samples: readonly Uint8Array[], { sample, mutations }: Damage): Uint8Array {
  return mutations.reduce(mutate, samples[sample] ?? new Uint8Array(0));
}

/** No mutation makes more of a file than this. */
const longest = 8 * 1024 * 1024;

function mutate(bytes: Uint8Array, mutation: Mutation): Uint8Array {
  const at = 'at' in mutation ? Math.floor(mutation.at * bytes.length) : 0;
  const copy = Uint8Array.from(bytes);
  switch (mutation.kind) {
    case 'flip':
      copy[at] = (copy[at] ?? 0) ^ (1 << mutation.bit);
      return copy;
    case 'set':
      copy[at] = mutation.byte;
      return copy;
    case 'cut':
      return bytes.slice(0, at);
    case 'remove':
      return joined(bytes.subarray(0, at), bytes.subarray(at + mutation.length));
    case 'insert':
      return joined(bytes.subarray(0, at), mutation.bytes, bytes.subarray(at));
    case 'repeat': {
      const block = bytes.subarray(at, at + mutation.length);
      return joined(
        bytes.subarray(0, at),
        ...Array.from({ length: mutation.times }, () => block),
        bytes.subarray(at),
      );
    }
    case 'swap': {
      const to = Math.floor(mutation.to * bytes.length);
      const length = Math.min(mutation.length, Math.abs(to - at), bytes.length - Math.max(at, to));
      copy.set(bytes.subarray(at, at + length), to);
      copy.set(bytes.subarray(to, to + length), at);
      return copy;
    }
    case 'length':
      for (let i = 0; i < mutation.wide && at + i < copy.length; i++)
        copy[at + i] = Math.floor(mutation.value / 256 ** i) % 256;
      return copy;
    case 'number':
      return withNumber(bytes, mutation.nth, mutation.text);
    case 'encode':
      return mutation.as === 'bom'
        ? joined(new Uint8Array([0xef, 0xbb, 0xbf]), bytes)
        : new Uint8Array(
            mutation.as === 'base64'
              ? Buffer.from(Buffer.from(bytes).toString('base64'))
              : Buffer.from(Buffer.from(bytes).toString('utf8'), mutation.as),
          );
  }
}

/** A number that stands in the file as text. */
function withNumber(bytes: Uint8Array, nth: number, text: string): Uint8Array {
  const read = Buffer.from(bytes).toString('latin1');
  const numbers = [...read.matchAll(/\d+/g)];
  const found = numbers[nth % Math.max(1, numbers.length)];
  if (!found) return bytes;
  return new Uint8Array(
    Buffer.from(read.slice(0, found.index) + text + read.slice(found.index + found[0].length), 'latin1'),
  );
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts).subarray(0, longest));
}
