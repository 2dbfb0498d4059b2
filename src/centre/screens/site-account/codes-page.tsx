/** One-time codes that the policy lets the site permit. */
import type { ReactNode } from 'react';
import { Select } from 'antd';
import { CodeDesk } from '../../../ui/codes/code-desk.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { dateTime } from '../../../ui/format.ts';
import { NowLine } from '../../../ui/now-line.tsx';
import { useText } from '../../../ui/text.ts';
import type { SiteAccountProps } from './site-account-console.tsx';

type Props = SiteAccountProps & { chosen: string | undefined; onChoose: (sessionId: string) => void };

export function CodesPage({ centre, view, chosen, onChoose }: Props): ReactNode {
  const t = useText();
  const { project, sessions, codes } = view;
  const session =
    sessions.find(({ id }) => id === chosen) ??
    sessions.find(({ codesIssuedBy }) => codesIssuedBy === 'site') ??
    sessions[0];
  if (!session)
    return <EmptyState title={t('siteAccount.noSessions')} todo={t('siteAccount.noSessionsTodo')} />;
  const projectId = project.id;
  return (
    <div className="stack">
      <NowLine
        action={
          <Select
            aria-label={t('column.session')}
            value={session.id}
            onChange={onChoose}
            options={sessions.map((one) => ({
              value: one.id,
              label: `${one.number} · ${one.name} · ${dateTime(one.startAt)}`,
            }))}
          />
        }
      >
        {session.codesIssuedBy === 'site'
          ? t('code.title')
          : session.codesIssuedBy === 'centre'
            ? t('siteAccount.codesElsewhere', { phone: project.supportPhone || '–' })
            : t('siteAccount.codesNobody')}
      </NowLine>
      {session.codesIssuedBy === 'site' && (
        <CodeDesk
          codes={codes}
          session={session}
          rooms={session.rooms.map(({ roomCode }) => roomCode)}
          desk={{
            read: (call) => centre.code.read({ projectId, ...call }),
            issue: (call) => centre.code.issue({ projectId, ...call }),
          }}
        />
      )}
    </div>
  );
}
