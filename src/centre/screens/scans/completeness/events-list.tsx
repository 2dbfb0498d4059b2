/** Events on paper, with what came of each. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { missingOf, scansOf } from '../../../../exam/scan/completeness.ts';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Listing } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import type { CentreClient } from '../../centre-console.tsx';
import './completeness.css';
import { PartBar } from './part-bar.tsx';

export function EventsList(props: {
  centre: CentreClient;
  projectId: string;
  round: number;
  /** With how many sites. */
  sites: boolean;
  onOpen: (eventId: string) => void;
}): ReactNode {
  const t = useText();
  const { centre, projectId, round, sites, onOpen } = props;
  const events = useLoaded(`${projectId} ${round}`, () => centre.completeness.events({ projectId }));
  if (events.refusal && !events.value) return <RefusalAlert refusal={events.refusal} />;
  return (
    <div className="stack">
      <h1 className="only-read">{t('completeness.title')}</h1>
      <NowLine>{t('completeness.now.events')}</NowLine>
      {events.value && (
        <Listing
          rows={events.value}
          rowKey={({ id }) => id}
          onOpen={({ id }) => onOpen(id)}
          empty={<EmptyState title={t('completeness.noEvents')} todo={t('completeness.noEventsTodo')} />}
          columns={({ column, figures }) => [
            column(t('completeness.date'), ({ date }) => <span className="nowrap">{date}</span>),
            column(t('completeness.event'), (event) => (
              <Button type="link" className="thread-about" onClick={() => onOpen(event.id)}>
                {event.name}
              </Button>
            )),
            column(t('completeness.subject'), ({ subjectName }) => subjectName),
            ...(sites ? [figures(t('completeness.sites'), (event) => event.sites)] : []),
            figures(t('completeness.kits'), ({ sums }) => sums.kits),
            figures(t('completeness.scans'), ({ sums }) => scansOf(sums)),
            figures(t('completeness.duplicate'), ({ sums }) => sums.duplicate),
            figures(t('completeness.missing'), ({ sums }) => missingOf(sums)),
            column(t('completeness.part'), ({ sums }) => <PartBar {...sums} />),
          ]}
        />
      )}
    </div>
  );
}
