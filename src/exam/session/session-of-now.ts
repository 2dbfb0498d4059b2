/** The session that somebody who looks now means, when nobody said which: the one that is on, wherever the clock stands. Pure. */

export interface RoomProgress {
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/**
 * A session that has begun in some room and is not ended there, however late it began; otherwise the one whose start is nearest to
 * `now` (ms) among those that are still to come; when all is over, the last one.
 * @param roomsOf how far the session is in each of its rooms
 */
export function sessionOfNow<S extends { readonly startAt: number }>(
  sessions: readonly S[],
  roomsOf: (session: S) => readonly RoomProgress[],
  now: number,
): S | undefined {
  const inOrder = sessions.toSorted((a, b) => a.startAt - b.startAt);
  const on = inOrder.find((one) =>
    roomsOf(one).some((room) => room.startedAt !== null && room.endedAt === null),
  );
  if (on) return on;
  const ahead = inOrder.filter((one) => {
    const rooms = roomsOf(one);
    return rooms.length === 0 || rooms.some((room) => room.endedAt === null);
  });
  const nearest = ahead.toSorted((a, b) => Math.abs(a.startAt - now) - Math.abs(b.startAt - now))[0];
  return nearest ?? inOrder.at(-1);
}
