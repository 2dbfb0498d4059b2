/** Who took which materials, keys and releases of an exam. */
import { useState, type ReactNode } from 'react';
import { Input, Select, Table } from 'antd';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { dateTime } from '../../../../ui/format.ts';
import { pageByPage } from '../../../../ui/listing.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { dayFetched, type DayFetchRow } from '../../../paper-day/contract.ts';
import type { DayStepProps } from './day-page.tsx';

const pageSize = 20;

export function DayFetches({ centre, project, round, day }: DayStepProps): ReactNode {
  const t = useText();
  const [siteCode, setSiteCode] = useState('');
  const [what, setWhat] = useState<DayFetchRow['what'] | null>(null);
  const [page, setPage] = useState(1);
  const wanted = { projectId: project.id, eventId: day.eventId, siteCode: siteCode.trim(), what };
  const list = useLoaded(`${JSON.stringify(wanted)} ${page} ${round}`, () =>
    centre.paperDay.fetches({ ...wanted, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('paperDay.fetches')}</h2>
        <Input
          className="grow"
          allowClear
          aria-label={t('release.siteFilter')}
          placeholder={t('release.siteFilter')}
          maxLength={64}
          value={siteCode}
          onChange={(event) => {
            setSiteCode(event.target.value);
            setPage(1);
          }}
        />
        <Select<DayFetchRow['what'] | 'all'>
          aria-label={t('paperDay.what')}
          popupMatchSelectWidth={false}
          value={what ?? 'all'}
          onChange={(value) => {
            setWhat(value === 'all' ? null : value);
            setPage(1);
          }}
          options={[
            { value: 'all', label: t('release.all') },
            ...dayFetched.map((value) => ({ value, label: t(`paperDay.what.${value}`) })),
          ]}
        />
        <DownloadButton size="small" make={() => centre.paperDay.exportFetches(wanted)}>
          {t('paperDay.exportCsv')}
        </DownloadButton>
      </div>
      {list.value?.total === 0 ? (
        <EmptyState title={t('paperDay.noFetches')} todo={t('paperDay.noFetchesTodo')} />
      ) : (
        <Table<DayFetchRow>
          size="small"
          rowKey={(row) => row.id}
          dataSource={list.value?.rows ?? []}
          pagination={pageByPage({ page, pageSize, total: list.value?.total, onPage: setPage })}
          columns={[
            {
              title: t('paperDay.when'),
              render: (_, row) => <span className="nowrap">{dateTime(row.at)}</span>,
            },
            { title: t('paperDay.site'), render: (_, row) => <strong>{row.siteCode}</strong> },
            {
              title: t('paperDay.what'),
              render: (_, row) => `${t(`paperDay.what.${row.what}`)} ${row.number ?? ''}`,
            },
            { title: t('paperDay.way'), render: (_, row) => t(`paperDay.way.${row.way}`) },
            { title: t('paperDay.who'), render: (_, row) => row.by ?? t('paperDay.siteItself') },
            { title: t('release.address'), render: (_, row) => row.address ?? '–' },
          ]}
        />
      )}
    </section>
  );
}
