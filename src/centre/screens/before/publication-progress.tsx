/** How far a publication is: papers, packages, rate and time left; or why it stopped. */
import type { ReactNode } from 'react';
import { Progress } from 'antd';
import { bytes, duration, wholeNumber } from '../../../ui/format.ts';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import type { PublicationWork } from '../../publish/contract.ts';

export function PublicationProgress({ work }: { work: PublicationWork }): ReactNode {
  const t = useText();
  const { phase, papers, packages, perSecond, secondsLeft, problem, running } = work;
  const left = secondsLeft === null ? '–' : duration(secondsLeft * 1_000);
  const part = phase === 'papers' ? papers : packages;
  return (
    <section className="panel">
      {running && (
        <>
          <div className="panel-head">
            <h2>{t(`publication.phase.${phase}`)}</h2>
            <span>{t('publication.papers', papers)}</span>
            <span>{t('publication.packages', packages)}</span>
          </div>
          <Progress
            percent={part.of === 0 ? 0 : Math.floor((100 * part.done) / part.of)}
            aria-label={t(`publication.phase.${phase}`)}
          />
          {perSecond !== null && phase !== 'final' && (
            <span className="soft">
              {phase === 'papers'
                ? t('publication.rateBytes', { rate: bytes(perSecond, t.language), left })
                : t('publication.ratePackages', {
                    rate: wholeNumber(Math.round(perSecond), t.language),
                    left,
                  })}
            </span>
          )}
        </>
      )}
      {problem && <RefusalAlert refusal={problem} />}
    </section>
  );
}
