/** Random numbers that are the same for the same seed: what failed once can be looked at again. */
export interface Draw {
  /** From 0 to below 1. */
  next(): number;
  below(count: number): number;
  between(least: number, most: number): number;
  of<T>(items: readonly T[]): T;
}

/** Mulberry32. */
export function draws(seed: number): Draw {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    of: (items) => items[below(items.length)] as (typeof items)[number],
  };
}
