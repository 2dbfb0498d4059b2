/** A candidate speaks, is interrupted, goes on, and answers again: no take is lost or replaced, and every wrong turn is refused. */
import { beforeEach, expect, test } from 'vitest';
import { expectOk, type Result } from '../../base/result.ts';
import { evolveVoice } from './voice-course.ts';
import {
  decideVoice,
  isAnswered,
  leftMs,
  noVoices,
  speaker,
  unanswered,
  type VoiceCandidate,
  type VoiceCommand,
  type VoiceRun,
} from './voice-run.ts';

const form = '20411700000000017';
const timed = { prepareS: 90, answerS: 120 };
const rate = 48_000;
let run: VoiceRun;
let at: number;
beforeEach(() => {
  run = noVoices;
  at = 1_000;
});

function tries(command: VoiceCommand): Result<unknown> {
  return decideVoice(run, command);
}
function does(command: VoiceCommand): VoiceCandidate {
  for (const draft of expectOk(decideVoice(run, command))) run = evolveVoice(run, { ...draft, at });
  at += 1_000;
  return (speaker(run) ?? run.candidates.get(form)) as VoiceCandidate;
}
const refusal = (command: VoiceCommand): string => {
  const done = tries(command);
  return done.ok ? 'done' : done.refusal.type;
};
const signIn = (number = form): VoiceCommand => ({
  do: 'sign-in',
  form: number,
  kit: '100001',
  variant: 2,
  tasks: 2,
});
const begin = (id: string): VoiceCommand => ({ do: 'begin', id, rate, timed });
const end = (id: string, seconds = 100, how: 'done' | 'time-over' = 'done'): VoiceCommand => ({
  do: 'end',
  id,
  how,
  samples: seconds * rate,
  gaps: [],
});
const pause = (seconds = 0, more: Partial<VoiceCommand & { do: 'pause' }> = {}): VoiceCommand => ({
  do: 'pause',
  cause: 'organiser',
  words: 'fire alarm',
  at,
  samples: seconds * rate,
  gaps: [],
  ...more,
});

test('task after task: prepare, answer, listen, finish', () => {
  expect(does(signIn()).stage).toEqual({ at: 'ready', task: 1, prepared: false });
  expect(does({ do: 'prepare', timed }).stage).toMatchObject({ at: 'preparing', ms: 90_000 });
  expect(does(begin('a')).stage).toEqual({ at: 'answering', task: 1, take: 'a' });
  expect(does(end('a')).stage).toEqual({ at: 'ready', task: 2, prepared: false });
  // Nothing is to be prepared: it begins at once.
  const atOnce = { prepareS: 0, answerS: 60 };
  expect(refusal({ do: 'prepare', timed: atOnce })).toBe('voice-not-now');
  does({ do: 'begin', id: 'b', rate, timed: atOnce });
  expect(does(end('b', 60, 'time-over')).stage).toEqual({ at: 'listening' });
  does({ do: 'finish', reason: '' });
  expect(run.candidates.get(form)?.stage).toMatchObject({ at: 'finished', whole: true });
  expect(speaker(run)).toBeNull();
});

test('a pause ends the take; another one goes on, with the time that was left, and both stay', () => {
  does(signIn());
  does({ do: 'prepare', timed });
  does(begin('a'));
  const paused = does(pause(50, { gaps: [{ from: 0, to: 10 }] }));
  expect(paused).toMatchObject({
    stage: { at: 'paused', task: 1, after: { at: 'ready', prepared: true } },
    pauses: [{ task: 1, cause: 'organiser', words: 'fire alarm', to: null }],
    takes: [{ id: 'a', end: { how: 'paused', samples: 50 * rate, gaps: [{ from: 0, to: 10 }] } }],
  });
  expect(refusal(begin('b'))).toBe('voice-not-now');
  expect(leftMs(does({ do: 'resume' }), 1, timed)).toBe(70_000);
  const again = does(begin('b'));
  expect(again.takes.map(({ take, goesOn, limit }) => ({ take, goesOn, limit }))).toEqual([
    { take: 1, goesOn: false, limit: 120 * rate },
    { take: 2, goesOn: true, limit: 70 * rate },
  ]);
  expect(again.pauses[0]?.to).not.toBeNull();
  does(pause(30));
  expect(leftMs(does({ do: 'resume' }), 1, timed)).toBe(40_000);
  expect(isAnswered(does(begin('c')), 1)).toBe(false);
  expect(isAnswered(does(end('c', 40, 'time-over')), 1)).toBe(true);
});

