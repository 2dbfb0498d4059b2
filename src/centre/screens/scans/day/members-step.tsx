/** Step 2: whose tokens open the materials, and where. */
import { useRef, useState, type ReactNode } from 'react';
import { Button, Input } from 'antd';
import * as z from 'zod';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FileButton } from '../../../../ui/file-drop.tsx';
import { Form } from '../../../../ui/form.tsx';
import { Listing } from '../../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../../ui/now-line.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { Mark, checkMarks } from '../../../../ui/state-mark.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { paperDayContract, type MemberView } from '../../../paper-day/contract.ts';
import type { DayStepProps } from './day-page.tsx';
import { DayPolicyDialog } from './day-settings.tsx';
import { codesIn } from './codes-in.ts';

export function MembersStep(props: DayStepProps): ReactNode {
  const t = useText();
  const { centre, project, round, day, onChoose } = props;
  const list = useLoaded(`${project.id} ${round}`, () => centre.paperDay.members({ projectId: project.id }));
  const done = isDone(day.steps, 'day-members');
  const password = day.policy.opens === 'password';
  const missing = day.sites - day.counts.withMembers;
  const add = (primary: boolean): ReactNode => (
    <AddMember {...props} primary={primary} onSaved={(members) => list.set(members)} />
  );
  return (
    <>
      <NowLine
        action={
          done || password ? <NextStep steps={day.steps} step="day-members" onChoose={onChoose} /> : add(true)
        }
      >
        {password
          ? t('paperDay.now.password')
          : day.sites === 0
            ? t('paperDay.now.membersNoSites')
            : done
              ? t('paperDay.now.membersDone')
              : t('paperDay.now.members', { missing })}
      </NowLine>
      <section className="panel">
        <div className="panel-head">
          <h2>{t('step.day-members')}</h2>
          <span className="soft grow">{`${t('paperDay.opens')} ${t(`paperDay.opens.${day.policy.opens}`)}`}</span>
          <DayPolicyDialog {...props} />
          <Import {...props} />
          {(done || password) && add(false)}
        </div>
        {list.value && (
          <Listing<MemberView>
            rows={list.value}
            rowKey={(one) => one.id}
            pageSize={50}
            empty={<EmptyState title={t('paperDay.noMembers')} todo={t('paperDay.noMembersTodo')} />}
            columns={({ column }) => [
              column(t('paperDay.member'), (one) => <strong>{one.name}</strong>),
              column(t('paperDay.serial'), (one) => <code>{one.serial}</code>),
              column(t('paperDay.recipient'), (one) => (
                <code title={one.recipient}>{`${one.recipient.slice(0, 20)}…`}</code>
              )),
              column(t('paperDay.memberSites'), (one) => <Sites sites={one.sites} />),
              column(t('column.state'), (one) => <State member={one} />),
              column(t('column.actions'), (one) =>
                one.revoked ? null : <Revoke {...props} member={one} onDone={list.reload} />,
              ),
            ]}
          />
        )}
      </section>
    </>
  );
}

const shownSites = 8;

function Sites({ sites }: { sites: readonly string[] | null }): ReactNode {
  const t = useText();
  if (sites === null) return t('paperDay.allSites');
  const shown = sites.slice(0, shownSites).join(', ');
  return <span title={sites.join(', ')}>{sites.length > shownSites ? `${shown}, …` : shown}</span>;
}

function State({ member: { revoked } }: { member: MemberView }): ReactNode {
  const t = useText();
  return revoked ? (
    <Mark {...checkMarks.failed} word={t('paperDay.revoked', { ...revoked })} />
  ) : (
    <Mark {...checkMarks.passed} word={t('paperDay.active')} nowrap />
  );
}

/** What is read of a key file; the key itself stays sealed under its PIN, and on this computer. */
const keyFileSchema = z.object({ serial: z.string().max(64), recipient: z.string().max(200) });

