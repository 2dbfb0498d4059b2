/** Which question a candidate may go to, and what counts as answered. */
import type { InstanceItem } from '../../../exam/paper/model.ts';
import type { ItemResponses, ResponseValue } from '../../../exam/paper/response.ts';
import { descendants } from '../../../exam/paper/element.ts';

/**
 * A linear part is worked through once, forwards: from its questions one goes on to the next only, and never back into it.
 * @param reached index of the furthest question that was shown
 */
export function mayGo(items: readonly InstanceItem[], from: number, to: number, reached: number): boolean {
  const target = items[to];
  if (!target || to === from) return false;
  if (to === from + 1) return true;
  if (to < from) return !target.linear && !(items[from]?.linear ?? false);
  for (let i = from; i < to; i++) if (items[i]?.linear && i >= reached) return false;
  return !target.linear;
}

export function isGiven(value: ResponseValue | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.some((one) => one.trim() !== '');
  return Object.keys(value).length > 0;
}

/** What is recorded beside the answers: how often a recording was played, whether a button was pressed that nobody has to press. */
const beside = new Set(['qti-media-interaction', 'qti-end-attempt-interaction']);

/** Responses of an item that a candidate gives. */
export function answerable(item: InstanceItem): string[] {
  const recorded = new Set<string>();
  const asked = new Set<string>();
  for (const element of descendants(item.item.body)) {
    const response = element.attributes['response-identifier'];
    if (!element.name.endsWith('-interaction') || response === undefined) continue;
    (beside.has(element.name) ? recorded : asked).add(response);
  }
  return [...asked].filter((response) => !recorded.has(response));
}

/** Answered: every response that is asked for is given. An item that asks for nothing is always answered. */
export function isAnswered(item: InstanceItem, responses: ItemResponses | undefined): boolean {
  return answerable(item).every((response) => isGiven(responses?.[response]));
}

/** Where to go on after a reload: at the question that was shown last. */
export function placeOf(
  items: readonly InstanceItem[],
  viewed: readonly string[],
): { at: number; reached: number } {
  const index = new Map(items.map((item, i) => [item.identifier, i]));
  const seen = viewed.flatMap((identifier) => index.get(identifier) ?? []);
  return { at: seen.at(-1) ?? 0, reached: Math.max(0, ...seen) };
}
