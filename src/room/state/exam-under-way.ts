import { statusAt } from '../../exam/session/session.ts';
import type { Room } from '../room.ts';

/** From the moment at which candidates may sign in to the end of their session. */
export function examUnderWay({ node, state }: Pick<Room, 'node' | 'state'>): boolean {
  const now = node.clock.now();
  return (state.package?.sessions ?? []).some(({ id }) =>
    ['sign-in-open', 'counting-down', 'running'].includes(statusAt(state.session(id), now)),
  );
}
