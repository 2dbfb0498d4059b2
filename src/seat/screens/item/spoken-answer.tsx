import { useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Refusal } from '../../../base/result.ts';
import type { FileReference } from '../../../exam/paper/response.ts';
import type { AskedRecording } from '../../../exam/recording/asked.ts';
import type { KeptRecording } from '../../recording/contract.ts';
import { agent, refusalOf } from '../agent.ts';
import { useSay, type Say } from '../language.tsx';
import { LevelMeter } from '../level-meter.tsx';
import { refusalText } from '../refusal-text.ts';
import { openMicrophone, type Microphone } from '../../../ui/sound/microphone.ts';
import { Group } from './group.tsx';
import { idOf, responseOf, WorkContext, type InteractionProps } from './interaction.ts';
import { canRecord, Recorder, type AnswerPlace } from './recorder.ts';

const tickMs = 250;
const retryMs = 1_000;
/** The candidate is told that the recording ends soon, ms. */
const soonMs = 15_000;

/** An answer that is spoken: try the microphone, record, stop, listen, go on, record again. What is spoken is kept while it is spoken. */
export function SpokenAnswer(props: InteractionProps & { asked: AskedRecording }): ReactNode {
  const { item, element, value, onChange, asked } = props;
  const say = useSay();
  const work = useContext(WorkContext);
  const place: AnswerPlace = { work, item: item.identifier, response: responseOf(element) };
  const answer = fileOf(value);
  const { kept, interrupted, refresh, refusal } = useKept(place, answer, (file) =>
    onChange({ file }, 'chosen'),
  );
  const [trying, setTrying] = useState<Microphone | null>(null);
  const [recorder, setRecorder] = useState<Recorder | null>(null);
  const [state, setState] = useState<'idle' | 'opening' | 'keeping'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const [beforeMs, setBeforeMs] = useState(0);
  const open = useRef<{ microphone?: Microphone; recorder?: Recorder; gone: boolean }>({ gone: false });
  const limitMs = asked.seconds * 1_000;
  const ms = useRecordedMs(recorder, beforeMs, limitMs);

  useEffect(() => {
    const here = open.current;
    here.gone = false;
    return () => {
      // The question is left: what was said until now is kept, and nothing listens any longer.
      here.gone = true;
      here.recorder?.stop();
      if (!here.recorder) here.microphone?.close();
    };
  }, []);

  const microphone = async (): Promise<Microphone | null> => {
    if (trying) return trying;
    setProblem(null);
    if (!canRecord()) {
      setProblem(say('recording.unsupported'));
      return null;
    }
    setState('opening');
    try {
      const opened = await openMicrophone();
      if (open.current.gone) opened.close();
      else open.current.microphone = opened;
      return open.current.gone ? null : opened;
    } catch (error) {
      setProblem(microphoneProblem(say, error));
      return null;
    } finally {
      setState('idle');
    }
  };
  const endTrial = (): void => {
    trying?.close();
    delete open.current.microphone;
    setTrying(null);
  };
  const record = async (how: 'again' | 'go-on'): Promise<void> => {
    const opened = await microphone();
    if (!opened) return;
    setTrying(null);
    const goesOn = how === 'go-on' && kept;
    const started = new Recorder(
      opened,
      place,
      goesOn
        ? { try: kept.last.try, part: kept.last.part + 1, number: 1 }
        : { try: (kept?.last.try ?? 0) + 1, part: 1, number: 1 },
    );
    open.current.recorder = started;
    setBeforeMs(goesOn ? kept.ms : 0);
    setRecorder(started);
    void started.done.then((done) => {
      delete open.current.recorder;
      delete open.current.microphone;
      setRecorder(null);
      setState('idle');
      if ('file' in done) onChange({ file: done.file }, 'chosen');
      else setProblem(refusalText(say, done.refusal));
      refresh();
    });
  };
  const stop = (): void => {
    setState('keeping');
    recorder?.stop();
  };

  const recording = recorder !== null;
  const busy = state !== 'idle' || kept === undefined;
  const leftMs = Math.max(0, limitMs - (recording ? ms : (kept?.ms ?? 0)));
  const triesLeft = asked.tries === 0 ? Infinity : asked.tries - (kept?.last.try ?? 0);
  const mayGoOn = kept !== undefined && kept !== null && leftMs >= 1_000;
  const mayBegin = triesLeft > 0;
  const hint = idOf(props, 'hint');
  const unless = (blocked: boolean, press: () => void) => ({
    'aria-disabled': blocked || undefined,
    onClick: () => {
      if (!blocked) press();
    },
  });
  return (
    <Group interaction={props} className="spoken">
      <p className="hint" id={hint}>
        {say('recording.limit', { time: clock(limitMs) })}
        {asked.tries > 0 && ` ${say('recording.tries', { left: Math.max(0, triesLeft) })}`}
      </p>
      <p className="figures">
        {recording && <span className="on-air" aria-hidden />}
        {say('recording.time', { used: clock(limitMs - leftMs), left: clock(leftMs) })}
      </p>
      {(recorder ?? trying) && <LevelMeter microphone={recorder?.microphone ?? (trying as Microphone)} />}
      <div className="buttons">
        {recording ? (
          <button key="main" type="button" className="primary" {...unless(state === 'keeping', stop)}>
            ■ {say('recording.stop')}
          </button>
        ) : answer === null || !mayGoOn ? (
          mayBegin && (
            <button
              key="main"
              type="button"
              className="primary"
              aria-describedby={hint}
              {...unless(busy, () => void record('again'))}
            >
              ● {say(answer === null ? 'recording.start' : 'recording.again')}
            </button>
          )
        ) : (
          <button key="main" type="button" className="primary" {...unless(busy, () => void record('go-on'))}>
            ● {say('recording.go-on')}
          </button>
        )}
        {!recording && answer !== null && <Listen key={answer.digest} file={answer} tell={setProblem} />}
        {!recording && answer !== null && mayGoOn && mayBegin && (
          <button type="button" {...unless(busy, () => void record('again'))}>
            {say('recording.again')}
          </button>
        )}
        {!recording && (
          <button
            type="button"
            className="quiet"
            aria-pressed={trying !== null}
            {...unless(state !== 'idle', () =>
              trying ? endTrial() : void microphone().then((opened) => opened && setTrying(opened)),
            )}
          >
            {say(trying ? 'recording.try-end' : 'recording.try')}
          </button>
        )}
      </div>
      {!recording && answer !== null && mayBegin && <p className="hint">{say('recording.again-hint')}</p>}
      <p role="status">
        {state !== 'idle'
          ? say(state === 'opening' ? 'recording.asking' : 'recording.keeping')
          : recording
            ? say(leftMs <= soonMs ? 'recording.ending' : 'recording.running')
            : interrupted
              ? say('recording.interrupted')
              : answer !== null && say('recording.kept')}
      </p>
      <p className="problem" role="alert">
        {problem ?? (refusal && refusalText(say, refusal)) ?? (recorder?.trouble && say('kept.trouble'))}
      </p>
    </Group>
  );
}

