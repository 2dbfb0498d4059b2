/** The last step of a scan or voice station: images, recordings and packages leave this computer, once the centre has everything. */
import { useState, type ReactNode } from 'react';
import { App, Input, Spin } from 'antd';
import { ActButton } from '../../ui/act-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Field } from '../../ui/field.tsx';
import { dateTime } from '../../ui/format.ts';
import { screenGate } from '../../ui/gate-button.tsx';
import { NowLine } from '../../ui/now-line.tsx';
import { RefusalAlert, RefusalText } from '../../ui/refusal-text.tsx';
import { useText } from '../../ui/text.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import type { RemainsView } from '../removal/contract.ts';
import type { StationStepProps } from './station-page.tsx';
import { FoundFiles, unproved, useSticks } from './stick-choice.tsx';

export function RemainsStep(props: StationStepProps): ReactNode {
  const t = useText();
  const { station, view } = props;
  const loaded = useLoaded(`remains ${view.open !== null} ${view.materials?.removedAt}`, () =>
    station.removal.get(),
  );
  const { value: remains, refusal, reload } = loaded;
  if (!remains) return refusal ? <RefusalAlert refusal={refusal} /> : <Spin aria-label={t('loading')} />;
  const waits = remains.removedAt === null && remains.keptBack.length > 0;
  const now = waits
    ? 'remains.now.wait'
    : remains.removedAt === null
      ? 'remains.now.ready'
      : 'remains.now.gone';
  return (
    <>
      <NowLine>{t(now)}</NowLine>
      {view.kind === 'voice' && waits && <Words {...props} onTaken={reload} />}
      <section className="panel panel-narrow">
        <h2>{t('remains.title')}</h2>
        <Facts
          of={[
            [t(view.kind === 'voice' ? 'remains.takes' : 'remains.pages'), remains.items],
            [
              t('remains.packages'),
              t('remains.packagesOf', { good: remains.good, packages: remains.packages }),
            ],
            ...(remains.removedAt === null
              ? []
              : ([[t('remains.gone'), dateTime(remains.removedAt)]] as const)),
          ]}
        />
        {remains.removedAt === null && <Removing {...props} remains={remains} onRemoved={reload} />}
      </section>
    </>
  );
}

function Removing({
  station,
  remains: { keptBack, member },
  onRemoved,
}: StationStepProps & { remains: RemainsView; onRemoved: () => void }): ReactNode {
  const t = useText();
  const [reason, setReason] = useState('');
  const free = keptBack.length === 0;
  const gate = free || member ? null : ({ type: 'remains-need-a-member' } as const);
  return (
    <>
      <p>{t('remains.what')}</p>
      {!free && (
        <>
          <h3>{t('remains.against')}</h3>
          <ul>
            {keptBack.map((refusal) => (
              <li key={refusal.type}>
                <RefusalText refusal={refusal} />
              </li>
            ))}
          </ul>
          <p>{t('remains.agree')}</p>
          <Field label={t('remains.reason')}>
            <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </>
      )}
      <div className="row-end">
        <ActButton
          size="large"
          danger={!free}
          type={free ? 'primary' : 'default'}
          gate={
            gate
              ? { allowed: false, reason: gate }
              : screenGate(free || reason.trim() !== '', 'form-incomplete')
          }
          act={async () => {
            await station.removal.remove({ reason });
            onRemoved();
          }}
          done={t('remains.done')}
        >
          {t(free ? 'remains.remove' : 'remains.removeAnyway')}
        </ActButton>
      </div>
    </>
  );
}

function Words({ station, onTaken }: StationStepProps & { onTaken: () => void }): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  const sticks = useSticks(station);
  return (
    <section className="panel panel-narrow">
      <h2>{t('remains.words')}</h2>
      <p className="soft">{t('remains.wordsHow')}</p>
      <FoundFiles
        sticks={sticks}
        find={async () => (await station.removal.words.find()).map((one) => unproved({ ...one, about: '' }))}
        empty={t('remains.noWords')}
        action={t('remains.takeWords')}
        take={async ({ path }) => {
          const { news } = await station.removal.words.take({ path });
          void message.success(t('remains.wordsTaken', { news }));
          onTaken();
        }}
      />
    </section>
  );
}
