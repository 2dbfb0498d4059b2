/** Who took which authorisation or release, when and how. */
import { useState, type ReactNode } from 'react';
import { Input, Select, Table } from 'antd';
import { pageByPage } from '../../../ui/listing.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { dateTime } from '../../../ui/format.ts';
import { useText, type Text } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { FetchFilter, FetchRow } from '../../authorise/contract.ts';
import type { ProjectProps } from '../centre-console.tsx';
import '../during/board.css';

const pageSize = 100;
const everything: FetchFilter = { sessionId: null, siteCode: '', what: null, way: null };

function takenBy(t: Text, { by, lock }: Pick<FetchRow, 'by' | 'lock'>): string {
  return by ?? t('release.site', { lock });
}

export function FetchList({ centre, project, round }: ProjectProps): ReactNode {
  const t = useText();
  const [filter, setFilter] = useState(everything);
  const [page, setPage] = useState(1);
  const wanted = { projectId: project.id, ...filter };
  const found = useLoaded(JSON.stringify([wanted, page, round]), () =>
    centre.authorisation.fetches({ ...wanted, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  const set = (part: Partial<FetchFilter>): void => {
    setPage(1);
    setFilter((before) => ({ ...before, ...part }));
  };
  const all = (title: string) => ({ value: '', label: `${title}: ${t('release.all')}` });
  return (
    <div className="stack">
      <search className="row board-filter">
        <Select
          className="filter-stage"
          aria-label={t('release.session')}
          value={filter.sessionId ?? ''}
          onChange={(value) => set({ sessionId: value === '' ? null : value })}
          options={[
            all(t('release.session')),
            ...project.sessions.map(({ id, number, name }) => ({ value: id, label: `${number} · ${name}` })),
          ]}
        />
        <Input
          className="filter-text"
          aria-label={t('release.siteFilter')}
          placeholder={t('release.siteFilter')}
          allowClear
          maxLength={64}
          value={filter.siteCode}
          onChange={(event) => set({ siteCode: event.target.value.trim() })}
        />
        <Select
          className="filter-stage"
          aria-label={t('release.what')}
          value={filter.what ?? ''}
          onChange={(value: 'authorisation' | 'release' | '') => set({ what: value === '' ? null : value })}
          options={[
            all(t('release.what')),
            ...(['authorisation', 'release'] as const).map((value) => ({
              value,
              label: t(`release.what.${value}`),
            })),
          ]}
        />
        <Select
          className="filter-stage"
          aria-label={t('release.way')}
          value={filter.way ?? ''}
          onChange={(value: 'online' | 'file' | 'words' | '') => set({ way: value === '' ? null : value })}
          options={[
            all(t('release.way')),
            ...(['online', 'file', 'words'] as const).map((value) => ({
              value,
              label: t(`release.way.${value}`),
            })),
          ]}
        />
        <DownloadButton make={() => centre.authorisation.exportFetches(wanted)}>
          {t('release.fetchesExport')}
        </DownloadButton>
      </search>
      {found.value?.total === 0 ? (
        <EmptyState title={t('release.noFetches')} todo={t('release.noFetchesTodo')} />
      ) : (
        <Table<FetchRow>
          size="small"
          rowKey="id"
          dataSource={[...(found.value?.rows ?? [])]}
          pagination={pageByPage({ page, pageSize, total: found.value?.total, onPage: setPage })}
          columns={[
            {
              title: t('release.when'),
              render: (_, row) => <span className="nowrap">{dateTime(row.at)}</span>,
            },
            { title: t('release.session'), dataIndex: 'sessionNumber', align: 'right' },
            { title: t('site.code'), dataIndex: 'siteCode' },
            { title: t('release.what'), render: (_, row) => t(`release.what.${row.what}`) },
            { title: t('release.way'), render: (_, row) => t(`release.way.${row.way}`) },
            { title: t('release.who'), render: (_, row) => takenBy(t, row) },
            { title: t('release.address'), render: (_, row) => row.address ?? '–' },
          ]}
        />
      )}
    </div>
  );
}
