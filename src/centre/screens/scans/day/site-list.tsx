/** Who has what of an exam, site by site; what can be done with a site is each step's own. */
import { useState, type ReactNode } from 'react';
import { Input, Select, Table } from 'antd';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { dateTime } from '../../../../ui/format.ts';
import { pageByPage } from '../../../../ui/listing.tsx';
import { RefusalText } from '../../../../ui/refusal-text.tsx';
import { Mark, ReachedMark, checkMarks } from '../../../../ui/state-mark.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { siteDayStates, type SiteDayRow } from '../../../paper-day/contract.ts';
import { ArchiveState } from './archive-passwords.tsx';
import type { DayStepProps } from './day-page.tsx';

const pageSize = 50;

const marks = {
  'not-registered': checkMarks.waiting,
  'not-prepared': checkMarks.current,
  prepared: checkMarks.passed,
  'key-made': checkMarks.passed,
  'key-again': checkMarks.failed,
  released: checkMarks.done,
  used: checkMarks.done,
} as const;

type Taken = NonNullable<SiteDayRow['key']>['taken'];

export function SiteList(
  props: DayStepProps & { head?: ReactNode; actions?: (row: SiteDayRow) => ReactNode },
): ReactNode {
  const t = useText();
  const { centre, project, round, day, head, actions } = props;
  const [search, setSearch] = useState('');
  const [state, setState] = useState<SiteDayRow['state'] | null>(null);
  const [page, setPage] = useState(1);
  const wanted = { projectId: project.id, eventId: day.eventId, search: search.trim(), state };
  const preparing = day.preparing?.done ?? '';
  const list = useLoaded(`${JSON.stringify(wanted)} ${page} ${round} ${preparing}`, () =>
    centre.paperDay.sites({ ...wanted, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  if (day.sites === 0) return <EmptyState title={t('paperDay.noSites')} todo={t('paperDay.noSitesTodo')} />;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('paperDay.sites')}</h2>
        <Input
          className="grow"
          allowClear
          aria-label={t('paperDay.search')}
          placeholder={t('paperDay.search')}
          maxLength={100}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setPage(1);
          }}
        />
        <Select<SiteDayRow['state'] | 'all'>
          aria-label={t('paperDay.state')}
          popupMatchSelectWidth={false}
          value={state ?? 'all'}
          onChange={(value) => {
            setState(value === 'all' ? null : value);
            setPage(1);
          }}
          options={[
            { value: 'all', label: t('paperDay.all') },
            ...siteDayStates.map((value) => ({ value, label: t(`paperDay.state.${value}`) })),
          ]}
        />
        {(['csv', 'xlsx'] as const).map((format) => (
          <DownloadButton
            key={format}
            size="small"
            make={() => centre.paperDay.exportSites({ ...wanted, format })}
          >
            {t(format === 'csv' ? 'paperDay.exportCsv' : 'paperDay.exportXlsx')}
          </DownloadButton>
        ))}
        {head}
      </div>
      <Table<SiteDayRow>
        size="small"
        rowKey={(row) => row.siteCode}
        dataSource={list.value?.rows ?? []}
        loading={list.value === null}
        pagination={pageByPage({ page, pageSize, total: list.value?.total, onPage: setPage })}
        columns={[
          {
            title: t('paperDay.site'),
            render: (_, row) => (
              <>
                <strong>{row.siteCode}</strong> <span className="soft">{row.siteName}</span>
              </>
            ),
          },
          { title: t('paperDay.state'), render: (_, row) => <State row={row} /> },
          {
            title: t('paperDay.kits'),
            render: (_, row) => (
              <>
                <span className="number">{row.kits}</span>
                <div className="soft nowrap">{t('paperDay.reserves', { n: row.reserves })}</div>
              </>
            ),
          },
          {
            title: t('paperDay.materials'),
            render: (_, { materials }) =>
              materials === null ? (
                '–'
              ) : (
                <>
                  <span>{t('paperDay.revisionOf', { ...materials })}</span>
                  <TakenMark taken={materials.taken} />
                </>
              ),
          },
          {
            title: t('paperDay.key'),
            render: (_, { key }) =>
              key === null ? (
                '–'
              ) : (
                <>
                  <span title={key.reason}>{t('paperDay.keyOf', { ...key })}</span>
                  <TakenMark taken={key.taken} />
                </>
              ),
          },
          ...(day.policy.opens === 'password'
            ? [
                {
                  title: t('siteArchives.archive'),
                  render: (_: unknown, { archive }: SiteDayRow) => <ArchiveState archive={archive} />,
                },
              ]
            : []),
          {
            title: t('paperDay.releasedAt'),
            render: (_, row) => (
              <ReachedMark at={row.releasedAt === null ? null : dateTime(row.releasedAt)} wraps />
            ),
          },
          ...(actions
            ? [{ title: t('column.actions'), render: (_: unknown, row: SiteDayRow) => actions(row) }]
            : []),
        ]}
      />
    </section>
  );
}

function State({ row }: { row: SiteDayRow }): ReactNode {
  const t = useText();
  return (
    <>
      <Mark {...marks[row.state]} word={t(`paperDay.state.${row.state}`)} />
      {row.used && <div className="soft">{t('paperDay.usedAt', { ...row.used })}</div>}
      {row.problem && (
        <div className="soft">
          <RefusalText refusal={row.problem} />
        </div>
      )}
    </>
  );
}

function TakenMark({ taken }: { taken: Taken }): ReactNode {
  const t = useText();
  if (taken === null) return <div className="soft nowrap">{t('paperDay.notTaken')}</div>;
  return (
    <div>
      <Mark
        {...(taken.way === 'online' ? checkMarks.done : checkMarks.passed)}
        word={t(taken.way === 'online' ? 'paperDay.taken.online' : 'paperDay.taken.file', { ...taken })}
      />
    </div>
  );
}
