import type { ReactNode } from 'react';

/** A control with its label above and, where needed, a hint below. */
export function Field({
  label,
  hint,
  problem,
  children,
}: {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the present input. */
  problem?: string | null;
  children: ReactNode;
}): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the control is the child
    <label className="field">
      <span>{label}</span>
      {children}
      {problem != null && <small className="field-problem">{problem}</small>}
      {hint !== undefined && <small>{hint}</small>}
    </label>
  );
}
