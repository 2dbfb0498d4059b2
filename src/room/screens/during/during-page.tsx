import type { ReactNode } from 'react';
import { useLive } from '../../../ui/use-live.ts';
import type { RoomClient } from '../room-console.tsx';
import { ChooseSession } from './choose-session.tsx';
import { SessionPage } from './session-page.tsx';

interface Props {
  room: RoomClient;
  part: string | undefined;
  go: (...parts: string[]) => void;
}

/** The chosen session, or the choice of one. */
export function DuringPage({ room, part, go }: Props): ReactNode {
  const board = useLive('board', (signal) => room.board.live(undefined, { signal }));
  if (!board.value) return null;
  if (!board.value.session || part === 'choose')
    return (
      <ChooseSession
        room={room}
        chosen={board.value.session?.sessionId ?? null}
        go={go}
        onChosen={(value) => {
          board.set(value);
          go('during');
        }}
      />
    );
  return (
    <SessionPage room={room} board={board.value} session={board.value.session} set={board.set} go={go} />
  );
}
