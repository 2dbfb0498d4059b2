/** How far every site is: statuses, journals, packages, and what is late. */
import { useState, type ReactNode } from 'react';
import { Alert, Button, Input, Segmented, Table } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { siteStatuses } from '../../../../exam/paper-day/site-day.ts';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { FileButton } from '../../../../ui/file-drop.tsx';
import { dateTime } from '../../../../ui/format.ts';
import { pageByPage } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../../ui/text.ts';
import { useLive } from '../../../../ui/use-live.ts';
import {
  dayPackageContract,
  dayShows,
  type DayBoard,
  type DayBoardFilter,
  type DayBoardRow,
} from '../../../paper-day/receiving/contract.ts';
import type { ReceivingProps } from './receiving-page.tsx';
import { stageColumns } from './stage-columns.tsx';

const pageSize = 50;

export function StageBoard(
  props: ReceivingProps & { choice: ReactNode; back: () => void; onOpen: (siteCode: string) => void },
): ReactNode {
  const t = useText();
  const { centre, project, eventId, choice, back, onOpen } = props;
  const gate = useRoleGate(dayPackageContract.take);
  const [filter, setFilter] = useState<Pick<DayBoardFilter, 'search' | 'show'>>({ search: '', show: 'all' });
  const [shown, setShown] = useState<'statuses' | 'stages'>('statuses');
  const [page, setPage] = useState(1);
  const [taken, setTaken] = useState<{ kind: string; siteCode: string; known: boolean } | null>(null);
  const change = (part: Partial<typeof filter>): void => {
    setFilter({ ...filter, ...part });
    setPage(1);
  };
  const asked = {
    projectId: project.id,
    eventId,
    ...filter,
    offset: (page - 1) * pageSize,
    limit: pageSize,
  };
  const live = useLive(JSON.stringify(asked), (signal) => centre.dayPackage.live(asked, { signal }));
  const board = live.value;
  return (
    <div className="stack">
      <h1 className="only-read">{t('receiving.title')}</h1>
      <NowLine action={<Button onClick={back}>{t('receiving.allEvents')}</Button>}>
        {board ? nowWords(t, board) : t('receiving.board')}
      </NowLine>
      <div className="row">
        <h2 className="grow">
          {board?.event.name} <small className="soft">{board?.event.date}</small>
        </h2>
        <Segmented
          aria-label={t('receiving.shown')}
          value={shown}
          onChange={setShown}
          options={(['statuses', 'stages'] as const).map((value) => ({
            value,
            label: t(value === 'stages' ? 'receiving.shown.stages' : 'receiving.shown.statuses'),
          }))}
        />
        {choice}
      </div>
      {live.refusal && !board && <RefusalAlert refusal={live.refusal} />}
      {taken && (
        <Alert
          type={taken.known ? 'info' : 'success'}
          showIcon
          closable={{ onClose: () => setTaken(null) }}
          title={t(taken.known ? 'receiving.taken.known' : 'receiving.taken.new', {
            kind: taken.kind,
            site: taken.siteCode,
          })}
        />
      )}
      <div className="toolbar">
        <Segmented
          aria-label={t('receiving.filter')}
          value={filter.show}
          onChange={(show) => change({ show })}
          options={dayShows.map((value) => ({ value, label: t(`receiving.show.${value}`) }))}
        />
        <Input
          prefix={<SearchOutlined aria-hidden />}
          className="find"
          allowClear
          placeholder={t('receiving.search')}
          aria-label={t('receiving.search')}
          value={filter.search}
          onChange={({ target }) => change({ search: target.value.slice(0, 100) })}
        />
        <span className="soft">{board && t('receiving.found', { total: board.total })}</span>
        <FileButton
          gate={gate}
          label={`${t('receiving.take')} …`}
          hint={t('receiving.takeHint')}
          accept=".parcel,.dat"
          onFile={async (uploadId) =>
            setTaken(await centre.dayPackage.take({ projectId: project.id, uploadId }))
          }
        />
      </div>
      {board && board.rows.length === 0 ? (
        <EmptyState title={t('receiving.noneFound')} todo={t('receiving.noneFoundTodo')} />
      ) : (
        <Table<DayBoardRow>
          size="small"
          rowKey="siteCode"
          loading={board === null}
          dataSource={board?.rows ?? []}
          pagination={pageByPage({ page, pageSize, total: board?.total, onPage: setPage })}
          columns={columns(t, onOpen, shown, board)}
        />
      )}
    </div>
  );
}

