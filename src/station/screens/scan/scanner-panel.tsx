/** The scanner: how it is connected, and tried before it is used. */
import { useState, type ReactNode } from 'react';
import { Checkbox, Input, Radio, Spin } from 'antd';
import type { Refusal } from '../../../base/result.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { refusalOf } from '../../../ui/client.ts';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { ScanView } from '../../scan/contract.ts';
import { NearLine, useNear, type Near } from '../near-devices.tsx';
import type { StationClient } from '../station-page.tsx';

type ChosenScanner = NonNullable<ScanView['scanner']>;
type Way = ChosenScanner['address']['way'];

export function ScannerPanel({
  station,
  scanner,
  onView,
}: {
  station: StationClient;
  scanner: ScanView['scanner'];
  onView: (view: ScanView) => void;
}): ReactNode {
  const t = useText();
  const [way, setWay] = useState<Way>(scanner?.address.way ?? 'escl');
  const [place, setPlace] = useState(scanner ? placeOf(scanner.address) : '');
  const [duplex, setDuplex] = useState(scanner?.duplex ?? true);
  const [flatbed, setFlatbed] = useState(scanner?.source === 'flatbed');
  const [certificate, setCertificate] = useState<(Refusal & { readonly pin: string }) | null>(null);
  const choose = async (pin: string | null): Promise<void> => {
    setCertificate(null);
    const address =
      way === 'sane'
        ? ({ way, device: place } as const)
        : way === 'folder'
          ? ({ way, path: place.trim() } as const)
          : ({ way, url: place.trim(), pin } as const);
    try {
      onView(
        await station.scan.scanner.choose({
          address,
          duplex: flatbed ? false : duplex,
          source: flatbed ? 'flatbed' : 'feeder',
        }),
      );
    } catch (error) {
      const refusal = refusalOf(error);
      if (typeof refusal['pin'] !== 'string') throw error;
      setCertificate({ ...refusal, pin: refusal['pin'] });
    }
  };
  const near = useNear(way === 'escl' ? 'scanners in the network' : null, () =>
    station.scan.scanner.search(),
  );
  const known = scanner?.address.way === 'escl' && scanner.address.url === place ? scanner.address.pin : null;
  return (
    <section className="panel">
      <h2>{t('stationScan.scanner')}</h2>
      <p role="status">
        {scanner
          ? t('stationScan.scannerNow', { name: placeOf(scanner.address) })
          : t('stationScan.noScanner')}
      </p>
      <Form submit={t('stationScan.useScanner')} ready={place.trim() !== ''} onSubmit={() => choose(known)}>
        <Radio.Group
          aria-label={t('stationScan.way')}
          className="stack"
          value={way}
          options={(['escl', 'sane', 'folder'] as const).map((one) => ({
            value: one,
            label: t(`stationScan.way.${one}`),
          }))}
          onChange={({ target }) => {
            setWay(target.value as Way);
            setPlace('');
          }}
        />
        {way === 'escl' && <NearScanners near={near} chosen={place} onChoose={setPlace} />}
        {way === 'sane' ? (
          <Devices station={station} chosen={place} onChoose={setPlace} />
        ) : (
          <Field
            label={t(way === 'escl' ? 'stationScan.url' : 'stationScan.folder')}
            hint={t(way === 'escl' ? 'stationScan.urlHint' : 'stationScan.folderHint')}
          >
            <Input
              size="large"
              value={place}
              maxLength={way === 'escl' ? 400 : 1_000}
              onChange={({ target }) => setPlace(target.value)}
            />
          </Field>
        )}
        {way !== 'folder' && (
          <>
            <Checkbox
              checked={duplex && !flatbed}
              disabled={flatbed}
              onChange={({ target }) => setDuplex(target.checked)}
            >
              {t('stationScan.duplex')}
            </Checkbox>
            <Checkbox checked={flatbed} onChange={({ target }) => setFlatbed(target.checked)}>
              {t('stationScan.flatbed')}
            </Checkbox>
          </>
        )}
      </Form>
      {certificate && (
        <RefusalAlert
          refusal={certificate}
          action={<ActButton act={() => choose(certificate.pin)}>{t('stationScan.takePin')}</ActButton>}
        />
      )}
    </section>
  );
}

type FoundScanner = Awaited<ReturnType<StationClient['scan']['scanner']['search']>>[number];

function NearScanners({
  near,
  chosen,
  onChoose,
}: {
  near: Near<FoundScanner>;
  chosen: string;
  onChoose: (url: string) => void;
}): ReactNode {
  const t = useText();
  const options = (near.value ?? []).flatMap(({ name, about, address }) =>
    address.way === 'escl' ? [{ value: address.url, label: `${name} · ${about}` }] : [],
  );
  return (
    <>
      <NearLine near={near} />
      {options.length > 0 && (
        <Radio.Group
          aria-label={t('stationScan.device')}
          className="stack"
          value={chosen}
          options={options}
          onChange={({ target }) => onChoose(target.value as string)}
        />
      )}
    </>
  );
}

function Devices(props: {
  station: StationClient;
  chosen: string;
  onChoose: (device: string) => void;
}): ReactNode {
  const t = useText();
  const found = useLoaded('scanners', () => props.station.scan.scanner.list());
  const devices = (found.value ?? []).flatMap(({ name, address }) =>
    address.way === 'sane' ? [{ value: address.device, label: `${name} (${address.device})` }] : [],
  );
  const again = (
    <div className="row-end">
      <ActButton size="small" act={async () => found.set(await props.station.scan.scanner.list())}>
        {t('station.searchAgain')}
      </ActButton>
    </div>
  );
  if (found.refusal)
    return (
      <>
        <RefusalAlert refusal={found.refusal} />
        {again}
      </>
    );
  if (found.value === null)
    return (
      <p className="soft" role="status">
        <Spin size="small" /> {t('stationScan.saneSearching')}
      </p>
    );
  return (
    <>
      {devices.length === 0 ? (
        <p role="status">{t('stationScan.saneNone')}</p>
      ) : (
        <Radio.Group
          aria-label={t('stationScan.device')}
          className="stack"
          value={props.chosen}
          options={devices}
          onChange={({ target }) => props.onChoose(target.value as string)}
        />
      )}
      {again}
    </>
  );
}

export function placeOf(address: ChosenScanner['address']): string {
  if (address.way === 'sane') return address.device;
  return address.way === 'escl' ? address.url : address.path;
}
