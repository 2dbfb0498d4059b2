import type { ReactNode } from 'react';
import { Button } from 'antd';
import type { StepView } from '../node/contract.ts';
import { useText } from './text.ts';

/** What to do now, in one sentence, with the screen's one primary action. */
export function NowLine({ children, action }: { children: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <div className="now-line">
      <p role="status">{children}</p>
      <div className="now-actions">{action}</div>
    </div>
  );
}

/** The primary button of a step that is done: to the next one. */
export function NextStep(props: {
  steps: readonly StepView[];
  step: string;
  onChoose: (id: string) => void;
}): ReactNode {
  const t = useText();
  const next = props.steps[props.steps.findIndex((one) => one.id === props.step) + 1];
  if (!next) return null;
  return (
    <Button type="primary" onClick={() => props.onChoose(next.id)}>
      {t('next.step', { name: t.find(`step.${next.id}`) ?? next.id })}
    </Button>
  );
}

export function isDone(steps: readonly StepView[], id: string): boolean {
  return steps.find((one) => one.id === id)?.state === 'done';
}

/** The step that the address names, else the first that is not done. */
export function chosenStep(steps: readonly StepView[], wanted: string | undefined): string {
  if (steps.some((one) => one.id === wanted)) return wanted ?? '';
  return (steps.find((one) => one.state !== 'done') ?? steps.at(-1))?.id ?? '';
}
