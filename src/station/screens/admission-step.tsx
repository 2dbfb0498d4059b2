/** The site admits this station: its readiness goes there on a stick, the admission comes back. */
import { useCallback, useState, type ReactNode } from 'react';
import { ActButton } from '../../ui/act-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { screenGate } from '../../ui/gate-button.tsx';
import { NowLine } from '../../ui/now-line.tsx';
import { useText } from '../../ui/text.ts';
import { readinessOf } from './kind-steps.tsx';
import { FoundFiles, StickChoice, useSticks } from './stick-choice.tsx';
import type { StationStepProps } from './station-page.tsx';

export function AdmissionStep({ station, view, set, onNext, next }: StationStepProps): ReactNode {
  const t = useText();
  const sticks = useSticks(station);
  const [drive, setDrive] = useState<string | null>(null);
  const choose = useCallback((path: string | null) => setDrive(path), []);
  return (
    <>
      <NowLine action={view.admission && next}>
        {t(view.admission ? 'station.admittedNow' : 'station.admissionNow')}
      </NowLine>
      <section className="panel">
        <h2>{t('station.readiness')}</h2>
        <p>{t('station.readinessHow')}</p>
        <Facts
          of={[
            [
              t('station.fingerprint'),
              <span className="station-figure" key="own">
                {view.fingerprint}
              </span>,
            ],
          ]}
        />
        <StickChoice sticks={sticks} chosen={drive} onChoose={choose} />
        <div className="row-end">
          <ActButton
            type={view.admission ? 'default' : 'primary'}
            gate={screenGate(drive !== null && view.settings !== null, 'form-incomplete')}
            act={async () => {
              const checks = await readinessOf[view.kind](station, t);
              await station.admission.writeReadiness({ drive: drive ?? '', checks });
            }}
            done={t('station.readinessWritten')}
          >
            {t('station.writeReadiness')}
          </ActButton>
        </div>
      </section>
      <section className="panel">
        <h2>{t('station.admission')}</h2>
        {view.admission ? (
          <Facts
            of={[
              [t('station.site'), view.admission.siteName],
              [t('station.project'), view.admission.projectName],
              [
                t('station.rootFingerprint'),
                <span className="station-figure" key="root">
                  {view.admission.rootFingerprint}
                </span>,
              ],
            ]}
          />
        ) : (
          <p>{t('station.admissionHow')}</p>
        )}
        <FoundFiles
          sticks={sticks}
          find={() => station.admission.find()}
          empty={t('station.noAdmission')}
          titleOf={({ number }) => t('station.admissionOf', { number: number ?? '' })}
          action={t('station.takeAdmission')}
          again={view.admission !== null}
          take={async ({ path, rootFingerprint }) => {
            set(await station.admission.take({ path, rootFingerprint: rootFingerprint ?? '' }));
            onNext();
          }}
        />
      </section>
    </>
  );
}