/** What the seat keeps of this recording. What was interrupted, by a browser that died or a locked screen, is given as the answer at once. */
function useKept(
  place: AnswerPlace,
  answer: FileReference | null,
  give: (file: FileReference) => void,
): {
  /** undefined: not known yet. */
  kept: KeptRecording | null | undefined;
  interrupted: boolean;
  refresh: () => void;
  refusal: Refusal | null;
} {
  const [kept, setKept] = useState<KeptRecording | null>();
  const [interrupted, setInterrupted] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const latest = useRef({ place, answer, give });
  latest.current = { place, answer, give };
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    let timer = 0;
    const look = async (): Promise<void> => {
      // The recorder before may still be giving its last pieces to the agent when its question is shown again.
      if (turn === 0) await Recorder.newest;
      const { place: where, answer: given, give: answerWith } = latest.current;
      const found = await agent.recording.kept(where);
      if (!current) return;
      if (found && turn === 0 && (found.file === null || found.file.digest !== given?.digest)) {
        const file = found.file ?? (await agent.recording.finish({ ...where, last: found.last }));
        if (!current) return;
        setInterrupted(true);
        answerWith(file);
      } else if (turn > 0) setInterrupted(false);
      setKept(found);
      setRefusal(null);
    };
    const untilFound = (): void => {
      look().catch((error: unknown) => {
        if (!current) return;
        setRefusal(refusalOf(error));
        timer = window.setTimeout(untilFound, retryMs);
      });
    };
    untilFound();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [turn]);
  return { kept, interrupted, refresh: () => setTurn((before_) => before_ + 1), refusal };
}

/** Ends the recording at its limit. @returns how much is recorded, ms */
function useRecordedMs(recorder: Recorder | null, beforeMs: number, limitMs: number): number {
  const [ms, setMs] = useState(beforeMs);
  useEffect(() => {
    if (!recorder) return;
    const tick = (): void => {
      const now = beforeMs + recorder.ms;
      setMs(now);
      if (now >= limitMs) recorder.stop();
    };
    tick();
    const ticking = setInterval(tick, tickMs);
    return () => clearInterval(ticking);
  }, [recorder, beforeMs, limitMs]);
  return ms;
}

function Listen({ file, tell }: { file: FileReference; tell: (problem: string | null) => void }): ReactNode {
  const say = useSay();
  const player = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const play = (): void => {
    tell(null);
    setPlaying(true);
    player.current?.play().catch((error: unknown) => {
      setPlaying(false);
      // Aborted: stopped before it began. Anything else: the file is not at this seat.
      if (!(error instanceof DOMException && error.name === 'AbortError')) tell(say('recording.elsewhere'));
    });
  };
  const stop = (): void => {
    player.current?.pause();
    if (player.current) player.current.currentTime = 0;
    setPlaying(false);
  };
  return (
    <>
      {/* The candidate's own words need no captions. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio ref={player} src={`/files/${file.digest}`} preload="none" onEnded={() => setPlaying(false)} />
      <button type="button" onClick={playing ? stop : play}>
        {playing ? '■' : '▶'} {say(playing ? 'recording.listen-stop' : 'recording.listen')}
      </button>
    </>
  );
}

function microphoneProblem(say: Say, error: unknown): string {
  const { name } = error as DOMException;
  if (name === 'NotFoundError') return say('recording.no-microphone');
  if (name === 'NotAllowedError' || name === 'SecurityError') return say('recording.refused');
  if (name === 'NotReadableError' || name === 'AbortError') return say('recording.busy');
  reportError(error);
  return say('recording.failed', { problem: name });
}

function fileOf(value: InteractionProps['value']): FileReference | null {
  if (typeof value !== 'object' || value === null || !('file' in value)) return null;
  return typeof value.file === 'object' ? (value.file as FileReference | null) : null;
}

/** Minutes and seconds. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
