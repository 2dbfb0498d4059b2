/** The take that this page records, from the microphone's opening to its last piece on the station's disk. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Refusal } from '../../../base/result.ts';
import { refusalOf } from '../../../ui/client.ts';
import { useText } from '../../../ui/text.ts';
import type { VoiceView } from '../../voice/contract.ts';
import type { StationClient } from '../station-page.tsx';
import { openChosen, rate } from './hearing.ts';
import { microphoneProblem } from './microphone-problem.ts';
import { TakeRecorder } from './take-recorder.ts';

const retryMs = 1_000;
/** The station will say something else in a moment. */
const passing = new Set([
  'console-unreachable',
  'journal-failed',
  'disk-full',
  'disk-failed',
  'internal-error',
]);

type Cause = 'organiser' | 'page-lost' | 'microphone-lost';

export interface Take {
  readonly recorder: TakeRecorder | null;
  readonly state: 'idle' | 'opening' | 'keeping';
  /** Why there is no microphone, in words. */
  readonly problem: string | null;
  readonly refusal: Refusal | null;
  readonly prepare: () => Promise<void>;
  readonly begin: () => Promise<void>;
  readonly end: (how: 'done' | 'time-over') => Promise<void>;
  /** Ends what is recorded, too. */
  readonly pause: (cause: Cause, words: string) => Promise<void>;
  readonly resume: () => Promise<void>;
}

export function useTake(
  station: StationClient,
  candidate: NonNullable<VoiceView['candidate']>,
  set: (view: VoiceView) => void,
): Take {
  const t = useText();
  const [recorder, setRecorder] = useState<TakeRecorder | null>(null);
  const [state, setState] = useState<Take['state']>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  /** What is under way here; `here`: this page has seen its beginning. */
  const own = useRef<{ recorder: TakeRecorder | null; here: boolean; gone: boolean }>({
    recorder: null,
    here: false,
    gone: false,
  });

  /** The station has to know of it: it is told until it answers. */
  const tell = useCallback(
    async (ask: () => Promise<VoiceView>): Promise<void> => {
      for (;;) {
        try {
          const view = await ask();
          setRefusal(null);
          if (!own.current.gone) set(view);
          return;
        } catch (error) {
          const said = refusalOf(error);
          setRefusal(said);
          if (!passing.has(said.type)) return;
        }
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    },
    [set],
  );

  /** Hears no more. @returns what was heard; null: nothing was recorded here */
  const stop = useCallback(async (): Promise<number | null> => {
    const now = own.current.recorder;
    if (!now) return null;
    setState('keeping');
    const heard = await now.stop();
    own.current.recorder = null;
    setRecorder(null);
    return heard;
  }, []);

  const pause = useCallback(
    (cause: Cause, words: string): Promise<void> =>
      stop()
        .then((samples) => tell(() => station.voice.pause({ cause, words, samples })))
        .finally(() => setState('idle')),
    [station, stop, tell],
  );

  const end = useCallback(
    async (how: 'done' | 'time-over'): Promise<void> => {
      const take = own.current.recorder?.take;
      if (take === undefined) return;
      await stop()
        .then((samples) => tell(() => station.voice.end({ take, how, samples: samples ?? 0 })))
        .finally(() => setState('idle'));
    },
    [station, stop, tell],
  );

  const begin = useCallback(async (): Promise<void> => {
    if (own.current.recorder) return;
    own.current.here = true;
    setState('opening');
    setProblem(null);
    try {
      const microphone = await openChosen();
      try {
        const { take, limit, view } = await station.voice.begin({ rate });
        const started = new TakeRecorder(station, microphone, { take, limit }, (why) => {
          if (why === 'time-over') void end('time-over');
          else void pause('microphone-lost', '');
        });
        own.current.recorder = started;
        setRecorder(started);
        setRefusal(null);
        set(view);
      } catch (error) {
        microphone.close();
        setRefusal(refusalOf(error));
      }
    } catch (error) {
      setProblem(microphoneProblem(t, error));
    } finally {
      setState('idle');
    }
  }, [station, set, end, pause, t]);

  const lost =
    state === 'idle' &&
    ((candidate.stage === 'answering' && recorder === null) ||
      (candidate.stage === 'preparing' && !own.current.here));
  useEffect(() => {
    // The page was loaded anew, or another one had begun: what it heard has ended, and the organiser goes on.
    if (lost) void pause('page-lost', '');
  }, [lost, pause]);

  useEffect(() => {
    const here = own.current;
    here.gone = false;
    return () => {
      here.gone = true;
      const now = here.recorder;
      if (now)
        void now
          .stop()
          .then((samples) => station.voice.pause({ cause: 'page-lost', words: '', samples }))
          .catch(reportError);
    };
  }, [station]);

  return {
    recorder,
    state,
    problem,
    refusal,
    begin,
    end,
    pause,
    prepare: async () => {
      own.current.here = true;
      await tell(() => station.voice.prepare());
    },
    resume: async () => {
      own.current.here = true;
      await tell(() => station.voice.resume());
    },
  };
}
