/** What the site asks the support desk, from the centre's web as from its own console. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { CallForm } from '../../../ui/support/call-form.tsx';
import { PriorityMark, stageWord, ThreadStateMark } from '../../../ui/support/support-words.tsx';
import { ThreadView } from '../../../ui/support/thread-view.tsx';
import { useText } from '../../../ui/text.ts';
import { supportContract } from '../../support/contract.ts';
import type { SiteAccountProps } from './site-account-console.tsx';

type Props = SiteAccountProps & { chosen: string | undefined; onChoose: (threadId: string | null) => void };

export function QuestionsPage({ centre, view, chosen, onChoose }: Props): ReactNode {
  const t = useText();
  const may = useRoleGate(supportContract.open);
  const { project, site, threads, announcements } = view;
  const where = { projectId: project.id, siteCode: site.code };
  const thread = threads.find(({ id }) => id === chosen);
  if (thread)
    return (
      <ThreadView
        key={thread.id}
        thread={thread}
        side="site"
        gate={may}
        actions={null}
        onBack={() => onChoose(null)}
        // Who has read what at the site, its own console says.
        onSeen={() => Promise.resolve()}
        onWrite={(text) => centre.support.write({ ...where, threadId: thread.id, text })}
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
                  await centre.support.open({ ...where, ...call, byTelephone: false });
                  close();
                }}
              />
            )}
          </DialogButton>
        }
      >
        {t('siteAccount.threads')}
      </NowLine>
      <section className="panel">
        <span>{t('system.supportPhone')}</span>
        <span className="phone-large">{project.supportPhone || '–'}</span>
      </section>
      <Listing
        rows={threads}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('siteAccount.noThreads')} todo={t('siteAccount.noThreadsTodo')} />}
        onOpen={({ id }) => onChoose(id)}
        columns={({ column, moment }) => [
          column(t('support.priority'), (one) => <PriorityMark of={one.priority} />),
          column(t('support.stage'), (one) => stageWord(t, one.stage)),
          column(t('support.about'), (one) => (
            <Button type="link" className="thread-about" onClick={() => onChoose(one.id)}>
              {one.about}
            </Button>
          )),
          column(t('support.state'), (one) => <ThreadStateMark of={one.state} />),
          moment(t('support.opened'), (one) => one.openedAt),
        ]}
      />
      {announcements.length > 0 && (
        <section className="panel">
          <h2>{t('support.noticesFrom')}</h2>
          {announcements.map((one) => (
            <div key={one.id}>
              <div className="soft">{t('support.noticeFrom', { at: dateTime(one.at), by: one.by })}</div>
              <div className="notice-text">{one.text}</div>
            </div>
          ))}
        </section>
      )}
    </div>
  );
}
