/** The kits of a room: printed, looked at, good or spoiled. */
import { useState, type ReactNode } from 'react';
import { Alert, InputNumber, Select } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { Field } from '../../../ui/field.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText, type TextKey } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import type { PrintView } from '../../print/contract.ts';
import type { StationClient, StationStepProps } from '../station-page.tsx';
import { JobLine } from './job-line.tsx';
import { KitTable } from './kit-table.tsx';
import { PrintCounts } from './print-counts.tsx';
import { PrinterTrouble } from './printer-state.tsx';

export function PrintStep({ station, next }: StationStepProps): ReactNode {
  const t = useText();
  const live = useLive('print', (signal) => station.print.live(undefined, { signal }));
  const view = live.value;
  if (!view) return live.refusal && <RefusalAlert refusal={live.refusal} />;
  const { counts, halted, older } = view;
  const short = view.open && !view.finished && counts.reserve === 0 && view.kits.some(notReplaced) && !halted;
  return (
    <>
      <NowLine action={overNow.has(nowOf(view)) && next}>{t(nowOf(view))}</NowLine>
      <PrintCounts counts={counts} />
      {view.printer && <PrinterTrouble printer={view.printer} />}
      {older && (
        <RefusalAlert
          refusal={older}
          action={
            <ActButton type="primary" act={async () => live.set(await station.print.run.takeOver())}>
              {t('stationPrint.takeOver')}
            </ActButton>
          }
        />
      )}
      {halted && !older && (
        <RefusalAlert
          refusal={halted}
          action={
            <ActButton type="primary" act={async () => live.set(await station.print.run.resume())}>
              {t('stationPrint.tryAgain')}
            </ActButton>
          }
        />
      )}
      {short && <Alert type="warning" showIcon role="alert" title={t('stationPrint.reserveOut')} />}
      <Orders station={station} view={view} set={live.set} />
      <KitTable station={station} view={view} set={live.set} />
    </>
  );
}

/** Nothing more is to be done here. */
const overNow: ReadonlySet<TextKey> = new Set(['stationPrint.allGoodNow', 'stationPrint.finishedNow']);

function notReplaced({ fate, replacedBy }: PrintView['kits'][number]): boolean {
  return fate === 'spoiled' && replacedBy === null;
}

function nowOf({ finished, open, room, halted, older, counts }: PrintView): TextKey {
  if (finished) return 'stationPrint.finishedNow';
  if (halted || older) return 'stationPrint.haltedNow';
  if (counts.toLookAt > 0) return 'stationPrint.lookNow';
  if (counts.atPrinter + counts.waiting > 0) return 'stationPrint.printingNow';
  if (!open) return 'stationPrint.openNow';
  if (room === null) return 'stationPrint.chooseRoomNow';
  return counts.planned > 0 ? 'stationPrint.printNow' : 'stationPrint.allGoodNow';
}

function Orders({
  station,
  view,
  set,
}: {
  station: StationClient;
  view: PrintView;
  set: (view: PrintView) => void;
}): ReactNode {
  const t = useText();
  const { language } = t;
  const { counts } = view;
  const [count, setCount] = useState<number | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [sheets, setSheets] = useState(1);
  const free = view.kits.filter(({ fate, reserve, waiting }) => fate === 'planned' && !reserve && !waiting);
  const first = free.some(({ kit }) => kit === from) ? from : null;
  const most = Math.max(1, Math.min(500, counts.planned));
  const many = Math.min(count ?? most, most);
  if (view.finished) return null;
  return (
    <section className="panel">
      {view.reserveStation && (
        <div className="print-orders">
          <Field label={t('stationPrint.room')} hint={t('stationPrint.reserveRoomHint')}>
            <Select
              size="large"
              value={view.room}
              aria-label={t('stationPrint.room')}
              onChange={(room: string) => void station.print.run.room({ room }).then(set)}
              options={view.rooms.map((room) => ({ value: room, label: room }))}
            />
          </Field>
        </div>
      )}
      <div className="print-orders">
        <Field label={t('stationPrint.howMany')}>
          <InputNumber size="large" min={1} max={most} value={many} onChange={setCount} />
        </Field>
        <Field label={t('stationPrint.from')}>
          <Select
            size="large"
            aria-label={t('stationPrint.from')}
            value={first}
            onChange={setFrom}
            options={[
              { value: null, label: t('stationPrint.nextFree') },
              ...free.map(({ kit }) => ({ value: kit, label: kit })),
            ]}
          />
        </Field>
        <ActButton
          type="primary"
          size="large"
          gate={
            view.older
              ? { allowed: false, reason: view.older }
              : !view.open
                ? screenGate(false, 'key-not-activated')
                : view.room === null
                  ? screenGate(false, 'print-room-not-chosen')
                  : screenGate(counts.planned > 0, 'no-kits-left')
          }
          act={async () => {
            set(await station.print.run.start({ count: many, from: first, language }));
            setCount(null);
            setFrom(null);
          }}
        >
          {t('stationPrint.start')}
        </ActButton>
        {counts.waiting > 0 && (
          <ActButton size="large" act={async () => set(await station.print.run.stop())}>
            {t('stationPrint.stop')}
          </ActButton>
        )}
      </div>
      {view.open && (
        <p className="soft">{t('stationPrint.keyAllows', { allowed: counts.allowed, used: counts.used })}</p>
      )}
      {counts.additionalLeft + counts.additionalPrinted > 0 && (
        <div className="print-orders">
          <Field
            label={`${t('stationPrint.additional')}: ${t('stationPrint.additionalLeft', {
              left: counts.additionalLeft,
              printed: counts.additionalPrinted,
            })}`}
          >
            <InputNumber
              min={1}
              max={Math.max(1, Math.min(100, counts.additionalLeft))}
              value={sheets}
              onChange={(value) => setSheets(value ?? 1)}
            />
          </Field>
          <ActButton
            gate={screenGate(view.open, 'key-not-activated')}
            act={async () => set(await station.print.run.additional({ count: sheets, language }))}
          >
            {t('stationPrint.printAdditional')}
          </ActButton>
        </div>
      )}
      {view.otherJobs.some(({ state }) => state !== 'completed') && (
        <>
          <h3>{t('stationPrint.otherJobs')}</h3>
          {view.otherJobs.map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </>
      )}
    </section>
  );
}
