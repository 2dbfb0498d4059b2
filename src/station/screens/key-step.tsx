/** The access key, and the member who opens it with a token. */
import { useState, type ReactNode } from 'react';
import { Input, Radio } from 'antd';
import { ActButton } from '../../ui/act-button.tsx';
import { DialogButton } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Field } from '../../ui/field.tsx';
import { dateTime } from '../../ui/format.ts';
import { Form } from '../../ui/form.tsx';
import { NowLine } from '../../ui/now-line.tsx';
import { RefusalAlert } from '../../ui/refusal-text.tsx';
import { useText } from '../../ui/text.ts';
import { useAsked } from '../../ui/use-asked.ts';
import type { StationView } from '../contract.ts';
import { FoundFiles, useSticks } from './stick-choice.tsx';
import type { StationStepProps } from './station-page.tsx';

export function KeyStep({ station, view, set, onNext, next }: StationStepProps): ReactNode {
  const t = useText();
  const sticks = useSticks(station);
  const { key, open, materials } = view;
  if (materials !== null && materials.removedAt !== null)
    return <NowLine action={next}>{t('station.removedNow')}</NowLine>;
  return (
    <>
      <NowLine action={open && next}>
        {t(open ? 'station.openNow' : key ? 'station.activateNow' : 'station.keyNow')}
      </NowLine>
      {key && (
        <KeyPanel
          station={station}
          view={view}
          keyHere={key}
          set={set}
          onNext={onNext}
          next={next}
          drives={sticks.drives.length}
        />
      )}
      <section className="panel">
        <h2>{t('station.onSticks')}</h2>
        <FoundFiles
          sticks={sticks}
          find={() => station.key.find()}
          empty={t('station.noKey')}
          titleOf={({ about, number }) => t('station.keyOf', { about, number: number ?? '' })}
          action={t('station.loadKey')}
          again={key !== null}
          take={async ({ path }) => set(await station.key.load({ path }))}
        />
      </section>
    </>
  );
}

function KeyPanel({
  station,
  view,
  keyHere,
  set,
  onNext,
  drives,
}: StationStepProps & { keyHere: NonNullable<StationView['key']>; drives: number }): ReactNode {
  const t = useText();
  const { open } = view;
  return (
    <section className="panel">
      <h2>{t('station.keyNumber', { number: keyHere.number })}</h2>
      <Facts
        of={[
          [
            t('station.validity'),
            t('station.fromTo', { from: dateTime(keyHere.notBefore), to: dateTime(keyHere.notAfter) }),
          ],
          [t('station.members'), keyHere.members.join(', ')],
          ...(open ? [[t('station.mayPrint'), open.kits] as const] : []),
        ]}
      />
      {keyHere.problem && <RefusalAlert refusal={keyHere.problem} />}
      {open ? (
        <div className="row-end">
          <DialogButton label={t('station.closeMaterials')}>
            {(close) => (
              <Form
                submit={t('station.closeNow')}
                onSubmit={async () => {
                  await station.key.forget();
                  close();
                }}
                onCancel={close}
              >
                <p>{t(keyHere.opens === 'token' ? 'station.closeWhat' : 'station.closeWhatAlone')}</p>
              </Form>
            )}
          </DialogButton>
        </div>
      ) : (
        <Activation
          station={station}
          opens={keyHere.opens}
          drives={drives}
          onOpen={(now) => {
            set(now);
            onNext();
          }}
        />
      )}
    </section>
  );
}

function Activation({
  station,
  opens,
  drives,
  onOpen,
}: {
  station: StationStepProps['station'];
  opens: 'token' | 'password';
  drives: number;
  onOpen: (view: StationView) => void;
}): ReactNode {
  const t = useText();
  const tokens = useAsked(opens === 'token' ? `tokens ${drives}` : null, () => station.key.tokens());
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  if (opens === 'password')
    return (
      <div className="row-end">
        <ActButton
          type="primary"
          act={async () => onOpen(await station.key.activate({ serial: null, pin: '' }))}
        >
          {t('station.openMaterials')}
        </ActButton>
      </div>
    );
  const usable = (tokens.value ?? []).filter(({ member }) => member !== null);
  const taken = usable.find((one) => one.serial === chosen) ?? usable[0];
  const serial = taken?.serial ?? null;
  const others = (tokens.value ?? []).filter(({ member }) => member === null);
  return (
    <Form
      submit={t('station.openMaterials')}
      ready={serial !== null && pin !== ''}
      onSubmit={async () => {
        try {
          const now = await station.key.activate({ serial, pin });
          onOpen(now);
        } finally {
          // A wrong one is typed anew, and never sent twice by mistake: tokens count.
          setPin('');
        }
      }}
    >
      {usable.length === 0 ? (
        <p role="status">
          {others.length === 0
            ? t('station.noToken')
            : t('station.otherToken', { serials: others.map((one) => one.serial) })}
        </p>
      ) : (
        <Radio.Group
          className="stack"
          value={serial}
          onChange={(event) => setChosen(event.target.value as string)}
          options={usable.map((one) => ({ value: one.serial, label: `${one.member ?? ''} · ${one.serial}` }))}
        />
      )}
      {taken && taken.problem !== null && (
        <RefusalAlert refusal={{ type: taken.problem, serial: taken.serial }} />
      )}
      <Field label={t('station.pin')} hint={t('station.pinHint')}>
        <Input.Password
          size="large"
          value={pin}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setPin(event.target.value)}
        />
      </Field>
    </Form>
  );
}
