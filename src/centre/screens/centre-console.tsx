/** The centre's console: projects, and a page for each. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Table } from 'antd';
import { ProjectOutlined } from '@ant-design/icons';
import type { ConsoleClient } from '../../ui/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { dateTime } from '../../ui/format.ts';
import { Frame } from '../../ui/frame.tsx';
import { useText } from '../../ui/text.ts';
import { useAction } from '../../ui/use-action.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { usePlace } from '../../ui/use-place.ts';
import type { centreContract } from '../contract.ts';
import { ProjectPage } from './project-page.tsx';

export type CentreClient = ConsoleClient<typeof centreContract>;

export function CentreConsole({ centre }: { centre: CentreClient }): ReactNode {
  const t = useText();
  const [[phase = 'projects', projectId], go] = usePlace();
  return (
    <Frame
      phases={[{ id: 'projects', label: t('phase.projects'), icon: <ProjectOutlined /> }]}
      phase={phase}
      onPhase={(id) => go(id)}
    >
      {projectId === undefined ? (
        <Projects centre={centre} open={(id) => go('projects', id)} />
      ) : (
        <ProjectPage centre={centre} projectId={projectId} />
      )}
    </Frame>
  );
}

function Projects({ centre, open }: { centre: CentreClient; open: (id: string) => void }): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const projects = useLoaded('projects', () => centre.project.list());
  const create = async (): Promise<void> => {
    const { projectId } = await centre.project.create({ code, name, mode: 'formal', supportPhone: '' });
    open(projectId);
  };
  return (
    <div className="stack">
      <div className="toolbar">
        <label className="field">
          <span>{t('centre.projectCode')}</span>
          <Input value={code} onChange={(event) => setCode(event.target.value)} />
        </label>
        <label className="field">
          <span>{t('column.name')}</span>
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <Button
          type="primary"
          loading={busy}
          disabled={code === '' || name === ''}
          onClick={() => void run(create)}
        >
          {t('centre.newProject')}
        </Button>
      </div>
      {projects.value?.length === 0 ? (
        <EmptyState title={t('centre.noProjects')} todo={t('centre.noProjectsTodo')} />
      ) : (
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={[...(projects.value ?? [])]}
          columns={[
            { title: t('centre.projectCode'), dataIndex: 'code' },
            {
              title: t('column.name'),
              render: (_, one) => (
                <Button type="link" onClick={() => open(one.id)}>
                  {one.name}
                </Button>
              ),
            },
            { title: t('centre.sessions'), dataIndex: 'sessions' },
            { title: t('centre.sites'), dataIndex: 'sites' },
            { title: t('column.candidates'), dataIndex: 'candidates' },
            { title: t('centre.publish'), render: (_, one) => dateTime(one.publishedAt) },
          ]}
        />
      )}
    </div>
  );
}
