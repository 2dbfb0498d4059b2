/** Packages of a site: what became of each, and how good its pages are. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { bytes, dateTime } from '../../../../ui/format.ts';
import { useLanguage } from '../../../../ui/language.ts';
import { Listing } from '../../../../ui/listing.tsx';
import { RefusalText } from '../../../../ui/refusal-text.tsx';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText } from '../../../../ui/text.ts';
import type { DayPackageRow } from '../../../paper-day/receiving/contract.ts';
import { DecideDialog } from './decide-dialog.tsx';
import type { SiteReceivingProps } from './site-receiving.tsx';

const stateMarks = {
  received: checkMarks.current,
  confirmed: checkMarks.done,
  rejected: checkMarks.failed,
} as const;
const qualityMarks = {
  checking: checkMarks.waiting,
  good: checkMarks.done,
  rescan: checkMarks.warning,
} as const;

export function PackageList(props: SiteReceivingProps & { packages: readonly DayPackageRow[] }): ReactNode {
  const t = useText();
  const { packages, centre, project, siteCode, openUpload } = props;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('receiving.packagesOf')}</h2>
      </div>
      <Listing<DayPackageRow>
        rows={packages}
        rowKey={({ id }) => id}
        pageSize={50}
        empty={<EmptyState title={t('receiving.noPackagesOf')} todo={t('receiving.noPackagesTodo')} />}
        columns={({ column }) => [
          column(t('receiving.package'), (row) => <Which row={row} />),
          column(t('receiving.receivedAt'), ({ receivedAt, way }) => (
            <>
              <span className="nowrap">{dateTime(receivedAt)}</span>
              <div className="soft">{t(`receiving.way.${way}`)}</div>
            </>
          )),
          column(t('receiving.stateOf'), ({ state, reason, problem }) => (
            <>
              <Mark {...stateMarks[state]} word={t(`receiving.state.${state}`)} nowrap />
              {(reason ?? problem) && (
                <div className="soft">
                  <RefusalText refusal={reason ?? problem ?? { type: '' }} />
                </div>
              )}
            </>
          )),
          column(t('receiving.qualityOf'), (row) => <Quality row={row} />),
          column(t('column.actions'), (row) => (
            <div className="row">
              {row.upload && (
                <Button size="small" onClick={() => openUpload(row.upload?.id ?? '')}>
                  {t('receiving.openUpload')}
                </Button>
              )}
              {row.state === 'confirmed' && (
                <DecideDialog centre={centre} projectId={project.id} siteCode={siteCode} of={row} />
              )}
            </div>
          )),
        ]}
      />
    </section>
  );
}

function Which({ row }: { row: DayPackageRow }): ReactNode {
  const t = useText();
  const language = useLanguage();
  return (
    <>
      <strong className="nowrap">
        {t('receiving.room')} {row.room}
      </strong>{' '}
      <span className="soft nowrap">{t('receiving.partOf', { part: row.part, parts: row.parts })}</span>
      <div className="soft">
        {row.pages === null ? t('receiving.recordings') : t('receiving.pages', { pages: row.pages })} ·{' '}
        <span className="nowrap">{bytes(row.size, language)}</span>
      </div>
      {row.replaces !== null && <div className="soft">{t('receiving.replaces')}</div>}
      {row.replacedBy !== null && (
        <div>
          <Mark {...checkMarks.waiting} word={t('receiving.replacedBy')} />
        </div>
      )}
    </>
  );
}

function Quality({ row: { state, quality, rescan, note, upload } }: { row: DayPackageRow }): ReactNode {
  const t = useText();
  if (state !== 'confirmed') return '–';
  return (
    <>
      <Mark {...qualityMarks[quality]} word={t(`receiving.quality.${quality}`)} nowrap />
      {quality === 'checking' && upload?.files != null && (
        <div className="soft">{t('receiving.reading', { done: upload.done, files: upload.files })}</div>
      )}
      {rescan.length > 0 && (
        <div
          className="soft"
          title={rescan.map(({ number, side }) => t('receiving.sheetSide', { number, side })).join('\n')}
        >
          {t('receiving.sheetsAgain', { count: rescan.length })}
        </div>
      )}
      {note !== '' && <div className="soft">{note}</div>}
    </>
  );
}
