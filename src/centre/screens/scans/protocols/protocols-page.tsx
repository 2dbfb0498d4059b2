/** Protocols of sites, by event and site. */
import type { ReactNode } from 'react';
import { usePlace } from '../../../../ui/use-place.ts';
import type { ScansPartProps } from '../scans-page.tsx';
import { ProtocolEvents } from './protocol-events.tsx';
import { ProtocolSites } from './protocol-sites.tsx';
import { SiteProtocolsPage } from './site-protocols-page.tsx';

/** Address: `protocols / event / site`. */
export function ProtocolsPage({ centre, project, round, parts, go }: ScansPartProps): ReactNode {
  const [, goTo] = usePlace();
  const [eventId, siteCode] = parts;
  const shared = { centre, projectId: project.id, round };
  if (eventId === undefined) return <ProtocolEvents {...shared} onOpen={(id) => go(id)} />;
  if (siteCode === undefined)
    return (
      <ProtocolSites
        key={eventId}
        {...shared}
        eventId={eventId}
        back={() => go()}
        onOpen={(code) => go(eventId, code)}
      />
    );
  return (
    <SiteProtocolsPage
      key={`${eventId} ${siteCode}`}
      {...shared}
      eventId={eventId}
      siteCode={siteCode}
      back={() => go(eventId)}
      openKits={() => goTo('scans', project.id, 'completeness', eventId, siteCode)}
    />
  );
}
