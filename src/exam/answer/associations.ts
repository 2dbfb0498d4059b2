/**
 * Which pairs an interaction takes: of any two of its choices (associate), or of a choice and a place for it (gap match). The candidate's screen
 * offers by these rules what the seat then accepts by them.
 */
import { descendants, type QtiElement } from '../paper/element.ts';

interface Associable {
  /** 0: in any number of pairs. */
  readonly most: number;
  readonly least: number;
  /** Identifiers of those that it may be paired with; none: with all. */
  readonly partners: readonly string[];
}

export interface Association {
  /** Choices of the first and of the second half of a pair: the same ones when the pairs have no direction. */
  readonly from: ReadonlyMap<string, Associable>;
  readonly to: ReadonlyMap<string, Associable>;
  readonly undirected: boolean;
  /** How many pairs; 0: any number. */
  readonly most: number;
  readonly least: number;
}

/** By interaction: elements of either side, and how many pairs when the author says nothing. */
const sides: Readonly<Record<string, { from: string[]; to: string[]; usual: number }>> = {
  'qti-associate-interaction': both('qti-simple-associable-choice'),
  'qti-graphic-associate-interaction': both('qti-associable-hotspot'),
  // QTI 2 knew no limit here, and packages of both versions leave it out.
  'qti-gap-match-interaction': { from: ['qti-gap-text', 'qti-gap-img'], to: ['qti-gap'], usual: 0 },
  'qti-graphic-gap-match-interaction': {
    from: ['qti-gap-text', 'qti-gap-img'],
    to: ['qti-associable-hotspot'],
    usual: 0,
  },
};

function both(name: string): { from: string[]; to: string[]; usual: number } {
  const names = [name];
  return { from: names, to: names, usual: 1 };
}

/** @returns null for an interaction that makes no pairs. */
export function associationOf(interaction: QtiElement): Association | null {
  const side = sides[interaction.name];
  if (!side) return null;
  const among = (names: readonly string[]): Map<string, Associable> =>
    new Map(
      [...descendants(interaction)]
        .filter(({ name }) => names.includes(name))
        .map(({ attributes }) => [
          attributes['identifier'] ?? '',
          {
            most: count(attributes['match-max'], 1),
            least: count(attributes['match-min'] ?? (attributes['required'] === 'true' ? '1' : undefined), 0),
            partners: (attributes['match-group'] ?? '').split(/\s+/).filter((word) => word !== ''),
          },
        ]),
    );
  return {
    from: among(side.from),
    to: among(side.to),
    undirected: side.from === side.to,
    most: count(interaction.attributes['max-associations'], side.usual),
    least: count(interaction.attributes['min-associations'], 0),
  };
}

/** In how many pairs a choice is: a choice and a place may have the same identifier, so they are counted by their side. */
export function usesOf(
  rules: Association,
  pairs: readonly string[],
  id: string,
  side: 'from' | 'to',
): number {
  return pairs.filter((pair) => {
    const [first, second] = pair.split(' ');
    if (rules.undirected) return first === id || second === id;
    return (side === 'from' ? first : second) === id;
  }).length;
}

export function isSpent(
  rules: Association,
  pairs: readonly string[],
  id: string,
  side: 'from' | 'to',
): boolean {
  const most = rules[side].get(id)?.most ?? 0;
  return most > 0 && usesOf(rules, pairs, id, side) >= most;
}

/** Whether a pair may be added to others. */
export function mayPair(
  rules: Association,
  pairs: readonly string[],
  first: string,
  second: string,
): boolean {
  const [one, other] = [rules.from.get(first), rules.to.get(second)];
  if (!one || !other || (rules.undirected && first === second)) return false;
  if (rules.most > 0 && pairs.length >= rules.most) return false;
  if (one.partners.length > 0 && !one.partners.includes(second)) return false;
  if (other.partners.length > 0 && !other.partners.includes(first)) return false;
  if (isSpent(rules, pairs, first, 'from') || isSpent(rules, pairs, second, 'to')) return false;
  return !pairs.includes(`${first} ${second}`) && !(rules.undirected && pairs.includes(`${second} ${first}`));
}

/** Whether these pairs can be made one after the other. */
export function mayAll(rules: Association, pairs: readonly string[]): boolean {
  return pairs.every((pair, i) => {
    const [first = '', second = '', ...more] = pair.split(' ');
    return more.length === 0 && mayPair(rules, pairs.slice(0, i), first, second);
  });
}

function count(given: string | undefined, usual: number): number {
  const number = Number(given ?? usual);
  return Number.isFinite(number) ? number : usual;
}
