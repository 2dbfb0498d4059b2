import type { ReactNode } from 'react';
import { Tooltip } from 'antd';
import type { StepView } from '../node/contract.ts';
import { refusalTexts } from './refusal-text.tsx';
import { checkMarks } from './state-mark.tsx';
import { useText } from './text.ts';

interface Props {
  steps: readonly StepView[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** 1 → 2 → 3 → 4 → 5, always visible, each with its mark. */
export function StepBar({ steps, chosen, onChoose }: Props): ReactNode {
  const t = useText();
  return (
    <nav aria-label={t('frame.steps')}>
      <ol className="step-bar">
        {steps.map((step, index) => {
          const { shape, tone } = checkMarks[step.state];
          const name = t.find(`step.${step.id}`) ?? step.id;
          const why = step.reason ? refusalTexts(t, step.reason).what : null;
          return (
            <li key={step.id}>
              <Tooltip title={why}>
                <button
                  type="button"
                  className={`step tone-${tone}`}
                  aria-current={step.id === chosen ? 'step' : undefined}
                  onClick={() => onChoose(step.id)}
                >
                  <span className="step-number">{index + 1}</span> {name}
                  <span className="step-shape" aria-hidden>
                    {shape}
                  </span>
                  <span className="only-read">
                    {t(`check.${step.state}`)}
                    {why !== null && `, ${why}`}
                  </span>
                </button>
              </Tooltip>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
