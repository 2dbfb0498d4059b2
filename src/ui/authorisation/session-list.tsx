import type { ReactNode } from 'react';
import type { SiteSession } from '../../site/contract.ts';
import { EmptyState } from '../empty-state.tsx';
import { dateTime } from '../format.ts';
import { Listing } from '../listing.tsx';
import { checkMarks, Mark, ReachedMark } from '../state-mark.tsx';
import { useText } from '../text.ts';

const at = (time: number | null): string | null => (time === null ? null : dateTime(time));

/** Every session with how far its key has come; with actions in the verification step. */
export function SessionList({
  sessions,
  actions,
}: {
  sessions: readonly SiteSession[];
  actions?: (session: SiteSession) => ReactNode;
}): ReactNode {
  const t = useText();
  return (
    <Listing
      rows={sessions}
      rowKey={(one) => one.sessionId}
      empty={<EmptyState title={t('site.noSessions')} todo={t('site.noRoomsTodo')} />}
      columns={({ column, figures, moment }) => [
        figures(t('column.session'), (one) => one.number),
        column(t('column.sessionName'), (one) => one.name),
        moment(t('column.startAt'), (one) => one.startAt),
        figures(t('column.duration'), (one) => one.durationMin),
        column(t('site.authorisedAt'), (one) => <ReachedMark at={at(one.authorisedAt)} />),
        column(t('site.calibratedAt'), (one) =>
          one.calibratedAt === null && one.carriedAt !== null ? (
            <Mark {...checkMarks.current} word={t('site.carriedAt', { at: one.carriedAt })} />
          ) : (
            <ReachedMark at={at(one.calibratedAt)} />
          ),
        ),
        column(t('site.verifiedAt'), (one) => <ReachedMark at={at(one.verifiedAt)} />),
        ...(actions ? [column(t('column.actions'), actions)] : []),
      ]}
    />
  );
}
