/** Priority, state and stage of a question: shape, colour and word, the same at both ends. */
import type { ReactNode } from 'react';
import {
  priorities,
  stages,
  type ConfirmedPhase,
  type Priority,
  type SupportStage,
  type ThreadState,
} from '../../exam/support/posting.ts';
import { Mark } from '../state-mark.tsx';
import { useText, type Text } from '../text.ts';

const priorityMarks = {
  'stops-exam': { shape: '✕', tone: 'red' },
  high: { shape: '▲', tone: 'amber' },
  normal: { shape: '●', tone: 'blue' },
  low: { shape: '–', tone: 'grey' },
} as const;

const stateMarks = {
  new: { shape: '○', tone: 'blue' },
  working: { shape: '◐', tone: 'amber' },
  solved: { shape: '✓', tone: 'green' },
} as const;

export const priorityWord = (t: Text, priority: Priority): string => t(`desk.priority.${priority}`);
export const stateWord = (t: Text, state: ThreadState): string => t(`desk.state.${state}`);
export const stageWord = (t: Text, stage: SupportStage): string => t(`desk.stage.${stage}`);
export const confirmWord = (t: Text, phase: ConfirmedPhase): string => t(`desk.confirm.${phase}`);

export const priorityOptions = (t: Text) =>
  priorities.map((value) => ({ value, label: priorityWord(t, value) }));
export const stageOptions = (t: Text) => stages.map((value) => ({ value, label: stageWord(t, value) }));

export function PriorityMark({ of }: { of: Priority }): ReactNode {
  return <Mark {...priorityMarks[of]} word={priorityWord(useText(), of)} nowrap />;
}

export function ThreadStateMark({ of }: { of: ThreadState }): ReactNode {
  return <Mark {...stateMarks[of]} word={stateWord(useText(), of)} nowrap />;
}
