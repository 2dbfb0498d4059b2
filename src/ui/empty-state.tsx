import type { ReactNode } from 'react';

/** Says what will appear here and what to do for it. */
export function EmptyState({
  title,
  todo,
  action,
}: {
  title: string;
  todo: string;
  action?: ReactNode;
}): ReactNode {
  return (
    <div className="empty-state">
      <strong>{title}</strong>
      <span>{todo}</span>
      {action}
    </div>
  );
}
