/** Which printer, and whether its test page is good. */
import { useState, type ReactNode } from 'react';
import { Alert, Checkbox, Input, Radio } from 'antd';
import type { Refusal } from '../../../base/result.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { refusalOf } from '../../../ui/client.ts';
import { Field } from '../../../ui/field.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { PrintView } from '../../print/contract.ts';
import type { StationStepProps } from '../station-page.tsx';
import { NearLine, useNear } from '../near-devices.tsx';
import { PrinterState } from './printer-state.tsx';
import { TestPanel } from './test-panel.tsx';

type Address = NonNullable<PrintView['printer']>['address'];

export function PrinterStep({ station, next }: StationStepProps): ReactNode {
  const t = useText();
  const live = useLive('print', (signal) => station.print.live(undefined, { signal }));
  const view = live.value;
  if (!view) return live.refusal && <RefusalAlert refusal={live.refusal} />;
  const now =
    view.printer === null
      ? 'stationPrint.printerNow'
      : view.test?.good === true
        ? 'stationPrint.testedNow'
        : view.test?.good === false
          ? 'stationPrint.testBadNow'
          : 'stationPrint.testNow';
  return (
    <>
      <NowLine action={now === 'stationPrint.testedNow' && next}>{t(now)}</NowLine>
      <div className="print-columns">
        <section className="panel">
          <h2>{t('stationPrint.printer')}</h2>
          {view.printer && <PrinterState printer={view.printer} />}
          {view.printer?.canTwoSided && (
            <Checkbox
              checked={view.printer.twoSided}
              onChange={(event) =>
                void station.print.printers.twoSided({ twoSided: event.target.checked }).then(live.set)
              }
            >
              {t('stationPrint.twoSided')}
            </Checkbox>
          )}
          {view.printer?.canTwoSided === false && <p className="soft">{t('stationPrint.oneSidedOnly')}</p>}
          <Choice station={station} view={view} set={live.set} />
        </section>
        <TestPanel station={station} view={view} set={live.set} />
      </div>
    </>
  );
}

function Choice({
  station,
  view,
  set,
}: {
  station: StationStepProps['station'];
  view: PrintView;
  set: (view: PrintView) => void;
}): ReactNode {
  const t = useText();
  const found = useLoaded('printers', () => station.print.printers.list());
  const near = useNear('printers in the network', () => station.print.printers.search());
  const [way, setWay] = useState<string | null>(null);
  const [url, setUrl] = useState('');
  const [folder, setFolder] = useState('');
  const [certificate, setCertificate] = useState<Refusal | null>(null);
  const known = found.value ?? [];
  const printers = [...known, ...(near.value ?? [])];
  const [first] = printers;
  const chosen = way ?? (first && url === '' ? keyOf(first) : 'ipp');
  const listed = printers.find((one) => keyOf(one) === chosen);
  const address: Address | null =
    chosen === 'ipp'
      ? url.trim() === ''
        ? null
        : { way: 'ipp', url: url.trim(), pin: null }
      : chosen === 'folder'
        ? folder.trim() === ''
          ? null
          : { way: 'folder', path: folder.trim() }
        : (listed?.address ?? null);
  const name = listed?.name ?? (chosen === 'folder' ? folder.trim() : url.trim());
  const choose = async (of: Address): Promise<void> => {
    setCertificate(null);
    try {
      set(await station.print.printers.choose({ address: of, name }));
    } catch (error) {
      const refusal = refusalOf(error);
      // A person compares it; then it counts.
      if (/^device-certificate-(new|changed)$/.test(refusal.type)) setCertificate(refusal);
      else throw error;
    }
  };
  const pin = certificate?.['pin'];
  return (
    <>
      {(found.refusal !== null || found.value?.length === 0) && near.value?.length === 0 && (
        <p className="soft">{t('stationPrint.noPrinters')}</p>
      )}
      <NearLine near={near} again={found.reload} />
      <Radio.Group
        className="stack"
        value={chosen}
        onChange={(event) => setWay(event.target.value as string)}
        options={[
          ...printers.map((one) => ({
            value: keyOf(one),
            label: one.about === '' || one.about === one.name ? one.name : `${one.name} · ${one.about}`,
          })),
          { value: 'ipp', label: t('stationPrint.byAddress') },
          { value: 'folder', label: t('stationPrint.byFolder') },
        ]}
      />
      {chosen === 'ipp' && (
        <Field label={t('stationPrint.address')} hint={t('stationPrint.addressHint')}>
          <Input
            size="large"
            value={url}
            maxLength={500}
            spellCheck={false}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
      )}
      {chosen === 'folder' && (
        <Field label={t('stationPrint.folder')} hint={t('stationPrint.folderHint')}>
          <Input
            size="large"
            value={folder}
            maxLength={1_000}
            spellCheck={false}
            onChange={(event) => setFolder(event.target.value)}
          />
        </Field>
      )}
      {certificate && <CertificateAlert refusal={certificate} />}
      <div className="row-end">
        {certificate && typeof pin === 'string' && address?.way === 'ipp' && (
          <ActButton act={() => choose({ ...address, pin })}>{t('stationPrint.takeCertificate')}</ActButton>
        )}
        <ActButton
          type={view.printer ? 'default' : 'primary'}
          gate={screenGate(address !== null, 'form-incomplete')}
          act={() => (address ? choose(address) : Promise.resolve())}
        >
          {t('stationPrint.choose')}
        </ActButton>
      </div>
    </>
  );
}

/** Lists come one after the other: a place in them is no name. */
const keyOf = ({ address }: { address: Address }): string => JSON.stringify(address);

function CertificateAlert({ refusal }: { refusal: Refusal }): ReactNode {
  const t = useText();
  const [what, remedy] = t.find(`refusal.${refusal.type}`, refusal)?.split('|') ?? [refusal.type];
  return <Alert type="warning" showIcon title={what} description={remedy} role="alert" />;
}
