/** One site in an event: every side of every kit, and the additional sheets. */
import { useState, type ReactNode } from 'react';
import { Button, Modal, Pagination, Segmented, Select } from 'antd';
import { kitFilters, missingOf, scansOf, type KitFilter } from '../../../../exam/scan/completeness.ts';
import { refusalOf } from '../../../../ui/client.ts';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { pageByPage } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useText, type Text } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import type { SheetPage, SiteRow } from '../../../completeness/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';
import { AdditionalSheets } from './additional-sheets.tsx';
import './completeness.css';
import { KitGrid, type SideOfSheet } from './kit-grid.tsx';
import { PrintButton, PrintedKits } from './printed-sites.tsx';
import { SideLegend } from './side-marks.tsx';

const pageSize = 100;
/** On paper all of them stand together. */
const printedAtMost = 5_000;

interface Filter {
  readonly show: KitFilter;
  readonly room: string | null;
  readonly by: 'kit' | 'state';
}

interface Props {
  centre: CentreClient;
  projectId: string;
  round: number;
  eventId: string;
  siteCode: string;
  back: { readonly label: string; readonly go: () => void };
  /** Shows a page of an upload; null: whoever is signed in has no uploads. */
  openPage: ((uploadId: string, scanId: string) => void) | null;
}

export function SiteKitsPage(props: Props): ReactNode {
  const t = useText();
  const { centre, projectId, round, eventId, siteCode, back, openPage } = props;
  const [filter, setFilter] = useState<Filter>({ show: 'all', room: null, by: 'kit' });
  const [page, setPage] = useState(1);
  const [printing, setPrinting] = useState(false);
  const [several, setSeveral] = useState<readonly SheetPage[] | null>(null);
  const [refusal, setRefusal] = useState<ReturnType<typeof refusalOf> | null>(null);
  const change = (part: Partial<Filter>): void => {
    setFilter({ ...filter, ...part });
    setPage(1);
  };
  const of = { projectId, eventId, siteCode };
  const asked = { ...of, ...filter };
  const kits = useLoaded(`${JSON.stringify(asked)} ${page} ${round}`, () =>
    centre.completeness.site({ ...asked, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  if (kits.refusal && !kits.value) return <RefusalAlert refusal={kits.refusal} />;
  if (!kits.value) return null;
  if (printing)
    return (
      <PrintedKits
        back={() => setPrinting(false)}
        load={() => centre.completeness.site({ ...asked, offset: 0, limit: printedAtMost })}
      />
    );
  const { event, site, rooms, columns, total, kits: rows, additional, unused } = kits.value;
  const open = async ({ number, side }: SideOfSheet): Promise<void> => {
    setRefusal(null);
    try {
      const pages = await centre.completeness.pages({ ...of, number, side });
      const [only] = pages;
      if (pages.length === 1 && only) openPage?.(only.uploadId, only.scanId);
      else setSeveral(pages);
    } catch (error) {
      setRefusal(refusalOf(error));
    }
  };
  const openSide = openPage === null ? null : (side: SideOfSheet) => void open(side);
  const file = (format: 'csv' | 'xlsx') => () =>
    centre.completeness.exportKits({ ...asked, format, language: t.language });
  return (
    <div className="stack">
      <h1 className="only-read">{t('completeness.title')}</h1>
      <NowLine action={<Button onClick={back.go}>{back.label}</Button>}>
        {nowWords(t, site, openPage === null)}
      </NowLine>
      <h2>
        {site.siteCode} {site.siteName ?? ''}{' '}
        <small className="soft">
          {event.name} · {event.date}
        </small>
      </h2>
      <p className="soft">
        {t('completeness.sums', {
          ...site.sums,
          scans: scansOf(site.sums),
          missing: missingOf(site.sums),
        })}
      </p>
      <div className="toolbar">
        <Segmented
          aria-label={t('completeness.kitFilter')}
          value={filter.show}
          onChange={(show) => change({ show })}
          options={kitFilters.map((value) => ({ value, label: t(`completeness.kitShow.${value}`) }))}
        />
        <Segmented
          aria-label={t('completeness.order')}
          value={filter.by}
          onChange={(by) => change({ by })}
          options={(['kit', 'state'] as const).map((value) => ({
            value,
            label: t(`completeness.order.${value}`),
          }))}
        />
        {rooms.length > 1 && (
          <Select
            className="filter-region"
            aria-label={t('completeness.room')}
            value={filter.room ?? everyRoom}
            onChange={(room) => change({ room: room === everyRoom ? null : room })}
            options={[
              { value: everyRoom, label: t('completeness.everyRoom') },
              ...rooms.map((value) => ({ value, label: value === '' ? '–' : value })),
            ]}
          />
        )}
        <span className="soft">{t('completeness.found', { total })}</span>
      </div>
      <div className="toolbar">
        <PrintButton onClick={() => setPrinting(true)} />
        <DownloadButton make={file('xlsx')}>{t('completeness.exportXlsx')}</DownloadButton>
        <DownloadButton make={file('csv')}>{t('completeness.exportCsv')}</DownloadButton>
        {openPage !== null && (
          <DownloadButton
            make={() =>
              centre.completeness.exportMissing({
                projectId,
                eventId,
                siteCode,
                format: 'xlsx',
                language: t.language,
              })
            }
          >
            {t('completeness.missingXlsx')}
          </DownloadButton>
        )}
      </div>
      <SideLegend />
      {refusal && <RefusalAlert refusal={refusal} />}
      {rows.length === 0 ? (
        <EmptyState title={t('completeness.noneFound')} todo={t('completeness.noneFoundTodo')} />
      ) : (
        <KitGrid columns={columns} kits={rows} onOpen={openSide} />
      )}
      <Pagination size="small" {...pageByPage({ page, pageSize, total, onPage: setPage })} />
      <AdditionalSheets of={additional} unused={unused} onOpen={openSide} />
      <Modal
        open={several !== null}
        title={t('completeness.choose')}
        footer={null}
        destroyOnHidden
        onCancel={() => setSeveral(null)}
      >
        <SeveralPages pages={several ?? []} onOpen={(one) => openPage?.(one.uploadId, one.scanId)} />
      </Modal>
    </div>
  );
}

/** No code of a room: the register trims them. */
const everyRoom = ' ';

/** @param own nobody here can delete a page */
function nowWords(t: Text, { sums }: SiteRow, own: boolean): string {
  const { duplicate, sides } = sums;
  const missing = missingOf(sums);
  if (duplicate > 0)
    return t(own ? 'completeness.now.own.duplicates' : 'completeness.now.site.duplicates', { duplicate });
  return missing > 0
    ? t('completeness.now.site.missing', { missing, sides })
    : t('completeness.now.site.all');
}

function SeveralPages(props: { pages: readonly SheetPage[]; onOpen: (page: SheetPage) => void }): ReactNode {
  const t = useText();
  const { pages, onOpen } = props;
  if (pages.length === 0) return <p>{t('completeness.noPage')}</p>;
  return (
    <div className="stack">
      <p>{t('completeness.chooseTodo')}</p>
      {pages.map((page) => (
        <Button key={page.scanId} block onClick={() => onOpen(page)}>
          {t('completeness.page', { number: page.uploadNumber, name: page.name, at: page.at })}
        </Button>
      ))}
    </div>
  );
}
