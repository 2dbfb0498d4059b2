/** Step 3: the materials of every site, made while nobody has to wait, and handed out as files. */
import type { ReactNode } from 'react';
import { ActButton } from '../../../../ui/act-button.tsx';
import { screenGate } from '../../../../ui/gate-button.tsx';
import { NextStep, NowLine, isDone } from '../../../../ui/now-line.tsx';
import { RefusalText } from '../../../../ui/refusal-text.tsx';
import { both, useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { paperDayContract } from '../../../paper-day/contract.ts';
import { WorkProgress } from '../work-progress.tsx';
import type { DayStepProps } from './day-page.tsx';
import { ExportFiles } from './export-files.tsx';
import { SiteList } from './site-list.tsx';

export function PrepareStep(props: DayStepProps): ReactNode {
  const t = useText();
  const { centre, project, day, set, onChoose } = props;
  const may = useRoleGate(paperDayContract.prepare);
  const of = { projectId: project.id, eventId: day.eventId };
  const done = isDone(day.steps, 'day-prepare');
  const { preparing, counts } = day;
  const reason = day.steps.find(({ id }) => id === 'day-prepare')?.reason;
  const prepare = (
    <ActButton
      {...(done ? {} : { type: 'primary' as const })}
      gate={both(may, screenGate(day.missing.length === 0, 'materials-incomplete'))}
      act={async () => set(await centre.paperDay.prepare(of))}
    >
      {t(counts.prepared > 0 ? 'paperDay.prepareAgain' : 'paperDay.prepare')}
    </ActButton>
  );
  const cancel = (
    <ActButton gate={may} act={async () => set(await centre.paperDay.cancelPreparing(of))}>
      {t(preparing?.running === false ? 'paperDay.putAway' : 'paperDay.cancel')}
    </ActButton>
  );
  return (
    <>
      <NowLine
        action={
          preparing ? (
            <>
              {cancel}
              {!preparing.running && prepare}
            </>
          ) : (
            <>
              {prepare}
              {done && <NextStep steps={day.steps} step="day-prepare" onChoose={onChoose} />}
            </>
          )
        }
      >
        {preparing ? (
          t(preparing.running ? 'paperDay.now.preparing' : 'paperDay.now.stopped')
        ) : reason ? (
          <RefusalText refusal={reason} />
        ) : done ? (
          t('paperDay.now.prepared', counts)
        ) : (
          t('paperDay.now.prepare', { sites: day.sites })
        )}
      </NowLine>
      {preparing && (
        <WorkProgress
          work={preparing}
          words={t('paperDay.progress', { ...preparing })}
          rate={(perSecond, left) => t('paperDay.rate', { rate: perSecond.toFixed(1), left })}
        />
      )}
      <SiteList {...props} head={<ExportFiles {...props} what={['materials']} />} />
    </>
  );
}
