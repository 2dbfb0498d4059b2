/** One project from its sessions to its results. */
import { useState, type ReactNode } from 'react';
import { Button, DatePicker, Input, InputNumber, Select, Table, Tabs } from 'antd';
import type { Dayjs } from 'dayjs';
import { policySchema } from '../../exam/project/policy.ts';
import { saveDownload } from '../../ui/client.ts';
import { CodeFigures } from '../../ui/code-figures.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { dateTime } from '../../ui/format.ts';
import { RefusalText } from '../../ui/refusal-text.tsx';
import { CheckStateMark, ReachedMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { useAction } from '../../ui/use-action.ts';
import { useLive } from '../../ui/use-live.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import type { ProjectView, RosterPreview } from '../contract.ts';
import type { CentreClient } from './centre-console.tsx';

interface Props {
  centre: CentreClient;
  projectId: string;
}
interface TabProps extends Props {
  project: ProjectView;
  reload: () => void;
}

const at = (time: number | null): string | null => (time === null ? null : dateTime(time));

export function ProjectPage(props: Props): ReactNode {
  const t = useText();
  const project = useLoaded(props.projectId, () => props.centre.project.get({ projectId: props.projectId }));
  if (!project.value) return null;
  const shared = { ...props, project: project.value, reload: project.reload };
  return (
    <div className="stack">
      <h1>{project.value.name}</h1>
      <Tabs
        destroyOnHidden
        items={[
          { key: 'sessions', label: t('centre.sessions'), children: <Sessions {...shared} /> },
          { key: 'roster', label: t('centre.roster'), children: <Roster {...shared} /> },
          { key: 'papers', label: t('centre.papers'), children: <Papers {...shared} /> },
          { key: 'publish', label: t('centre.publish'), children: <Publish {...shared} /> },
          { key: 'sites', label: t('centre.sites'), children: <Sites {...shared} /> },
          { key: 'authorisation', label: t('centre.authorisation'), children: <Authorisation {...shared} /> },
          { key: 'board', label: t('phase.during'), children: <BoardTab {...shared} /> },
          { key: 'results', label: t('centre.results'), children: <Results {...shared} /> },
        ]}
      />
    </div>
  );
}

function Sessions({ centre, projectId, project, reload }: TabProps): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const papers = useLoaded(projectId, () => centre.paper.list({ projectId }));
  const [name, setName] = useState('');
  const [subject, setSubject] = useState('');
  const [startAt, setStartAt] = useState<Dayjs | null>(null);
  const [durationMin, setDuration] = useState(120);
  const [paperId, setPaperId] = useState<string | null>(null);
  const add = async (): Promise<void> => {
    await centre.project.saveSession({
      projectId,
      sessionId: null,
      session: {
        number: Math.max(0, ...project.sessions.map((one) => one.number)) + 1,
        name,
        startAt: startAt?.valueOf() ?? 0,
        subjects: [{ number: 1, name: subject, paperId, durationMin }],
        policy: policySchema.parse({}),
      },
    });
    reload();
  };
  return (
    <div className="stack">
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={project.sessions}
        columns={[
          { title: '#', dataIndex: 'number' },
          { title: t('column.sessionName'), dataIndex: 'name' },
          { title: t('column.startAt'), render: (_, one) => dateTime(one.startAt) },
          { title: t('centre.subject'), render: (_, one) => one.subjects[0]?.name },
          { title: t('centre.duration'), render: (_, one) => one.subjects[0]?.durationMin },
        ]}
      />
      <div className="toolbar">
        <Input
          placeholder={t('column.sessionName')}
          aria-label={t('column.sessionName')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Input
          placeholder={t('centre.subject')}
          aria-label={t('centre.subject')}
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
        />
        <DatePicker
          showTime={{ format: 'HH:mm' }}
          aria-label={t('column.startAt')}
          value={startAt}
          onChange={setStartAt}
        />
        <InputNumber
          min={1}
          max={1440}
          aria-label={t('centre.duration')}
          value={durationMin}
          onChange={(value) => setDuration(value ?? 1)}
        />
        <Select
          placeholder={t('centre.paper')}
          aria-label={t('centre.paper')}
          value={paperId}
          onChange={setPaperId}
          options={(papers.value ?? []).map((paper) => ({ value: paper.id, label: paper.title }))}
        />
        <Button
          type="primary"
          loading={busy}
          disabled={name === '' || subject === '' || startAt === null}
          onClick={() => void run(add)}
        >
          {t('centre.addSession')}
        </Button>
      </div>
    </div>
  );
}

function Roster({ centre, projectId, reload }: TabProps): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [preview, setPreview] = useState<(RosterPreview & { uploadId: string }) | null>(null);
  const candidates = useLoaded(`${projectId} ${preview === null}`, () =>
    centre.roster.candidates({ projectId, limit: 500 }),
  );
  return (
    <div className="stack">
      <FileDrop
        hint={t('centre.rosterHint')}
        accept=".csv,.xlsx,.zip"
        onFile={async (uploadId) =>
          setPreview({ ...(await centre.roster.preview({ projectId, uploadId })), uploadId })
        }
      />
      {preview && (
        <>
          <p>{t('centre.rows', preview)}</p>
          {preview.errors.length > 0 && (
            <Table
              size="small"
              rowKey={(row) => `${row.line} ${row.column}`}
              dataSource={preview.errors}
              columns={[
                { title: t('centre.line'), dataIndex: 'line' },
                { title: t('column.name'), dataIndex: 'column' },
                { title: t('centre.value'), dataIndex: 'value' },
                { title: t('column.problem'), render: (_, row) => <RefusalText refusal={row.reason} /> },
              ]}
            />
          )}
          <div>
            <Button
              type="primary"
              loading={busy}
              disabled={preview.errors.length > 0}
              onClick={() =>
                void run(async () => {
                  await centre.roster.import({ projectId, uploadId: preview.uploadId });
                  setPreview(null);
                  reload();
                })
              }
            >
              {t('centre.import')}
            </Button>
          </div>
        </>
      )}
      <Table
        size="small"
        rowKey="id"
        dataSource={candidates.value?.rows ?? []}
        columns={[
          { title: t('column.session'), dataIndex: 'sessionNumber' },
          { title: t('centre.sites'), dataIndex: 'siteCode' },
          { title: t('column.room'), dataIndex: 'roomCode' },
          { title: t('column.admissionNumber'), dataIndex: 'admissionNumber' },
          { title: t('column.name'), dataIndex: 'name' },
        ]}
      />
    </div>
  );
}

