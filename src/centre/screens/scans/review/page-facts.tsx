/** What is known of a page: why it counts as what it does, how well it was scanned, and who decided what. */
import type { ReactNode } from 'react';
import { Alert } from 'antd';
import { grouped } from '../../../../exam/form/sheet-number.ts';
import { Facts } from '../../../../ui/facts.tsx';
import { dateTime } from '../../../../ui/format.ts';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import type { DecisionView, ScanView } from '../../../scans/review/contract.ts';

export function WhyIsIt({ view }: { view: ScanView }): ReactNode {
  const t = useText();
  const { problem } = view.reading;
  const bad = view.reading.class === 'bad-image';
  return (
    <>
      {problem !== null && (bad || view.class === 'unrecognised') && <RefusalAlert refusal={problem} />}
      {bad && <p>{t('scanReview.scanAgain')}</p>}
      {view.foreignReason !== null && (
        <Alert type="warning" showIcon title={t(`scanReview.foreign.${view.foreignReason}`)} />
      )}
      {view.mates.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('scanReview.mates')}
          description={view.mates.map(({ id, uploadNumber, name }) => (
            <div key={id}>{t('scanReview.mate', { upload: uploadNumber, name })}</div>
          ))}
        />
      )}
    </>
  );
}

type Step = 'good' | 'fair' | 'poor';

/** Above a third of a millimetre the page is to be looked at, see how scanned pages are read. */
const residualStep = (mm: number): Step => (mm <= 0.15 ? 'good' : mm <= 0.3 ? 'fair' : 'poor');
/** Steps of grey between paper and print. */
const contrastStep = (grey: number): Step => (grey >= 120 ? 'good' : grey >= 70 ? 'fair' : 'poor');

export function Quality({ view }: { view: ScanView }): ReactNode {
  const t = useText();
  const { quality, dpi } = view.reading;
  return (
    <section aria-label={t('scanReview.quality')}>
      <h3>{t('scanReview.quality')}</h3>
      <Facts
        of={[
          [t('scanReview.resolution'), dpi === null ? null : t('scanReview.dpi', { dpi: Math.round(dpi) })],
          [
            t('scanReview.corners'),
            quality === null ? null : t('scanReview.cornersOf', { found: quality.anchors }),
          ],
          [
            t('scanReview.residual'),
            quality === null
              ? null
              : t(`scanReview.residual.${residualStep(quality.residualMm)}`, {
                  mm: quality.residualMm.toFixed(2),
                }),
          ],
          [
            t('scanReview.contrastOf'),
            quality === null ? null : t(`scanReview.contrastIs.${contrastStep(quality.contrast)}`),
          ],
        ]}
      />
    </section>
  );
}

export function History({ view }: { view: ScanView }): ReactNode {
  const t = useText();
  const { sheet } = view.reading;
  return (
    <section aria-label={t('scanReview.history')}>
      <h3>{t('scanReview.history')}</h3>
      <ol className="scan-history">
        <li>
          <time className="remedy">{dateTime(view.at)}</time>{' '}
          {sheet === null
            ? t('scanReview.readNothing')
            : t('scanReview.read', { number: grouped(sheet.number), side: sheet.side })}
        </li>
        {view.history.map((one) => (
          <Decided key={one.seq} one={one} />
        ))}
      </ol>
    </section>
  );
}

function Decided({ one: { at, by, what, number, side, rotation } }: { one: DecisionView }): ReactNode {
  const t = useText();
  return (
    <li>
      <time className="remedy">{dateTime(at)}</time>{' '}
      {t(`scanReview.what.${what}`, { by, number: number && grouped(number), side, rotation })}
    </li>
  );
}
