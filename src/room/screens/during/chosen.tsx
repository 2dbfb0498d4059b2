/** What every action on chosen candidates has in common. */
import type { ReactNode } from 'react';
import type { GateView } from '../../../node/contract.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import type { SittingView } from '../../board/contract.ts';
import type { SessionProps } from './session-page.tsx';

export interface ChosenProps extends SessionProps {
  chosen: readonly SittingView[];
}

/** The session's gate, then "choose somebody first". */
export function gateForChosen(gate: GateView, chosen: readonly SittingView[], one = false): GateView {
  if (!gate.allowed) return gate;
  return one
    ? screenGate(chosen.length === 1, 'choose-one-candidate')
    : screenGate(chosen.length > 0, 'choose-candidates');
}

export function Names({ of }: { of: readonly SittingView[] }): ReactNode {
  return (
    <ul className="names">
      {of.map((one) => (
        <li key={one.sittingId}>
          <span className="nowrap">{one.admissionNumber}</span> {one.name}
        </li>
      ))}
    </ul>
  );
}
