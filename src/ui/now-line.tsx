import { useEffect, type ReactNode } from 'react';
import { Button } from 'antd';
import type { StepView } from '../node/contract.ts';
import { useText } from './text.ts';
import { nameThisPlace } from './use-place.ts';

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

/**
 * The step that the address names, else the first that is not done; then the address names it, so that the page does not jump away
 * when it is done and is the same after a reload.
 * @param place of the steps, as in the address.
 */
export function useChosenStep(
  steps: readonly StepView[] | null,
  wanted: string | undefined,
  ...place: readonly string[]
): string {
  const named = steps?.find((one) => one.id === wanted)?.id;
  const open = steps?.find((one) => one.state !== 'done') ?? steps?.at(-1);
  const step = named ?? open?.id ?? '';
  const at = place.join('/');
  useEffect(() => {
    if (named === undefined && step !== '') nameThisPlace(...at.split('/'), step);
  }, [named, step, at]);
  return step;
}
