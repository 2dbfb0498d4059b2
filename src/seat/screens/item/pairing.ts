/** Making pairs by picking a choice and then what belongs to it: with a mouse, a finger or keys alike. */
import { useState } from 'react';
import {
  associationOf,
  isSpent,
  mayPair,
  usesOf,
  type Association,
} from '../../../exam/answer/associations.ts';
import { useSay, type Say } from '../language.tsx';
import { isSingle, listOf, type InteractionProps } from './interaction.ts';

export interface Pairing {
  readonly rules: Association;
  readonly pairs: readonly string[];
  /** The choice that was picked and waits for its partner. */
  readonly picked: string | null;
  /** What a screen reader is told. */
  readonly said: string;
  /** Whether any further pair may begin with this choice. */
  readonly isSpent: (id: string, side: 'from' | 'to') => boolean;
  /** Picks a choice up, or puts it down again. */
  readonly pick: (id: string) => void;
  /** Pairs the picked choice with another. @param instead a pair that the new one takes the place of */
  readonly join: (second: string, instead?: string) => void;
  readonly remove: (pair: string) => void;
  readonly tell: (text: string) => void;
}

/** @param name of a choice or a place, as people read it. */
export function usePairing(
  props: InteractionProps,
  name: (id: string, side: 'from' | 'to') => string,
): Pairing | null {
  const say = useSay();
  const [picked, setPicked] = useState<string | null>(null);
  const [said, tell] = useState('');
  const rules = associationOf(props.element);
  if (!rules) return null;
  const single = isSingle(props);
  const pairs = listOf(props.value);
  const give = (next: readonly string[]): void => props.onChange(single ? (next[0] ?? null) : next, 'chosen');
  const most = single ? 1 : rules.most;
  const names = (pair: string): { first: string; second: string } => {
    const [first = '', second = ''] = pair.split(' ');
    return { first: name(first, 'from'), second: name(second, 'to') };
  };
  const spent = (id: string, side: 'from' | 'to'): boolean =>
    (most > 0 && pairs.length >= most) || isSpent(rules, pairs, id, side);
  return {
    rules: { ...rules, most },
    pairs,
    picked,
    said,
    isSpent: spent,
    tell,
    pick: (id) => {
      if (picked === id) {
        setPicked(null);
        tell(say('pair.put-down', { choice: name(id, 'from') }));
      } else if (spent(id, 'from')) tell(say('pair.spent', { choice: name(id, 'from') }));
      else {
        setPicked(id);
        tell(say('pair.picked', { choice: name(id, 'from') }));
      }
    },
    join: (second, instead) => {
      if (picked === null) return;
      const pair = `${picked} ${second}`;
      const others = pairs.filter((one) => one !== instead);
      setPicked(null);
      if (mayPair({ ...rules, most }, others, picked, second)) {
        give([...others, pair]);
        tell(say('pair.made', names(pair)));
      } else tell(say('pair.refused', names(pair)));
    },
    remove: (pair) => {
      give(pairs.filter((one) => one !== pair));
      tell(say('pair.removed', names(pair)));
    },
  };
}

/** How many there may be, in words. */
export function howManyPairs(say: Say, { most, least }: Association): string {
  if (least > 0 && least === most) return say('pair.exact', { max: most });
  if (least > 0 && most > 0) return say('pair.range', { min: least, max: most });
  if (most > 0) return say('pair.most', { max: most });
  return least > 0 ? say('pair.least', { min: least }) : '';
}

/** What of the limits an answer that was begun meets. */
export function limitsMet(
  say: Say,
  { element }: InteractionProps,
  { rules, pairs }: Pairing,
  name: (id: string, side: 'from' | 'to') => string,
): string {
  if (pairs.length === 0) return '';
  const { most, least } = rules;
  if (most > 0 && pairs.length >= most)
    return element.attributes['data-max-selections-message'] ?? say('pair.full', { max: most });
  if (pairs.length < least)
    return element.attributes['data-min-selections-message'] ?? say('pair.least', { min: least });
  const wanting = (rules.undirected ? (['from'] as const) : (['from', 'to'] as const)).flatMap((side) =>
    [...rules[side]]
      .filter(([id, one]) => usesOf(rules, pairs, id, side) < one.least)
      .map(([id, one]) => say('pair.use', { choice: name(id, side), min: one.least })),
  );
  return wanting.join(' ');
}
