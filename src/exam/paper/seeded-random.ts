/**
 * Random choices that follow from a text: the same at the seat, in scoring, in every browser. xoshiro128** (Blackman and
 * Vigna, 2018) with its four 32-bit words taken from the FNV-1a hash of the seed's UTF-8 bytes, spread by splitmix32.
 * It decides orders and selections; it protects nothing.
 */
export interface SeededRandom {
  /** 0 to 2³² − 1. */
  word(): number;
  /** Evenly distributed over 0 to `limit` − 1, without bias. */
  below(limit: number): number;
}

export function seededRandom(seed: string): SeededRandom {
  let spread = fnv1a(seed);
  const next = (): number => {
    spread = (spread + 0x9e3779b9) >>> 0;
    let mixed = spread ^ (spread >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [next(), next(), next(), next()];
  const word = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  const below = (limit: number): number => {
    // The last incomplete run of `limit` values is thrown away, or small values would come a little too often.
    const usable = 0x1_0000_0000 - (0x1_0000_0000 % limit);
    let value = word();
    while (value >= usable) value = word();
    return value % limit;
  };
  return { word, below };
}

/** Fisher–Yates from the last place down; `fixed` places keep what they hold. */
export function shuffled<T>(
  values: readonly T[],
  random: SeededRandom,
  fixed: (value: T) => boolean = () => false,
): T[] {
  const result = [...values];
  const movable = result.flatMap((value, place) => (fixed(value) ? [] : [place]));
  for (let last = movable.length - 1; last > 0; last--) {
    const here = movable[last]!;
    const there = movable[random.below(last + 1)]!;
    [result[here], result[there]] = [result[there]!, result[here]!];
  }
  return result;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
