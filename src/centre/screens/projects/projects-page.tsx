import { useState, type ReactNode } from 'react';
import { Button, Input, Radio } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useSession } from '../../../ui/session.ts';
import { useText } from '../../../ui/text.ts';
import { useVisible } from '../../../ui/use-visible.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { centreContract } from '../../contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { useLimitScreen } from '../users/limit-fields.tsx';

interface Props {
  centre: CentreClient;
  open: (projectId: string) => void;
}

export function ProjectsPage({ centre, open }: Props): ReactNode {
  const t = useText();
  const { limit } = useSession().user;
  const { words } = useLimitScreen(centre);
  const visible = useVisible();
  const mayCreate = useRoleGate(centreContract.project.create);
  const projects = useLoaded(`projects ${visible}`, () => centre.project.list());
  const create = (
    <DialogButton type="primary" gate={mayCreate} label={t('centre.newProject')}>
      {() => <NewProject centre={centre} open={open} />}
    </DialogButton>
  );
  if (!projects.value) return null;
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.projects')}</h1>
      <NowLine action={create}>
        {projects.value.length === 0 ? t('centre.now.noProject') : t('centre.now.projects')}
      </NowLine>
      {limit !== null && <p className="soft">{t('limit.note', { of: words(limit) })}</p>}
      <Listing
        rows={projects.value}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t('centre.noProjects')} todo={t('centre.noProjectsTodo')} />}
        onOpen={(one) => open(one.id)}
        columns={({ column, figures, moment }) => [
          column(t('centre.projectCode'), (one) => (
            <Button type="link" className="link" onClick={() => open(one.id)}>
              {one.code}
            </Button>
          )),
          column(t('centre.projectName'), (one) => one.name),
          column(t('site.mode'), (one) => (
            <span className={`mode-word mode-${one.mode}`}>{t(`mode.${one.mode}`)}</span>
          )),
          figures(t('centre.sessions'), (one) => one.sessions),
          figures(t('centre.sites'), (one) => one.sites),
          figures(t('centre.rooms'), (one) => one.rooms),
          figures(t('column.candidates'), (one) => one.candidates),
          moment(t('centre.publishedAt'), (one) => one.publishedAt),
        ]}
      />
    </div>
  );
}

function NewProject({ centre, open }: Props): ReactNode {
  const t = useText();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [mode, setMode] = useState<'formal' | 'mock'>('formal');
  const [supportPhone, setPhone] = useState('');
  return (
    <Form
      submit={t('centre.create')}
      ready={code.trim() !== '' && name.trim() !== ''}
      onSubmit={async () => {
        const { projectId } = await centre.project.create({ code, name, mode, supportPhone });
        open(projectId);
      }}
    >
      <Field label={t('centre.projectCode')} hint={t('centre.projectCodeHint')}>
        <Input value={code} maxLength={64} onChange={(event) => setCode(event.target.value)} />
      </Field>
      <Field label={t('centre.projectName')}>
        <Input value={name} maxLength={400} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="field">
        <span id="project-mode">{t('site.mode')}</span>
        <Radio.Group
          aria-labelledby="project-mode"
          value={mode}
          onChange={(event) => setMode(event.target.value === 'mock' ? 'mock' : 'formal')}
          options={[
            { value: 'formal', label: t('site.modeFormal') },
            { value: 'mock', label: t('site.modeMock') },
          ]}
        />
      </div>
      <Field label={t('system.supportPhone')} hint={t('centre.supportPhoneHint')}>
        <Input value={supportPhone} maxLength={40} onChange={(event) => setPhone(event.target.value)} />
      </Field>
    </Form>
  );
}
