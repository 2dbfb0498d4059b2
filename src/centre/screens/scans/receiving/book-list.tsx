/** The books of all sites, or of all regions: what was printed, issued, scanned and confirmed, and how many differences there are. */
import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Input, Segmented, Table } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { pageByPage } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import type { BookRow, BookSums } from '../../../paper-day/receiving/contract.ts';
import type { ReceivingProps } from './receiving-page.tsx';
import './book-list.css';

const pageSize = 50;
export const bookColumns = [
  'printed',
  'spoiled',
  'unused',
  'declaredKits',
  'used',
  'scanned',
  'confirmed',
] as const satisfies readonly (keyof BookSums)[];

export function BookList(
  props: ReceivingProps & { choice: ReactNode; back: () => void; onOpen: (siteCode: string) => void },
): ReactNode {
  const t = useText();
  const { centre, project, round, eventId, choice, back, onOpen } = props;
  const [by, setBy] = useState<'site' | 'region'>('site');
  const [search, setSearch] = useState('');
  const [onlyDifferences, setOnly] = useState(false);
  const [page, setPage] = useState(1);
  const of = { projectId: project.id, eventId };
  const asked = { ...of, by, search, onlyDifferences, offset: (page - 1) * pageSize, limit: pageSize };
  const list = useLoaded(`${JSON.stringify(asked)} ${round}`, () => centre.dayPackage.bookList(asked));
  const books = list.value;
  return (
    <div className="stack">
      <h1 className="only-read">{t('receiving.books')}</h1>
      <NowLine action={<Button onClick={back}>{t('receiving.allEvents')}</Button>}>
        {nowWords(t, books)}
      </NowLine>
      <div className="toolbar">
        {choice}
        <Segmented
          aria-label={t('receiving.grouped')}
          value={by}
          onChange={(value) => {
            setBy(value);
            setPage(1);
          }}
          options={[
            { value: 'site' as const, label: t('receiving.by.site') },
            { value: 'region' as const, label: t('receiving.by.region') },
          ]}
        />
        <Input
          prefix={<SearchOutlined aria-hidden />}
          className="find"
          allowClear
          placeholder={t('receiving.search')}
          aria-label={t('receiving.search')}
          value={search}
          onChange={({ target }) => {
            setSearch(target.value.slice(0, 100));
            setPage(1);
          }}
        />
        <Checkbox
          checked={onlyDifferences}
          onChange={({ target }) => {
            setOnly(target.checked);
            setPage(1);
          }}
        >
          {t('receiving.onlyDifferences')}
        </Checkbox>
        {(['xlsx', 'csv'] as const).map((format) => (
          <DownloadButton
            key={format}
            size="small"
            make={() => centre.dayPackage.exportBooks({ ...of, format })}
          >
            {t(format === 'xlsx' ? 'receiving.exportXlsx' : 'receiving.exportCsv')}
          </DownloadButton>
        ))}
      </div>
      {list.refusal && !books && <RefusalAlert refusal={list.refusal} />}
      {books && <Sums sums={books.sums} />}
      {books && books.rows.length === 0 ? (
        <EmptyState title={t('receiving.noneFound')} todo={t('receiving.noneFoundTodo')} />
      ) : (
        <Table<BookRow>
          size="small"
          className="book-list"
          rowKey={(row) => row.siteCode ?? row.region ?? ''}
          loading={books === null}
          dataSource={books?.rows ?? []}
          pagination={pageByPage({ page, pageSize, total: books?.total, onPage: setPage })}
          columns={columns(t, by, onOpen)}
        />
      )}
    </div>
  );
}

function nowWords(t: Text, books: { sums: BookSums; rows: BookRow[] } | null): string {
  if (books === null) return t('receiving.books');
  const { differences } = books.sums;
  if (nothingCame(books.sums)) return t('receiving.now.booksEmpty');
  return differences === 0
    ? t('receiving.now.booksGood')
    : t('receiving.now.books', {
        differences,
        sites: books.rows.filter((row) => row.differences > 0).length,
      });
}

export function Sums({ sums }: { sums: BookSums }): ReactNode {
  const t = useText();
  return (
    <div className="row">
      {[...bookColumns, 'differences' as const].map((one) => (
        <span key={one}>
          <span className="soft">{t(`receiving.sum.${one}`)}</span> <strong>{sums[one]}</strong>
        </span>
      ))}
    </div>
  );
}

function columns(t: Text, by: 'site' | 'region', onOpen: (siteCode: string) => void) {
  const figures = bookColumns.map((one) => ({
    title: t(`receiving.sum.${one}`),
    align: 'right' as const,
    render: (_: unknown, row: BookRow) => <span className="number">{row[one]}</span>,
  }));
  const where =
    by === 'region'
      ? [
          {
            title: t('receiving.region'),
            render: (_: unknown, { region }: BookRow) => region ?? t('receiving.noRegion'),
          },
        ]
      : [
          {
            title: t('receiving.site'),
            render: (_: unknown, { siteCode, siteName }: BookRow) => (
              <>
                <Button type="link" className="thread-about" onClick={() => onOpen(siteCode ?? '')}>
                  {siteCode}
                </Button>{' '}
                <span className="soft">{siteName ?? t('receiving.notInRoster')}</span>
              </>
            ),
          },
          { title: t('receiving.region'), render: (_: unknown, { region }: BookRow) => region ?? '–' },
        ];
  return [
    ...where,
    ...figures,
    {
      title: t('receiving.sum.differences'),
      render: (_: unknown, { differences }: BookRow) => (
        <Mark
          {...(differences === 0 ? checkMarks.passed : checkMarks.warning)}
          word={String(differences)}
          nowrap
        />
      ),
    },
  ];
}

/** There is nothing to compare: nothing is accounted for, either. */
export function nothingCame({ printed, declaredKits, scanned, confirmed, differences }: BookSums): boolean {
  return printed + declaredKits + scanned + confirmed + differences === 0;
}
