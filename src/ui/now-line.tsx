import type { ReactNode } from 'react';

/** What to do now, in one sentence, with the screen's one primary action. */
export function NowLine({ children, action }: { children: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <div className="now-line">
      <p role="status">{children}</p>
      <div className="now-actions">{action}</div>
    </div>
  );
}
