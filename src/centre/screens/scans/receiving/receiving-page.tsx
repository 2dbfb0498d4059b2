/** What comes from sites after an exam on paper: how far they are, their journals and packages, and the books of the day. */
import type { ReactNode } from 'react';
import { Button, Segmented } from 'antd';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Listing } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { usePlace } from '../../../../ui/use-place.ts';
import type { DayEventRow } from '../../../paper-day/receiving/contract.ts';
import type { ScansPartProps } from '../scans-page.tsx';
import { BookList } from './book-list.tsx';
import { SiteBooks } from './site-books.tsx';
import { SiteReceiving } from './site-receiving.tsx';
import { StageBoard } from './stage-board.tsx';

const views = ['board', 'books'] as const;
type View = (typeof views)[number];

export interface ReceivingProps extends ScansPartProps {
  eventId: string;
}

/** Address: `scans / project / receiving / event / board | books / site`. */
export function ReceivingPage(props: ScansPartProps): ReactNode {
  const { parts, go, project } = props;
  const [, goTo] = usePlace();
  const [eventId, given, siteCode] = parts;
  if (eventId === undefined) return <Events {...props} />;
  const view: View = given === 'books' ? 'books' : 'board';
  const shared: ReceivingProps = { ...props, eventId };
  if (siteCode !== undefined && view === 'board')
    return (
      <SiteReceiving
        key={`${eventId} ${siteCode}`}
        {...shared}
        siteCode={siteCode}
        back={() => go(eventId, 'board')}
        openBooks={() => go(eventId, 'books', siteCode)}
        openUpload={(uploadId) => goTo('scans', project.id, 'uploads', uploadId)}
      />
    );
  if (siteCode !== undefined)
    return (
      <SiteBooks
        key={`${eventId} ${siteCode}`}
        {...shared}
        siteCode={siteCode}
        back={() => go(eventId, 'books')}
      />
    );
  const choice = <ViewChoice view={view} onChoose={(one) => go(eventId, one)} />;
  const open = (site: string): void => go(eventId, view, site);
  return view === 'board' ? (
    <StageBoard key={eventId} {...shared} choice={choice} back={() => go()} onOpen={open} />
  ) : (
    <BookList key={eventId} {...shared} choice={choice} back={() => go()} onOpen={open} />
  );
}

function ViewChoice({ view, onChoose }: { view: View; onChoose: (view: View) => void }): ReactNode {
  const t = useText();
  return (
    <Segmented
      value={view}
      onChange={onChoose}
      options={[
        { value: 'board' as const, label: t('receiving.board') },
        { value: 'books' as const, label: t('receiving.books') },
      ]}
    />
  );
}

function Events({ centre, project, round, go }: ScansPartProps): ReactNode {
  const t = useText();
  const list = useLoaded(`${project.id} ${round}`, () => centre.dayPackage.events({ projectId: project.id }));
  if (list.refusal && !list.value) return <RefusalAlert refusal={list.refusal} />;
  return (
    <div className="stack">
      <h1 className="only-read">{t('receiving.title')}</h1>
      <NowLine>{t('receiving.now.events')}</NowLine>
      {list.value && (
        <Listing<DayEventRow>
          rows={list.value}
          rowKey={({ id }) => id}
          pageSize={50}
          onOpen={({ id }) => go(id)}
          empty={<EmptyState title={t('receiving.noEvents')} todo={t('receiving.noEventsTodo')} />}
          columns={({ column, figures }) => [
            column(t('receiving.date'), ({ date }) => <span className="nowrap">{date}</span>),
            column(t('receiving.event'), ({ id, name }) => (
              <Button type="link" className="thread-about" onClick={() => go(id)}>
                {name}
              </Button>
            )),
            column(t('receiving.subject'), ({ subject }) => subject),
            figures(t('receiving.sites'), ({ sites }) => sites),
            figures(t('receiving.packages'), ({ packages }) => packages),
            figures(t('receiving.open'), ({ open }) => open),
          ]}
        />
      )}
    </div>
  );
}
