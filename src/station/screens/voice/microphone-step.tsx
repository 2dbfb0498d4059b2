/** The microphone is tried: chosen, seen to hear, recorded for five seconds, and listened to. */
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Progress, Select } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { dateTime } from '../../../ui/format.ts';
import { NowLine } from '../../../ui/now-line.tsx';
import { LevelMeter } from '../../../ui/sound/level-meter.tsx';
import type { Microphone } from '../../../ui/sound/microphone.ts';
import { useText, type Text } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { MicrophoneCheckView } from '../../voice/contract.ts';
import type { StationClient, StationStepProps } from '../station-page.tsx';
import { chooseDevice, chosenDevice, devices, hear, openChosen, rate, soundOf } from './hearing.ts';
import { microphoneProblem } from './microphone-problem.ts';
import { Playback } from './playback.tsx';
import './voice.css';

const checkS = 5;

export function MicrophoneStep({ station, next }: StationStepProps): ReactNode {
  const t = useText();
  const loaded = useLoaded('voice', () => station.voice.state());
  const { microphone, all, problem, choose } = useChosenMicrophone(t);
  const [recorded, setRecorded] = useState(0);
  const { busy, run } = useAction();
  const check = loaded.value?.check ?? null;
  const record = async (): Promise<void> => {
    if (!microphone) return;
    const samples = await listenFor(microphone, setRecorded);
    const device = microphone.stream.getAudioTracks()[0]?.label ?? '';
    loaded.set(await station.voice.check.judge({ device, rate, content: soundOf(samples) }));
    setRecorded(0);
  };
  return (
    <>
      <NowLine action={check?.heard === true && next}>
        {t(check?.heard === true ? 'voice.microphoneGoodNow' : 'voice.microphoneNow')}
      </NowLine>
      <section className="panel panel-narrow">
        <h2>{t('voice.microphone')}</h2>
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <Field label={t('voice.device')}>
          <Select
            size="large"
            value={all.some(({ id }) => id === chosenDevice()) ? chosenDevice() : (all[0]?.id ?? null)}
            onChange={choose}
            options={all.map(({ id, name }) => ({ value: id, label: name || t('voice.deviceUnnamed') }))}
          />
        </Field>
        {microphone && (
          <div className="voice-level">
            <span>{t('voice.level')}</span>
            <LevelMeter microphone={microphone} label={t('voice.level')} nothing={t('voice.hearsNothing')} />
          </div>
        )}
        <p>{t('voice.checkHow')}</p>
        {recorded > 0 && (
          <Progress
            percent={Math.min(100, Math.round((recorded / checkS) * 100))}
            showInfo={false}
            aria-label={t('voice.recording')}
          />
        )}
        <div className="row-end">
          <Button
            size="large"
            type={check?.heard === true ? 'default' : 'primary'}
            loading={busy}
            disabled={!microphone}
            onClick={() => void run(record)}
          >
            {t('voice.recordCheck', { seconds: checkS })}
          </Button>
        </div>
      </section>
      {check && <CheckPanel key={check.at} station={station} check={check} set={loaded.set} />}
    </>
  );
}

function CheckPanel({
  station,
  check,
  set,
}: {
  station: StationClient;
  check: MicrophoneCheckView;
  set: (view: Awaited<ReturnType<StationClient['voice']['state']>>) => void;
}): ReactNode {
  const t = useText();
  return (
    <section className="panel panel-narrow">
      <h2>{t('voice.checkResult')}</h2>
      <p className={check.verdict === 'good' ? 'voice-good' : 'problem'} role="status">
        {check.verdict === 'good' ? '✓ ' : '! '}
        {t(`voice.verdict.${check.verdict}`)}
      </p>
      <Facts
        of={[
          [t('voice.device'), check.device],
          [t('voice.levels'), t('voice.levelsOf', { voice: check.voiceDb, noise: check.noiseDb })],
          [t('voice.triedAt'), dateTime(check.at)],
        ]}
      />
      {check.heard === null ? (
        <>
          <p>{t('voice.listenHow')}</p>
          <div className="row-end">
            <Playback load={() => station.voice.check.sound()} label={t('voice.playBack')} />
            <ActButton size="large" act={async () => set(await station.voice.check.heard({ heard: false }))}>
              {t('voice.notHeard')}
            </ActButton>
            <ActButton
              size="large"
              type="primary"
              act={async () => set(await station.voice.check.heard({ heard: true }))}
            >
              {t('voice.heard')}
            </ActButton>
          </div>
        </>
      ) : (
        <p>{t(check.heard ? 'voice.wasHeard' : 'voice.wasNotHeard')}</p>
      )}
    </section>
  );
}

/** Open as long as the page of it is; the names of devices are known once one is open. */
function useChosenMicrophone(t: Text): {
  microphone: Microphone | null;
  all: readonly { id: string; name: string }[];
  problem: string | null;
  choose: (id: string) => void;
} {
  const [microphone, setMicrophone] = useState<Microphone | null>(null);
  const [all, setAll] = useState<readonly { id: string; name: string }[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [device, setDevice] = useState(chosenDevice);
  const text = useRef(t);
  text.current = t;
  useEffect(() => {
    let opened: Microphone | null = null;
    let gone = false;
    const open = async (): Promise<void> => {
      // One that was chosen once may lie in a drawer now.
      const now = await openChosen(device).catch(async (error: unknown) => {
        if (device === '' || (error as DOMException).name !== 'OverconstrainedError') throw error;
        return openChosen('');
      });
      if (gone) {
        now.close();
        return;
      }
      opened = now;
      setMicrophone(now);
      setProblem(null);
      setAll(await devices());
    };
    open().catch((error: unknown) => setProblem(microphoneProblem(text.current, error)));
    return () => {
      gone = true;
      opened?.close();
      setMicrophone(null);
    };
  }, [device]);
  const choose = useCallback((id: string) => {
    chooseDevice(id);
    setDevice(id);
  }, []);
  return { microphone, all, problem, choose };
}

async function listenFor(microphone: Microphone, onSecond: (seconds: number) => void): Promise<Int16Array[]> {
  const samples: Int16Array[] = [];
  let count = 0;
  const enough = Promise.withResolvers<void>();
  const stop = hear(microphone, (portion) => {
    samples.push(portion);
    count += portion.length;
    onSecond(count / rate);
    if (count >= checkS * rate) enough.resolve();
  });
  // A device that gives nothing at all is judged by what it gave.
  const silent = setTimeout(() => enough.resolve(), (checkS + 3) * 1_000);
  await enough.promise;
  clearTimeout(silent);
  await stop();
  return samples;
}
