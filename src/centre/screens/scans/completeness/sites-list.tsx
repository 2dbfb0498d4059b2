/** The sites of an event with what came of them; those with duplicates are marked. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Segmented, Select, Table } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { missingOf, scansOf, siteFilters, type SiteFilter } from '../../../../exam/scan/completeness.ts';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { pageByPage } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { Mark } from '../../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { siteOrders, type EventRow, type SiteOrder, type SiteRow } from '../../../completeness/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';
import './completeness.css';
import { PartBar } from './part-bar.tsx';
import { PrintButton, PrintedSites } from './printed-sites.tsx';
import { sideMarks } from './side-marks.tsx';

const pageSize = 100;

interface Filter {
  readonly show: SiteFilter;
  readonly region: string | null;
  readonly search: string;
  readonly by: SiteOrder;
  readonly descending: boolean;
}

interface Props {
  centre: CentreClient;
  projectId: string;
  round: number;
  eventId: string;
  back: () => void;
  onOpen: (siteCode: string) => void;
}

export function SitesList({ centre, projectId, round, eventId, back, onOpen }: Props): ReactNode {
  const t = useText();
  const [filter, setFilter] = useState<Filter>({
    show: 'all',
    region: null,
    search: '',
    by: 'code',
    descending: false,
  });
  const [page, setPage] = useState(1);
  const [printing, setPrinting] = useState(false);
  const change = (part: Partial<Filter>): void => {
    setFilter({ ...filter, ...part });
    setPage(1);
  };
  const asked = { projectId, eventId, ...filter };
  const sites = useLoaded(`${JSON.stringify(asked)} ${page} ${round}`, () =>
    centre.completeness.sites({ ...asked, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  if (sites.refusal && !sites.value) return <RefusalAlert refusal={sites.refusal} />;
  if (!sites.value) return null;
  const { event, regions, sums, total, rows, found } = sites.value;
  if (printing)
    return (
      <PrintedSites
        event={event}
        back={() => setPrinting(false)}
        load={() => centre.completeness.sites({ ...asked, offset: 0, limit: 20_000 })}
      />
    );
  const file = (format: 'csv' | 'xlsx', what: 'exportSites' | 'exportMissing') => () =>
    centre.completeness[what]({ ...asked, format, language: t.language });
  return (
    <div className="stack">
      <h1 className="only-read">{t('completeness.title')}</h1>
      <NowLine action={<Button onClick={back}>{t('completeness.allEvents')}</Button>}>
        {nowWords(t, event, found)}
      </NowLine>
      <h2>
        {event.name} <small className="soft">{event.date}</small>
      </h2>
      <div className="toolbar">
        <Segmented
          aria-label={t('completeness.filter')}
          value={filter.show}
          onChange={(show) => change({ show })}
          options={siteFilters.map((value) => ({
            value,
            label: `${t(`completeness.show.${value}`)} ${found[value] ?? 0}`,
          }))}
        />
        {regions.length > 0 && (
          <Select
            className="filter-region"
            aria-label={t('region')}
            value={filter.region ?? ''}
            onChange={(region) => change({ region: region === '' ? null : region })}
            options={[
              { value: '', label: t('region.every') },
              ...regions.map((value) => ({ value, label: value })),
            ]}
          />
        )}
        <Input
          prefix={<SearchOutlined aria-hidden />}
          className="find"
          allowClear
          placeholder={t('completeness.search')}
          aria-label={t('completeness.search')}
          value={filter.search}
          onChange={({ target }) => change({ search: target.value.slice(0, 100) })}
        />
        <span className="soft">{t('completeness.found', { total })}</span>
      </div>
      <div className="toolbar">
        <PrintButton onClick={() => setPrinting(true)} />
        <DownloadButton make={file('xlsx', 'exportSites')}>{t('completeness.exportXlsx')}</DownloadButton>
        <DownloadButton make={file('csv', 'exportSites')}>{t('completeness.exportCsv')}</DownloadButton>
        <DownloadButton make={file('xlsx', 'exportMissing')}>{t('completeness.missingXlsx')}</DownloadButton>
        <DownloadButton make={file('csv', 'exportMissing')}>{t('completeness.missingCsv')}</DownloadButton>
      </div>
      <p className="soft">
        {t('completeness.sums', { ...sums, scans: scansOf(sums), missing: missingOf(sums) })}
      </p>
      {rows.length === 0 ? (
        <EmptyState title={t('completeness.noneFound')} todo={t('completeness.noneFoundTodo')} />
      ) : (
        <Table<SiteRow>
          size="small"
          className="completeness-sites"
          rowKey="siteCode"
          dataSource={rows}
          pagination={pageByPage({ page, pageSize, total, onPage: setPage })}
          rowClassName={({ sums: of }) => (of.duplicate > 0 ? 'has-duplicates' : '')}
          columns={columns(t, filter, onOpen)}
          onChange={(_page, _filters, sorter, { action }) => {
            if (action !== 'sort' || Array.isArray(sorter)) return;
            const by = siteOrders.find((one) => one === sorter.columnKey) ?? 'code';
            change({ by, descending: sorter.order === 'descend' });
          }}
        />
      )}
    </div>
  );
}

function nowWords(t: Text, event: EventRow, found: Record<SiteFilter, number>): string {
  const { duplicates, incomplete } = found;
  if (event.sums.sides === 0) return t('completeness.now.nothing');
  if (duplicates > 0) return t('completeness.now.duplicates', { duplicates, incomplete });
  if (incomplete > 0) return t('completeness.now.missing', { incomplete, sites: event.sites });
  return t('completeness.now.all', { sites: event.sites });
}

function columns(t: Text, { by, descending }: Filter, onOpen: (siteCode: string) => void) {
  const sorted = (key: SiteOrder) => ({
    key,
    sorter: true,
    sortOrder: by === key ? (descending ? ('descend' as const) : ('ascend' as const)) : null,
  });
  const figures = (key: SiteOrder, title: string, value: (row: SiteRow) => ReactNode) => ({
    ...sorted(key),
    title,
    align: 'right' as const,
    className: 'number',
    render: (_: unknown, row: SiteRow) => value(row),
  });
  return [
    {
      ...sorted('code'),
      title: t('completeness.site'),
      render: (_: unknown, row: SiteRow) => (
        <>
          <Button type="link" className="thread-about" onClick={() => onOpen(row.siteCode)}>
            {row.siteCode}
          </Button>{' '}
          <span className="soft">{row.siteName ?? t('completeness.notInRoster')}</span>
          {row.sums.duplicate > 0 && (
            <div>
              <Mark {...sideMarks.duplicate} word={t('completeness.hasDuplicates')} nowrap />
            </div>
          )}
        </>
      ),
    },
    {
      ...sorted('region'),
      title: t('completeness.region'),
      render: (_: unknown, { region }: SiteRow) => region ?? '–',
    },
    figures('kits', t('completeness.kits'), ({ sums }) => sums.kits),
    figures('scans', t('completeness.scans'), ({ sums }) => scansOf(sums)),
    figures('filled', t('completeness.filled'), ({ sums }) => sums.filled),
    figures('duplicate', t('completeness.duplicate'), ({ sums }) => sums.duplicate),
    figures('empty', t('completeness.empty'), ({ sums }) => sums.empty),
    figures('missing', t('completeness.missing'), ({ sums }) => missingOf(sums)),
    {
      ...sorted('part'),
      title: t('completeness.part'),
      render: (_: unknown, { sums }: SiteRow) => <PartBar {...sums} />,
    },
  ];
}