test('after an incident the answer begins anew with the whole time; what was said before stays', () => {
  does(signIn());
  does({ do: 'prepare', timed });
  does(begin('a'));
  expect(refusal({ do: 'again', task: 1, reason: 'noise' })).toBe('voice-not-now');
  does(pause(50));
  expect(refusal({ do: 'again', task: 1, reason: ' ' })).toBe('again-needs-reason');
  expect(refusal({ do: 'again', task: 2, reason: 'noise' })).toBe('task-not-begun');
  expect(does({ do: 'again', task: 1, reason: 'noise' }).stage).toEqual({
    at: 'ready',
    task: 1,
    prepared: true,
  });
  does(begin('b'));
  does(end('b'));
  does({ do: 'prepare', timed });
  does(begin('c'));
  does(end('c'));
  // At the end, too; afterwards nothing else is asked again.
  does({ do: 'again', task: 1, reason: 'the take cannot be understood' });
  does(begin('d'));
  const done = does(end('d'));
  expect(done.stage.at).toBe('listening');
  expect(done.takes.map(({ task, take, goesOn, limit }) => [task, take, goesOn, limit / rate])).toEqual([
    [1, 1, false, 120],
    [1, 2, false, 120],
    [2, 1, false, 120],
    [1, 3, false, 120],
  ]);
  expect(done.again.map(({ reason }) => reason)).toEqual(['noise', 'the take cannot be understood']);
});

test('a pause while preparing gives back what was left, and all of it where nobody knows', () => {
  does(signIn());
  does({ do: 'prepare', timed });
  at += 19_000;
  does(pause());
  expect(does({ do: 'resume' }).stage).toMatchObject({ at: 'preparing', ms: 70_000 });
  at += 10_000;
  does(pause(0, { cause: 'page-lost', words: '' }));
  const back = does({ do: 'resume' });
  expect(back.stage).toMatchObject({ at: 'preparing', ms: 70_000 });
  expect(back.takes).toEqual([]);
});

test('one candidate at a time, and each form once', () => {
  expect(refusal({ do: 'finish', reason: '' })).toBe('nobody-signed-in');
  does(signIn());
  expect(refusal(signIn('20411700000000025'))).toBe('station-taken');
  expect(refusal({ do: 'pack', packages: ['p'] })).toBe('still-speaking');
  expect(refusal({ do: 'finish', reason: '' })).toBe('tasks-unanswered');
  expect(unanswered(speaker(run) as VoiceCandidate)).toEqual([1, 2]);
  does({ do: 'finish', reason: 'went home ill' });
  expect(run.candidates.get(form)?.stage).toMatchObject({ whole: false, reason: 'went home ill' });
  expect(refusal(signIn())).toBe('form-used');
});

test('nothing happens out of its turn', () => {
  does(signIn());
  expect(refusal(begin('a'))).toBe('voice-not-now');
  expect(refusal({ do: 'resume' })).toBe('voice-not-now');
  does({ do: 'prepare', timed });
  expect(refusal({ do: 'prepare', timed })).toBe('voice-not-now');
  expect(refusal({ do: 'finish', reason: 'x' })).toBe('voice-not-now');
  does(begin('a'));
  // The end of a take that another page began.
  expect(refusal(end('other'))).toBe('voice-not-now');
  expect(refusal(pause(1, { words: ' ' }))).toBe('pause-needs-reason');
  does(pause(1));
  expect(refusal(end('a'))).toBe('voice-not-now');
  expect(refusal(pause(1))).toBe('voice-not-now');
});

test('who speaks after the packages were made makes new ones, which take their place', () => {
  expect(refusal({ do: 'pack', packages: [] })).toBe('nobody-spoke');
  does(signIn());
  does({ do: 'finish', reason: 'absent' });
  does({ do: 'pack', packages: ['p1'] });
  expect(run).toMatchObject({ packed: ['p1'], packedBefore: [] });
  does(signIn('20411700000000025'));
  expect(run).toMatchObject({ packed: null, packedBefore: ['p1'] });
  does({ do: 'finish', reason: 'absent' });
  does({ do: 'pack', packages: ['p2'] });
  expect(run).toMatchObject({ packed: ['p2'], packedBefore: ['p1'] });
});
