/** Events with how many sites have handed in their protocols. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Listing } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import type { CentreClient } from '../../centre-console.tsx';

export function ProtocolEvents(props: {
  centre: CentreClient;
  projectId: string;
  round: number;
  onOpen: (eventId: string) => void;
}): ReactNode {
  const t = useText();
  const { centre, projectId, round, onOpen } = props;
  const events = useLoaded(`${projectId} ${round}`, () => centre.protocol.events({ projectId }));
  if (events.refusal && !events.value) return <RefusalAlert refusal={events.refusal} />;
  return (
    <div className="stack">
      <h1 className="only-read">{t('protocols.title')}</h1>
      <NowLine>{t('protocols.now.events')}</NowLine>
      {events.value && (
        <Listing
          rows={events.value}
          rowKey={({ id }) => id}
          onOpen={({ id }) => onOpen(id)}
          empty={<EmptyState title={t('protocols.noEvents')} todo={t('protocols.noEventsTodo')} />}
          columns={({ column, figures, moment }) => [
            column(t('completeness.date'), ({ date }) => <span className="nowrap">{date}</span>),
            column(t('completeness.event'), ({ id, name }) => (
              <Button type="link" className="thread-about" onClick={() => onOpen(id)}>
                {name}
              </Button>
            )),
            moment(t('protocols.due'), ({ dueAt }) => dueAt),
            figures(t('completeness.sites'), ({ sites }) => sites),
            figures(t('protocols.given'), ({ given }) => given),
            figures(t('protocols.lateOnes'), ({ late }) => late),
            figures(t('protocols.overdueOnes'), ({ overdue }) => overdue),
          ]}
        />
      )}
    </div>
  );
}
