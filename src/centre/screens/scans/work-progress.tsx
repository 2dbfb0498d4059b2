/** How far a work is that goes on by itself, how fast and how long still; what it waits for, or why it stopped. */
import type { ReactNode } from 'react';
import { Progress } from 'antd';
import { duration } from '../../../ui/format.ts';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import type { WorkView } from '../../work/contract.ts';

interface Props {
  work: WorkView;
  words: string;
  /** @param left as a person reads it */
  rate: (perSecond: number, left: string) => string;
}

export function WorkProgress({ work, words, rate }: Props): ReactNode {
  const { done, of, perSecond, secondsLeft, problem, running } = work;
  return (
    <section className="panel">
      {running && (
        <>
          <span role="status">{words}</span>
          <Progress percent={of === 0 ? 0 : Math.floor((100 * done) / of)} aria-label={words} />
          {perSecond !== null && secondsLeft !== null && (
            <span className="soft">{rate(perSecond, duration(secondsLeft * 1_000))}</span>
          )}
        </>
      )}
      {problem && <RefusalAlert refusal={problem} />}
    </section>
  );
}
