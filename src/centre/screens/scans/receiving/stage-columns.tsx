/** Every stage of a site, side by side: when it was reached, and whether that is proved or only said. */
import type { ReactNode } from 'react';
import { dayStages } from '../../../../exam/paper-day/hand-up.ts';
import type { StageReached } from '../../../../exam/paper-day/stages-at-centre.ts';
import { dateTime } from '../../../../ui/format.ts';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../../ui/text.ts';
import type { DayBoard, DayBoardRow } from '../../../paper-day/receiving/contract.ts';

/** Eight side by side are what a screen holds; that somebody has looked at the site is told with its readiness, and on the site's page. */
const columnStages = dayStages.filter((stage) => !stage.startsWith('checked-by'));

/** @param counts how many sites have reached each; null: not known yet */
export function stageColumns(t: Text, counts: DayBoard['counts'] | null) {
  return columnStages.map((stage) => ({
    title: (
      <>
        {t(`receiving.stage.${stage}`)}
        {counts && (
          <div className="soft nowrap">
            {t('receiving.stageCount', { count: counts.stages[stage], sites: counts.sites })}
          </div>
        )}
      </>
    ),
    render: (_: unknown, row: DayBoardRow) => (
      <ReachedStage of={row.stages.find((one) => one.stage === stage)} />
    ),
  }));
}

export function ReachedStage({ of }: { of: StageReached | undefined }): ReactNode {
  const t = useText();
  if (!of || of.at === null) return <Mark {...checkMarks.waiting} word={t('check.notYet')} />;
  return (
    <>
      <Mark {...(of.said ? checkMarks.current : checkMarks.done)} word={dateTime(of.at)} />
      {of.said && <div className="soft">{t('receiving.said')}</div>}
    </>
  );
}
