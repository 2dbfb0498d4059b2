import type { ReactNode } from 'react';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { ScreenState } from '../../remote-control/contract.ts';

const marks: Readonly<Record<ScreenState, { shape: string; tone: string }>> = {
  shown: checkMarks.passed,
  elsewhere: checkMarks.passed,
  starting: checkMarks.current,
  closed: checkMarks.waiting,
  failed: checkMarks.failed,
  unknown: checkMarks.warning,
};

export function ScreenMark({ state }: { state: ScreenState }): ReactNode {
  const t = useText();
  return <Mark {...marks[state]} word={t(`remote.screen.${state}`)} />;
}
