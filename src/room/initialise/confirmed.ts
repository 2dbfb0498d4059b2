/** Whether the centre has confirmed everything that candidates of a session have done here. */
import * as z from 'zod';
import type { PackageSession } from '../../exam/package/room-package.ts';
import { readStored } from '../../journal/journal.ts';
import type { Room } from '../room.ts';

const pageSize = 1_000;
const headsSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.object({ origin: z.string(), epoch: z.string(), seq: z.number() })));

/** Somebody has signed in, or it was started. */
export function isUsed({ state }: Pick<Room, 'state'>, session: PackageSession): boolean {
  return (
    state.session(session.id).startsAt !== null ||
    session.candidates.some(({ id }) => state.sitting(id).lease > 0)
  );
}

/** A receipt stands for a result, and a result for the journals as far as it holds them: no answer of the session may have come later. */
export function isConfirmed({ node }: Pick<Room, 'node'>, session: PackageSession): boolean {
  const row = node.db
    .prepare(
      'SELECT heads FROM result WHERE session_id = ? AND receipt IS NOT NULL ORDER BY made_at DESC LIMIT 1',
    )
    .get(session.id);
  // Results of an older version do not say how far they go.
  const heads = headsSchema.safeParse(row?.['heads']);
  if (!heads.success) return false;
  const subjects = new Set(session.candidates.map(({ id }) => `sitting:${id}`));
  return node.journal.heads().every(({ origin, epoch }) => {
    const inside = heads.data.find((one) => one.origin === origin && one.epoch === epoch)?.seq ?? 0;
    for (let after = inside; ;) {
      const rows = node.journal.ofOrigin(origin, epoch, after, pageSize);
      for (const stored of rows) {
        const { kind, subject } = readStored(stored);
        if (kind === 'answer-changed' && subjects.has(subject)) return false;
      }
      if (rows.length < pageSize) return true;
      after += rows.length;
    }
  });
}
