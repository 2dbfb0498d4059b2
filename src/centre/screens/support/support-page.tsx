/** The support desk: what sites ask, what they confirm, and what they are told. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Select } from 'antd';
import { confirmedPhases, textLimit, type Priority } from '../../../exam/support/posting.ts';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useSession } from '../../../ui/session.ts';
import { ReachedMark } from '../../../ui/state-mark.tsx';
import { CallForm } from '../../../ui/support/call-form.tsx';
import {
  confirmWord,
  PriorityMark,
  priorityOptions,
  stageWord,
  stateWord,
  ThreadStateMark,
} from '../../../ui/support/support-words.tsx';
import { useText } from '../../../ui/text.ts';
import { supportContract, type SupportDesk } from '../../support/contract.ts';
import type { ProjectProps } from '../centre-console.tsx';
import { DeskThread } from './desk-thread.tsx';

interface Props extends ProjectProps {
  desk: SupportDesk;
  /** Grows with every view of the desk. */
  deskRound: number;
  /** Site and thread. */
  parts: readonly string[];
  go: (...parts: string[]) => void;
}

export function SupportPage(props: Props): ReactNode {
  const { centre, project, desk, deskRound, parts, go } = props;
  const t = useText();
  const mayOpen = useRoleGate(supportContract.open);
  const [siteCode, threadId] = parts;
  const open = desk.threads.filter(({ state }) => state !== 'solved');
  if (desk.sites.length === 0)
    return <EmptyState title={t('support.noSites')} todo={t('support.noSitesTodo')} />;
  if (siteCode !== undefined && threadId !== undefined)
    return (
      <DeskThread
        key={`${siteCode} ${threadId}`}
        centre={centre}
        where={{ projectId: project.id, siteCode, threadId }}
        round={deskRound}
        onBack={() => go()}
      />
    );
  return (
    <div className="stack">
      <h1 className="only-read">{t('support.title')}</h1>
      <NowLine
        action={
          <>
            <DialogButton label={t('support.announce')} gate={mayOpen}>
              {(close) => <Announce {...props} close={close} />}
            </DialogButton>
            <DialogButton type="primary" label={t('support.call')} gate={mayOpen}>
              {(close) => <EnterCall {...props} close={close} />}
            </DialogButton>
          </>
        }
      >
        {open.length === 0
          ? t('support.deskCalm')
          : t('support.deskNow', {
              open: open.length,
              urgent: open.filter(({ priority }) => priority === 'stops-exam' || priority === 'high').length,
              unread: desk.unread,
            })}
      </NowLine>
      <Threads {...props} />
      <Listing
        caption={<h2>{t('support.confirmations')}</h2>}
        rows={desk.sites}
        rowKey={({ code }) => code}
        pageSize={20}
        columns={({ column }) => [
          column(t('site.code'), ({ code, name }) => (
            <>
              <strong>{code}</strong> <span className="soft">{name}</span>
            </>
          )),
          ...confirmedPhases.map((phase) =>
            column(confirmWord(t, phase), ({ code }) => {
              const said = desk.confirmations.filter((one) => one.siteCode === code && one.phase === phase);
              const done = said.find(({ session }) => session === null);
              const word = (one: { at: number; name: string; by: string }): string =>
                t('support.confirmed', { at: dateTime(one.at), by: one.name || one.by });
              return (
                <>
                  <ReachedMark wraps at={done ? word(done) : null} />
                  {props.project.sessions
                    .filter(({ id }) => said.some(({ session }) => session === id))
                    .map(({ id, number, name }) => (
                      <div key={id} className="soft">
                        {t('support.confirmSession', { number, name })} ·{' '}
                        {said.filter(({ session }) => session === id).map(word)}
                      </div>
                    ))}
                </>
              );
            }),
          ),
        ]}
      />
      {desk.announcements.length > 0 && (
        <section className="panel">
          <h2>{t('support.notices')}</h2>
          {desk.announcements.map((one) => (
            <div key={one.id}>
              <div className="soft">
                {dateTime(one.at)} · {one.by} ·{' '}
                {t('support.readCount', { read: one.read.length, all: one.read.length + one.notRead.length })}
              </div>
              <div className="notice-text">{one.text}</div>
              {one.notRead.length > 0 && (
                <div className="any-length scrolling">{t('support.notReadBy', { sites: one.notRead })}</div>
              )}
            </div>
          ))}
        </section>
      )}
    </div>
  );
}

type DeskRow = SupportDesk['threads'][number];
/** By urgency, as they come; or by age alone. */
const orders = {
  orderUrgent: () => 0,
  orderOldest: (a: DeskRow, b: DeskRow) => a.openedAt - b.openedAt,
  orderNewest: (a: DeskRow, b: DeskRow) => b.openedAt - a.openedAt,
} as const;
type Order = keyof typeof orders;
const states = ['filterOpen', 'filterMine', 'new', 'working', 'solved', 'filterAll'] as const;

