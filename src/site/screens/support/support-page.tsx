/** The site's questions to the support desk, its confirmations, and what the centre tells all sites. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { confirmedPhases } from '../../../exam/support/posting.ts';
import type { Announcement } from '../../../exam/support/thread.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { ReachedMark } from '../../../ui/state-mark.tsx';
import { CallForm } from '../../../ui/support/call-form.tsx';
import { confirmWord, PriorityMark, stageWord, ThreadStateMark } from '../../../ui/support/support-words.tsx';
import { ThreadView } from '../../../ui/support/thread-view.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { supportContract, type SiteSupport } from '../../support/contract.ts';
import type { SiteClient } from '../site-console.tsx';

interface Props {
  site: SiteClient;
  support: SiteSupport;
  set: (support: SiteSupport) => void;
  chosen: string | undefined;
  go: (...parts: string[]) => void;
}

export function SupportPage({ site, support, set, chosen, go }: Props): ReactNode {
  const t = useText();
  const role = useRoleGate(supportContract.open);
  const registered = support.supportPhone !== null;
  const may = both(role, screenGate(registered, 'site-not-registered-at-centre'));
  const thread = support.threads.find(({ id }) => id === chosen);
  if (thread)
    return (
      <ThreadView
        key={thread.id}
        thread={thread}
        side="site"
        gate={may}
        onBack={() => go('support')}
        onSeen={async () => set(await site.support.seen({ threadId: thread.id }))}
        onWrite={async (text) => set(await site.support.write({ threadId: thread.id, text }))}
        actions={
          <ActButton
            gate={may}
            act={async () =>
              set(await site.support.close({ threadId: thread.id, solved: thread.state !== 'solved' }))
            }
          >
            {t(thread.state === 'solved' ? 'support.reopen' : 'support.solved')}
          </ActButton>
        }
      />
    );
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.support')}</h1>
      <NowLine
        action={
          <DialogButton type="primary" label={t('support.ask')} gate={may}>
            {(close) => (
              <CallForm
                submit={t('support.send')}
                onSubmit={async (call) => {
                  await site.support.open(call);
                  close();
                }}
              />
            )}
          </DialogButton>
        }
      >
        {nowWords(t, support)}
      </NowLine>
      <section className="panel">
        <span>{t('system.supportPhone')}</span>
        <span className="phone-large">{support.supportPhone || '–'}</span>
      </section>
      <Listing
        caption={<h2>{t('support.threads')}</h2>}
        rows={support.threads}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('support.none')} todo={t('support.noneTodo')} />}
        onOpen={({ id }) => go('support', id)}
        columns={({ column, moment, figures }) => [
          column(t('support.priority'), (one) => <PriorityMark of={one.priority} />),
          column(t('support.stage'), (one) => stageWord(t, one.stage)),
          column(t('support.about'), (one) => (
            <Button type="link" className="thread-about" onClick={() => go('support', one.id)}>
              {one.about}
            </Button>
          )),
          column(t('support.state'), (one) => <ThreadStateMark of={one.state} />),
          moment(t('support.opened'), (one) => one.openedAt),
          figures(t('support.unread'), (one) => one.unread || ''),
        ]}
      />
      <section className="panel">
        <h2>{t('support.confirmations')}</h2>
        <p className="soft">{t('support.confirmationsOf')}</p>
        {confirmedPhases.map((phase) => {
          const done = support.confirmations.find((one) => one.phase === phase);
          return (
            <div key={phase} className="row">
              <strong className="grow">
                {t(phase === 'day' ? 'phase.during' : `phase.${phase}`)} · {confirmWord(t, phase)}
              </strong>
              <ReachedMark
                at={
                  done
                    ? t('support.confirmed', { at: dateTime(done.at), by: done.name || done.by }) +
                      (done.waits ? ` · ${t('support.waits')}` : '')
                    : null
                }
              />
              <ActButton
                gate={may}
                act={async () => set(await site.support.confirm({ phase, done: !done }))}
                aria-label={`${t(done ? 'support.takeBack' : 'support.confirm')}: ${confirmWord(t, phase)}`}
              >
                {t(done ? 'support.takeBack' : 'support.confirm')}
              </ActButton>
            </div>
          );
        })}
      </section>
      {support.announcements.length > 0 && (
        <section className="panel">
          <h2>{t('support.noticesFrom')}</h2>
          {support.announcements.map((one) => (
            <div key={one.id}>
              <div className="soft">{t('support.noticeFrom', { at: dateTime(one.at), by: one.by })}</div>
              <div className="notice-text">{one.text}</div>
              <div className="soft">{readWords(t, one)}</div>
            </div>
          ))}
        </section>
      )}
    </div>
  );
}

function readWords(t: Text, { readAt, readBy }: Announcement): string {
  return readAt === null
    ? t('support.notReadYet')
    : t('support.readBy', { at: dateTime(readAt), by: readBy });
}

function nowWords(t: Text, { supportPhone, waiting, threads }: SiteSupport): string {
  if (supportPhone === null) return t('support.nowNotRegistered');
  const unread = threads.reduce((sum, one) => sum + one.unread, 0);
  if (unread > 0) return t('support.nowUnread', { count: unread });
  return waiting > 0 ? t('support.nowWaiting', { count: waiting }) : t('support.nowCalm');
}
