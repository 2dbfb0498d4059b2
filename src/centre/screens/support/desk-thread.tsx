import type { ReactNode } from 'react';
import { Select } from 'antd';
import type { Priority } from '../../../exam/support/posting.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useSession } from '../../../ui/session.ts';
import { priorityOptions } from '../../../ui/support/support-words.tsx';
import { ThreadView } from '../../../ui/support/thread-view.tsx';
import { useText } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { supportContract } from '../../support/contract.ts';
import type { CentreClient } from '../centre-console.tsx';

interface Props {
  centre: CentreClient;
  where: { projectId: string; siteCode: string; threadId: string };
  /** Grows when something may have come. */
  round: number;
  onBack: () => void;
}

export function DeskThread({ centre, where, round, onBack }: Props): ReactNode {
  const t = useText();
  const { user } = useSession();
  const may = useRoleGate(supportContract.write);
  const { run } = useAction();
  const { value: thread, refusal, set } = useLoaded(`thread ${round}`, () => centre.support.thread(where));
  if (!thread) return refusal && <RefusalAlert refusal={refusal} />;
  const change = async (what: {
    state?: 'working' | 'solved';
    priority?: Priority;
    own?: boolean;
  }): Promise<void> => set(await centre.support.change({ ...where, ...what }));
  const mine = thread.owner === user.account;
  const solved = thread.state === 'solved';
  return (
    <ThreadView
      thread={thread}
      side="centre"
      site={where.siteCode}
      gate={may}
      onBack={onBack}
      onSeen={() => centre.support.seen(where)}
      onWrite={async (text) => set(await centre.support.write({ ...where, text }))}
      actions={
        <>
          <ActButton gate={may} act={() => change({ own: !mine, ...(mine ? {} : { state: 'working' }) })}>
            {t(mine ? 'support.disown' : 'support.own')}
          </ActButton>
          <ActButton gate={may} act={() => change({ state: solved ? 'working' : 'solved' })}>
            {t(solved ? 'support.reopen' : 'support.solved')}
          </ActButton>
          {may.allowed && (
            <Select
              aria-label={t('support.priority')}
              value={thread.priority}
              onChange={(priority) => void run(() => change({ priority }))}
              options={priorityOptions(t)}
            />
          )}
        </>
      }
    />
  );
}
