/** Materials lie on a stick, and then here: sealed. */
import type { ReactNode } from 'react';
import { Facts } from '../../ui/facts.tsx';
import { dateTime } from '../../ui/format.ts';
import { NowLine } from '../../ui/now-line.tsx';
import { useText } from '../../ui/text.ts';
import { FoundFiles, useSticks } from './stick-choice.tsx';
import type { StationStepProps } from './station-page.tsx';

export function MaterialsStep({ station, view, set, onNext, next }: StationStepProps): ReactNode {
  const t = useText();
  const sticks = useSticks(station);
  const { materials } = view;
  const removed = materials !== null && materials.removedAt !== null;
  const kits = materials?.rooms.reduce((sum, room) => sum + room.kits, 0) ?? 0;
  const reserve = materials?.rooms.reduce((sum, room) => sum + room.reserve, 0) ?? 0;
  return (
    <>
      <NowLine action={materials && next}>
        {t(removed ? 'station.removedNow' : materials ? 'station.materialsHereNow' : 'station.materialsNow')}
      </NowLine>
      {materials && (
        <section className="panel">
          <h2>{materials.event.name}</h2>
          <Facts
            of={[
              [t('station.subject'), materials.event.subjectName],
              [t('station.date'), materials.event.date],
              [t('station.revision'), materials.revision],
              [t('station.kits'), t('station.kitsAndReserves', { kits, reserve })],
              [t('station.loadedAt'), dateTime(materials.loadedAt)],
            ]}
          />
          {!removed && <p className="soft">{t('station.sealedHere')}</p>}
        </section>
      )}
      <section className="panel">
        <h2>{t('station.onSticks')}</h2>
        <FoundFiles
          sticks={sticks}
          find={() => station.materials.find()}
          empty={t('station.noMaterials')}
          titleOf={({ about, number }) => t('station.materialsOf', { about, number: number ?? '' })}
          action={t('station.loadMaterials')}
          again={materials !== null}
          take={async ({ path }) => {
            set(await station.materials.load({ path }));
            onNext();
          }}
        />
      </section>
    </>
  );
}
