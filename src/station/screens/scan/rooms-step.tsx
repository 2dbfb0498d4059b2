/** The rooms of the site, and one of them at work. */
import type { ReactNode } from 'react';
import { NowLine } from '../../../ui/now-line.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { Mark } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { usePlace } from '../../../ui/use-place.ts';
import { siteFormsRoom } from '../../../exam/paper-day/scan-room.ts';
import type { ScanRoomRow } from '../../scan/contract.ts';
import type { StationStepProps } from '../station-page.tsx';
import { roomsStep, roomWords, stateMarks } from './room-words.ts';
import { ScanRoom } from './scan-room.tsx';
import './scan.css';

export function ScanRoomsStep(props: StationStepProps): ReactNode {
  const [[, room]] = usePlace();
  return room === undefined ? <Rooms {...props} /> : <ScanRoom station={props.station} room={room} />;
}

function Rooms({ station, view: { open } }: StationStepProps): ReactNode {
  const t = useText();
  const [, go] = usePlace();
  const loaded = useLoaded(`scan ${open !== null}`, () => station.scan.view());
  const view = loaded.value;
  return (
    <>
      <NowLine>{t(open ? 'stationScan.roomsNow' : 'stationScan.closedNow')}</NowLine>
      {loaded.refusal && <RefusalAlert refusal={loaded.refusal} />}
      {view?.failing && <RefusalAlert refusal={view.failing} />}
      {view && (
        <section className="panel">
          <table className="station-scan-rooms">
            <thead>
              <tr>
                <th>{t('stationScan.colRoom')}</th>
                <th>{t('stationScan.colState')}</th>
                <th className="number">{t('stationScan.colKits')}</th>
                <th className="number">{t('stationScan.colPages')}</th>
                <th className="number">{t('stationScan.colUnfit')}</th>
                <th>
                  <span className="only-read">{t('stationScan.look')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {view.rooms.map((row) => (
                <tr key={row.room}>
                  <td>{roomWords(t, row.room)}</td>
                  <td>
                    <Mark {...stateMarks[row.state]} word={stateWords(t, row)} />
                  </td>
                  <td className="number">{row.room === siteFormsRoom ? '–' : row.kits}</td>
                  <td className="number">{row.pages}</td>
                  <td className="number">{row.unfit}</td>
                  <td className="number">
                    <ActButton
                      gate={
                        open ? { allowed: true } : { allowed: false, reason: { type: 'materials-closed' } }
                      }
                      act={async () => {
                        if (row.state === 'none') await station.scan.room.open({ room: row.room });
                        go(roomsStep, row.room);
                      }}
                    >
                      {t(
                        row.state === 'none'
                          ? 'stationScan.begin'
                          : row.state === 'open'
                            ? 'stationScan.goOn'
                            : 'stationScan.look',
                      )}
                    </ActButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function stateWords(t: Text, { state, reason }: ScanRoomRow): string {
  return state === 'closed' && reason !== null
    ? t('stationScan.withReason', { reason })
    : t(`stationScan.state.${state}`);
}
