/** The stations of this site, and what a person says of each. */
import { useState, type ReactNode } from 'react';
import { Checkbox, Input, Select } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { PaperDayView, PaperStationView } from '../../paper-day/contract.ts';
import type { PaperTabProps } from './paper-page.tsx';
import { checkWords, problemWords, stationName, stationRoom } from './station-words.tsx';
import { StickButton } from './sticks-here.tsx';

export function StationsPanel({ site, day, sticks }: PaperTabProps): ReactNode {
  const t = useText();
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('siteDay.stations')}</h2>
        <span>
          {t('siteDay.rootFigure')} <strong className="number">{day.rootFingerprint}</strong>
        </span>
      </div>
      <Listing
        rows={day.stations}
        rowKey={(station) => station.id}
        empty={
          <p className="soft" role="status">
            {t('siteDay.noStations')}
          </p>
        }
        columns={({ column }) => [
          column(t('siteDay.station'), (station) => (
            <>
              <strong className="nowrap">{stationName(t, station)}</strong>
              <div className="soft">{t('siteDay.program', { version: station.program })}</div>
            </>
          )),
          column(t('station.room'), (station) => stationRoom(t, station)),
          column(t('siteDay.figure'), (station) => (
            <span className="number nowrap">{station.fingerprint}</span>
          )),
          column(t('siteDay.checks'), (station) => <Checks of={station} />),
          column(t('siteDay.state'), (station) => (
            <>
              <StationMark of={station} stations={day.stations} />
              {station.problem && (
                <div>
                  <RefusalText refusal={problemWords(t, station.problem)} />
                </div>
              )}
            </>
          )),
          column(t('column.actions'), (station) => (
            <StationActions site={site} day={day} sticks={sticks} station={station} />
          )),
        ]}
      />
      <AtOther of={day.elsewhere} />
    </section>
  );
}

function Checks({ of: { checks } }: { of: PaperStationView }): ReactNode {
  const t = useText();
  if (checks.length === 0) return <span className="soft">{t('siteDay.noChecks')}</span>;
  const bad = checks.filter(({ good }) => !good);
  return bad.length === 0 ? (
    <Mark {...checkMarks.passed} word={t('siteDay.checksGood')} />
  ) : (
    <Mark {...checkMarks.warning} word={bad.map((check) => checkWords(t, check)).join(', ')} />
  );
}

/** What only the site's other authorisation station has met. */
function AtOther({ of: { stations, packages, confirmed } }: { of: PaperDayView['elsewhere'] }): ReactNode {
  const t = useText();
  if (stations.length === 0 && packages === 0) return null;
  return (
    <div role="status">
      <strong>{t('siteDay.elsewhere')}</strong>
      {stations.map((one) => {
        const station = one.journalName;
        return (
          <div key={one.id}>
            {one.journalAt === null ? (
              <Mark {...checkMarks.warning} word={t('siteDay.elsewhereMissing', { station })} />
            ) : (
              <Mark {...checkMarks.done} word={t('siteDay.elsewhereStation', { station })} />
            )}
          </div>
        );
      })}
      {packages > 0 && <div>{t('siteDay.elsewherePackages', { packages, confirmed })}</div>}
    </div>
  );
}

function StationMark({
  of: { admittedAt, atOther, replacedBy },
  stations,
}: {
  of: PaperStationView;
  stations: readonly PaperStationView[];
}): ReactNode {
  const t = useText();
  if (replacedBy !== null) {
    const by = stations.find(({ id }) => id === replacedBy);
    return (
      <Mark {...checkMarks.waiting} word={t('siteDay.replacedBy', { by: by ? stationName(t, by) : '–' })} />
    );
  }
  return admittedAt === null ? (
    <Mark {...checkMarks.current} word={t('siteDay.waitsForAdmission')} />
  ) : (
    <>
      <Mark {...checkMarks.done} word={t('siteDay.admittedAt', { at: dateTime(admittedAt) })} />
      {atOther && <div className="soft">{t('siteDay.atOther')}</div>}
    </>
  );
}

interface OfStation extends PaperTabProps {
  readonly station: PaperStationView;
}

