/** One room: its counts, the scanner, its pages as they come, what does not fit, and its end. */
import { useState, type ReactNode } from 'react';
import { Alert, Button, Input, Spin } from 'antd';
import { LeftOutlined } from '@ant-design/icons';
import { siteFormsRoom } from '../../../exam/paper-day/scan-room.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { RefusalAlert, RefusalText } from '../../../ui/refusal-text.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { useText, type TextKey } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { usePlace } from '../../../ui/use-place.ts';
import type { ScanRoomView, ScanView } from '../../scan/contract.ts';
import type { StationClient } from '../station-page.tsx';
import { CountsForm } from './counts-form.tsx';
import { PageDialog } from './page-dialog.tsx';
import { PageStrip } from './page-strip.tsx';
import { roomsStep, roomWords } from './room-words.ts';
import { placeOf } from './scanner-panel.tsx';
import { ToSettle } from './to-settle.tsx';

export function ScanRoom({ station, room }: { station: StationClient; room: string }): ReactNode {
  const t = useText();
  const [, go] = usePlace();
  const live = useLive(`scan ${room}`, (signal) => station.scan.room.live({ room }, { signal }));
  const [shown, setShown] = useState<string | null>(null);
  const here = live.value?.room ?? null;
  const view = live.value?.view ?? null;
  const page = here?.pages.find(({ id }) => id === shown) ?? null;
  return (
    <>
      <div className="row">
        <Button icon={<LeftOutlined />} onClick={() => go(roomsStep)}>
          {t('stationScan.allRooms')}
        </Button>
        <h2 className="station-scan-title">{roomWords(t, room)}</h2>
      </div>
      {live.refusal && <RefusalAlert refusal={live.refusal} />}
      {view?.failing && <RefusalAlert refusal={view.failing} />}
      {!live.value && !live.refusal && <Spin aria-label={t('loading')} />}
      {view && !here && <RefusalAlert refusal={{ type: 'materials-closed' }} />}
      {view && here?.open && <NowLine>{t(nowOf(view, here))}</NowLine>}
      {view && here && (
        <div className="station-scan-room">
          <div className="stack">
            {here.open ? (
              <ScannerLine station={station} room={room} view={view} />
            ) : (
              <Reopen station={station} room={room} />
            )}
            <PageStrip pages={here.pages} onOpen={setShown} />
          </div>
          <div className="stack">
            {room !== siteFormsRoom && (
              <CountsForm key={String(here.open)} station={station} view={here} speaking={view.speaking} />
            )}
            {here.open && <ToSettle station={station} view={here} onOpen={setShown} />}
            {here.open && <Close station={station} view={here} onClosed={() => go(roomsStep)} />}
          </div>
        </div>
      )}
      {page && here && (
        <PageDialog
          key={`${page.id} ${page.seen}`}
          station={station}
          page={page}
          open={here.open}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
}

function nowOf({ scanner }: ScanView, { room, counts, pages, unfit }: ScanRoomView): TextKey {
  if (scanner === null) return 'stationScan.roomNow.scanner';
  if (room !== siteFormsRoom && counts === null) return 'stationScan.roomNow.counts';
  if (pages.length === 0) return 'stationScan.roomNow.scan';
  return unfit > 0 ? 'stationScan.roomNow.settle' : 'stationScan.roomNow.close';
}

function ScannerLine({
  station,
  room,
  view: { run, scanner },
}: {
  station: StationClient;
  room: string;
  view: ScanView;
}): ReactNode {
  const t = useText();
  const atWork = run !== null && run.end === null;
  const own = run?.room === room ? run : null;
  const isFolder = scanner?.address.way === 'folder';
  return (
    <section className="panel">
      <div className="panel-head">
        <p role="status">
          {atWork && own
            ? t(isFolder ? 'stationScan.watching' : 'stationScan.scanning', { pages: own.pages })
            : atWork
              ? t('stationScan.otherScanning', { room: run.room })
              : own?.end
                ? t(`stationScan.end.${own.end}`, { pages: own.pages })
                : scanner === null
                  ? t('stationScan.noScanner')
                  : t('stationScan.scannerNow', { name: placeOf(scanner.address) })}
        </p>
        {atWork && own ? (
          <ActButton act={() => station.scan.room.stop()}>{t('stationScan.stop')}</ActButton>
        ) : (
          <ActButton
            type="primary"
            gate={
              scanner === null
                ? { allowed: false, reason: { type: 'scanner-not-chosen' } }
                : atWork
                  ? { allowed: false, reason: { type: 'scan-under-way', room: run.room } }
                  : { allowed: true }
            }
            act={() => station.scan.room.scan({ room })}
          >
            {t('stationScan.scan')}
          </ActButton>
        )}
      </div>
      {own && own.again > 0 && <p className="soft">{t('stationScan.again', { again: own.again })}</p>}
      {own && own.words.length > 0 && <p className="soft">{own.words.join(' · ')}</p>}
      {own?.refusal && <RefusalAlert refusal={own.refusal} />}
      {own?.passedOver.map((refusal) => (
        <Alert
          key={JSON.stringify(refusal)}
          type="warning"
          showIcon
          title={<RefusalText refusal={refusal} />}
        />
      ))}
    </section>
  );
}

function Close({
  station,
  view: { room, unfit, blocked },
  onClosed,
}: {
  station: StationClient;
  view: ScanRoomView;
  onClosed: () => void;
}): ReactNode {
  const t = useText();
  const [reason, setReason] = useState('');
  const whole = unfit === 0;
  const missing = !whole && reason.trim() === '';
  return (
    <section className="panel">
      <h2>{t('stationScan.closing')}</h2>
      {!whole && (
        <Field label={t('stationScan.reason')}>
          <Input.TextArea
            rows={2}
            value={reason}
            maxLength={500}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
      )}
      <div className="row-end">
        <ActButton
          type={whole ? 'primary' : 'default'}
          gate={
            blocked
              ? { allowed: false, reason: blocked }
              : missing
                ? { allowed: false, reason: { type: 'scan-room-not-whole', open: unfit } }
                : { allowed: true }
          }
          act={async () => {
            await station.scan.room.close({ room, reason: whole ? '' : reason });
            onClosed();
          }}
        >
          {t('stationScan.close')}
        </ActButton>
      </div>
    </section>
  );
}

function Reopen({ station, room }: { station: StationClient; room: string }): ReactNode {
  const t = useText();
  const [reason, setReason] = useState('');
  return (
    <section className="panel">
      <div className="panel-head">
        <p role="status">{t('stationScan.isClosed')}</p>
        <DialogButton label={t('stationScan.reopen')} onOpen={() => setReason('')}>
          {(close) => (
            <Form
              submit={t('stationScan.reopen').replace(/\s*…$/, '')}
              ready={reason.trim() !== ''}
              onCancel={close}
              onSubmit={async () => {
                await station.scan.room.reopen({ room, reason });
                close();
              }}
            >
              <p>{t('stationScan.reopenWhat')}</p>
              <Field label={t('stationScan.reopenReason')}>
                <Input value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
              </Field>
            </Form>
          )}
        </DialogButton>
      </div>
    </section>
  );
}
