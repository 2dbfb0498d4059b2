/** Candidates, one after the other: the number of the form, the organiser's look, and the work. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Spin } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { grouped } from '../../../ui/code-figures.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { clockTime } from '../../../ui/format.ts';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { VoiceView } from '../../voice/contract.ts';
import type { StationStepProps } from '../station-page.tsx';
import { CandidateWork } from './candidate-work.tsx';
import { lasted } from './minutes.ts';
import './voice.css';

export function SpeakingStep({ station, view, onNext }: StationStepProps): ReactNode {
  const t = useText();
  const open = view.open !== null;
  const { value: voice, refusal, set } = useLoaded(`voice ${open}`, () => station.voice.state());
  if (!voice) return refusal ? <RefusalAlert refusal={refusal} /> : <Spin aria-label={t('loading')} />;
  return (
    <>
      <NowLine action={voice.finished.length > 0 && <Button onClick={onNext}>{t('voice.toEnd')}</Button>}>
        {t(
          !voice.open
            ? 'voice.closedNow'
            : voice.check?.heard === true
              ? 'voice.signInNow'
              : 'voice.microphoneFirstNow',
        )}
      </NowLine>
      <SignIn station={station} set={set} />
      <Finished of={voice.finished} />
      {voice.candidate && <CandidateWork station={station} voice={voice} set={set} />}
    </>
  );
}

function SignIn({
  station,
  set,
}: Pick<StationStepProps, 'station'> & { set: (view: VoiceView) => void }): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<{ form: string; kit: string; variant: number } | null>(null);
  return (
    <section className="panel panel-narrow">
      <h2>{t('voice.signIn')}</h2>
      {found ? (
        <>
          <p>{t('voice.compare')}</p>
          <p className="voice-number">{grouped(found.form)}</p>
          <Facts
            of={[
              [t('voice.kit'), found.kit],
              [t('voice.variant'), found.variant],
            ]}
          />
          <div className="row-end">
            <Button size="large" onClick={() => setFound(null)}>
              {t('voice.notTheSame')}
            </Button>
            <ActButton
              size="large"
              type="primary"
              act={async () => {
                set(await station.voice.signIn({ form: found.form }));
                setFound(null);
                setTyped('');
              }}
            >
              {t('voice.sameSignIn')}
            </ActButton>
          </div>
        </>
      ) : (
        <Form
          submit={t('voice.lookUp')}
          ready={typed.trim() !== ''}
          onSubmit={async () => setFound(await station.voice.lookUp({ form: typed }))}
        >
          <Field label={t('voice.formNumber')} hint={t('voice.formNumberHint')}>
            <Input
              className="voice-typed"
              size="large"
              value={typed}
              maxLength={60}
              inputMode="numeric"
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        </Form>
      )}
    </section>
  );
}

function Finished({ of }: { of: VoiceView['finished'] }): ReactNode {
  const t = useText();
  return (
    <section className="panel panel-narrow">
      <h2>{t('voice.finishedHere', { count: of.length })}</h2>
      {of.length === 0 ? (
        <p className="soft">{t('voice.nobodyYet')}</p>
      ) : (
        <ul className="station-files">
          {of.toReversed().map((one) => (
            <li key={one.form} className="row">
              <strong className="voice-small-number">{grouped(one.form)}</strong>
              <span>{t('voice.takesOf', { takes: one.takes, time: lasted(one.seconds) })}</span>
              <span>
                {one.whole ? `✓ ${t('voice.whole')}` : `! ${t('voice.notWhole', { reason: one.reason })}`}
              </span>
              <span className="soft">{clockTime(one.at)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
