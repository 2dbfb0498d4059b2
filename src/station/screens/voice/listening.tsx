import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { useText } from '../../../ui/text.ts';
import type { VoiceView } from '../../voice/contract.ts';
import type { StationClient } from '../station-page.tsx';
import { lasted, minutes } from './minutes.ts';
import { Playback } from './playback.tsx';

/** What was recorded is played back before the candidate leaves. */
export function Listening({
  station,
  candidate,
  tasks,
  set,
}: {
  station: StationClient;
  candidate: NonNullable<VoiceView['candidate']>;
  tasks: VoiceView['tasks'];
  set: (view: VoiceView) => void;
}): ReactNode {
  const t = useText();
  return (
    <div className="voice-listening">
      <p className="voice-say" role="status">
        {t('voice.listenNow')}
      </p>
      <ul className="voice-takes">
        {candidate.takes.map((take) => (
          <li key={take.id}>
            <span className="grow">
              <strong>
                {t('voice.taskName', { task: take.task, name: tasks[take.task - 1]?.name ?? '' })}
              </strong>{' '}
              {t(take.goesOn ? 'voice.takeGoesOn' : 'voice.takeNumber', { take: take.take })}
              {take.missingS > 0 && (
                <span className="problem"> {t('voice.missing', { time: minutes(take.missingS) })}</span>
              )}
            </span>
            <span className="voice-figure">{lasted(take.seconds)}</span>
            <Playback load={() => station.voice.listen({ take: take.id })} label={t('voice.playBack')} />
          </li>
        ))}
      </ul>
      <div className="row-end">
        <ActButton
          className="voice-main"
          type="primary"
          act={async () => set(await station.voice.finish({ reason: '' }))}
        >
          {t('voice.finish')}
        </ActButton>
      </div>
    </div>
  );
}
