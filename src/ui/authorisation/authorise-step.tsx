import type { ReactNode } from 'react';
import type { StepView } from '../../node/contract.ts';
import type { siteContract, SiteSession } from '../../site/contract.ts';
import { ActButton } from '../act-button.tsx';
import type { ConsoleClient } from '../client.ts';
import { FileButton } from '../file-drop.tsx';
import { NextStep, NowLine, isDone } from '../now-line.tsx';
import { useText } from '../text.ts';
import { SessionList } from './session-list.tsx';

/** The keys of the sessions: at a site, or in a room without one. */
export type AuthorisationClient = Pick<
  ConsoleClient<typeof siteContract.authorisation>,
  'fetch' | 'importFile' | 'calibrate' | 'importRelease' | 'enterWords' | 'verify'
>;

export interface AuthorisationProps {
  authorisation: AuthorisationClient;
  sessions: readonly SiteSession[];
  steps: readonly StepView[];
  onChoose: (step: string) => void;
}

/** The authorisation of each session. It may lie here for days and opens nothing before its release. */
export function AuthoriseStep({ authorisation, sessions, steps, onChoose }: AuthorisationProps): ReactNode {
  const t = useText();
  const done = isDone(steps, 'authorise');
  return (
    <>
      <NowLine
        action={
          <>
            <FileButton
              label={t('site.importAuthorisation')}
              hint={t('site.importAuthorisationHint')}
              onFile={(uploadId) => authorisation.importFile({ uploadId })}
            />
            <ActButton
              {...(done ? {} : { type: 'primary' as const })}
              act={() => authorisation.fetch()}
              done={t('site.fetched')}
            >
              {t('site.fetch')}
            </ActButton>
            {done && <NextStep steps={steps} step="authorise" onChoose={onChoose} />}
          </>
        }
      >
        {done ? t('site.now.authorised') : t('site.now.authorise')}
      </NowLine>
      <SessionList sessions={sessions} />
    </>
  );
}
