/** Keys of other programs: made by administrators, shown once, revoked at once. */
import { useState, type ReactNode } from 'react';
import { Alert, Button, Checkbox, DatePicker, Input, Select, Space } from 'antd';
import dayjs from 'dayjs';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { useSession } from '../../../ui/session.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { apiRights, type ApiKeyView, type ApiRight } from '../../api-keys/contract.ts';
import type { CentreClient } from '../centre-console.tsx';

interface Props {
  centre: CentreClient;
}
type Project = Awaited<ReturnType<CentreClient['project']['list']>>[number];

export function ApiKeysPanel({ centre }: Props): ReactNode {
  const t = useText();
  const { user } = useSession();
  const manages = user.role === 'administrator';
  const keys = useLoaded(manages ? 'api keys' : null, () => centre.apiKey.list());
  const projects = useLoaded(manages ? 'projects' : null, () => centre.project.list());
  if (!manages || !keys.value || !projects.value) return null;
  const { value: list, set } = keys;
  const nameOf = (id: string): string => projects.value?.find((one) => one.id === id)?.name ?? id;
  const address = `${location.origin}/api/v1`;
  return (
    <section className="panel">
      <h2>{t('apiKeys.title')}</h2>
      <div className="stack">
        <p className="hint">{t('apiKeys.hint', { address, document: `${address}/openapi.json` })}</p>
        <Listing
          rows={list}
          rowKey={(one) => one.id}
          pageSize={20}
          empty={<p className="hint">{t('apiKeys.none')}</p>}
          columns={({ column, moment }) => [
            column(t('apiKeys.name'), (one) => <strong>{one.name}</strong>),
            column(t('apiKeys.key'), (one) => <span className="nowrap">{one.start}…</span>),
            column(t('apiKeys.may'), (one) =>
              one.rights.map((right) => t(`apiKeys.right.${right}`)).join(', '),
            ),
            column(t('apiKeys.project'), (one) =>
              one.projectId === null ? t('apiKeys.allProjects') : nameOf(one.projectId),
            ),
            column(t('apiKeys.made'), (one) => `${dateTime(one.createdAt)} · ${one.createdBy}`),
            moment(t('apiKeys.expires'), (one) => one.expiresAt),
            column(t('apiKeys.used'), (one) =>
              one.usedAt === null ? t('apiKeys.never') : `${dateTime(one.usedAt)} · ${one.usedFrom ?? ''}`,
            ),
            column(t('column.state'), (one) => <State state={one.state} />),
            column(t('column.actions'), (one) => <Revoke centre={centre} of={one} set={set} />),
          ]}
        />
        <div>
          <DialogButton label={t('apiKeys.add')}>
            {(close) => <MakeKey centre={centre} projects={projects.value ?? []} set={set} close={close} />}
          </DialogButton>
        </div>
      </div>
    </section>
  );
}

const marks = {
  valid: checkMarks.passed,
  expired: { shape: '–', tone: 'light' },
  revoked: { shape: '✕', tone: 'red' },
} as const;

function State({ state }: Pick<ApiKeyView, 'state'>): ReactNode {
  const t = useText();
  return <Mark {...marks[state]} word={t(`apiKeys.state.${state}`)} />;
}

function Revoke(props: Props & { of: ApiKeyView; set: (list: ApiKeyView[]) => void }): ReactNode {
  const t = useText();
  const { centre, of, set } = props;
  return (
    <DialogButton
      size="small"
      danger
      label={t('apiKeys.revoke')}
      gate={screenGate(of.state !== 'revoked', 'no-such-api-key')}
    >
      {(close) => (
        <Form
          submit={t('apiKeys.revoke')}
          danger
          onCancel={close}
          onSubmit={async () => {
            set(await centre.apiKey.revoke({ id: of.id }));
            close();
          }}
        >
          <p>{t('apiKeys.revokeText', { name: of.name })}</p>
        </Form>
      )}
    </DialogButton>
  );
}

const all = '';

function MakeKey(
  props: Props & { projects: readonly Project[]; set: (list: ApiKeyView[]) => void; close: () => void },
): ReactNode {
  const t = useText();
  const { centre, projects, set, close } = props;
  const [name, setName] = useState('');
  const [rights, setRights] = useState<ApiRight[]>([]);
  const [projectId, setProjectId] = useState<string | null>(null);
  const [expiresAt, setExpiresAt] = useState<number | null>(null);
  const [made, setMade] = useState<string | null>(null);
  if (made !== null)
    return (
      <div className="stack">
        <Alert type="warning" showIcon title={t('apiKeys.once')} />
        <Field label={t('apiKeys.onceTitle')}>
          <CodeFigures value={made} shown={made} />
        </Field>
        <div className="row-end">
          <Button type="primary" onClick={close}>
            {t('apiKeys.noted')}
          </Button>
        </div>
      </div>
    );
  return (
    <Form
      submit={t('apiKeys.make')}
      ready={name.trim() !== '' && rights.length > 0}
      onCancel={close}
      onSubmit={async () => {
        const { key, list } = await centre.apiKey.make({ name, rights, projectId, expiresAt });
        set(list);
        setMade(key);
      }}
    >
      <Field label={t('apiKeys.name')} hint={t('apiKeys.nameHint')}>
        <Input
          value={name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Checkbox.Group<ApiRight> value={rights} onChange={setRights} aria-label={t('apiKeys.may')}>
        <Space direction="vertical">
          {apiRights.map((right) => (
            <Checkbox key={right} value={right}>
              {t(`apiKeys.right.${right}`)}
            </Checkbox>
          ))}
        </Space>
      </Checkbox.Group>
      <Field label={t('apiKeys.project')}>
        <Select
          className="wide"
          aria-label={t('apiKeys.project')}
          value={projectId ?? all}
          onChange={(id) => setProjectId(id === all ? null : id)}
          options={[
            { value: all, label: t('apiKeys.allProjects') },
            ...projects.map((one) => ({ value: one.id, label: `${one.code} · ${one.name}` })),
          ]}
        />
      </Field>
      <Field label={t('apiKeys.expires')} hint={t('apiKeys.expiresHint')}>
        <DatePicker
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          needConfirm={false}
          value={expiresAt === null ? null : dayjs(expiresAt)}
          onChange={(value) => setExpiresAt(value?.valueOf() ?? null)}
        />
      </Field>
    </Form>
  );
}
