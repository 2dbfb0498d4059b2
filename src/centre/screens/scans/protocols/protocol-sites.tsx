/** Which sites have handed in, which are late, and how many differences there are. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Segmented, Table } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { dateTime } from '../../../../ui/format.ts';
import { pageByPage } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import {
  protocolStates,
  type ProtocolEvent,
  type ProtocolSite,
  type ProtocolState,
} from '../../../protocols/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';
import { ProtocolStateMark } from './protocol-marks.tsx';

const pageSize = 50;

export function ProtocolSites(props: {
  centre: CentreClient;
  projectId: string;
  round: number;
  eventId: string;
  back: () => void;
  onOpen: (siteCode: string) => void;
}): ReactNode {
  const t = useText();
  const { centre, projectId, round, eventId, back, onOpen } = props;
  const [show, setShow] = useState<ProtocolState | 'all'>('all');
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const asked = { projectId, eventId, show, search, offset: (page - 1) * pageSize, limit: pageSize };
  const sites = useLoaded(`${JSON.stringify(asked)} ${round}`, () => centre.protocol.sites(asked));
  if (sites.refusal && !sites.value) return <RefusalAlert refusal={sites.refusal} />;
  if (!sites.value) return null;
  const { event, total, rows } = sites.value;
  return (
    <div className="stack">
      <h1 className="only-read">{t('protocols.title')}</h1>
      <NowLine action={<Button onClick={back}>{t('completeness.allEvents')}</Button>}>
        {nowWords(t, event)}
      </NowLine>
      <h2>
        {event.name} <small className="soft">{event.date}</small>
      </h2>
      <div className="toolbar">
        <Segmented
          aria-label={t('completeness.filter')}
          value={show}
          onChange={(value) => {
            setShow(value);
            setPage(1);
          }}
          options={[
            { value: 'all' as const, label: t('protocols.show.all') },
            ...protocolStates.map((value) => ({ value, label: t(`protocols.state.${value}`) })),
          ]}
        />
        <Input
          prefix={<SearchOutlined aria-hidden />}
          className="find"
          allowClear
          placeholder={t('completeness.search')}
          aria-label={t('completeness.search')}
          value={search}
          onChange={({ target }) => {
            setSearch(target.value.slice(0, 100));
            setPage(1);
          }}
        />
        <span className="soft">{t('completeness.found', { total })}</span>
      </div>
      {rows.length === 0 ? (
        <EmptyState title={t('completeness.noneFound')} todo={t('completeness.noneFoundTodo')} />
      ) : (
        <Table<ProtocolSite>
          size="small"
          rowKey="siteCode"
          dataSource={rows}
          pagination={pageByPage({ page, pageSize, total, onPage: setPage })}
          columns={columns(t, onOpen)}
        />
      )}
    </div>
  );
}

function nowWords(t: Text, { overdue, sites, given, dueAt }: ProtocolEvent): string {
  if (overdue > 0) return t('protocols.now.overdue', { overdue, sites });
  return given < sites ? t('protocols.now.open', { given, sites, dueAt }) : t('protocols.now.all', { sites });
}

function columns(t: Text, onOpen: (siteCode: string) => void) {
  const column = (title: string, value: (row: ProtocolSite) => ReactNode) => ({
    title,
    render: (_: unknown, row: ProtocolSite) => value(row),
  });
  return [
    column(t('completeness.site'), (row) => (
      <>
        <Button type="link" className="thread-about" onClick={() => onOpen(row.siteCode)}>
          {row.siteCode}
        </Button>{' '}
        <span className="soft">{row.siteName ?? t('completeness.notInRoster')}</span>
      </>
    )),
    column(t('completeness.region'), ({ region }) => region ?? '–'),
    column(t('protocols.stateOf'), ({ state }) => <ProtocolStateMark of={state} />),
    column(t('protocols.rooms'), ({ given, rooms }) => (
      <span className="nowrap">{`${given} / ${rooms}`}</span>
    )),
    column(t('protocols.newest'), ({ at }) => <span className="nowrap">{dateTime(at)}</span>),
    column(t('protocols.differences'), ({ differences }) => <Differences count={differences} />),
  ];
}

function Differences({ count }: { count: number | null }): ReactNode {
  const t = useText();
  if (count === null) return '–';
  return count === 0 ? (
    <Mark {...checkMarks.passed} word={t('protocols.noDifferences')} nowrap />
  ) : (
    <Mark {...checkMarks.warning} word={String(count)} nowrap />
  );
}