function Papers({ centre, projectId }: TabProps): ReactNode {
  const t = useText();
  const papers = useLoaded(projectId, () => centre.paper.list({ projectId }));
  return (
    <div className="stack">
      <FileDrop
        hint={t('centre.paperHint')}
        accept=".zip"
        onFile={async (uploadId) => {
          await centre.paper.import({ projectId, uploadId, leaveOut: [] });
          papers.reload();
        }}
      />
      {(papers.value ?? []).map((paper) => (
        <Table
          key={paper.id}
          size="small"
          rowKey="identifier"
          title={() => `${paper.title} · ${paper.fileName}`}
          dataSource={paper.report.items}
          columns={[
            { title: t('column.name'), dataIndex: 'title' },
            { title: t('centre.value'), render: (_, item) => item.interactions.join(', ') },
            {
              title: t('centre.verdict'),
              render: (_, item) => (
                <CheckStateMark
                  state={
                    item.verdict === 'supported'
                      ? 'passed'
                      : item.verdict === 'refused'
                        ? 'failed'
                        : 'warning'
                  }
                />
              ),
            },
            {
              title: t('column.problem'),
              render: (_, item) =>
                item.reasons.map((reason, i) => (
                  <div key={i}>
                    <RefusalText refusal={reason} />
                  </div>
                )),
            },
          ]}
        />
      ))}
    </div>
  );
}

function Publish({ centre, projectId, project, reload }: TabProps): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  return (
    <div className="stack">
      {project.publishedAt !== null && <p>{t('centre.published', { at: project.publishedAt })}</p>}
      <ul>
        {project.missing.map((one, i) => (
          <li key={i}>
            <RefusalText refusal={one} />
          </li>
        ))}
      </ul>
      <div>
        <Button
          type="primary"
          loading={busy}
          disabled={project.missing.length > 0}
          onClick={() =>
            void run(async () => {
              await centre.publication.publish({ projectId });
              reload();
            })
          }
        >
          {t('centre.publish')}
        </Button>
      </div>
    </div>
  );
}

function Sites({ centre, projectId }: TabProps): ReactNode {
  const t = useText();
  const { run } = useAction();
  const sites = useLoaded(projectId, () => centre.site.list({ projectId }));
  return (
    <Table
      size="small"
      rowKey="code"
      pagination={false}
      dataSource={[...(sites.value ?? [])]}
      columns={[
        { title: t('site.code'), dataIndex: 'code' },
        { title: t('column.name'), dataIndex: 'name' },
        { title: t('column.candidates'), dataIndex: 'candidates' },
        {
          title: t('site.registrationCode'),
          render: (_, site) =>
            site.registrationCode === null ? (
              <ReachedMark at={at(site.registeredAt)} />
            ) : (
              <CodeFigures value={site.registrationCode} />
            ),
        },
        {
          title: '',
          render: (_, site) => (
            <div className="toolbar">
              <Button
                size="small"
                onClick={() =>
                  void run(async () => {
                    await centre.site.newRegistrationCode({ projectId, siteCode: site.code });
                    sites.reload();
                  })
                }
              >
                {t('centre.newCode')}
              </Button>
              <Button
                size="small"
                onClick={() =>
                  void run(async () =>
                    saveDownload(await centre.publication.exportSite({ projectId, siteCode: site.code })),
                  )
                }
              >
                {t('byFile')}
              </Button>
            </div>
          ),
        },
      ]}
    />
  );
}

