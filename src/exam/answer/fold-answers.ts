/** A candidate's answers, from the changes that arrived in whatever order: the place of a change is `(lease, epoch, seq)`, and the last one of an item counts. */
import type { ItemResponses } from '../paper/response.ts';

export interface AnswerChange {
  readonly item: string;
  readonly attempt: number;
  readonly lease: number;
  /** Rank of the epoch in the seat's journal: a seat whose disk was put back begins to count anew, and what comes then is later all the same. */
  readonly epoch: number;
  /** Place in the seat's journal. */
  readonly seq: number;
  readonly at: number;
  readonly responses: ItemResponses;
}

export interface KeptAnswer extends AnswerChange {
  /** How many changes of this item were kept, this one included. */
  readonly changes: number;
}

/** @param attempt changes of an earlier attempt (before a re-initialisation) stay evidence and do not count. */
export function foldAnswers(changes: Iterable<AnswerChange>, attempt: number): Map<string, KeptAnswer> {
  const kept = new Map<string, KeptAnswer>();
  for (const change of changes) {
    if (change.attempt !== attempt) continue;
    const before = kept.get(change.item);
    const count = (before?.changes ?? 0) + 1;
    const later = before === undefined || isLater(change, before);
    kept.set(change.item, later ? { ...change, changes: count } : { ...before, changes: count });
  }
  return kept;
}

type ChangePlace = Pick<AnswerChange, 'lease' | 'epoch' | 'seq'>;

/** Was `change` made after `before`? Both of one sitting: a lease belongs to one seat. */
export function isLater(change: ChangePlace, before: ChangePlace): boolean {
  if (change.lease !== before.lease) return change.lease > before.lease;
  if (change.epoch !== before.epoch) return change.epoch > before.epoch;
  return change.seq > before.seq;
}
