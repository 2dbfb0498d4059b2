/** What of a formal exam the centre has not confirmed. Until then what lies here or in a room may be the only copy: nothing is initialised, and the program does not end unasked. */
import type { Refusal } from '../../base/result.ts';
import { unconfirmedPackages } from '../paper-day/forms/packages.ts';
import { packageOf, roomRows, statusesOf, type Site } from '../site.ts';

/**
 * Refusals `results-not-reported` (collected, without the centre's receipt) and `rooms-in-use` (somebody has signed in, and no result of that session is
 * confirmed), each with its rooms and sessions, `packages-not-at-centre` (of an exam on paper); null: there is nothing. A mock exam proves nothing and holds nothing up.
 */
export function whyUnreported(site: Site): Refusal | null {
  if (site.setup()?.mode !== 'formal') return null;
  const { db } = site.node;
  const numbers = new Map<string, number>();
  for (const row of roomRows(site))
    for (const { id, number } of packageOf(site, row).sessions) numbers.set(id, number);
  const named = (room: string, session: string): string => `${room} (${numbers.get(session) ?? session})`;

  const waiting = db
    .prepare(
      'SELECT DISTINCT room_code, session_id FROM result WHERE receipt IS NULL ORDER BY room_code, session_id',
    )
    .all();
  if (waiting.length > 0)
    return {
      type: 'results-not-reported',
      results: waiting.map((row) => named(String(row['room_code']), String(row['session_id']))),
    };

  const confirmed = db.prepare(
    'SELECT 1 FROM result WHERE room_code = ? AND session_id = ? AND receipt IS NOT NULL',
  );
  const inUse = roomRows(site).flatMap((room) =>
    statusesOf(room)
      .filter(
        ({ sessionId, counts, stages }) =>
          (counts.signedIn > 0 || stages.startedAt !== null) && !confirmed.get(room.code, sessionId),
      )
      .map(({ sessionId }) => named(room.code, sessionId)),
  );
  if (inUse.length > 0) return { type: 'rooms-in-use', rooms: inUse };
  const packages = unconfirmedPackages(site).map(({ room, part, parts }) => `${room} (${part}/${parts})`);
  return packages.length > 0 ? { type: 'packages-not-at-centre', packages } : null;
}
