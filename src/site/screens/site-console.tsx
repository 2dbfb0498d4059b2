/** The site's console: five steps before, the rooms during, the collection after. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Table } from 'antd';
import { EyeOutlined, InboxOutlined, SettingOutlined } from '@ant-design/icons';
import { saveDownload, type ConsoleClient } from '../../ui/client.ts';
import { CodeFigures } from '../../ui/code-figures.tsx';
import { clockTime, dateTime } from '../../ui/format.ts';
import { Frame } from '../../ui/frame.tsx';
import { FileButton } from '../../ui/file-drop.tsx';
import { CheckStateMark, ReachedMark } from '../../ui/state-mark.tsx';
import { StepBar } from '../../ui/step-bar.tsx';
import { useText } from '../../ui/text.ts';
import { useAction } from '../../ui/use-action.ts';
import { useLive } from '../../ui/use-live.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { usePlace } from '../../ui/use-place.ts';
import type { SiteOverview, siteContract } from '../contract.ts';

export type SiteClient = ConsoleClient<typeof siteContract>;

const at = (time: number | null): string | null => (time === null ? null : dateTime(time));

export function SiteConsole({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const [[phase = 'before'], go] = usePlace();
  const overview = useLive('overview', (signal) => site.overview.live(undefined, { signal }));
  return (
    <Frame
      phases={[
        { id: 'before', label: t('phase.before'), icon: <SettingOutlined /> },
        { id: 'during', label: t('phase.during'), icon: <EyeOutlined /> },
        { id: 'after', label: t('phase.after'), icon: <InboxOutlined /> },
      ]}
      phase={phase}
      onPhase={(id) => go(id)}
      lostSince={overview.lostSince}
    >
      {overview.value && phase === 'before' && <Before site={site} overview={overview.value} />}
      {phase === 'during' && <Monitor site={site} />}
      {phase === 'after' && <Collection site={site} />}
    </Frame>
  );
}

function Before({ site, overview }: { site: SiteClient; overview: SiteOverview }): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const step = chosen ?? overview.steps.find((one) => one.state !== 'done')?.id ?? 'load';
  const rooms = useLoaded(
    step === 'rooms' ? `rooms ${overview.steps.map((one) => one.state).join()}` : null,
    () => site.room.list(),
  );
  const check = useLoaded(step === 'seal-check' ? 'seal-check' : null, () => site.sealCheck.last());
  return (
    <div className="stack">
      <StepBar steps={overview.steps} chosen={step} onChoose={setChosen} />
      {step === 'load' && (
        <>
          <div className="toolbar">
            <Button type="primary" loading={busy} onClick={() => void run(() => site.exam.load())}>
              {t('site.load')}
            </Button>
            <FileButton
              label={t('byFile')}
              hint={t('site.load')}
              onFile={async (uploadId) => void (await site.exam.importFile({ uploadId }))}
            />
          </div>
          {overview.exam && (
            <Table
              size="small"
              rowKey="roomCode"
              pagination={false}
              title={() => `${overview.exam?.projectName} · ${dateTime(overview.exam?.publishedAt)}`}
              dataSource={overview.exam.rooms}
              columns={[
                { title: t('column.room'), dataIndex: 'roomCode' },
                { title: t('column.candidates'), dataIndex: 'candidates' },
                { title: t('column.state'), render: (_, room) => <ReachedMark at={at(room.loadedAt)} /> },
              ]}
            />
          )}
        </>
      )}
      {step === 'rooms' && (
        <Table
          size="small"
          rowKey="roomCode"
          pagination={false}
          dataSource={[...(rooms.value ?? [])]}
          columns={[
            { title: t('column.room'), dataIndex: 'roomCode' },
            { title: t('column.name'), dataIndex: 'name' },
            {
              title: t('site.registrationCode'),
              render: (_, room) =>
                room.registrationCode === null ? (
                  <CheckStateMark state="done" />
                ) : (
                  <CodeFigures value={room.registrationCode} />
                ),
            },
            { title: t('column.address'), dataIndex: 'address' },
            { title: t('column.lastContact'), render: (_, room) => clockTime(room.lastContact) },
            {
              title: t('byFile'),
              render: (_, room) => (
                <Button
                  size="small"
                  onClick={() =>
                    void run(async () =>
                      saveDownload(await site.room.exportPackage({ roomCode: room.roomCode })),
                    )
                  }
                >
                  {t('save')}
                </Button>
              ),
            },
          ]}
        />
      )}
      {(step === 'authorise' || step === 'verify') && (
        <>
          <div className="toolbar">
            <Button type="primary" loading={busy} onClick={() => void run(() => site.authorisation.fetch())}>
              {t('site.fetch')}
            </Button>
            <FileButton
              label={t('byFile')}
              hint={t('site.fetch')}
              onFile={async (uploadId) => void (await site.authorisation.importFile({ uploadId }))}
            />
            <label className="field">
              <span>{t('site.lockPin')}</span>
              <Input
                type="password"
                autoComplete="off"
                value={pin}
                onChange={(event) => setPin(event.target.value)}
              />
            </label>
          </div>
          <Table
            size="small"
            rowKey="sessionId"
            pagination={false}
            dataSource={overview.sessions}
            columns={[
              { title: t('column.session'), dataIndex: 'number' },
              { title: t('column.sessionName'), dataIndex: 'name' },
              { title: t('column.startAt'), render: (_, one) => dateTime(one.startAt) },
              {
                title: t('site.authorisedAt'),
                render: (_, one) => <ReachedMark at={at(one.authorisedAt)} />,
              },
              {
                title: t('site.calibratedAt'),
                render: (_, one) => <ReachedMark at={at(one.calibratedAt)} />,
              },
              { title: t('site.verifiedAt'), render: (_, one) => <ReachedMark at={at(one.verifiedAt)} /> },
              {
                title: '',
                render: (_, { sessionId }) => (
                  <div className="toolbar">
                    <Button
                      size="small"
                      disabled={pin === ''}
                      onClick={() => void run(() => site.authorisation.calibrate({ sessionId, pin }))}
                    >
                      {t('site.calibrate')}
                    </Button>
                    <Button
                      size="small"
                      onClick={() => void run(() => site.authorisation.verify({ sessionId }))}
                    >
                      {t('site.verify')}
                    </Button>
                  </div>
                ),
              },
            ]}
          />
        </>
      )}
      {step === 'seal-check' && (
        <>
          <div>
            <Button
              type="primary"
              loading={busy}
              onClick={() => void run(async () => check.set(await site.sealCheck.run()))}
            >
              {t('site.sealCheck')}
            </Button>
          </div>
          <ul className="plain">
            {(check.value?.checks ?? []).map((one) => (
              <li key={one.id}>
                {one.id} <CheckStateMark state={one.state} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Monitor({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const live = useLive('monitor', (signal) => site.monitor.live(undefined, { signal }));
  return (
    <Table
      size="small"
      rowKey={(room) => `${room.roomCode} ${room.sessionId}`}
      pagination={false}
      dataSource={live.value?.rooms ?? []}
      columns={[
        { title: t('column.room'), dataIndex: 'roomCode' },
        {
          title: t('column.state'),
          render: (_, room) => <CheckStateMark state={room.connected ? 'passed' : 'waiting'} />,
        },
        { title: t('column.lastContact'), render: (_, room) => clockTime(room.lastContact) },
        ...(['expected', 'signedIn', 'inExam', 'handedIn', 'absent', 'away'] as const).map((id) => ({
          title: t(`count.${id}`),
          render: (_: unknown, room: { counts: Record<typeof id, number> }) => room.counts[id],
        })),
      ]}
    />
  );
}

function Collection({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [directory, setDirectory] = useState('');
  const live = useLive('collection', (signal) => site.collection.live(undefined, { signal }));
  const rows = live.value ?? [];
  return (
    <div className="stack">
      <div className="toolbar">
        <label className="field">
          <span>{t('site.backupFolder')}</span>
          <Input value={directory} onChange={(event) => setDirectory(event.target.value)} />
        </label>
        <FileButton
          label={t('byFile')}
          hint={t('site.collection')}
          onFile={async (uploadId) => live.set(await site.collection.importFile({ uploadId }))}
        />
      </div>
      <Table
        size="small"
        rowKey={(row) => `${row.roomCode} ${row.sessionId}`}
        pagination={false}
        dataSource={[...rows]}
        columns={[
          { title: t('column.session'), dataIndex: 'sessionNumber' },
          { title: t('column.room'), dataIndex: 'roomCode' },
          { title: t('count.expected'), dataIndex: 'expected' },
          { title: t('site.collectedAt'), render: (_, row) => <ReachedMark at={at(row.collectedAt)} /> },
          { title: t('site.receiptAt'), render: (_, row) => <ReachedMark at={at(row.receiptAt)} /> },
          {
            title: '',
            render: (_, { sessionId }) => (
              <div className="toolbar">
                <Button
                  size="small"
                  disabled={directory === ''}
                  onClick={() =>
                    void run(
                      () => site.collection.backup({ directory, sessionId, note: '' }),
                      t('check.done'),
                    )
                  }
                >
                  {t('room.backup')}
                </Button>
                <Button
                  size="small"
                  type="primary"
                  loading={busy}
                  onClick={() => void run(async () => live.set(await site.collection.report({ sessionId })))}
                >
                  {t('site.report')}
                </Button>
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}
