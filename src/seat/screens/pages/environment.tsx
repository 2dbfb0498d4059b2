/** What the environment check asks of a person at the seat: a few keys, a word into the microphone, a sound. One after the other. */
import { useState, type ReactNode } from 'react';
import { keysToType } from '../../../exam/environment/keys-to-type.ts';
import type { SeatState } from '../../contract.ts';
import { agent, refusalOf } from '../agent.ts';
import { useLanguage } from '../language.tsx';
import { refusalText } from '../refusal-text.ts';
import { LevelMeter } from '../level-meter.tsx';
import type { Microphone } from '../../../ui/sound/microphone.ts';
import { listen, playTone } from '../sound.ts';
import { Page, Problem } from './page.tsx';

export function EnvironmentTest({ asks }: { asks: SeatState['environmentAsks'] }): ReactNode {
  const { busy, problem, run } = useTelling();
  const [ask] = asks;
  if (ask === 'keyboard') return <Keyboard busy={busy} problem={problem} run={run} />;
  if (ask === 'microphone') return <MicrophoneTest busy={busy} problem={problem} run={run} />;
  return <Playback busy={busy} problem={problem} run={run} />;
}
interface Telling {
  busy: boolean;
  problem: string | null;
  run: (tell: () => Promise<unknown>) => Promise<void>;
}

/** The agent's next state shows what is asked next. */
function useTelling(): Telling {
  const { say } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (tell: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await tell();
    } catch (error) {
      setProblem(refusalText(say, refusalOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}

function Keyboard({ busy, problem, run }: Telling): ReactNode {
  const { say } = useLanguage();
  const [typed, setTyped] = useState('');
  return (
    <Page key="keyboard" title={say('environment.title')} text={say('environment.keyboard')} focusField>
      <p className="keys-to-type">{keysToType}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => agent.environment.keyboard({ typed }));
        }}
      >
        <label>
          {say('environment.typed')}
          <input
            required
            className="figures large"
            value={typed}
            maxLength={100}
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button type="submit" className="primary" disabled={busy}>
          {say('continue')}
        </button>
        <Problem text={problem} />
      </form>
    </Page>
  );
}

function MicrophoneTest({ busy, problem, run }: Telling): ReactNode {
  const { say } = useLanguage();
  const [open, setOpen] = useState<Microphone | null>(null);
  return (
    <Page key="microphone" title={say('environment.title')} text={say('environment.microphone')}>
      <div className="buttons">
        <button
          type="button"
          className="primary"
          disabled={busy}
          onClick={() => void run(async () => agent.environment.microphone(await listen(setOpen)))}
        >
          {say(busy ? 'environment.listening' : 'environment.listen')}
        </button>
      </div>
      {open && <LevelMeter microphone={open} />}
      <Problem text={problem} />
    </Page>
  );
}

function Playback({ busy, problem, run }: Telling): ReactNode {
  const { say } = useLanguage();
  const [played, setPlayed] = useState(false);
  const heard = (value: boolean) => () => void run(() => agent.environment.playback({ heard: value }));
  return (
    <Page key="playback" title={say('environment.title')} text={say('environment.playback')}>
      <div className="buttons">
        <button
          type="button"
          className={played ? '' : 'primary'}
          disabled={busy}
          onClick={() => void run(playTone).then(() => setPlayed(true))}
        >
          {say('environment.play')}
        </button>
        {played && (
          <>
            <button type="button" className="primary" disabled={busy} onClick={heard(true)}>
              {say('environment.heard')}
            </button>
            <button type="button" disabled={busy} onClick={heard(false)}>
              {say('environment.not-heard')}
            </button>
          </>
        )}
      </div>
      <Problem text={problem} />
    </Page>
  );
}
