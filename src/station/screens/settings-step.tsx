/** Which station this is. */
import { useState, type ReactNode } from 'react';
import { Checkbox, Input } from 'antd';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { NowLine } from '../../ui/now-line.tsx';
import { useText } from '../../ui/text.ts';
import type { StationStepProps } from './station-page.tsx';

/** As the journal's name can hold it. */
const asNumber = /^[\p{L}\p{N}-]{1,16}$/u;

export function SettingsStep({ station, view, set, onNext }: StationStepProps): ReactNode {
  const t = useText();
  const { settings } = view;
  const [siteCode, setSiteCode] = useState(settings?.siteCode ?? '');
  const [room, setRoom] = useState(settings?.room ?? '');
  // A scan station stands at the headquarters and belongs to no room.
  const ofSite = view.kind === 'scan';
  const [reserve, setReserve] = useState(ofSite || settings?.room === null);
  const [number, setNumber] = useState(settings?.number ?? '');
  const ready = siteCode.trim() !== '' && asNumber.test(number.trim()) && (reserve || room.trim() !== '');
  return (
    <>
      <NowLine>{t('station.settingsNow')}</NowLine>
      <section className="panel panel-narrow">
        <Form
          submit={t('station.settingsSave')}
          ready={ready}
          onSubmit={async () => {
            set(
              await station.settings.save({
                siteCode,
                room: reserve ? null : room.trim(),
                number: number.trim(),
              }),
            );
            onNext();
          }}
        >
          <Field label={t('station.siteCode')} hint={t('station.siteCodeHint')}>
            <Input
              size="large"
              value={siteCode}
              maxLength={64}
              onChange={(event) => setSiteCode(event.target.value)}
            />
          </Field>
          {!ofSite && (
            <Checkbox checked={reserve} onChange={(event) => setReserve(event.target.checked)}>
              {t('station.isReserve')}
            </Checkbox>
          )}
          {!reserve && (
            <Field label={t('station.room')}>
              <Input
                size="large"
                value={room}
                maxLength={64}
                onChange={(event) => setRoom(event.target.value)}
              />
            </Field>
          )}
          <Field label={t('station.number')} hint={t('station.numberHint')}>
            <Input
              size="large"
              value={number}
              maxLength={16}
              onChange={(event) => setNumber(event.target.value)}
            />
          </Field>
        </Form>
      </section>
    </>
  );
}
