/** A candidate at work: one task at a time, large and calm; below, small, what is the organiser's. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'antd';
import { usualPieceS } from '../../../exam/paper-day/voice-pieces.ts';
import { grouped } from '../../../ui/code-figures.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { LevelMeter } from '../../../ui/sound/level-meter.tsx';
import { useText } from '../../../ui/text.ts';
import type { VoiceView } from '../../voice/contract.ts';
import type { StationClient } from '../station-page.tsx';
import { Listening } from './listening.tsx';
import { minutes } from './minutes.ts';
import { OrganiserBar } from './organiser-bar.tsx';
import { PaperPage } from './paper-page.tsx';
import { useTake, type Take } from './use-take.ts';

const tickMs = 200;
/** The last seconds are shown in another colour. */
const soonS = 15;

type Candidate = NonNullable<VoiceView['candidate']>;
interface WorkProps {
  readonly voice: VoiceView;
  readonly candidate: Candidate;
  readonly take: Take;
}

export function CandidateWork({
  station,
  voice,
  set,
}: {
  station: StationClient;
  voice: VoiceView;
  set: (view: VoiceView) => void;
}): ReactNode {
  const t = useText();
  const candidate = voice.candidate as Candidate;
  const take = useTake(station, candidate, set);
  const { task, stage } = candidate;
  const planned = task === null ? undefined : voice.tasks[task - 1];
  return (
    <div className="voice-work" role="region" aria-label={t('voice.work')}>
      <header className="voice-head">
        <span className="voice-small-number">{grouped(candidate.form)}</span>
        {task !== null && (
          <h1>{t('voice.taskOf', { task, tasks: voice.tasks.length, name: planned?.name ?? '' })}</h1>
        )}
        {stage === 'listening' && <h1>{t('voice.allAnswered')}</h1>}
      </header>
      <main className="voice-middle">
        {take.refusal && <RefusalAlert refusal={take.refusal} />}
        {take.problem !== null && (
          <p className="problem" role="alert">
            {take.problem}
          </p>
        )}
        {stage === 'listening' ? (
          <Listening station={station} candidate={candidate} tasks={voice.tasks} set={set} />
        ) : stage === 'paused' ? (
          <Paused candidate={candidate} />
        ) : (
          <div className={candidate.sees ? 'voice-split' : 'voice-alone'}>
            {candidate.sees && task !== null && <PaperPage station={station} task={task} />}
            <Side voice={voice} candidate={candidate} take={take} />
          </div>
        )}
      </main>
      <OrganiserBar station={station} voice={voice} candidate={candidate} take={take} set={set} />
    </div>
  );
}

function Paused({ candidate }: { candidate: Candidate }): ReactNode {
  const t = useText();
  const { pause } = candidate;
  return (
    <div className="voice-alone">
      <p className="voice-say" role="status">
        {t('voice.paused')}
      </p>
      <p>{t('voice.pausedKept')}</p>
      {pause && (
        <p className="soft">
          {t(`voice.cause.${pause.cause}`)} {pause.words}
        </p>
      )}
    </div>
  );
}

function Side({ voice, candidate, take }: WorkProps): ReactNode {
  if (candidate.stage === 'preparing')
    return <Preparing key={candidate.task} candidate={candidate} take={take} />;
  if (candidate.stage === 'answering') return <Answering candidate={candidate} take={take} />;
  return <Ready voice={voice} candidate={candidate} take={take} />;
}

function Ready({ voice, candidate, take }: WorkProps): ReactNode {
  const t = useText();
  const planned = voice.tasks[(candidate.task ?? 1) - 1];
  const answer = minutes((candidate.answerMs ?? 0) / 1_000);
  const prepares = !candidate.sees && (planned?.prepareS ?? 0) > 0;
  return (
    <div className="voice-side">
      <p className="voice-say" role="status">
        {candidate.goesOn
          ? t('voice.goOnAnswering', { answer })
          : prepares
            ? t('voice.willPrepare', { prepare: minutes(planned?.prepareS ?? 0), answer })
            : t('voice.willAnswer', { answer })}
      </p>
      <p>{t('voice.speakHow')}</p>
      <Button
        className="voice-main"
        type="primary"
        loading={take.state !== 'idle'}
        disabled={!voice.open}
        onClick={() => void (prepares ? take.prepare() : take.begin())}
      >
        {t(prepares ? 'voice.beginPreparing' : candidate.goesOn ? 'voice.goOnNow' : 'voice.beginAnswer')}
      </Button>
      {!voice.open && <p className="problem">{t('voice.closedNow')}</p>}
    </div>
  );
}

function Preparing({ candidate, take }: Omit<WorkProps, 'voice'>): ReactNode {
  const t = useText();
  const [until] = useState(() => performance.now() + (candidate.prepareMs ?? 0));
  const leftS = Math.max(0, (until - useNow()) / 1_000);
  const over = leftS === 0;
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    if (over) void latest.current.begin();
  }, [over]);
  return (
    <div className="voice-side">
      <p className="voice-label">{t('voice.preparing')}</p>
      <Clock seconds={leftS} />
      <p role="status">{t('voice.recordsAfter', { answer: minutes((candidate.answerMs ?? 0) / 1_000) })}</p>
      <Button
        className="voice-main"
        type="primary"
        loading={take.state !== 'idle'}
        onClick={() => void take.begin()}
      >
        {t('voice.beginAnswer')}
      </Button>
    </div>
  );
}

function Answering({ candidate, take }: Omit<WorkProps, 'voice'>): ReactNode {
  const t = useText();
  useNow();
  const { recorder, state } = take;
  if (!recorder)
    return (
      <div className="voice-side">
        <p role="status">{t('voice.keeping')}</p>
      </div>
    );
  const leftS = Math.max(0, recorder.limitS - recorder.seconds);
  const late = recorder.waitingS > usualPieceS * 2;
  return (
    <div className="voice-side">
      <p className="voice-label">
        <span className="voice-on-air" aria-hidden /> {t('voice.recording')}
      </p>
      <Clock seconds={leftS} soon />
      <LevelMeter
        microphone={recorder.microphone}
        label={t('voice.level')}
        nothing={t('voice.hearsNothing')}
      />
      <p role="status">
        {recorder.refused
          ? t('voice.callOrganiser')
          : state === 'keeping'
            ? t('voice.keeping')
            : late
              ? t('voice.sending')
              : t('voice.isKept')}
      </p>
      {recorder.refused && <RefusalAlert refusal={recorder.refused} />}
      <Button
        className="voice-main"
        type="primary"
        loading={state === 'keeping'}
        onClick={() => void take.end('done')}
      >
        {t('voice.endAnswer', { task: candidate.task ?? 0 })}
      </Button>
    </div>
  );
}

function Clock({ seconds, soon = false }: { seconds: number; soon?: boolean }): ReactNode {
  const t = useText();
  return (
    <div className={soon && seconds <= soonS ? 'voice-clock voice-clock-soon' : 'voice-clock'}>
      <span className="only-read">{t('voice.timeLeft')}</span>
      {minutes(seconds)}
    </div>
  );
}

/** Of this page, ms; asked for often enough for a clock. */
function useNow(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
