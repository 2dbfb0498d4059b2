import type { ReactNode } from 'react';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText } from '../../../../ui/text.ts';
import type { ProtocolState } from '../../../protocols/contract.ts';

const marks = {
  open: checkMarks.waiting,
  overdue: checkMarks.failed,
  given: checkMarks.done,
  late: checkMarks.warning,
} as const satisfies Record<ProtocolState, { shape: string; tone: string }>;

export function ProtocolStateMark({ of }: { of: ProtocolState }): ReactNode {
  const t = useText();
  return <Mark {...marks[of]} word={t(`protocols.state.${of}`)} nowrap />;
}
