/** The inside of an upload: what has to be seen to first, and the viewer over it. Address: `scans / project / uploads / upload / page`. */
import { useEffect, useState, type ReactNode } from 'react';
import { Alert, Button, Pagination } from 'antd';
import { isPoor, sumsOf } from '../../../../exam/scan/upload-counts.ts';
import { CountBar } from '../../../../ui/count-bar.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { pageByPage } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { useVisible } from '../../../../ui/use-visible.ts';
import { scanGroups, type ReviewedUpload, type ScanGroup } from '../../../scans/review/contract.ts';
import type { ScansPartProps } from '../scans-page.tsx';
import { PageGrid } from './page-grid.tsx';
import './review.css';
import { ScanViewer } from './scan-viewer.tsx';
import { groupMarks } from './scan-words.tsx';

const pageSize = 60;
/** Others type numbers of the same upload, and pages come while it is read. */
const askAgainMs = 5_000;

export function UploadPage({ centre, project, parts, go }: ScansPartProps): ReactNode {
  const t = useText();
  const [uploadId = '', scanId] = parts;
  const [group, setGroup] = useState<ScanGroup | null>(null);
  const [page, setPage] = useState(1);
  const [asked, setAsked] = useState(0);
  const again = (): void => setAsked((before) => before + 1);
  const visible = useVisible();
  useEffect(() => {
    if (!visible) return undefined;
    const timer = setInterval(again, askAgainMs);
    return () => clearInterval(timer);
  }, [visible]);
  const about = { projectId: project.id, uploadId };
  const upload = useLoaded(`${uploadId} ${asked}`, () => centre.scan.upload(about));
  const pages = useLoaded(`${uploadId} ${group ?? ''} ${page} ${asked}`, async () => ({
    group,
    ...(await centre.scan.pages({ ...about, group, offset: (page - 1) * pageSize, limit: pageSize })),
  }));
  const view = upload.value;
  // What was there before belongs under another heading.
  const list = pages.value?.group === group ? pages.value : null;
  const beyond = list !== null && page > 1 && list.rows.length === 0;
  useEffect(() => {
    // The last page of a list that others have emptied.
    if (beyond) setPage(1);
  }, [beyond]);
  const open = (id: string): void => go(uploadId, id);
  const first = list?.rows.find((row) => row.class === 'unrecognised')?.id;
  return (
    <div className="stack">
      <Head view={view} back={() => go()} begin={first === undefined ? null : () => open(first)} />
      {upload.refusal && !view && <RefusalAlert refusal={upload.refusal} />}
      {view && (
        <>
          {isPoor(view.counts, view.toCome) && (
            <Alert
              type="warning"
              showIcon
              title={t('scanReview.poor')}
              description={t('scanReview.poorTodo')}
            />
          )}
          <CountBar
            label={t('scanReview.groups')}
            counts={scanGroups.map((one) => ({
              id: one,
              label: t(`scanReview.short.${one}`),
              value: countOf(view, one),
              ...groupMarks[one],
            }))}
            chosen={group}
            onChoose={(id) => {
              setGroup(scanGroups.find((one) => one === id) ?? null);
              setPage(1);
            }}
          />
        </>
      )}
      {view && list?.rows.length === 0 && !beyond && (
        <EmptyState
          title={t(group === null ? 'scanReview.emptyUpload' : 'scanReview.emptyGroup')}
          todo={t(group === null ? 'scanReview.emptyUploadTodo' : 'scanReview.emptyGroupTodo')}
        />
      )}
      {view && list && (
        <>
          <PageGrid rows={list.rows} count={(one) => countOf(view, one)} onOpen={open} />
          <Pagination {...pageByPage({ page, pageSize, total: list.total, onPage: setPage })} />
        </>
      )}
      {scanId !== undefined && (
        <ScanViewer
          centre={centre}
          project={project}
          scanId={scanId}
          onGo={open}
          onClose={() => go(uploadId)}
          onChanged={again}
        />
      )}
    </div>
  );
}

function countOf({ counts }: ReviewedUpload, group: ScanGroup): number {
  return group === 'recognised' ? counts.filled + counts.empty : counts[group];
}

function Head(props: {
  view: ReviewedUpload | null;
  back: () => void;
  begin: (() => void) | null;
}): ReactNode {
  const { view, back, begin } = props;
  const t = useText();
  const open = (view?.counts.unrecognised ?? 0) > 0;
  return (
    <>
      <NowLine
        action={
          <>
            <Button onClick={back}>{t('scanReview.back')}</Button>
            {begin !== null && (
              <Button type="primary" onClick={begin}>
                {t('scanReview.begin')}
              </Button>
            )}
          </>
        }
      >
        {view === null
          ? ''
          : open
            ? t('scanReview.nowType')
            : view.toCome > 0
              ? t('scanReview.nowReading', { count: view.toCome })
              : t(sumsOf(view.counts).unrecognised > 0 ? 'scanReview.nowLook' : 'scanReview.nowDone')}
      </NowLine>
      {view !== null && (
        <header>
          <h1 className="scan-title">{t('scanReview.title', { number: view.number })}</h1>
          <p className="remedy">
            {t('scanReview.sentBy', { file: view.fileName, by: view.by, at: view.cameAt })}
          </p>
          <p>{t('scanReview.sums', { ...sumsOf(view.counts) })}</p>
        </header>
      )}
    </>
  );
}
