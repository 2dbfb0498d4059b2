/** The end of the station's work: packages and journal go to a stick. */
import { useCallback, useState, type ReactNode } from 'react';
import { Spin } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { StationStepProps } from '../station-page.tsx';
import { StickChoice, useSticks } from '../stick-choice.tsx';
import { lasted } from './minutes.ts';

export function VoiceEndStep({ station, view }: StationStepProps): ReactNode {
  const t = useText();
  const sticks = useSticks(station);
  const [drive, setDrive] = useState<string | null>(null);
  const [written, setWritten] = useState<readonly string[]>([]);
  const choose = useCallback((path: string | null) => setDrive(path), []);
  const {
    value: voice,
    refusal,
    set,
  } = useLoaded(`voice ${view.open !== null}`, () => station.voice.state());
  if (!voice) return refusal ? <RefusalAlert refusal={refusal} /> : <Spin aria-label={t('loading')} />;
  const { finished } = voice;
  const missing = finished.filter(({ whole }) => !whole).length;
  return (
    <>
      <NowLine>{t(written.length > 0 ? 'voice.writtenNow' : 'voice.endNow')}</NowLine>
      <section className="panel panel-narrow">
        <h2>{t('voice.end')}</h2>
        <Facts
          of={[
            [t('voice.candidates'), finished.length],
            [t('voice.candidatesNotWhole'), missing],
            [t('voice.spokenTime'), lasted(finished.reduce((sum, { seconds }) => sum + seconds, 0))],
            [t('voice.packages'), voice.packages ?? t('voice.packagesToMake')],
          ]}
        />
        <p>{t('voice.endHow')}</p>
        <StickChoice sticks={sticks} chosen={drive} onChoose={choose} />
        <div className="row-end">
          <ActButton
            size="large"
            type="primary"
            gate={
              voice.candidate
                ? { allowed: false, reason: { type: 'still-speaking', form: voice.candidate.form } }
                : screenGate(drive !== null, 'form-incomplete')
            }
            act={async () => {
              const done = await station.voice.close({ drive: drive ?? '' });
              setWritten(done.paths);
              set(done.view);
            }}
            done={t('voice.writtenNow')}
          >
            {t('voice.writeAll')}
          </ActButton>
        </div>
        {written.length > 0 && (
          <ul className="station-files">
            {written.map((path) => (
              <li key={path}>✓ {path.split(/[\\/]/).at(-1)}</li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
