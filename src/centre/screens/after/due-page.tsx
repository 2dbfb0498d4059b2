/** What has not come yet: by room or by site, the latest first, with what the site says and what to do. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Segmented, Select, Switch, Table } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { pageByPage } from '../../../ui/listing.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { centreContract } from '../../contract.ts';
import type { DueRow } from '../../due/contract.ts';
import type { ProjectProps } from '../centre-console.tsx';

const pageSize = 100;

interface Filter {
  readonly sessionId: string | null;
  readonly by: 'room' | 'site';
  readonly missingOnly: boolean;
  readonly search: string;
}

export function DuePage({ centre, project, round, back }: ProjectProps & { back: () => void }): ReactNode {
  const t = useText();
  const projectId = project.id;
  const [filter, setFilter] = useState<Filter>({
    sessionId: null,
    by: 'room',
    missingOnly: true,
    search: '',
  });
  const [page, setPage] = useState(1);
  const change = (part: Partial<Filter>): void => {
    setFilter({ ...filter, ...part });
    setPage(1);
  };
  const due = useLoaded(`${projectId} ${JSON.stringify(filter)} ${page} ${round}`, () =>
    centre.due.list({ projectId, ...filter, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  const sums = due.value?.sums;
  return (
    <div className="stack">
      <h1 className="only-read">{t('due.title')}</h1>
      <NowLine action={<Button onClick={back}>{t('due.backToResults')}</Button>}>
        {sums && t(nowKey(sums), { ...sums })}
      </NowLine>
      <Tools {...{ centre, project, filter, change }} total={due.value?.total ?? 0} />
      {sums && <p className="soft">{t('due.sums', { ...sums })}</p>}
      {due.value && due.value.rows.length === 0 ? (
        <EmptyState title={t('due.noneFound')} todo={t('due.noneFoundTodo')} />
      ) : (
        <Table<DueRow>
          size="small"
          rowKey={(row) => `${row.sessionId} ${row.siteCode} ${row.roomCode ?? ''}`}
          dataSource={due.value?.rows ?? []}
          pagination={pageByPage({ page, pageSize, total: due.value?.total, onPage: setPage })}
          columns={columns(t, filter.by)}
        />
      )}
    </div>
  );
}

function nowKey(sums: { rooms: number; roomsVerified: number; late: number }) {
  if (sums.rooms === 0) return 'due.now.none';
  if (sums.late > 0) return 'due.now.late';
  return sums.roomsVerified < sums.rooms ? 'due.now.waiting' : 'due.now.all';
}

function Tools(
  props: Pick<ProjectProps, 'centre' | 'project'> & {
    filter: Filter;
    change: (part: Partial<Filter>) => void;
    total: number;
  },
): ReactNode {
  const t = useText();
  const { centre, project, filter, change, total } = props;
  const gate = useRoleGate(centreContract.due.exportFile);
  const file = (format: 'csv' | 'xlsx') => () =>
    centre.due.exportFile({ projectId: project.id, ...filter, format, language: t.language });
  return (
    <div className="toolbar">
      <Segmented
        value={filter.by}
        onChange={(by) => change({ by })}
        options={[
          { value: 'room' as const, label: t('due.byRoom') },
          { value: 'site' as const, label: t('due.bySite') },
        ]}
      />
      {project.sessions.length > 1 && (
        <Select
          aria-label={t('due.session')}
          value={filter.sessionId ?? ''}
          onChange={(id) => change({ sessionId: id === '' ? null : id })}
          options={[
            { value: '', label: t('due.everySession') },
            ...project.sessions.map(({ id, number, name }) => ({ value: id, label: `${number} · ${name}` })),
          ]}
        />
      )}
      <label className="row">
        <Switch
          size="small"
          checked={filter.missingOnly}
          onChange={(missingOnly) => change({ missingOnly })}
        />
        {t('due.missingOnly')}
      </label>
      <Input
        prefix={<SearchOutlined aria-hidden />}
        className="find"
        allowClear
        placeholder={t('due.search')}
        aria-label={t('due.search')}
        value={filter.search}
        onChange={(event) => change({ search: event.target.value.slice(0, 100) })}
      />
      <span className="soft">{t('due.found', { total })}</span>
      <DownloadButton gate={gate} make={file('csv')}>
        {t('due.exportCsv')}
      </DownloadButton>
      <DownloadButton gate={gate} make={file('xlsx')}>
        {t('due.exportXlsx')}
      </DownloadButton>
    </div>
  );
}

function columns(t: Text, by: Filter['by']) {
  const figures = (title: string, value: (row: DueRow) => ReactNode) => ({
    title,
    align: 'right' as const,
    className: 'number',
    width: 1,
    render: (_: unknown, row: DueRow) => value(row),
  });
  const column = (title: string, value: (row: DueRow) => ReactNode) => ({
    title,
    render: (_: unknown, row: DueRow) => value(row),
  });
  return [
    figures(t('due.session'), (row) => row.sessionNumber),
    column(t('due.site'), (row) => (
      <>
        <strong>{row.siteCode}</strong> {row.siteName === row.siteCode ? '' : row.siteName}
        <div className="soft">
          {row.siteLastContact === null ? t('due.neverHeard') : t('due.contact', { at: row.siteLastContact })}
        </div>
      </>
    )),
    by === 'room'
      ? column(t('due.room'), (row) => <strong className="nowrap">{row.roomCode}</strong>)
      : figures(t('due.rooms'), (row) => `${row.roomsVerified} / ${row.rooms}`),
    column(t('due.missing'), (row) => (
      <>
        <strong>{t('due.missingOf', { missing: row.missing, expected: row.expected })}</strong>
        <div className="soft nowrap">
          {t('due.hereOf', { received: row.received, verified: row.verified })}
        </div>
      </>
    )),
    column(t('due.state'), (row) => (
      <>
        <Mark {...markOf(row)} word={t(`due.state.${row.state}`)} nowrap />
        {row.said && row.state === 'missing' && (
          <div className="soft">{t('due.saysOf', { what: saidWords(t, row.said) })}</div>
        )}
      </>
    )),
    column(t('due.late'), (row) => (
      <>
        <strong className="nowrap">{lateWords(t, row)}</strong>
        <div className="soft nowrap">{t('due.dueOf', { at: row.dueAt })}</div>
      </>
    )),
    column(t('due.remedy'), (row) => (row.remedy === null ? '–' : t(`due.remedy.${row.remedy}`))),
  ];
}

function lateWords(t: Text, { lateMs, state }: DueRow): string {
  if (lateMs === null) return state === 'verified' ? '–' : t('due.notLate');
  const minutes = Math.floor(lateMs / 60_000);
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? t('due.lateFor', { hours, minutes: minutes % 60 })
    : t('due.lateDays', { days: Math.floor(hours / 24), hours: hours % 24 });
}

function markOf({ state, lateMs }: DueRow) {
  if (state === 'verified') return checkMarks.passed;
  if (state === 'problem') return checkMarks.failed;
  return lateMs === null ? checkMarks.waiting : state === 'missing' ? checkMarks.failed : checkMarks.warning;
}

function saidWords(t: Text, said: NonNullable<DueRow['said']>): string {
  if (said.handedUpAt !== null) return t('due.saidHandedUp', { at: said.handedUpAt });
  if (said.collectedAt !== null) return t('due.saidCollected', { at: said.collectedAt });
  return t(`due.said.${said.progress}`);
}
