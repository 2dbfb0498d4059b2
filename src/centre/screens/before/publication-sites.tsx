/** Which site took what, when and how, and whether it has loaded it. */
import { useState, type ReactNode } from 'react';
import { Table } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { bytes, dateTime } from '../../../ui/format.ts';
import { Listing, pageByPage } from '../../../ui/listing.tsx';
import { ReachedMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { PublicationSiteRow } from '../../publish/contract.ts';
import { inRegion, NameAndRegion, RegionSelect } from '../region-select.tsx';
import type { StepProps } from './before-page.tsx';

const pageSize = 100;

export function PublicationSites(props: StepProps): ReactNode {
  const t = useText();
  const { centre, project, round } = props;
  const projectId = project.id;
  const sites = useLoaded(`${projectId} ${round}`, () => centre.publication.sites({ projectId }));
  const rows = sites.value ?? [];
  const [region, setRegion] = useState<string | null>(null);
  const hasIt = (site: PublicationSiteRow): boolean => site.loaded !== null && site.loaded >= site.number;
  return (
    <section className="stack">
      <div className="panel-head">
        <h2>{t('publication.sites')}</h2>
        <RegionSelect of={rows} value={region} onChange={setRegion} />
        <span>{t('publication.sitesCount', { loaded: rows.filter(hasIt).length, of: rows.length })}</span>
        <DialogButton label={t('publication.downloads')} width={900}>
          {() => <Downloads {...props} siteCode={null} />}
        </DialogButton>
      </div>
      <Listing
        rows={inRegion(rows, region)}
        rowKey={(site) => site.siteCode}
        pageSize={20}
        columns={({ column, moment }) => [
          column(t('site.code'), (site) => <strong>{site.siteCode}</strong>),
          column(t('centre.siteName'), (site) => <NameAndRegion name={site.siteName} region={site.region} />),
          column(t('publication.forSite'), (site) => `№ ${site.number}`),
          moment(t('centre.publishedAt'), (site) => site.publishedAt),
          moment(t('publication.taken'), (site) => site.downloadedAt),
          column(t('publication.way'), (site) =>
            site.way === null ? '–' : t(`publication.way.${site.way}`),
          ),
          column(t('publication.loaded'), (site) => (
            <ReachedMark at={hasIt(site) && site.loadedAt !== null ? dateTime(site.loadedAt) : null} />
          )),
          column(t('column.actions'), (site) => (
            <DialogButton
              size="small"
              label={t('publication.downloads')}
              title={t('publication.downloadsOf', { site: site.siteCode })}
              width={900}
            >
              {() => <Downloads {...props} siteCode={site.siteCode} />}
            </DialogButton>
          )),
        ]}
      />
    </section>
  );
}

function Downloads({ centre, project, round, siteCode }: StepProps & { siteCode: string | null }): ReactNode {
  const t = useText();
  const [page, setPage] = useState(1);
  const projectId = project.id;
  const found = useLoaded(`${projectId} ${siteCode} ${page} ${round}`, () =>
    centre.publication.downloads({ projectId, siteCode, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  if (found.value?.total === 0)
    return <EmptyState title={t('publication.noDownloads')} todo={t('publication.noDownloadsTodo')} />;
  return (
    <Table
      size="small"
      rowKey="id"
      dataSource={[...(found.value?.rows ?? [])]}
      pagination={pageByPage({ page, pageSize, total: found.value?.total, onPage: setPage })}
      columns={[
        { title: t('publication.taken'), dataIndex: 'at', render: (at: number) => dateTime(at) },
        { title: t('publication.site'), dataIndex: 'siteCode' },
        { title: '№', dataIndex: 'number', align: 'right' },
        {
          title: t('publication.way'),
          dataIndex: 'way',
          render: (way: 'online' | 'file') => t(`publication.way.${way}`),
        },
        {
          title: t('site.size'),
          dataIndex: 'bytes',
          align: 'right',
          render: (count: number) => bytes(count, t.language),
        },
        {
          title: t('centre.by'),
          dataIndex: 'by',
          render: (by: string | null) => by ?? t('publication.bySite'),
        },
      ]}
    />
  );
}
