/** One candidate's copy of a paper: selection and order follow from a seed alone, so that the seat and the scoring agree. Browser-safe. */
import {
  isSection,
  type InstanceItem,
  type Paper,
  type PaperInstance,
  type TestItem,
  type TestSection,
} from './model.ts';

/** xoshiro128**, seeded by four FNV-1a hashes of the text. @returns numbers in [0, 1). */
export function randomFrom(seed: string): () => number {
  const state = Uint32Array.from([1, 2, 3, 4], (salt) => fnv1a(`${salt}:${seed}`) || salt);
  const rotate = (x: number, k: number): number => ((x << k) | (x >>> (32 - k))) >>> 0;
  return () => {
    const [s0, s1, s2, s3] = [state[0] as number, state[1] as number, state[2] as number, state[3] as number];
    const result = Math.imul(rotate(Math.imul(s1, 5) >>> 0, 7), 9) >>> 0;
    state[2] = s2 ^ s0;
    state[3] = s3 ^ s1;
    state[1] = s1 ^ (state[2] as number);
    state[0] = s0 ^ (state[3] as number);
    state[2] = (state[2] as number) ^ (s1 << 9);
    state[3] = rotate(state[3] as number, 11);
    return result / 2 ** 32;
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** Fisher–Yates over the places that are not fixed. */
export function shuffled<T>(list: readonly T[], fixed: (one: T) => boolean, random: () => number): T[] {
  const places = list.flatMap((one, i) => (fixed(one) ? [] : [i]));
  const result = [...list];
  for (let i = places.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [places[i] as number, places[j] as number];
    [result[a], result[b]] = [result[b] as T, result[a] as T];
  }
  return result;
}

export function instantiatePaper(paper: Paper, seed: string): PaperInstance {
  const random = randomFrom(seed);
  const byId = new Map(paper.items.map((item) => [item.identifier, item]));
  const items: InstanceItem[] = [];
  const used = new Map<string, number>();
  paper.parts.forEach((part, partIndex) => {
    for (const section of part.sections) {
      for (const { item, within } of flatten(section, random)) {
        const content = byId.get(item.item);
        if (!content) continue;
        // With replacement an item may come twice: each copy answers under a name of its own.
        const before = used.get(item.identifier) ?? 0;
        used.set(item.identifier, before + 1);
        const identifier = before === 0 ? item.identifier : `${item.identifier}.${before + 1}`;
        items.push({
          identifier,
          item: content,
          part: partIndex,
          linear: part.navigation === 'linear',
          section:
            within.visible && (within.title !== '' || within.rubrics.length > 0)
              ? { title: within.title, rubrics: within.rubrics }
              : null,
          control: item.control,
          seed: JSON.stringify([seed, identifier]),
        });
      }
    }
  });
  return { title: paper.title, language: paper.language, items, files: paper.files };
}

function flatten(section: TestSection, random: () => number): { item: TestItem; within: TestSection }[] {
  const chosen = select(section, random);
  const units: { fixed: boolean; items: { item: TestItem; within: TestSection }[] }[] = chosen.flatMap(
    (child) => {
      if (!isSection(child)) return [{ fixed: child.fixed, items: [{ item: child, within: section }] }];
      const items = flatten(child, random);
      const within = child.visible
        ? items
        : items.map(({ item, within }) => ({ item, within: within === child ? section : within }));
      // An invisible section that need not stay together is mixed with its neighbours.
      return !child.visible && !child.keepTogether
        ? within.map((one) => ({ fixed: false, items: [one] }))
        : [{ fixed: child.fixed, items: within }];
    },
  );
  const ordered = section.shuffle ? shuffled(units, (unit) => unit.fixed, random) : units;
  return ordered.flatMap((unit) => unit.items);
}

function select(section: TestSection, random: () => number): (TestSection | TestItem)[] {
  const { children, select: count } = section;
  if (count === null) return [...children];
  const taken: number[] = children.map((child) => (child.required ? 1 : 0));
  let missing = count - taken.reduce((sum: number, n) => sum + n, 0);
  while (missing > 0) {
    const open = children.flatMap((_, i) => (section.withReplacement || taken[i] === 0 ? [i] : []));
    if (open.length === 0) break;
    const i = open[Math.floor(random() * open.length)] as number;
    taken[i] = (taken[i] as number) + 1;
    missing--;
  }
  return children.flatMap((child, i) => Array.from({ length: taken[i] as number }, () => child));
}
