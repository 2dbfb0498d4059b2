/** WebM as browsers write it, small: for tests. Read back here by a reader of its own, so that a mistake of the one under test shows. */
import { concatBytes, fromUtf8, utf8 } from '../../base/bytes.ts';

const unknownSize = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

function element(id: readonly number[], ...content: Uint8Array[]): Uint8Array {
  const inside = concatBytes(...content);
  return concatBytes(Uint8Array.from([...id, 0x40 | (inside.length >> 8), inside.length & 0xff]), inside);
}

export interface FixtureCluster {
  readonly at: number;
  readonly blocks: readonly (readonly [number, Uint8Array])[];
}

export function clusterOf(at: number, ...blocks: (readonly [number, Uint8Array])[]): FixtureCluster {
  return { at, blocks };
}

export function webmOf(
  clusters: readonly FixtureCluster[],
  options: { readonly sized?: boolean; readonly track?: number } = {},
): Uint8Array {
  const { sized = false, track = 1 } = options;
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  return concatBytes(
    element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], utf8('webm'))),
    bytes(0x18, 0x53, 0x80, 0x67, ...unknownSize),
    element([0x15, 0x49, 0xa9, 0x66], element([0x2a, 0xd7, 0xb1], bytes(0x0f, 0x42, 0x40))),
    element(
      [0x16, 0x54, 0xae, 0x6b],
      element([0xae], element([0xd7], bytes(track)), element([0x86], utf8('A_OPUS'))),
    ),
    ...clusters.map(({ at, blocks }) => {
      const inside = concatBytes(
        element([0xe7], bytes(at >> 8, at & 0xff)),
        ...blocks.map(([relative, sound]) =>
          element([0xa3], bytes(0x80 | track, relative >> 8, relative & 0xff, 0x80), sound),
        ),
      );
      return sized
        ? element([0x1f, 0x43, 0xb6, 0x75], inside)
        : concatBytes(bytes(0x1f, 0x43, 0xb6, 0x75, ...unknownSize), inside);
    }),
  );
}

/** Time and sound of every block, in the order of the file. */
export function timesOf(webm: Uint8Array): [number, string][] {
  const found: [number, string][] = [];
  let at = 0;
  let cluster = 0;
  while (at < webm.length) {
    const hex = Array.from(webm.subarray(at, at + 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hex === '18538067' || hex === '1f43b675') {
      at += 4 + (webm[at + 4] === 1 ? 8 : 2);
      continue;
    }
    const idLength = /^(1[0-9a-f])/.test(hex) ? 4 : 1;
    const long = webm[at + idLength] ?? 0;
    const sizeLength = long === 0x88 ? 1 : 2;
    const size = sizeLength === 1 ? 8 : ((long & 0x3f) << 8) | (webm[at + idLength + 1] ?? 0);
    const inside = webm.subarray(at + idLength + sizeLength, at + idLength + sizeLength + size);
    if (hex.startsWith('e7')) cluster = inside.reduce((value, byte) => value * 256 + byte, 0);
    if (hex.startsWith('a3')) {
      if (inside[0] !== 0x81 && inside[0] !== 0x82) throw new Error('a block of no track');
      found.push([cluster + (((inside[1] ?? 0) << 8) | (inside[2] ?? 0)), fromUtf8(inside.subarray(4))]);
    }
    at += idLength + sizeLength + size;
  }
  return found;
}