function Authorisation({ centre, projectId, project }: TabProps): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [pin, setPin] = useState('');
  const rows = useLoaded(projectId, () => centre.authorisation.list({ projectId }));
  return (
    <div className="stack">
      <div className="toolbar">
        <label className="field">
          <span>{t('centre.pin')}</span>
          <Input
            type="password"
            autoComplete="off"
            value={pin}
            onChange={(event) => setPin(event.target.value)}
          />
        </label>
        {project.sessions.map((session) => (
          <Button
            key={session.id}
            loading={busy}
            disabled={pin === ''}
            onClick={() =>
              void run(async () =>
                rows.set(await centre.authorisation.prepare({ projectId, sessionId: session.id, pin })),
              )
            }
          >
            {t('centre.prepare')} · {session.name}
          </Button>
        ))}
      </div>
      <Table
        size="small"
        rowKey={(row) => `${row.sessionId} ${row.siteCode}`}
        pagination={false}
        dataSource={[...(rows.value ?? [])]}
        columns={[
          { title: t('column.session'), dataIndex: 'sessionNumber' },
          { title: t('site.code'), dataIndex: 'siteCode' },
          { title: t('centre.prepare'), render: (_, row) => <ReachedMark at={at(row.preparedAt)} /> },
          { title: t('site.fetch'), render: (_, row) => <ReachedMark at={at(row.fetchedAt)} /> },
          { title: t('site.calibratedAt'), render: (_, row) => dateTime(row.releaseAt) },
        ]}
      />
    </div>
  );
}

function BoardTab({ centre, projectId }: TabProps): ReactNode {
  const t = useText();
  const board = useLive(projectId, (signal) => centre.board.live({ projectId }, { signal }));
  const rooms = (board.value?.sites ?? []).flatMap((site) => site.rooms);
  return (
    <Table
      size="small"
      rowKey={(room) => `${room.siteCode} ${room.roomCode} ${room.sessionId}`}
      pagination={false}
      dataSource={rooms}
      columns={[
        { title: t('site.code'), dataIndex: 'siteCode' },
        { title: t('column.room'), dataIndex: 'roomCode' },
        { title: t('column.lastContact'), render: (_, room) => dateTime(room.lastContact) },
        ...(['expected', 'signedIn', 'inExam', 'handedIn', 'absent', 'away'] as const).map((id) => ({
          title: t(`count.${id}`),
          render: (_: unknown, room: (typeof rooms)[number]) => room.counts[id],
        })),
      ]}
    />
  );
}

function Results({ centre, projectId }: TabProps): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const rows = useLoaded(projectId, () => centre.result.list({ projectId }));
  const [scored, setScored] = useState<{ candidates: number } | null>(null);
  const scores = useLoaded(`${projectId} ${scored?.candidates ?? 0}`, () =>
    centre.result.scores({ projectId, limit: 500 }),
  );
  return (
    <div className="stack">
      <div className="toolbar">
        <Button
          type="primary"
          loading={busy}
          onClick={() => void run(async () => setScored(await centre.result.score({ projectId })))}
        >
          {t('centre.score')}
        </Button>
        <Button
          onClick={() => void run(async () => saveDownload(await centre.result.exportCsv({ projectId })))}
        >
          CSV
        </Button>
        <Button
          onClick={() => void run(async () => saveDownload(await centre.result.exportXlsx({ projectId })))}
        >
          XLSX
        </Button>
        {scored && <span role="status">{t('centre.scored', scored)}</span>}
      </div>
      <Table
        size="small"
        rowKey={(row) => `${row.sessionId} ${row.roomCode}`}
        pagination={false}
        dataSource={[...(rows.value ?? [])]}
        columns={[
          { title: t('column.session'), dataIndex: 'sessionNumber' },
          { title: t('column.room'), dataIndex: 'roomCode' },
          { title: t('count.expected'), dataIndex: 'expected' },
          { title: t('site.collectedAt'), render: (_, row) => <ReachedMark at={at(row.receivedAt)} /> },
          { title: t('site.receiptAt'), render: (_, row) => <ReachedMark at={at(row.receiptAt)} /> },
          {
            title: t('column.problem'),
            render: (_, row) => row.problem && <RefusalText refusal={row.problem} />,
          },
        ]}
      />
      <Table
        size="small"
        rowKey={(row) => `${row.sessionNumber} ${row.admissionNumber}`}
        dataSource={scores.value?.rows ?? []}
        columns={[
          { title: t('column.session'), dataIndex: 'sessionNumber' },
          { title: t('column.admissionNumber'), dataIndex: 'admissionNumber' },
          { title: t('column.name'), dataIndex: 'name' },
          { title: t('centre.score'), render: (_, row) => `${row.score ?? '–'} / ${row.maxScore ?? '–'}` },
        ]}
      />
    </div>
  );
}
