/** What came back: received, proved whole, receipted; then scored and exported. */
import { useState, type ReactNode } from 'react';
import { Button, Select, Table } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { dateTime } from '../../../ui/format.ts';
import { GateButton, screenGate } from '../../../ui/gate-button.tsx';
import { Listing, pageByPage } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { Mark, ReachedMark, checkMarks } from '../../../ui/state-mark.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { centreContract } from '../../contract.ts';
import type { ResultRow, ScoreRow } from '../../result/contract.ts';
import { inRegion, RegionSelect } from '../region-select.tsx';
import type { CentreClient, ProjectProps } from '../centre-console.tsx';

/** A button for the receipts of each; of more one is chosen. */
const fewSites = 4;
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
  const mayScore = useRoleGate(centreContract.result.score);
  const mayImport = useRoleGate(centreContract.result.importFile);
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
            gate={both(mayScore, gate)}
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
        {mayImport.allowed && (
          <FileButton
            label={t('centre.importResults')}
            hint={t('centre.importResultsHint')}
            onFile={async (uploadId) => rows.set(await centre.result.importFile({ projectId, uploadId }))}
          />
        )}
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
      <Received centre={centre} project={project} rows={list} />
      <Scores scores={scores.value} page={page} onPage={setPage} project={project} open={open} />
    </div>
  );
}

function Received(props: {
  centre: CentreClient;
  project: ProjectProps['project'];
  rows: readonly ResultRow[];
}): ReactNode {
  const t = useText();
  const { centre, project } = props;
  const projectId = project.id;
  const [region, setRegion] = useState<string | null>(null);
  const rows = inRegion(props.rows, region);
  const sites = [...new Set(rows.map((row) => row.siteCode))];
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('centre.received')}</h2>
        <RegionSelect of={props.rows} value={region} onChange={setRegion} />
        {sites.length > fewSites && (
          <Select
            aria-label={t('site.code')}
            placeholder={t('site.code')}
            showSearch
            allowClear
            className="filter-region"
            value={chosen}
            onChange={(code) => setChosen(code ?? null)}
            options={sites.map((code) => ({ value: code, label: code }))}
          />
        )}
        {(sites.length > fewSites ? sites.filter((code) => code === chosen) : sites).map((siteCode) => (
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
        pageSize={pageSize}
        empty={<EmptyState title={t('centre.noResults')} todo={t('centre.noResultsTodo')} />}
        columns={({ column, figures }) => [
          figures(t('column.session'), (row) => row.sessionNumber),
          column(t('column.room'), (row) => (
            <>
              <strong>{row.roomCode}</strong>
              <div className="soft">
                {row.region === null ? row.siteCode : `${row.siteCode} · ${row.region}`}
              </div>
            </>
          )),
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
          column(t('column.problem'), (row) => (
            <>
              <Remarks row={row} />
              {row.results > 0 && <Evidence centre={centre} projectId={projectId} row={row} />}
            </>
          )),
        ]}
      />
    </section>
  );
}

/** Everything that is kept of the room: who takes it says so first. */
function Evidence(props: { centre: CentreClient; projectId: string; row: ResultRow }): ReactNode {
  const t = useText();
  const { centre, projectId, row } = props;
  const mayTake = useRoleGate(centreContract.dossier.room);
  const { roomCode, sessionId } = row;
  return (
    <DialogButton
      label={t('dossier.evidence')}
      title={t('dossier.evidenceTitle', { room: roomCode })}
      size="small"
      gate={mayTake}
    >
      {() => (
        <div className="stack">
          <p>{t('dossier.evidenceText')}</p>
          {row.results > 1 && <p>{t('dossier.twoResults', { count: row.results })}</p>}
          <div className="row">
            <DownloadButton
              type="primary"
              make={() => centre.dossier.room({ projectId, sessionId, roomCode })}
            >
              {t('dossier.evidenceMake')}
            </DownloadButton>
          </div>
        </div>
      )}
    </DialogButton>
  );
}

/** What somebody should look into, although the result counts. */
function Remarks({ row }: { row: ResultRow }): ReactNode {
  const t = useText();
  return (
    <>
      {row.problem && <RefusalText refusal={row.problem} />}
      {row.results > 1 && <p>{t('dossier.twoResults', { count: row.results })}</p>}
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
  project: ProjectProps['project'];
  open: Props['open'];
}): ReactNode {
  const t = useText();
  const { scores, page, onPage, project, open } = props;
  const gate = useRoleGate(centreContract.dossier.get);
  const rows = scores?.rows ?? [];
  if (rows.length === 0) return <EmptyState title={t('centre.noScores')} todo={t('centre.noScoresTodo')} />;
  return (
    <section className="panel">
      <h2>{t('centre.scores')}</h2>
      <Table
        size="small"
        rowKey={(row) => `${row.sessionNumber} ${row.subject} ${row.admissionNumber}`}
        dataSource={rows}
        pagination={pageByPage({ page, pageSize, total: scores?.total, onPage })}
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
          {
            title: t('dossier.open'),
            render: (_, row) => {
              const session = project.sessions.find(({ number }) => number === row.sessionNumber);
              return (
                session && (
                  <GateButton
                    size="small"
                    gate={gate}
                    onClick={() => open('dossier', session.id, row.admissionNumber)}
                  >
                    {t('dossier.open')}
                  </GateButton>
                )
              );
            },
          },
        ]}
      />
    </section>
  );
}
