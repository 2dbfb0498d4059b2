import type { ReactNode } from 'react';
import type { SeatState } from '../../contract.ts';
import { agent } from '../agent.ts';
import { useLanguage } from '../language.tsx';
import { Act, Page } from './page.tsx';

export function Locked({ state, take }: { state: SeatState; take: (state: SeatState) => void }): ReactNode {
  const { say } = useLanguage();
  return (
    <Page title={say('locked.title')} text={say('locked.text')}>
      {state.lockMessage && <blockquote className="message">{state.lockMessage}</blockquote>}
      <Act run={() => agent.sitting.acknowledgeLock()} take={take} label={say('locked.read')} />
    </Page>
  );
}
