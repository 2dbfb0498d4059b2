/** The end: what is still open, the journal for the site, the protocol for people. */
import { useCallback, useState, type ReactNode } from 'react';
import { Alert, Checkbox, Input } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useWatched } from '../../../ui/use-watched.ts';
import type { PrintView } from '../../print/contract.ts';
import { StickChoice, useSticks } from '../stick-choice.tsx';
import type { StationClient, StationStepProps } from '../station-page.tsx';
import { PrintCounts } from './print-counts.tsx';

export function FinishStep({ station }: StationStepProps): ReactNode {
  const t = useText();
  // The sticks have the stream of this page.
  const watched = useWatched('print', false, {
    get: () => station.print.get(),
    live: (signal) => station.print.live(undefined, { signal }),
  });
  const view = watched.value;
  if (!view) return watched.refusal && <RefusalAlert refusal={watched.refusal} />;
  const written = view.closing?.writtenAt ?? null;
  return (
    <>
      <NowLine>
        {t(
          written !== null
            ? 'stationPrint.writtenNow'
            : view.finished
              ? 'stationPrint.writeNow'
              : 'stationPrint.finishNow',
        )}
      </NowLine>
      <PrintCounts counts={view.counts} />
      {view.finished ? (
        <Journal station={station} view={view} set={watched.set} />
      ) : (
        <Finishing station={station} view={view} set={watched.set} />
      )}
    </>
  );
}

interface Props {
  readonly station: StationClient;
  readonly view: PrintView;
  readonly set: (view: PrintView) => void;
}

function Finishing({ station, view, set }: Props): ReactNode {
  const t = useText();
  const [short, setShort] = useState('');
  const [over, setOver] = useState(false);
  const { good, wanted, atPrinter, waiting } = view.counts;
  const underWay = atPrinter + waiting;
  const open = view.kits.filter(({ fate }) => fate === 'out' || fate === 'unsure').map(({ kit }) => kit);
  const lacks = good < wanted;
  return (
    <section className="panel panel-narrow">
      <h2>{t('stationPrint.finish')}</h2>
      {open.length > 0 && <Facts of={[[t('stationPrint.noVerdict'), open.join(', ')]]} />}
      {lacks && (
        <>
          <Alert type="warning" showIcon title={t('stationPrint.shortfall', { good, wanted })} />
          <Field label={t('stationPrint.shortBecause')}>
            <Input
              size="large"
              value={short}
              maxLength={500}
              onChange={(event) => setShort(event.target.value)}
            />
          </Field>
        </>
      )}
      <p>{t('stationPrint.finishText')}</p>
      <Checkbox checked={over} onChange={(event) => setOver(event.target.checked)}>
        {t('stationPrint.examOver')}
      </Checkbox>
      <div className="row-end">
        <ActButton
          type="primary"
          danger
          gate={
            underWay > 0
              ? screenGate(false, 'printing-under-way', { kits: underWay })
              : open.length > 0
                ? screenGate(false, 'kits-without-verdict', { kits: open.join(', ') })
                : lacks && short.trim() === ''
                  ? screenGate(false, 'shortfall-needs-reason', { good, wanted })
                  : screenGate(over, 'exam-not-over-here')
          }
          act={async () => set(await station.print.end.finish({ short: short.trim() }))}
        >
          {t('stationPrint.finish')}
        </ActButton>
      </div>
    </section>
  );
}

function Journal({ station, view, set }: Props): ReactNode {
  const t = useText();
  const { language } = t;
  const sticks = useSticks(station);
  const [drive, setDrive] = useState<string | null>(null);
  const choose = useCallback((path: string | null) => setDrive(path), []);
  const { closing } = view;
  return (
    <section className="panel panel-narrow">
      <h2>{t('stationPrint.journal')}</h2>
      {closing && (
        <Facts
          of={[
            [t('stationPrint.fileName'), closing.fileName],
            [t('stationPrint.closing'), closing.closing],
            [t('stationPrint.madeAt'), dateTime(closing.madeAt)],
            [t('stationPrint.writtenAt'), closing.writtenAt === null ? null : dateTime(closing.writtenAt)],
          ]}
        />
      )}
      <StickChoice sticks={sticks} chosen={drive} onChoose={choose} />
      <div className="row-end">
        <ActButton
          gate={screenGate(view.printer !== null, 'printer-not-chosen')}
          done={t('stationPrint.protocolSent')}
          act={() => station.print.end.printProtocol({ language })}
        >
          {t('stationPrint.printProtocol')}
        </ActButton>
        <ActButton
          type="primary"
          gate={screenGate(drive !== null, 'form-incomplete')}
          done={t('stationPrint.written')}
          act={async () => {
            await station.print.end.write({ drive: drive ?? '', language });
            set(await station.print.get());
          }}
        >
          {t(closing?.writtenAt == null ? 'stationPrint.write' : 'stationPrint.writeAgain')}
        </ActButton>
      </div>
    </section>
  );
}
