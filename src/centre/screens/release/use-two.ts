/** Whether two people are needed here, and what this user may do with what was confirmed. */
import type { ActOfTwo } from '../../../exam/four-eyes/four-eyes.ts';
import { useSession } from '../../../ui/session.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { Confirmations } from '../../four-eyes/contract.ts';
import type { ProjectProps } from '../centre-console.tsx';

export interface Two {
  readonly needed: boolean;
  readonly list: Confirmations | null;
  /** What this user asked for was confirmed and is not used yet. */
  may(act: ActOfTwo, sessionId: string | null, siteCode: string | null): boolean;
  set(list: Confirmations): void;
}

export function useTwo({ centre, project, round }: ProjectProps): Two {
  const { user } = useSession();
  const loaded = useLoaded(`two ${project.id} ${round}`, () =>
    centre.confirmation.list({ projectId: project.id }),
  );
  const { value: list, set } = loaded;
  const needed = list?.twoPersons ?? false;
  return {
    needed,
    list,
    set,
    may: (act, sessionId, siteCode) =>
      !needed ||
      (list?.rows ?? []).some(
        (row) =>
          row.standing === 'confirmed' &&
          row.askedBy === user.account &&
          row.act === act &&
          row.sessionId === sessionId &&
          row.siteCode === siteCode,
      ),
  };
}
