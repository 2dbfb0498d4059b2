/** One row for each seat with its steps, and everything that is known of one when it is opened. */
import { useState, type ReactNode } from 'react';
import { Button, Modal } from 'antd';
import { clockTime, dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { CheckStateMark, Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { EnvironmentRow, EnvironmentView } from '../../environment/contract.ts';
import type { RoomClient } from '../room-console.tsx';

const stateMarks = {
  unchecked: checkMarks.waiting,
  waiting: checkMarks.waiting,
  checking: checkMarks.current,
  'not-reached': { shape: '✕', tone: 'red' },
  passed: checkMarks.passed,
  warning: checkMarks.warning,
  failed: checkMarks.failed,
} as const;

interface Props {
  room: RoomClient;
  view: EnvironmentView;
  rows: readonly EnvironmentRow[];
}

/** Worst first, so that what has to be done stands on the first page; within that by seat. */
const rank: Readonly<Record<EnvironmentRow['state'], number>> = {
  failed: 0,
  'not-reached': 0,
  unchecked: 1,
  warning: 2,
  waiting: 2,
  checking: 2,
  passed: 3,
};

export function EnvironmentList({ room, view, rows }: Props): ReactNode {
  const t = useText();
  const [opened, setOpened] = useState<string | null>(null);
  const row = view.rows.find(({ seatId }) => seatId === opened) ?? null;
  // While the check runs no row moves away.
  const sorted = view.running ? rows : rows.toSorted((a, b) => rank[a.state] - rank[b.state]);
  return (
    <>
      <Listing
        rows={sorted}
        rowKey={(one) => one.seatId}
        pageSize={25}
        columns={({ column, figures }) => [
          figures(t('column.seat'), (one) => one.number ?? '–'),
          column(t('column.computer'), (one) => <span className="any-length">{one.computer}</span>),
          column(t('column.state'), (one) => (
            <Mark {...stateMarks[one.state]} word={t(`environment.state.${one.state}`)} />
          )),
          column(t('environment.steps'), (one) => <Steps row={one} checks={view.checks} />),
          column(t('environment.checkedAt'), (one) => clockTime(one.at)),
          column(t('column.actions'), (one) => (
            <Button
              size="small"
              aria-label={t('environment.details', { number: one.number })}
              onClick={() => setOpened(one.seatId)}
            >
              {t('environment.open')}
            </Button>
          )),
        ]}
      />
      <Modal
        open={row !== null}
        width={900}
        footer={null}
        destroyOnHidden
        title={row && t('environment.seat', { number: row.number, computer: row.computer })}
        onCancel={() => setOpened(null)}
      >
        {row && <Details room={room} row={row} />}
        <RefusalNotice />
      </Modal>
    </>
  );
}

/** What passed is a mark, what did not has its name beside it. */
function Steps({ row, checks }: { row: EnvironmentRow; checks: EnvironmentView['checks'] }): ReactNode {
  const t = useText();
  return (
    <span className="check-steps">
      {checks.map((id, i) => {
        const state = row.marks[i] ?? 'waiting';
        const { shape, tone } = checkMarks[state];
        const name = t(`environment.check.${id}`);
        const words = `${name}: ${t(`check.${state}`)}`;
        return (
          <span key={id} className={`mark tone-${tone}`} title={words}>
            <span aria-hidden>{shape}</span>
            {(state === 'failed' || state === 'warning') && <span aria-hidden>{name}</span>}
            <span className="only-read">{words}.</span>
          </span>
        );
      })}
    </span>
  );
}

function Details({ room, row }: { room: RoomClient; row: EnvironmentRow }): ReactNode {
  const t = useText();
  const seat = useLoaded(`${row.seatId} ${row.state} ${row.at} ${row.marks.join(' ')}`, () =>
    room.environment.seat({ seatId: row.seatId }),
  );
  const order = { failed: 0, warning: 1, passed: 2 };
  return (
    <Listing
      caption={
        <div className="caption">
          <Mark {...stateMarks[row.state]} word={t(`environment.state.${row.state}`)} />
          <span>{`${t('environment.checkedAt')}: ${dateTime(row.at)}`}</span>
        </div>
      }
      rows={(seat.value?.verdicts ?? []).toSorted((a, b) => order[a.state] - order[b.state])}
      empty={<p>{t('environment.nothingYet')}</p>}
      rowKey={(one) => one.id}
      columns={({ column }) => [
        column(t('sealCheck.what'), (one) => t(`environment.check.${one.id}`)),
        column(t('column.state'), (one) => <CheckStateMark state={one.state} />),
        column(t('environment.measured'), (one) => (
          <span className="any-length">
            {one.values === null ? '–' : t(`environment.value.${one.id}`, one.values)}
          </span>
        )),
        column(t('sealCheck.reason'), (one) => one.reason && <RefusalText refusal={one.reason} />),
        column(t('sealCheck.remedy'), (one) => one.remedy && <RefusalText refusal={one.remedy} />),
      ]}
    />
  );
}
