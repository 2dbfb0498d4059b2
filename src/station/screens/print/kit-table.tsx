/** Every kit with what the printer says, what the organiser says, and what can be done. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';
import type { KitView, PrintView } from '../../print/contract.ts';
import type { StationClient } from '../station-page.tsx';
import { JobLine } from './job-line.tsx';
import { SpoiledDialog } from './spoiled-dialog.tsx';

interface Props {
  readonly station: StationClient;
  readonly view: PrintView;
  readonly set: (view: PrintView) => void;
}

const marks = {
  planned: { shape: '○', tone: 'grey' },
  waiting: { shape: '◐', tone: 'blue' },
  sending: { shape: '●', tone: 'blue' },
  unsure: { shape: '▲', tone: 'amber' },
  out: { shape: '▲', tone: 'amber' },
  good: { shape: '✓', tone: 'green' },
  spoiled: { shape: '✕', tone: 'red' },
} as const;

const toLookAt = ({ fate }: KitView): boolean => fate === 'out' || fate === 'unsure';

export function KitTable({ station, view, set }: Props): ReactNode {
  const t = useText();
  const { run } = useAction();
  const rows = useRef(new Map<string, HTMLTableRowElement>());
  const [spoiling, setSpoiling] = useState<string | null>(null);
  const { kits } = view;
  const judge = async (
    names: readonly string[],
    verdict: 'good' | 'spoiled',
    reason: string,
  ): Promise<void> => set(await station.print.run.judge({ kits: [...names], verdict, reason }));
  const open = kits.filter(toLookAt);
  const onKey = (event: KeyboardEvent, i: number): void => {
    const kit = kits[i];
    if (!kit || event.target !== event.currentTarget) return;
    const to = { ArrowDown: i + 1, ArrowUp: i - 1 }[event.key];
    const next = to === undefined ? undefined : kits[to];
    if (next) rows.current.get(next.kit)?.focus();
    else if (event.key === '1' && toLookAt(kit)) void run(() => judge([kit.kit], 'good', ''));
    else if (event.key === '2' && canSpoil(kit)) setSpoiling(kit.kit);
    else return;
    event.preventDefault();
  };
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('stationPrint.kits')}</h2>
        {open.length > 1 && (
          <ActButton
            act={() =>
              judge(
                open.map(({ kit }) => kit),
                'good',
                '',
              )
            }
          >
            {t('stationPrint.allGood', { count: open.length })}
          </ActButton>
        )}
      </div>
      {kits.length === 0 ? (
        <EmptyState title={t('stationPrint.noKits')} todo={t('stationPrint.noKitsTodo')} />
      ) : (
        <>
          <table className="print-kits">
            <thead>
              <tr>
                <th>{t('stationPrint.kit')}</th>
                <th>{t('stationPrint.fate')}</th>
                <th>{t('stationPrint.verdict')}</th>
              </tr>
            </thead>
            <tbody>
              {kits.map((kit, i) => (
                <tr
                  key={kit.kit}
                  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the row takes keys
                  tabIndex={0}
                  ref={(row) => {
                    if (row) rows.current.set(kit.kit, row);
                    else rows.current.delete(kit.kit);
                  }}
                  onKeyDown={(event) => onKey(event, i)}
                >
                  <td>
                    <span className="station-figure">{kit.kit}</span>
                    <div className="soft">{aboutOf(kit, t)}</div>
                  </td>
                  <td>
                    <Mark
                      {...marks[kit.waiting ? 'waiting' : kit.fate]}
                      word={t(`stationPrint.fate.${kit.waiting ? 'waiting' : kit.fate}`)}
                    />
                    {kit.reason !== null && <div>{kit.reason}</div>}
                    {kit.job && kit.fate !== 'good' && kit.fate !== 'spoiled' && (
                      <JobLine job={kit.job} named={false} />
                    )}
                  </td>
                  <td>
                    <KitActions
                      kit={kit}
                      station={station}
                      set={set}
                      finished={view.finished}
                      onGood={() => judge([kit.kit], 'good', '')}
                      onSpoiled={() => setSpoiling(kit.kit)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="soft">{t('stationPrint.keys')}</p>
        </>
      )}
      <SpoiledDialog
        kit={spoiling}
        onClose={() => setSpoiling(null)}
        onSpoiled={async (kit, reason) => {
          await judge([kit], 'spoiled', reason);
          setSpoiling(null);
        }}
      />
    </section>
  );
}

function canSpoil(kit: KitView): boolean {
  return toLookAt(kit) || kit.fate === 'good';
}

function aboutOf(kit: KitView, t: ReturnType<typeof useText>): string {
  return [
    ...(kit.reserve ? [t('stationPrint.isReserve')] : []),
    ...(kit.replaces === null ? [] : [t('stationPrint.copyInstead', { copy: kit.copy, kit: kit.replaces })]),
    ...(kit.replacedBy === null ? [] : [t('stationPrint.replacedByKit', { kit: kit.replacedBy })]),
  ].join(' · ');
}

function KitActions({
  kit,
  station,
  set,
  finished,
  onGood,
  onSpoiled,
}: {
  kit: KitView;
  station: StationClient;
  set: (view: PrintView) => void;
  finished: boolean;
  onGood: () => Promise<void>;
  onSpoiled: () => void;
}): ReactNode {
  const t = useText();
  const { language } = t;
  const { job } = kit;
  if (finished) return null;
  return (
    <div className="row-end">
      {kit.fate === 'sending' && job && (
        <>
          <ActButton act={async () => set(await station.print.run.cancel({ job: job.id }))}>
            {t('stationPrint.cancel')}
          </ActButton>
          {(job.refusal || job.state === 'held') && (
            <ActButton
              title={t('stationPrint.askNoMoreHint')}
              act={async () => set(await station.print.run.askNoMore({ job: job.id }))}
            >
              {t('stationPrint.askNoMore')}
            </ActButton>
          )}
        </>
      )}
      {canSpoil(kit) && (
        <ActButton
          act={() => {
            onSpoiled();
            return Promise.resolve();
          }}
        >
          {t('stationPrint.judgeSpoiled')}
        </ActButton>
      )}
      {toLookAt(kit) && (
        <ActButton type="primary" act={onGood}>
          {t('stationPrint.judgeGood')}
        </ActButton>
      )}
      {kit.fate === 'spoiled' && kit.replacedBy === null && (
        <ActButton
          type="primary"
          act={async () => set(await station.print.run.replace({ kit: kit.kit, language }))}
        >
          {t('stationPrint.replace')}
        </ActButton>
      )}
    </div>
  );
}
