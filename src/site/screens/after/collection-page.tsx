/** Collecting the rooms' results, backing them up, reporting them to the centre, its receipts. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ExamRecord } from '../../../ui/exam-record.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { bytes, dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { Mark, ReachedMark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { CollectionRow } from '../../contract.ts';
import type { SiteClient } from '../site-console.tsx';
import { ReportSession } from './report-session.tsx';

interface Props {
  site: SiteClient;
  /** `record / room / session` of the address. */
  parts: readonly string[];
  go: (...parts: string[]) => void;
}

const at = (time: number | null): string | null => (time === null ? null : dateTime(time));

export function CollectionPage({ site, parts, go }: Props): ReactNode {
  const t = useText();
  const live = useLive('collection', (signal) => site.collection.live(undefined, { signal }));
  const [page, roomCode, sessionId] = parts;
  if (page === 'record' && roomCode !== undefined && sessionId !== undefined)
    return <Record site={site} roomCode={roomCode} sessionId={sessionId} back={() => go('after')} />;
  if (!live.value) return null;
  const rows = live.value;
  if (rows.length === 0)
    return <EmptyState title={t('site.nothingToCollect')} todo={t('site.nothingToCollectTodo')} />;
  return (
    <div className="stack">
      <h1 className="only-read">{t('site.collection')}</h1>
      <NowLine>{summary(t, rows)}</NowLine>
      <div className="toolbar">
        <FileButton
          label={t('site.importResult')}
          hint={t('site.importResultHint')}
          onFile={async (uploadId) => live.set(await site.collection.importFile({ uploadId }))}
        />
        <FileButton
          label={t('site.importReceipts')}
          hint={t('site.importReceiptsHint')}
          accept=".json"
          onFile={async (uploadId) => live.set(await site.collection.importReceipts({ uploadId }))}
        />
      </div>
      {sessionsOf(rows).map((session) => (
        <section key={session.sessionId} className="panel">
          <div className="panel-head">
            <h2>{t('site.sessionNumber', { number: session.number })}</h2>
            <ReportSession site={site} rows={session.rows} set={live.set} />
          </div>
          <Rooms site={site} rows={session.rows} go={go} />
        </section>
      ))}
    </div>
  );
}

function sessionsOf(rows: readonly CollectionRow[]) {
  return [...new Set(rows.map((row) => row.sessionId))].map((sessionId) => {
    const own = rows.filter((row) => row.sessionId === sessionId);
    return { sessionId, number: own[0]?.sessionNumber ?? 0, rows: own };
  });
}

function summary(t: Text, rows: readonly CollectionRow[]): string {
  const collected = rows.filter((row) => row.collectedAt !== null);
  const open = collected.filter((row) => row.receiptAt === null);
  if (collected.length === 0) return t('site.now.collect');
  if (open.length > 0) return t('site.now.report', { open: open.length });
  return collected.length === rows.length
    ? t('site.now.allReported')
    : t('site.now.more', { missing: rows.length - collected.length });
}

function Rooms({
  site,
  rows,
  go,
}: {
  site: SiteClient;
  rows: readonly CollectionRow[];
  go: Props['go'];
}): ReactNode {
  const t = useText();
  return (
    <Listing
      rows={rows}
      rowKey={(row) => row.roomCode}
      columns={({ column, figures }) => [
        column(t('column.room'), (row) => <strong>{row.roomCode}</strong>),
        figures(t('site.expected'), (row) => row.expected),
        figures(t('site.sat'), (row) => row.sat ?? '–'),
        figures(t('site.absent'), (row) => row.absent ?? '–'),
        figures(t('site.collected'), (row) => row.collected ?? '–'),
        figures(t('site.missing'), (row) =>
          (row.missing ?? 0) > 0 ? (
            <Mark {...checkMarks.failed} word={String(row.missing)} />
          ) : (
            (row.missing ?? '–')
          ),
        ),
        column(t('site.collectedAt'), (row) => (
          <>
            <ReachedMark at={at(row.collectedAt)} />
            {row.bytes !== null && <small className="soft"> {bytes(row.bytes, t.language)}</small>}
          </>
        )),
        column(t('site.reportedAt'), (row) => <ReachedMark at={at(row.reportedAt)} />),
        column(t('site.receiptAt'), (row) => <ReachedMark at={at(row.receiptAt)} />),
        ...(rows.some((row) => row.problem)
          ? [column(t('column.problem'), (row) => row.problem && <RefusalText refusal={row.problem} />)]
          : []),
        column(t('column.actions'), (row) => (
          <div className="row">
            <Button
              size="small"
              disabled={row.collectedAt === null}
              onClick={() => go('after', 'record', row.roomCode, row.sessionId)}
            >
              {t('site.record')}
            </Button>
            <DownloadButton
              size="small"
              gate={screenGate(row.receiptAt !== null, 'no-receipt-yet')}
              make={() =>
                site.collection.exportReceiptForRoom({ sessionId: row.sessionId, roomCode: row.roomCode })
              }
            >
              {t('site.exportReceipt')}
            </DownloadButton>
          </div>
        )),
      ]}
    />
  );
}

function Record(props: {
  site: SiteClient;
  roomCode: string;
  sessionId: string;
  back: () => void;
}): ReactNode {
  const { site, roomCode, sessionId, back } = props;
  const record = useLoaded(`${roomCode} ${sessionId}`, () => site.collection.record({ roomCode, sessionId }));
  const overview = useLoaded('overview', () => site.overview.get());
  if (!record.value || !overview.value) return null;
  return (
    <ExamRecord
      record={record.value}
      projectName={overview.value.exam?.projectName ?? ''}
      sessionName={overview.value.sessions.find((one) => one.sessionId === sessionId)?.name ?? ''}
      back={back}
    />
  );
}