function AddMember(
  props: DayStepProps & { primary: boolean; onSaved: (members: MemberView[]) => void },
): ReactNode {
  const t = useText();
  const { centre, project, primary, onSaved } = props;
  const gate = useRoleGate(paperDayContract.saveMember);
  const empty = { name: '', serial: '', recipient: '', sites: '' };
  const [typed, setTyped] = useState(empty);
  const [unread, setUnread] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const field = (what: keyof typeof empty, maxLength: number): ReactNode => (
    <Input
      maxLength={maxLength}
      autoComplete="off"
      value={typed[what]}
      onChange={(event) => setTyped({ ...typed, [what]: event.target.value })}
    />
  );
  const read = async (file: File): Promise<void> => {
    const content = file.size > 100_000 ? '' : await file.text();
    const known = keyFileSchema.safeParse(jsonOf(content));
    setUnread(!known.success);
    if (known.success) setTyped((before) => ({ ...before, ...known.data }));
  };
  return (
    <DialogButton
      {...(primary ? { type: 'primary' as const } : { size: 'small' as const })}
      gate={gate}
      label={t('paperDay.addMember')}
      onOpen={() => {
        setTyped(empty);
        setUnread(false);
      }}
    >
      {(close) => (
        <Form
          submit={t('save')}
          ready={[typed.name, typed.serial, typed.recipient].every((one) => one.trim() !== '')}
          done={t('paperDay.saved')}
          onCancel={close}
          onSubmit={async () => {
            const sites = codesIn(typed.sites);
            const { name, serial, recipient } = typed;
            const member = { name, serial, recipient, sites: sites.length === 0 ? null : sites };
            onSaved(await centre.paperDay.saveMember({ projectId: project.id, member }));
            close();
          }}
        >
          <p>{t('paperDay.memberText')}</p>
          <div>
            <input
              ref={chooser}
              type="file"
              hidden
              aria-label={t('paperDay.keyFile')}
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file) void read(file);
              }}
            />
            <Button onClick={() => chooser.current?.click()}>{t('paperDay.keyFile')}</Button>
          </div>
          <Field label={t('paperDay.member')}>{field('name', 200)}</Field>
          <Field label={t('paperDay.serial')}>{field('serial', 64)}</Field>
          <Field label={t('paperDay.recipient')} problem={unread ? t('paperDay.keyFileUnread') : null}>
            {field('recipient', 200)}
          </Field>
          <Field label={t('paperDay.memberSites')} hint={t('paperDay.memberSitesHint')}>
            {field('sites', 20_000)}
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function Import({ centre, project }: DayStepProps): ReactNode {
  const t = useText();
  const gate = useRoleGate(paperDayContract.importMembers);
  return (
    <FileButton
      size="small"
      gate={gate}
      label={t('paperDay.importMembers')}
      hint={t('paperDay.importMembersHint')}
      accept=".csv,.xlsx"
      onFile={(uploadId) => centre.paperDay.importMembers({ projectId: project.id, uploadId })}
    />
  );
}

function Revoke(props: DayStepProps & { member: MemberView; onDone: () => void }): ReactNode {
  const t = useText();
  const { centre, project, member, onDone } = props;
  const gate = useRoleGate(paperDayContract.revokeMember);
  const [reason, setReason] = useState('');
  const label = t('paperDay.revoke');
  return (
    <DialogButton size="small" danger gate={gate} label={label} onOpen={() => setReason('')}>
      {(close) => (
        <Form
          danger
          submit={label.replace(/\s*…$/, '')}
          ready={reason.trim() !== ''}
          done={t('paperDay.isRevoked')}
          onCancel={close}
          onSubmit={async () => {
            const { id: memberId } = member;
            await centre.paperDay.revokeMember({ projectId: project.id, memberId, reason: reason.trim() });
            onDone();
            close();
          }}
        >
          <p>{t('paperDay.revokeText', { name: member.name })}</p>
          <Field label={t('paperDay.reason')}>
            <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}