function StationActions(props: OfStation): ReactNode {
  const { site, day, sticks, station } = props;
  const first = day.stations.find(({ admittedAt }) => admittedAt === null);
  const t = useText();
  // The station is admitted before its stick has everything: the dialog stays until it is known how that went.
  const [admitting, setAdmitting] = useState(false);
  if (station.replacedBy !== null) return null;
  if (station.admittedAt === null || admitting)
    return (
      <div className="row">
        <DialogButton
          size="small"
          type={first === station ? 'primary' : 'default'}
          gate={sticks.gate}
          label={`${t('siteDay.admit')}…`}
          title={t('siteDay.admitTitle', { station: stationName(t, station) })}
          onOpen={() => setAdmitting(true)}
          onClose={() => setAdmitting(false)}
        >
          {(close) => <Admit {...props} close={close} />}
        </DialogButton>
        <ActButton
          size="small"
          gate={sticks.gate}
          act={() => site.paperDay.station.remove({ stationId: station.id })}
        >
          {t('siteDay.remove')}
        </ActButton>
      </div>
    );
  return (
    <div className="row">
      <StickButton
        small
        sticks={sticks}
        label={t('siteDay.writeAdmission')}
        write={(drive) =>
          site.paperDay.station.admit({
            stationId: station.id,
            fingerprint: station.fingerprint,
            replaces: null,
            drive,
          })
        }
      />
      {station.room === null && (
        <DialogButton
          size="small"
          gate={sticks.gate}
          label={`${t('siteDay.takeRoom')}…`}
          title={t('siteDay.takeRoomTitle', { station: stationName(t, station) })}
        >
          {(close) => <TakeRoom {...props} close={close} />}
        </DialogButton>
      )}
    </div>
  );
}

/** Of the same kind, admitted, and nobody's place is taken twice. */
function replaceable({ day, station }: OfStation): PaperStationView[] {
  return day.stations.filter(
    (one) =>
      one.id !== station.id &&
      one.kind === station.kind &&
      one.admittedAt !== null &&
      one.replacedBy === null,
  );
}

function Replaces({
  stations,
  value,
  onChange,
}: {
  stations: readonly PaperStationView[];
  value: string | null;
  onChange: (id: string | null) => void;
}): ReactNode {
  const t = useText();
  return (
    <Field label={t('siteDay.replaces')} hint={t('siteDay.replacesHint')}>
      <Select
        value={value ?? ''}
        onChange={(id: string) => onChange(id === '' ? null : id)}
        options={[
          { value: '', label: t('siteDay.replacesNone') },
          ...stations.map((one) => ({
            value: one.id,
            label: `${stationName(t, one)} · ${stationRoom(t, one)} · ${one.fingerprint}`,
          })),
        ]}
      />
    </Field>
  );
}

function Admit(props: OfStation & { close: () => void }): ReactNode {
  const t = useText();
  const { site, sticks, station, close } = props;
  const [same, setSame] = useState(false);
  const [replaces, setReplaces] = useState<string | null>(null);
  const [drive, setDrive] = useState<string | null>(null);
  const chosen = drive ?? sticks.drives[0]?.path ?? null;
  return (
    <Form
      submit={t('siteDay.admit')}
      ready={same && chosen !== null}
      onCancel={close}
      done={t('siteDay.admitted')}
      onSubmit={async () => {
        await site.paperDay.station.admit({
          stationId: station.id,
          fingerprint: station.fingerprint,
          replaces,
          drive: chosen ?? '',
        });
        close();
      }}
    >
      <p>{t('siteDay.admitText')}</p>
      <Facts
        of={[
          [t('siteDay.station'), stationName(t, station)],
          [t('station.room'), stationRoom(t, station)],
          [
            t('siteDay.figure'),
            <strong key="figure" className="number">
              {station.fingerprint}
            </strong>,
          ],
          [
            t('siteDay.checks'),
            station.checks.map((check) => `${check.good ? '✓' : '✕'} ${checkWords(t, check)}`).join(', '),
          ],
        ]}
      />
      <Replaces stations={replaceable(props)} value={replaces} onChange={setReplaces} />
      <Field
        label={t('siteDay.stickFor')}
        hint={sticks.drives.length === 0 ? t('station.noStick') : undefined}
      >
        <Select
          value={chosen}
          onChange={(path: string) => setDrive(path)}
          options={sticks.drives.map(({ path, name }) => ({ value: path, label: name }))}
        />
      </Field>
      <Checkbox checked={same} onChange={(event) => setSame(event.target.checked)}>
        {t('siteDay.sameFigure')}
      </Checkbox>
    </Form>
  );
}

function TakeRoom(props: OfStation & { close: () => void }): ReactNode {
  const t = useText();
  const { site, day, station, close } = props;
  const [room, setRoom] = useState(station.roomNow ?? '');
  const [replaces, setReplaces] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const rooms = day.materials?.rooms.map((one) => one.room) ?? [];
  return (
    <Form
      submit={t('siteDay.takeRoom')}
      ready={room.trim() !== ''}
      onCancel={close}
      onSubmit={async () => {
        await site.paperDay.station.takeRoom({ stationId: station.id, room: room.trim(), replaces, reason });
        close();
      }}
    >
      <Field label={t('station.room')}>
        {rooms.length > 0 ? (
          <Select
            value={room === '' ? null : room}
            onChange={(one: string) => setRoom(one)}
            options={rooms.map((one) => ({ value: one, label: one }))}
          />
        ) : (
          <Input value={room} maxLength={64} onChange={(event) => setRoom(event.target.value)} />
        )}
      </Field>
      <Replaces stations={replaceable(props)} value={replaces} onChange={setReplaces} />
      <Field label={t('siteDay.reason')}>
        <Input value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Form>
  );
}
