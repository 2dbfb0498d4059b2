/** The books of one site: sums on top, below them every difference by name with what to do; on paper, too. */
import { useState, type ReactNode } from 'react';
import { Alert, Button, Table } from 'antd';
import { PrinterOutlined } from '@ant-design/icons';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import '../../../../ui/exam-record.css';
import { pageByPage } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useText, type Text, type TextKey } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import type { DayBooks, DayDifference } from '../../../paper-day/receiving/contract.ts';
import { nothingCame, Sums } from './book-list.tsx';
import type { ReceivingProps } from './receiving-page.tsx';

const pageSize = 500;

export function SiteBooks(props: ReceivingProps & { siteCode: string; back: () => void }): ReactNode {
  const t = useText();
  const { centre, project, round, eventId, siteCode, back } = props;
  const [page, setPage] = useState(1);
  const of = { projectId: project.id, eventId, siteCode };
  const loaded = useLoaded(`${JSON.stringify(of)} ${page} ${round}`, async () => ({
    books: await centre.dayPackage.books({ ...of, offset: (page - 1) * pageSize, limit: pageSize }),
    at: Date.now(),
  }));
  if (loaded.value === null) return loaded.refusal && <RefusalAlert refusal={loaded.refusal} />;
  const { books, at } = loaded.value;
  const { sums } = books;
  return (
    <div className="stack">
      <div className="no-print">
        <NowLine action={<Button onClick={back}>{t('receiving.back')}</Button>}>
          {sums.differences === 0
            ? t(nothingCame(sums) ? 'receiving.now.booksEmpty' : 'receiving.now.booksGood')
            : t('receiving.now.siteBooks', { differences: sums.differences })}
        </NowLine>
      </div>
      <article className="record printed-list">
        <h2>
          {t('receiving.books')}: {siteCode} {books.siteName ?? ''}{' '}
          <small className="soft">{`${books.event.name} · ${books.event.date}`}</small>
        </h2>
        <small className="soft">{t('receiving.printed', { at })}</small>
        <Sums sums={sums} />
        <Notes books={books} />
        {nothingCame(sums) ? (
          <EmptyState title={t('receiving.booksEmpty')} todo={t('receiving.now.booksEmpty')} />
        ) : sums.differences === 0 ? (
          <EmptyState title={t('receiving.noDifferences')} todo={t('receiving.noDifferencesTodo')} />
        ) : (
          <Table<DayDifference>
            size="small"
            rowKey={(row) => JSON.stringify(row)}
            dataSource={books.differences}
            pagination={
              books.total > pageSize
                ? pageByPage({ page, pageSize, total: books.total, onPage: setPage })
                : false
            }
            columns={columns(t)}
          />
        )}
      </article>
      <div className="row no-print">
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('print')}
        </Button>
        {(['xlsx', 'csv'] as const).map((format) => (
          <DownloadButton key={format} make={() => centre.dayPackage.exportSiteBooks({ ...of, format })}>
            {t(format === 'xlsx' ? 'receiving.exportXlsx' : 'receiving.exportCsv')}
          </DownloadButton>
        ))}
      </div>
    </div>
  );
}

function Notes({ books: { journals, preprinted } }: { books: DayBooks }): ReactNode {
  const t = useText();
  return journals.print === 0 && !preprinted ? (
    <Alert type="warning" showIcon title={t('receiving.now.noJournals')} />
  ) : null;
}

function columns(t: Text) {
  return [
    { title: t('receiving.room'), render: (_: unknown, { room }: DayDifference) => room || '–' },
    { title: t('receiving.difference'), render: (_: unknown, row: DayDifference) => differenceWords(t, row) },
    {
      title: t('receiving.which'),
      render: (_: unknown, { kit, number, side }: DayDifference) =>
        [
          kit === null ? null : t('receiving.kit', { kit }),
          number === null ? null : t('receiving.sheet', { number }),
          side === null ? null : t('receiving.sideOf', { side }),
        ]
          .filter((one) => one !== null)
          .join(', ') || '–',
    },
    {
      title: t('receiving.remedyOf'),
      render: (_: unknown, { remedy }: DayDifference) => t(`receiving.remedy.${remedy}` as TextKey),
    },
  ];
}

function differenceWords(t: Text, { type, what, declared, found }: DayDifference): string {
  return t(`receiving.difference.${type}`, {
    declared,
    found,
    what: what === null ? '' : t(`receiving.what.${what}`),
  });
}
