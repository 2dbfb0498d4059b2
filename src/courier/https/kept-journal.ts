/** What a parent tells a child about the journals that it keeps of it: heads with every hello, and the child's own entries when it asks for them. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Head } from '../../journal/entry.ts';
import type { Chain } from '../../journal/heal.ts';
import type { Journal } from '../../journal/journal.ts';
import { nextEntries, storedEntrySchema } from '../../journal/segment.ts';

export const keptAskSchema = z.object({
  origin: z.string().min(1).max(64),
  epoch: z.string().min(1).max(64),
  afterSeq: z.number().int().min(0),
});
export type KeptAsk = z.infer<typeof keptAskSchema>;
export const keptAnswerSchema = z.object({ entries: z.array(storedEntrySchema) });
export type KeptAnswer = z.infer<typeof keptAnswerSchema>;

/** Of the chains that the child named, and of all its own: a child whose disk was put back does not know its newest epochs. */
export function holdsOf(
  journal: Pick<Journal, 'heads'>,
  childId: string,
  named: readonly { readonly origin: string; readonly epoch: string }[],
): Head[] {
  const epochs = new Map<string, Set<string>>();
  for (const { origin, epoch } of named) epochs.set(origin, (epochs.get(origin) ?? new Set()).add(epoch));
  return journal.heads().filter(({ origin, epoch }) => origin === childId || epochs.get(origin)?.has(epoch));
}

/**
 * Chains that go on differently here, or further up, than at the child. Both disks may have been put back: then nobody below knows what
 * was once sent up.
 */
export function forkedOf(
  journal: Pick<Journal, 'hashAt'>,
  named: readonly Head[],
  above: readonly Chain[],
): Chain[] {
  const forkedAbove = new Set(above.map(({ origin, epoch }) => `${origin} ${epoch}`));
  return named
    .filter(({ origin, epoch, seq, hash }) => {
      const here = journal.hashAt(origin, epoch, seq);
      return (here !== null && here !== hash) || forkedAbove.has(`${origin} ${epoch}`);
    })
    .map(({ origin, epoch }) => ({ origin, epoch }));
}

/** The next entries of one of the child's own chains; none: that was all. Payloads come as they are kept here. */
export function keptEntries(
  journal: Pick<Journal, 'ofOrigin'>,
  childId: string,
  { origin, epoch, afterSeq }: KeptAsk,
): Result<KeptAnswer> {
  if (origin !== childId) return refuse({ type: 'not-allowed' });
  const { entries } = nextEntries((after, limit) => journal.ofOrigin(origin, epoch, after, limit), afterSeq);
  return ok({ entries: entries.map(({ header, salt, payload }) => ({ header, salt, payload })) });
}
