import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { useText } from '../../../ui/text.ts';
import type { StepProps } from './before-page.tsx';
import { SessionList } from './session-list.tsx';

/** Step 3: the authorisation of each session. It may lie here for days and opens nothing before its release. */
export function AuthoriseStep({ site, overview, onChoose }: StepProps): ReactNode {
  const t = useText();
  const done = isDone(overview.steps, 'authorise');
  return (
    <>
      <NowLine
        action={
          <>
            <FileButton
              label={t('site.importAuthorisation')}
              hint={t('site.importAuthorisationHint')}
              onFile={(uploadId) => site.authorisation.importFile({ uploadId })}
            />
            <ActButton
              {...(done ? {} : { type: 'primary' as const })}
              act={() => site.authorisation.fetch()}
              done={t('site.fetched')}
            >
              {t('site.fetch')}
            </ActButton>
            {done && <NextStep steps={overview.steps} step="authorise" onChoose={onChoose} />}
          </>
        }
      >
        {done ? t('site.now.authorised') : t('site.now.authorise')}
      </NowLine>
      <SessionList overview={overview} />
    </>
  );
}
