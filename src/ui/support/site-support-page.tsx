/** The site's questions to the support desk, its confirmations, and what the centre tells all sites. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { confirmedPhases, type ConfirmedPhase } from '../../exam/support/posting.ts';
import type { Announcement } from '../../exam/support/thread.ts';
import { ActButton } from '../act-button.tsx';
import { DialogButton } from '../dialog.tsx';
import { EmptyState } from '../empty-state.tsx';
import { dateTime } from '../format.ts';
import { screenGate } from '../gate-button.tsx';
import { Listing } from '../listing.tsx';
import { NowLine } from '../now-line.tsx';
import { both } from '../role-gate.ts';
import { ReachedMark } from '../state-mark.tsx';
import { CallForm } from './call-form.tsx';
import { confirmWord, PriorityMark, stageWord, ThreadStateMark } from './support-words.tsx';
import { ThreadView } from './thread-view.tsx';
import { useText, type Text } from '../text.ts';
import type { SiteSupport, supportContract } from '../../site/support/contract.ts';
import type { ConsoleClient } from '../client.ts';
import type { GateView } from '../../node/contract.ts';

/** The site's side of the desk: at a site, or in a room without one. */
export type SiteSupportClient = Pick<
  ConsoleClient<typeof supportContract>,
  'open' | 'write' | 'close' | 'confirm' | 'read' | 'seen'
>;

interface Props {
  client: SiteSupportClient;
  /** May whoever is signed in write? */
  role: GateView;
  support: SiteSupport;
  set: (support: SiteSupport) => void;
  chosen: string | undefined;
  go: (...parts: string[]) => void;
}

export function SiteSupportPage({ client, role, support, set, chosen, go }: Props): ReactNode {
  const t = useText();
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
        onSeen={async () => set(await client.seen({ threadId: thread.id }))}
        onWrite={async (text) => set(await client.write({ threadId: thread.id, text }))}
        actions={
          <ActButton
            gate={may}
            act={async () =>
              set(await client.close({ threadId: thread.id, solved: thread.state !== 'solved' }))
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
                  await client.open(call);
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
        {confirmedPhases.map((phase) => (
          <Confirmed key={phase} {...{ client, support, set, may, phase }} session={null} />
        ))}
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

/** One phase; below the day its sessions, each of which is over at its own time. */
function Confirmed(
  props: Pick<Props, 'client' | 'support' | 'set'> & {
    may: GateView;
    phase: ConfirmedPhase;
    session: SiteSupport['sessions'][number] | null;
  },
): ReactNode {
  const t = useText();
  const { client, support, set, may, phase, session } = props;
  const sessionId = session?.id ?? null;
  const done = support.confirmations.find((one) => one.phase === phase && one.session === sessionId);
  const word = session
    ? t('support.confirmSession', { number: session.number, name: session.name })
    : confirmWord(t, phase);
  return (
    <>
      <div className={session ? 'row confirmed-session' : 'row'}>
        {session ? (
          <span className="grow">{word}</span>
        ) : (
          <strong className="grow">
            {t(phase === 'day' ? 'phase.during' : `phase.${phase}`)} · {word}
          </strong>
        )}
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
          act={async () => set(await client.confirm({ phase, sessionId, done: !done }))}
          aria-label={`${t(done ? 'support.takeBack' : 'support.confirm')}: ${word}`}
        >
          {t(done ? 'support.takeBack' : 'support.confirm')}
        </ActButton>
      </div>
      {phase === 'day' &&
        session === null &&
        support.sessions.map((one) => <Confirmed key={one.id} {...props} session={one} />)}
    </>
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
