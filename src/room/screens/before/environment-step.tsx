/** Step 3: are the computers what an exam needs? Counts and requirements at the left, every seat at the right, progress below. */
import { useState, type ReactNode } from 'react';
import { Button, Progress } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { CountBar } from '../../../ui/count-bar.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { dateTime } from '../../../ui/format.ts';
import { NextStep, NowLine } from '../../../ui/now-line.tsx';
import { checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import type { EnvironmentRow, EnvironmentView } from '../../environment/contract.ts';
import type { StepProps } from './before-page.tsx';
import { EnvironmentList } from './environment-list.tsx';

/** What each of the counts counts. */
const counted = {
  passed: ['passed', 'warning'],
  failed: ['failed'],
  'not-reached': ['not-reached'],
  open: ['unchecked', 'waiting', 'checking'],
} as const satisfies Record<string, readonly EnvironmentRow['state'][]>;
type Counted = keyof typeof counted;

const countMarks = {
  passed: checkMarks.passed,
  failed: checkMarks.failed,
  'not-reached': checkMarks.failed,
  open: checkMarks.waiting,
} as const;

export function EnvironmentStep(props: StepProps): ReactNode {
  const t = useText();
  const { room } = props;
  const live = useLive('environment', (signal) => room.environment.live(undefined, { signal }));
  const [chosen, setChosen] = useState<Counted | null>(null);
  const view = live.value;
  if (!view) return null;
  const inCount = (row: EnvironmentRow, id: Counted): boolean =>
    (counted[id] as readonly string[]).includes(row.state);
  const rows = chosen === null ? view.rows : view.rows.filter((row) => inCount(row, chosen));
  return (
    <>
      <NowLine action={<Actions {...props} view={view} show={live.set} />}>{whatNow(t, view)}</NowLine>
      {view.rows.length === 0 ? (
        <EmptyState title={t('environment.none')} todo={t('environment.noneTodo')} />
      ) : (
        <div className="environment">
          <div className="stack">
            <CountBar
              label={t('environment.counts')}
              counts={(Object.keys(counted) as Counted[]).map((id) => ({
                id,
                label: t(`environment.count.${id}`),
                value: view.rows.filter((row) => inCount(row, id)).length,
                ...countMarks[id],
              }))}
              chosen={chosen}
              onChoose={(id) => setChosen(id as Counted | null)}
            />
            {view.run && !view.running && (
              <section className="panel" aria-label={t('environment.last')}>
                <strong>{t('environment.last')}</strong>
                <Facts
                  of={[
                    [t('environment.lastAt'), dateTime(view.run.startedAt)],
                    [t('environment.lastSeats'), view.counts.seats],
                    [t('environment.lastPassed'), view.counts.passed],
                  ]}
                />
              </section>
            )}
            <section className="panel" aria-label={t('environment.requirements')}>
              <strong>{t('environment.requirements')}</strong>
              <Facts
                of={view.checks.map((id) => [
                  t(`environment.check.${id}`),
                  t(`environment.need.${id}`, view.requirements),
                ])}
              />
            </section>
          </div>
          <EnvironmentList room={room} view={view} rows={rows} />
        </div>
      )}
      {view.running && <Running view={view} />}
    </>
  );
}

function whatNow(t: ReturnType<typeof useText>, { running, run, counts }: EnvironmentView): string {
  if (running)
    return t('environment.now.running', {
      done: (run?.seats ?? 0) - counts.underWay,
      all: run?.seats ?? 0,
    });
  if (run === null || counts.unchecked === counts.seats) return t('environment.now.none');
  if (counts.failed + counts.notReached > 0) return t('environment.now.failed');
  return counts.unchecked > 0 ? t('environment.now.open') : t('environment.now.done');
}

function Running({ view: { run, counts } }: { view: EnvironmentView }): ReactNode {
  const t = useText();
  const all = run?.seats ?? 0;
  const done = all - counts.underWay;
  return (
    <div className="panel environment-progress">
      <Progress
        aria-label={t('environment.progress')}
        percent={all === 0 ? 100 : Math.round((100 * done) / all)}
        format={() => `${done} / ${all}`}
      />
    </div>
  );
}

function Actions(
  props: StepProps & { view: EnvironmentView; show: (view: EnvironmentView) => void },
): ReactNode {
  const t = useText();
  const { room, overview, onChoose, view, show } = props;
  const { counts, run, running } = view;
  const started = run !== null && counts.unchecked < counts.seats;
  const open = counts.failed + counts.notReached + counts.unchecked;
  const passed = started && !running && open === 0;
  const next = overview.steps[overview.steps.findIndex(({ id }) => id === 'environment') + 1];
  return (
    <>
      {started && (
        <DownloadButton make={() => room.environment.report({ language: t.language })}>
          {t('environment.report')}
        </DownloadButton>
      )}
      <ActButton
        {...(started ? {} : { type: 'primary' as const })}
        gate={view.start}
        act={async () => show(await room.environment.start({ seats: 'all' }))}
      >
        {started ? t('environment.startAgain') : t('environment.start')}
      </ActButton>
      {started && (
        <ActButton
          {...(open > 0 && !running ? { type: 'primary' as const } : {})}
          gate={view.again}
          act={async () => show(await room.environment.start({ seats: 'open' }))}
        >
          {t('environment.again', { count: view.open })}
        </ActButton>
      )}
      {passed ? (
        <NextStep steps={overview.steps} step="environment" onChoose={onChoose} />
      ) : (
        next && (
          <Button onClick={() => onChoose(next.id)}>
            {t('environment.goOn', { name: t.find(`step.${next.id}`) ?? next.id })}
          </Button>
        )
      )}
    </>
  );
}