function nowWords(t: Text, { counts }: DayBoard): string {
  const { late, sites, rejected, rescan, told } = counts;
  if (late > 0) return t('receiving.now.late', { late, sites });
  if (rejected + rescan > 0) return t('receiving.now.packages', { sites, rejected, rescan });
  return t('receiving.now.quiet', { sent: told['forms-sent'], sites });
}

function columns(
  t: Text,
  onOpen: (siteCode: string) => void,
  shown: 'statuses' | 'stages',
  board: DayBoard | null,
) {
  const column = (title: ReactNode, value: (row: DayBoardRow) => ReactNode) => ({
    title,
    render: (_: unknown, row: DayBoardRow) => value(row),
  });
  const site = column(t('receiving.site'), (row) => (
    <>
      <Button type="link" className="thread-about" onClick={() => onOpen(row.siteCode)}>
        {row.siteCode}
      </Button>{' '}
      <span className="soft">{row.siteName ?? t('receiving.notInRoster')}</span>
    </>
  ));
  if (shown === 'stages') return [site, ...stageColumns(t, board?.counts ?? null)];
  return [
    site,
    column(t('receiving.region'), ({ region }) => region ?? '–'),
    column(t('receiving.stageOf'), (row) => <Stage row={row} />),
    column(t('receiving.journals'), ({ journals: { here, missing } }) => (
      <>
        {t('receiving.journalsHere', { here })}
        {missing > 0 && (
          <div>
            <Mark {...checkMarks.warning} word={t('receiving.journalsMissing', { missing })} nowrap />
          </div>
        )}
      </>
    )),
    column(t('receiving.packages'), (row) => <Packages row={row} />),
    column(t('receiving.lastContact'), ({ lastContact }) => (
      <span className="nowrap">{dateTime(lastContact)}</span>
    )),
  ];
}

/** The furthest status, and what is late. */
function Stage({ row: { told, late } }: { row: DayBoardRow }): ReactNode {
  const t = useText();
  const status = siteStatuses.findLast((one) => told[one] !== undefined);
  return (
    <>
      {status === undefined ? (
        <Mark {...checkMarks.waiting} word={t('receiving.nothingTold')} />
      ) : (
        <>
          <Mark {...checkMarks.done} word={t(`receiving.status.${status}`)} />
          <div className="soft nowrap">{dateTime(told[status])}</div>
        </>
      )}
      {late && (
        <div>
          <Mark
            {...checkMarks.failed}
            word={t('receiving.lateSince', {
              status: t(`receiving.status.${late.status}`),
              since: late.since,
            })}
          />
        </div>
      )}
    </>
  );
}

const packageMarks = {
  rejected: checkMarks.failed,
  rescan: checkMarks.warning,
  received: checkMarks.current,
  checking: checkMarks.current,
} as const;

function Packages({ row: { packages } }: { row: DayBoardRow }): ReactNode {
  const t = useText();
  if (packages.all === 0) return <span className="soft">{t('receiving.noPackages')}</span>;
  const { confirmed, all } = packages;
  return (
    <>
      <Mark
        {...(confirmed === all ? checkMarks.done : checkMarks.waiting)}
        word={t('receiving.count.confirmed', { count: confirmed, all })}
        nowrap
      />
      {(Object.keys(packageMarks) as (keyof typeof packageMarks)[])
        .filter((one) => packages[one] > 0)
        .map((one) => (
          <div key={one}>
            <Mark
              {...packageMarks[one]}
              word={t(`receiving.count.${one}`, { count: packages[one] })}
              nowrap
            />
          </div>
        ))}
    </>
  );
}
