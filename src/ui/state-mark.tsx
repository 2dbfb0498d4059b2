import type { ReactNode } from 'react';
import { useText, type TextKey } from './text.ts';

/** Colour, shape and word of every state, the same on every screen; the shape tells them apart without colour. */
export const sittingMarks = {
  'not-signed-in': { shape: '○', tone: 'grey' },
  'signed-in': { shape: '◐', tone: 'blue' },
  'in-exam': { shape: '●', tone: 'green' },
  away: { shape: '▲', tone: 'amber' },
  locked: { shape: '⌁', tone: 'purple' },
  resumable: { shape: '↻', tone: 'teal' },
  'handed-in': { shape: '■', tone: 'dark' },
  closed: { shape: '▣', tone: 'dark' },
  absent: { shape: '–', tone: 'light' },
} as const;
export type SittingMark = keyof typeof sittingMarks;

export const checkMarks = {
  passed: { shape: '✓', tone: 'green' },
  done: { shape: '✓', tone: 'green' },
  warning: { shape: '▲', tone: 'amber' },
  failed: { shape: '✕', tone: 'red' },
  current: { shape: '●', tone: 'blue' },
  waiting: { shape: '○', tone: 'grey' },
} as const;
export type CheckMark = keyof typeof checkMarks;

export function Mark(props: {
  shape: string;
  tone: string;
  word: string;
  /** Keeps the word on one line. */
  nowrap?: boolean;
}): ReactNode {
  const { shape, tone, word, nowrap = false } = props;
  return (
    <span className={`mark tone-${tone} ${nowrap ? 'nowrap' : ''}`}>
      <span className="mark-shape" aria-hidden>
        {shape}
      </span>
      {word}
    </span>
  );
}

export function SittingStateMark({ state }: { state: SittingMark }): ReactNode {
  const t = useText();
  return <Mark {...sittingMarks[state]} word={t(`sitting.${state}`)} nowrap />;
}

export function CheckStateMark({ state, word }: { state: CheckMark; word?: TextKey }): ReactNode {
  const t = useText();
  return <Mark {...checkMarks[state]} word={t(word ?? `check.${state}`)} />;
}

/** A moment that was reached, or not yet. @param wraps date and time may stand below each other, where place is scarce */
export function ReachedMark(props: { at: string | null; word?: string; wraps?: boolean }): ReactNode {
  const { at, word, wraps = false } = props;
  const t = useText();
  return at === null ? (
    <Mark {...checkMarks.waiting} word={word ?? t('check.notYet')} />
  ) : (
    <Mark {...checkMarks.done} word={at} nowrap={!wraps} />
  );
}
