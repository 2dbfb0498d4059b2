import { boardViews, type BoardView } from '../../../exam/board/board-view.ts';
import { useLive, type Live } from '../../../ui/use-live.ts';
import type { CentreClient } from '../centre-console.tsx';

/** The board of a session, folded from its changes; a stream that begins anew begins with everything. */
export function useBoard(centre: CentreClient, projectId: string, sessionId: string | null): Live<BoardView> {
  return useLive(`${projectId} ${sessionId}`, async (signal) =>
    boardViews(await centre.board.live({ projectId, sessionId }, { signal })),
  );
}
