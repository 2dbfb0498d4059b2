/** What the voice station's page shows. */
import {
  goesOn,
  leftMs,
  speaker,
  taskInSight,
  unanswered,
  type VoiceCandidate,
  type VoiceStage,
  type VoiceTake,
} from '../../exam/paper-day/voice-run.ts';
import type { VoiceView } from './contract.ts';
import { lastCheck } from './microphone-check.ts';
import { openPlan, type Voice } from './voice.ts';

export function voiceView(voice: Voice): VoiceView {
  const run = voice.run();
  const day = openPlan(voice);
  const tasks = day.ok ? day.value.plan.tasks : [];
  const now = speaker(run);
  return {
    check: lastCheck(voice.station),
    open: day.ok,
    tasks: tasks.map(({ name, prepareS, answerS }) => ({ name, prepareS, answerS })),
    candidate: now && candidateView(now, tasks, voice.now()),
    finished: [...run.candidates.values()].flatMap(({ form, stage, takes }) =>
      stage.at === 'finished'
        ? [
            {
              form,
              takes: takes.length,
              seconds: takes.reduce((sum, take) => sum + secondsOf(take), 0),
              whole: stage.whole,
              reason: stage.reason,
              at: stage.finishedAt,
            },
          ]
        : [],
    ),
    packages: run.packed?.length ?? null,
  };
}

const secondsOf = ({ end, rate }: VoiceTake): number => (end?.samples ?? 0) / rate;

function candidateView(
  candidate: VoiceCandidate,
  tasks: VoiceView['tasks'],
  at: number,
): NonNullable<VoiceView['candidate']> {
  const { form, kit, variant, stage, takes, pauses } = candidate;
  if (stage.at === 'finished') throw new Error(`${form} has finished`);
  const task = 'task' in stage ? stage.task : null;
  const planned = task === null ? undefined : tasks[task - 1];
  const shown: VoiceStage = stage.at === 'paused' ? stage.after : stage;
  const pause = stage.at === 'paused' ? pauses.at(-1) : undefined;
  return {
    form,
    kit,
    variant,
    stage: stage.at,
    task,
    sees: taskInSight(stage) !== null,
    answerMs: task === null || !planned ? null : leftMs(candidate, task, planned),
    prepareMs:
      stage.at === 'preparing'
        ? Math.max(0, Math.min(stage.ms, stage.since + stage.ms - at))
        : shown.at === 'preparing'
          ? shown.ms
          : null,
    take: stage.at === 'answering' ? stage.take : null,
    goesOn: task !== null && goesOn(candidate, task),
    pause: pause ? { cause: pause.cause, words: pause.words, from: pause.from } : null,
    takes: takes.map((take) => ({
      id: take.id,
      task: take.task,
      take: take.take,
      goesOn: take.goesOn,
      seconds: secondsOf(take),
      missingS: (take.end?.gaps ?? []).reduce((sum, { from, to }) => sum + (to - from) / take.rate, 0),
      how: take.end?.how ?? null,
    })),
    unanswered: unanswered(candidate),
  };
}
