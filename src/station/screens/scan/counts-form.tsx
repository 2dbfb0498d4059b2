/** What a room declares, beside what was found. */
import { useState, type ReactNode } from 'react';
import { InputNumber } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { Field } from '../../../ui/field.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { useText } from '../../../ui/text.ts';
import type { ScanRoomView } from '../../scan/contract.ts';
import type { StationClient } from '../station-page.tsx';

const counted = ['kitsIssued', 'registrations', 'additional', 'absent', 'unfinished'] as const;
type Counted = (typeof counted)[number];

interface Props {
  station: StationClient;
  view: ScanRoomView;
  /** Nobody gets an additional sheet there, and nobody is asked for them. */
  speaking: boolean;
}

export function CountsForm({ station, view, speaking }: Props): ReactNode {
  const t = useText();
  const asked = counted.filter((one) => !(speaking && one === 'additional'));
  const { room, counts, found, open } = view;
  const [typed, setTyped] = useState<Partial<Record<Counted, number | null>>>(counts ?? {});
  const values = asked.map((one) => typed[one] ?? null);
  const ready = values.every((value) => value !== null);
  const changed = asked.some((one) => typed[one] !== counts?.[one]);
  const foundOf: Partial<Record<Counted, number>> = {
    kitsIssued: found.kits,
    registrations: found.registrations,
    additional: found.additional,
  };
  return (
    <section className="panel">
      <h2>{t('stationScan.counts')}</h2>
      <div className="station-scan-counts">
        {asked.map((one) => (
          <Field
            key={one}
            label={t(`stationScan.count.${one}`)}
            hint={foundOf[one] === undefined ? undefined : t('stationScan.found', { found: foundOf[one] })}
          >
            <InputNumber
              min={0}
              max={10_000}
              precision={0}
              disabled={!open}
              value={typed[one] ?? null}
              onChange={(value) => setTyped((before) => ({ ...before, [one]: value }))}
            />
          </Field>
        ))}
      </div>
      {open && (
        <div className="row-end">
          <ActButton
            type={counts === null ? 'primary' : 'default'}
            gate={screenGate(ready && changed, 'form-incomplete')}
            act={() =>
              station.scan.room.declare({
                room,
                counts: {
                  kitsIssued: typed.kitsIssued ?? 0,
                  registrations: typed.registrations ?? 0,
                  additional: typed.additional ?? 0,
                  absent: typed.absent ?? 0,
                  unfinished: typed.unfinished ?? 0,
                },
              })
            }
          >
            {t('stationScan.saveCounts')}
          </ActButton>
        </div>
      )}
    </section>
  );
}
