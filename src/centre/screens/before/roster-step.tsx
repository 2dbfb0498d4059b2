/** Step 2: who sits when and where. Nothing is imported while a row is wrong. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Select, Table } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { accommodationWords } from '../../../ui/accommodation-words.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { PhotoButton } from '../../../ui/photo.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { centreContract } from '../../contract.ts';
import type { RosterPreview } from '../../roster/contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import type { StepProps } from './before-page.tsx';

type Read = RosterPreview & { uploadId: string };

export function RosterStep(props: StepProps): ReactNode {
  const t = useText();
  const { centre, project, onChoose } = props;
  const [read, setRead] = useState<Read | null>(null);
  const done = isDone(project.steps, 'roster');
  const projectId = project.id;
  return (
    <>
      <NowLine
        action={
          read ? (
            <>
              <Button onClick={() => setRead(null)}>{t('centre.otherFile')}</Button>
              <ActButton
                type="primary"
                gate={screenGate(read.wrong === 0, 'roster-has-wrong-rows', { count: read.wrong })}
                act={async () => {
                  await centre.roster.import({ projectId, uploadId: read.uploadId });
                  setRead(null);
                }}
                done={t('centre.imported', read)}
              >
                {t('centre.import')}
              </ActButton>
            </>
          ) : (
            done && <NextStep steps={project.steps} step="roster" onChoose={onChoose} />
          )
        }
      >
        {read
          ? read.wrong > 0
            ? t('centre.now.rosterWrong', { count: read.wrong })
            : t('centre.now.rosterRight', read)
          : done
            ? t('centre.now.rosterDone', { count: project.candidates })
            : t('centre.now.roster')}
      </NowLine>
      {read ? (
        <Preview read={read} />
      ) : (
        <>
          {project.sessions.length === 0 ? (
            <EmptyState title={t('centre.noSessions')} todo={t('centre.sessionsFirst')} />
          ) : (
            <FileDrop
              hint={t('centre.rosterHint')}
              accept=".csv,.xlsx,.txt,.zip"
              onFile={async (uploadId) =>
                setRead({ ...(await centre.roster.preview({ projectId, uploadId })), uploadId })
              }
            />
          )}
          <Candidates {...props} />
        </>
      )}
    </>
  );
}

function Preview({ read }: { read: Read }): ReactNode {
  const t = useText();
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{read.fileName}</h2>
        {read.encoding !== null && <span className="soft">{read.encoding}</span>}
        <span>{t('centre.rows', read)}</span>
        {read.photos > 0 && <span>{t('centre.photos', read)}</span>}
        {read.accommodated > 0 && <span>{t('accommodation.read', read)}</span>}
      </div>
      <p className="soft">
        {t('centre.columnsRead')}{' '}
        {read.columns.map((one, i) => (
          // Two columns may have the same heading; the place tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={i} className="column-read">
            <Mark {...(one.field === null ? checkMarks.waiting : checkMarks.done)} word={one.header} />
          </span>
        ))}
      </p>
      {read.errors.length > 0 && (
        <Listing
          rows={read.errors}
          pageSize={20}
          rowKey={(row) => `${row.line} ${row.column} ${row.reason.type}`}
          columns={({ column, figures }) => [
            figures(t('centre.line'), (row) => (row.line === 0 ? '–' : row.line)),
            column(t('centre.column'), (row) => row.column),
            column(t('centre.value'), (row) => (row.value === '' ? '–' : row.value)),
            column(t('column.problem'), (row) => <RefusalText refusal={row.reason} />),
          ]}
        />
      )}
      {read.byPeople.length > 0 && (
        <>
          <h3>{t('accommodation.byPeople', { count: read.byPeopleInAll })}</h3>
          <Listing
            rows={read.byPeople}
            pageSize={20}
            rowKey={(row) => `${row.admissionNumber} ${row.need}`}
            columns={({ column }) => [
              column(t('column.admissionNumber'), (row) => row.admissionNumber),
              column(t('accommodation.others'), (row) => row.need),
            ]}
          />
        </>
      )}
    </section>
  );
}

const pageSize = 100;

function Candidates({ centre, project, round }: StepProps): ReactNode {
  const t = useText();
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const projectId = project.id;
  const found = useLoaded(`${projectId} ${search} ${page} ${round}`, () =>
    centre.roster.candidates({ projectId, search, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  if (project.candidates === 0)
    return <EmptyState title={t('centre.noCandidates')} todo={t('centre.noCandidatesTodo')} />;
  return (
    <>
      <div className="row">
        <Input
          prefix={<SearchOutlined aria-hidden />}
          className="find"
          allowClear
          placeholder={t('room.find')}
          aria-label={t('room.find')}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setPage(1);
          }}
        />
        <span className="soft">{t('centre.found', { count: found.value?.total ?? 0 })}</span>
        <Tickets centre={centre} projectId={projectId} />
      </div>
      <Table
        size="small"
        rowKey="id"
        dataSource={[...(found.value?.rows ?? [])]}
        pagination={{
          current: page,
          pageSize,
          total: found.value?.total ?? 0,
          showSizeChanger: false,
          hideOnSinglePage: true,
          onChange: setPage,
        }}
        columns={[
          { title: t('column.session'), dataIndex: 'sessionNumber', align: 'right' },
          { title: t('site.code'), dataIndex: 'siteCode' },
          { title: t('column.room'), dataIndex: 'roomCode' },
          { title: t('column.seat'), dataIndex: 'seatNumber', align: 'right' },
          { title: t('column.admissionNumber'), dataIndex: 'admissionNumber' },
          {
            title: t('column.name'),
            dataIndex: 'name',
            render: (name: string, row) => (
              <span className="person">
                {name}
                {row.photo && (
                  <PhotoButton
                    id={row.admissionNumber}
                    name={name}
                    load={() => centre.roster.photo({ projectId, admissionNumber: row.admissionNumber })}
                  />
                )}
              </span>
            ),
          },
          {
            title: t('accommodation.title'),
            dataIndex: 'accommodations',
            render: (_, row) =>
              row.accommodations ? accommodationWords(t, row.accommodations).join(', ') : '',
          },
        ]}
      />
    </>
  );
}

function Tickets({ centre, projectId }: { centre: CentreClient; projectId: string }): ReactNode {
  const t = useText();
  const gate = useRoleGate(centreContract.roster.tickets);
  const [siteCode, setSiteCode] = useState<string | null>(null);
  const sites = useLoaded(`${projectId} sites`, () => centre.site.list({ projectId }));
  return (
    <DialogButton label={`${t('sheet.tickets')} …`} gate={gate} onOpen={() => sites.reload()}>
      {() => (
        <div className="stack">
          <p>{t('sheet.ticketsText')}</p>
          <Field label={t('sheet.ticketsOf')}>
            <Select
              className="wide"
              aria-label={t('sheet.ticketsOf')}
              showSearch={{ optionFilterProp: 'label' }}
              value={siteCode ?? ''}
              onChange={(code) => setSiteCode(code === '' ? null : code)}
              options={[
                { value: '', label: t('sheet.wholeProject') },
                ...(sites.value ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
              ]}
            />
          </Field>
          <div className="row">
            <DownloadButton
              type="primary"
              make={() => centre.roster.tickets({ projectId, siteCode, language: t.language })}
            >
              {t('sheet.make')}
            </DownloadButton>
          </div>
        </div>
      )}
    </DialogButton>
  );
}