function Threads({ desk, go }: Props): ReactNode {
  const t = useText();
  const { user } = useSession();
  const [state, setState] = useState<(typeof states)[number]>('filterOpen');
  const [priority, setPriority] = useState<Priority | 'any'>('any');
  const [site, setSite] = useState('');
  const [order, setOrder] = useState<Order>('orderUrgent');
  const chosen = desk.threads.filter(
    (one) =>
      (state === 'filterAll' ||
        one.state === state ||
        (state === 'filterOpen' && one.state !== 'solved') ||
        (state === 'filterMine' && one.state !== 'solved' && one.owner === user.account)) &&
      (priority === 'any' || one.priority === priority) &&
      one.siteCode.startsWith(site.trim()),
  );
  const rows = chosen.toSorted(orders[order]);
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label={t('support.state')}
          value={state}
          onChange={setState}
          options={states.map((value) => ({
            value,
            label:
              value === 'filterOpen'
                ? t('support.filterOpen')
                : value === 'filterMine'
                  ? t('support.filterMine')
                  : value === 'filterAll'
                    ? t('support.filterAll')
                    : stateWord(t, value),
          }))}
        />
        <Select
          aria-label={t('support.priority')}
          value={priority}
          onChange={setPriority}
          options={[{ value: 'any' as const, label: t('support.anyPriority') }, ...priorityOptions(t)]}
        />
        <Input
          className="find"
          aria-label={t('support.prefix')}
          placeholder={t('support.prefix')}
          value={site}
          onChange={(event) => setSite(event.target.value)}
        />
        <Select
          aria-label={t('support.order')}
          value={order}
          onChange={setOrder}
          options={[
            { value: 'orderUrgent' as const, label: t('support.orderUrgent') },
            { value: 'orderOldest' as const, label: t('support.orderOldest') },
            { value: 'orderNewest' as const, label: t('support.orderNewest') },
          ]}
        />
      </div>
      <Listing
        caption={<h2>{t('support.threads')}</h2>}
        rows={rows}
        rowKey={({ siteCode, id }) => `${siteCode} ${id}`}
        pageSize={50}
        onOpen={({ siteCode, id }) => go(siteCode, id)}
        empty={
          desk.threads.length === 0 ? (
            <EmptyState title={t('support.none')} todo={t('support.noneTodo')} />
          ) : (
            <EmptyState title={t('support.noneSuch')} todo={t('support.noneSuchTodo')} />
          )
        }
        columns={({ column, moment, figures }) => [
          column(t('support.priority'), (one) => <PriorityMark of={one.priority} />),
          column(t('site.code'), (one) => <strong>{one.siteCode}</strong>),
          column(t('support.stage'), (one) => stageWord(t, one.stage)),
          column(t('support.about'), (one) => (
            <Button type="link" className="thread-about" onClick={() => go(one.siteCode, one.id)}>
              {one.about}
            </Button>
          )),
          column(t('support.state'), (one) => <ThreadStateMark of={one.state} />),
          column(t('support.owner'), (one) => one.owner ?? '–'),
          moment(t('support.opened'), (one) => one.openedAt),
          figures(t('support.unread'), (one) => one.unread || ''),
        ]}
      />
    </>
  );
}

function EnterCall({ centre, project, desk, close }: Props & { close: () => void }): ReactNode {
  const t = useText();
  const [siteCode, setSiteCode] = useState<string | null>(
    desk.sites.length === 1 ? (desk.sites[0]?.code ?? null) : null,
  );
  return (
    <CallForm
      submit={t('support.callEnter')}
      ready={siteCode !== null}
      onSubmit={async (call) => {
        await centre.support.open({
          projectId: project.id,
          siteCode: siteCode ?? '',
          byTelephone: true,
          ...call,
        });
        close();
      }}
    >
      <Field label={t('site.code')}>
        <Select
          aria-label={t('site.code')}
          showSearch
          value={siteCode}
          onChange={setSiteCode}
          options={desk.sites.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        />
      </Field>
    </CallForm>
  );
}

function Announce({ centre, project, desk, close }: Props & { close: () => void }): ReactNode {
  const t = useText();
  const [prefix, setPrefix] = useState('');
  const [text, setText] = useState('');
  const count = desk.sites.filter(({ code }) => code.startsWith(prefix.trim())).length;
  return (
    <Form
      submit={t('support.send')}
      ready={count > 0 && text.trim() !== ''}
      done={t('support.announced', { count })}
      onSubmit={async () => {
        await centre.support.announce({ projectId: project.id, prefix, text });
        close();
      }}
    >
      <Field label={t('support.prefix')} hint={t('support.prefixHint', { count })}>
        <Input
          aria-label={t('support.prefix')}
          maxLength={64}
          value={prefix}
          onChange={(event) => setPrefix(event.target.value)}
        />
      </Field>
      <Field label={t('support.noticeText')}>
        <Input.TextArea
          aria-label={t('support.noticeText')}
          maxLength={textLimit}
          autoSize={{ minRows: 4, maxRows: 12 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
    </Form>
  );
}
