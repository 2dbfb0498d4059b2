/** Step 2: who sits when and where. Nothing is imported while a row is wrong. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Select, Table } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { pageByPage } from '../../../ui/listing.tsx';
import { accommodationWords } from '../../../ui/accommodation-words.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { GateButton, screenGate } from '../../../ui/gate-button.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { PhotoButton } from '../../../ui/photo.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useSession } from '../../../ui/session.ts';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { RosterMapping } from '../../../exam/roster/columns.ts';
import type { OneRosterChoice } from '../../../exam/roster/one-roster/choice.ts';
import { centreContract } from '../../contract.ts';
import type { RosterPreview } from '../../roster/contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { Photos } from './photos-dialog.tsx';
import { RosterPreviewed } from './roster-preview.tsx';
import type { StepProps } from './before-page.tsx';

type Read = RosterPreview & {
  uploadId: string;
  /** As it was said here; null: as for the last roster. */
  mapping: RosterMapping | null;
  /** Of a OneRoster package; null: as the centre takes it by itself. */
  choice: OneRosterChoice | null;
};

export function RosterStep(props: StepProps): ReactNode {
  const t = useText();
  const { centre, project, onChoose } = props;
  const [read, setRead] = useState<Read | null>(null);
  const look = async (said: Pick<Read, 'uploadId' | 'mapping' | 'choice'>): Promise<void> =>
    setRead({ ...(await centre.roster.preview({ projectId, ...said })), ...said });
  const done = isDone(project.steps, 'roster');
  const may = useRoleGate(centreContract.roster.import);
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
                gate={
                  read.oneRoster?.choice.sessions.length === 0
                    ? screenGate(false, 'one-roster-not-chosen')
                    : read.missing.length > 0
                      ? screenGate(false, 'roster-columns-missing', {
                          headings: read.missing.map((field) => t(`roster.field.${field}`)).join(', '),
                        })
                      : screenGate(read.wrong === 0, 'roster-has-wrong-rows', { count: read.wrong })
                }
                act={async () => {
                  const { uploadId, mapping, choice } = read;
                  await centre.roster.import({ projectId, uploadId, mapping, choice });
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
          ? read.oneRoster?.choice.sessions.length === 0
            ? t('oneRoster.now')
            : read.missing.length > 0
              ? t('roster.missing', { fields: read.missing.map((field) => t(`roster.field.${field}`)) })
              : read.wrong > 0
                ? t('centre.now.rosterWrong', { count: read.wrong })
                : t('centre.now.rosterRight', read)
          : done
            ? t(may.allowed ? 'centre.now.rosterDone' : 'centre.found', { count: project.candidates })
            : t('centre.now.roster')}
      </NowLine>
      {read ? (
        <RosterPreviewed
          read={read}
          sessions={project.sessions}
          onMapping={(mapping) => look({ uploadId: read.uploadId, choice: read.choice, mapping })}
          onChoice={(choice) => look({ uploadId: read.uploadId, mapping: read.mapping, choice })}
        />
      ) : (
        <>
          {project.sessions.length === 0 ? (
            <EmptyState title={t('centre.noSessions')} todo={t('centre.sessionsFirst')} />
          ) : (
            may.allowed && (
              <FileDrop
                hint={t('centre.rosterHint')}
                accept=".csv,.xlsx,.txt,.zip"
                onFile={(uploadId) => look({ uploadId, mapping: null, choice: null })}
              />
            )
          )}
          <Candidates {...props} />
        </>
      )}
    </>
  );
}

const pageSize = 100;

function Candidates({ centre, project, round, openDossier }: StepProps): ReactNode {
  const t = useText();
  const gate = useRoleGate(centreContract.dossier.get);
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
          placeholder={t('roster.find')}
          aria-label={t('roster.find')}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setPage(1);
          }}
        />
        <span className="soft">
          {t(found.value?.more ? 'roster.firstFound' : 'centre.found', { count: found.value?.total ?? 0 })}
        </span>
        <Photos centre={centre} projectId={projectId} />
        <Tickets centre={centre} projectId={projectId} />
      </div>
      <Table
        size="small"
        rowKey="id"
        dataSource={[...(found.value?.rows ?? [])]}
        pagination={pageByPage({ page, pageSize, total: found.value?.total, onPage: setPage })}
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
          {
            title: t('dossier.open'),
            render: (_, row) => {
              const session = project.sessions.find(({ number }) => number === row.sessionNumber);
              return (
                session && (
                  <GateButton
                    size="small"
                    gate={gate}
                    onClick={() => openDossier(session.id, row.admissionNumber)}
                  >
                    {t('dossier.open')}
                  </GateButton>
                )
              );
            },
          },
        ]}
      />
    </>
  );
}

function Tickets({ centre, projectId }: { centre: CentreClient; projectId: string }): ReactNode {
  const t = useText();
  const gate = useRoleGate(centreContract.roster.tickets);
  const whole = useSession().user.limit === null;
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
              value={siteCode ?? (whole ? '' : null)}
              onChange={(code) => setSiteCode(code === '' ? null : code)}
              options={[
                ...(whole ? [{ value: '', label: t('sheet.wholeProject') }] : []),
                ...(sites.value ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
              ]}
            />
          </Field>
          <div className="row">
            <DownloadButton
              type="primary"
              gate={screenGate(whole || siteCode !== null, 'limit-needs-site')}
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
