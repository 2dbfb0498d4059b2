/** Before rooms are scanned: what was printed, and which scanner. */
import type { ReactNode } from 'react';
import { Alert } from 'antd';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { ScanView } from '../../scan/contract.ts';
import type { StationStepProps } from '../station-page.tsx';
import { FoundFiles, unproved, useSticks } from '../stick-choice.tsx';
import { ScannerPanel } from './scanner-panel.tsx';
import './scan.css';

export function ScanJournalsStep({ station, view: { open }, next }: StationStepProps): ReactNode {
  const t = useText();
  const sticks = useSticks(station);
  const loaded = useLoaded(`scan ${open !== null}`, () => station.scan.view());
  const view = loaded.value;
  return (
    <>
      <NowLine action={open && view?.scanner && view.journals.length > 0 && next}>
        {t(open ? 'stationScan.journalsNow' : 'stationScan.closedNow')}
      </NowLine>
      {loaded.refusal && <RefusalAlert refusal={loaded.refusal} />}
      {view?.failing && <RefusalAlert refusal={view.failing} />}
      {view && (
        <div className="station-scan-two">
          <section className="panel">
            <h2>{t('stationScan.journals')}</h2>
            <p className="soft">{t('stationScan.journalsHow')}</p>
            {view.untoldRooms.length > 0 && (
              <Alert
                type="warning"
                showIcon
                title={t('stationScan.journalMissing', { rooms: view.untoldRooms.join(', ') })}
                description={t('stationScan.journalLater')}
              />
            )}
            {view.journals.length === 0 ? (
              <p role="status">{t('stationScan.noJournals')}</p>
            ) : (
              <ul className="station-files">
                {view.journals.map((one) => (
                  <li key={one.stationId} className="row">
                    <strong className="grow">
                      {one.room === null
                        ? t('stationScan.journalReserve', { number: one.number })
                        : t('stationScan.journalRoom', { room: one.room, number: one.number })}
                    </strong>
                    <span className="soft">{journalWords(t, one)}</span>
                  </li>
                ))}
              </ul>
            )}
            <FoundFiles
              sticks={sticks}
              find={async () => (await station.scan.journals.find()).map(unproved)}
              empty={t('stationScan.noJournalOnStick')}
              action={t('stationScan.loadJournal')}
              again={view.untoldRooms.length === 0}
              take={async ({ path }) => loaded.set(await station.scan.journals.load({ path }))}
            />
          </section>
          <ScannerPanel station={station} scanner={view.scanner} onView={loaded.set} />
        </div>
      )}
    </>
  );
}

function journalWords(t: Text, { opened, good, spoiled }: ScanView['journals'][number]): string {
  if (!opened) return t('stationScan.journalNothing');
  return good === null || spoiled === null
    ? t('stationScan.journalSealed')
    : t('stationScan.journalKits', { good, spoiled });
}
