import type { ReactNode } from 'react';
import { Tooltip } from 'antd';
import type { RoomStages } from '../exam/session/room-view.ts';
import { dateTime } from './format.ts';
import { checkMarks } from './state-mark.tsx';
import { useText } from './text.ts';

const stages = [
  'registeredAt',
  'loadedAt',
  'sealCheckedAt',
  'authorisedAt',
  'startedAt',
  'endedAt',
  'reportedAt',
] as const;

/** How far a room has come in a session: one mark per stage, each with its word and time. */
export function StagesTrack({ of }: { of: RoomStages }): ReactNode {
  const t = useText();
  const last = stages.findLast((stage) => of[stage] !== null);
  return (
    <span className="track-and-word">
      <span className="track">
        {stages.map((stage, i) => {
          const failed = stage === 'sealCheckedAt' && of.sealCheckPassed === false;
          const at = of[stage];
          const { shape } = failed ? checkMarks.failed : at === null ? checkMarks.waiting : checkMarks.done;
          const word = `${t(`stage.${stage}`)}: ${failed ? t('check.failed') : at === null ? t('check.notYet') : dateTime(at)}`;
          return (
            <Tooltip key={stage} title={word}>
              <i className={failed ? 'problem' : at === null ? '' : 'reached'}>
                <span aria-hidden>{at === null ? i + 1 : shape}</span>
                <span className="only-read">{word}. </span>
              </i>
            </Tooltip>
          );
        })}
      </span>
      <span aria-hidden>{last ? t(`stage.${last}`) : t('stage.none')}</span>
    </span>
  );
}
