/** What came back: received, proved whole, receipted; then scored and exported. */
import { useState, type ReactNode } from 'react';
import { Button, Table } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { Mark, ReachedMark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { ResultRow, ScoreRow } from '../../result/contract.ts';
import type { CentreClient, ProjectProps } from '../centre-console.tsx';

/** Of the scores. */
const pageSize = 100;

const at = (time: number | null): string | null => (time === null ? null : dateTime(time));

interface Props extends ProjectProps {
  /** Another page of this phase. */
  open: (...parts: string[]) => void;
}

export function ResultsPage({ centre, project, round, open }: Props): ReactNode {
  const t = useText();
  const projectId = project.id;
  const rows = useLoaded(`${projectId} ${round}`, () => centre.result.list({ projectId }));
  const [scored, setScored] = useState(0);
  const list = rows.value ?? [];
  const receipts = list.filter((row) => row.receiptAt !== null).length;
  const gate = screenGate(receipts > 0, 'nothing-received');
  const [page, setPage] = useState(1);
  const scores = useLoaded(`${projectId} ${round} ${scored} ${page}`, () =>
    centre.result.scores({ projectId, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  const isScored = scores.value !== null && scores.value.total > 0 && scores.value.unscored === 0;
  return (
    <div className="stack">
      <h1 className="only-read">{t('centre.results')}</h1>
      <NowLine
        action={
          <ActButton
            type={isScored ? 'default' : 'primary'}
            gate={gate}
            act={async () => {
              await centre.result.score({ projectId });
              setScored((times) => times + 1);
            }}
            done={t('centre.scored')}
          >
            {t(isScored ? 'centre.scoreAgain' : 'centre.score')}
          </ActButton>
        }
      >
        {receipts === 0
          ? t('centre.now.waitForResults')
          : t(
              !isScored
                ? 'centre.now.results'
                : receipts < list.length
                  ? 'centre.now.scoredSoFar'
                  : 'centre.now.scored',
              { receipts, all: list.length },
            )}
      </NowLine>
      <div className="toolbar">
        <Button onClick={() => open('due')}>{t('due.show')}</Button>
        <FileButton
          label={t('centre.importResults')}
          hint={t('centre.importResultsHint')}
          onFile={async (uploadId) => rows.set(await centre.result.importFile({ projectId, uploadId }))}
        />
        <DownloadButton gate={gate} make={() => centre.result.exportCsv({ projectId })}>
          {t('centre.exportCsv')}
        </DownloadButton>
        <DownloadButton gate={gate} make={() => centre.result.exportXlsx({ projectId })}>
          {t('centre.exportXlsx')}
        </DownloadButton>
        <DownloadButton gate={gate} make={() => centre.result.exportAnswers({ projectId })}>
          {t('centre.exportAnswers')}
        </DownloadButton>
      </div>
      <Received centre={centre} projectId={projectId} rows={list} />
      <Scores scores={scores.value} page={page} onPage={setPage} />
    </div>
  );
}

function Received(props: { centre: CentreClient; projectId: string; rows: readonly ResultRow[] }): ReactNode {
  const t = useText();
  const { centre, projectId, rows } = props;
  const sites = [...new Set(rows.map((row) => row.siteCode))];
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('centre.received')}</h2>
        {sites.map((siteCode) => (
          <DownloadButton
            key={siteCode}
            size="small"
            gate={screenGate(
              rows.some((row) => row.siteCode === siteCode && row.receiptAt !== null),
              'no-receipt-yet',
            )}
            make={() => centre.result.exportReceipts({ projectId, siteCode })}
          >
            {t('centre.exportReceipts', { site: siteCode })}
          </DownloadButton>
        ))}
      </div>
      <Listing
        rows={rows}
        rowKey={(row) => `${row.sessionId} ${row.roomCode}`}
        empty={<EmptyState title={t('centre.noResults')} todo={t('centre.noResultsTodo')} />}
        columns={({ column, figures }) => [
          figures(t('column.session'), (row) => row.sessionNumber),
          column(t('site.code'), (row) => row.siteCode),
          column(t('column.room'), (row) => <strong>{row.roomCode}</strong>),
          figures(t('site.expected'), (row) => row.expected),
          figures(t('site.sat'), (row) => row.sat ?? '–'),
          figures(t('site.absent'), (row) => row.absent ?? '–'),
          column(t('centre.receivedAt'), (row) => <ReachedMark at={at(row.receivedAt)} />),
          column(t('centre.proved'), (row) =>
            row.problem ? (
              <Mark {...checkMarks.failed} word={t('check.failed')} />
            ) : row.receiptAt === null ? (
              <Mark {...checkMarks.waiting} word={t('check.notYet')} />
            ) : (
              <Mark {...checkMarks.passed} word={t('centre.whole', { entries: row.entries })} />
            ),
          ),
          column(t('site.receiptAt'), (row) => <ReachedMark at={at(row.receiptAt)} />),
          column(t('column.problem'), (row) => <Remarks row={row} />),
        ]}
      />
    </section>
  );
}

/** What somebody should look into, although the result counts. */
function Remarks({ row }: { row: ResultRow }): ReactNode {
  const t = useText();
  return (
    <>
      {row.problem && <RefusalText refusal={row.problem} />}
      {(row.filesMissing ?? 0) > 0 && <p>{t('centre.filesMissing', { n: row.filesMissing })}</p>}
      {(row.foreignChanges ?? 0) > 0 && <p>{t('centre.foreignChanges', { n: row.foreignChanges })}</p>}
      {(row.foreignSittings ?? 0) > 0 && <p>{t('centre.foreignSittings', { n: row.foreignSittings })}</p>}
    </>
  );
}

function Scores(props: {
  scores: { readonly rows: readonly ScoreRow[]; readonly total: number } | null;
  page: number;
  onPage: (page: number) => void;
}): ReactNode {
  const t = useText();
  const { scores, page, onPage } = props;
  const rows = scores?.rows ?? [];
  if (rows.length === 0) return <EmptyState title={t('centre.noScores')} todo={t('centre.noScoresTodo')} />;
  return (
    <section className="panel">
      <h2>{t('centre.scores')}</h2>
      <Table
        size="small"
        rowKey={(row) => `${row.sessionNumber} ${row.subject} ${row.admissionNumber}`}
        dataSource={rows}
        pagination={{
          current: page,
          pageSize,
          total: scores?.total ?? 0,
          showSizeChanger: false,
          hideOnSinglePage: true,
          onChange: onPage,
        }}
        columns={[
          { title: t('column.session'), dataIndex: 'sessionNumber', align: 'right' },
          { title: t('column.room'), dataIndex: 'roomCode' },
          { title: t('column.admissionNumber'), dataIndex: 'admissionNumber' },
          { title: t('column.name'), dataIndex: 'name' },
          {
            title: t('centre.scoreColumn'),
            align: 'right',
            render: (_, row) => `${row.score ?? '–'} / ${row.maxScore ?? '–'}`,
          },
          {
            title: t('centre.needsMarking'),
            align: 'right',
            render: (_, row) => (row.needsMarking === 0 ? '–' : row.needsMarking),
          },
        ]}
      />
    </section>
  );
}
