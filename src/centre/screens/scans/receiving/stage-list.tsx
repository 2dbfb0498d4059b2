/** The stages of one site in a row; what nothing can tell is said here by a click, and taken back. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { sayableAtCentre, type StageReached } from '../../../../exam/paper-day/stages-at-centre.ts';
import { useAction } from '../../../../ui/use-action.ts';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { dayPackageContract } from '../../../paper-day/receiving/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';
import { ReachedStage } from './stage-columns.tsx';
import './stage-list.css';

export function StageList(props: {
  centre: CentreClient;
  of: { projectId: string; eventId: string; siteCode: string };
  stages: readonly StageReached[];
}): ReactNode {
  const t = useText();
  const { centre, of, stages } = props;
  const gate = useRoleGate(dayPackageContract.sayStage);
  const { busy, run } = useAction();
  return (
    <ol className="stage-list">
      {stages.map((one) => (
        <li key={one.stage}>
          <strong>{t(`receiving.stage.${one.stage}`)}</strong>
          <div>
            <ReachedStage of={one} />
          </div>
          {gate.allowed && sayableAtCentre.includes(one.stage) && (one.at === null || one.said) && (
            <Button
              size="small"
              disabled={busy}
              onClick={() =>
                void run(() => centre.dayPackage.sayStage({ ...of, stage: one.stage, done: one.at === null }))
              }
            >
              {t(one.at === null ? 'siteArchives.sayDone' : 'siteArchives.takeBack')}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}
