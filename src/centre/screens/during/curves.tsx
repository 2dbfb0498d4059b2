import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import type { BoardView } from '../../../exam/board/board-view.ts';
import type { BoardTotals } from '../../../exam/board/site-facts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useSession } from '../../../ui/session.ts';
import { useText } from '../../../ui/text.ts';

const ProgressChart = lazy(() => import('./progress-chart.tsx'));

/** Signed in, in exam and handed in over the day, up to now. */
export function Curves({ view, totals }: { view: BoardView; totals: BoardTotals }): ReactNode {
  const t = useText();
  const { signedIn, inExam, handedIn } = totals.counts;
  // The newest minute grows; seconds draw nothing anew.
  const at = Math.floor(view.at / 10_000) * 10_000;
  const points = useMemo(
    () => (view.samples.length === 0 ? [] : [...view.samples, { at, signedIn, inExam, handedIn }]),
    [view.samples, at, signedIn, inExam, handedIn],
  );
  const { limit } = useSession().user;
  if (limit !== null)
    return <EmptyState title={t('limit.curvesHidden')} todo={t('limit.curvesHiddenTodo')} />;
  if (points.length === 0) return <EmptyState title={t('board.noCurves')} todo={t('board.noCurvesTodo')} />;
  return (
    <Suspense fallback={<div className="progress-chart" />}>
      <ProgressChart samples={points} />
    </Suspense>
  );
}
