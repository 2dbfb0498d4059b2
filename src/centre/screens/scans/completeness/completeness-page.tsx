/** What has come of the events on paper, down to the side of a sheet. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { usePlace } from '../../../../ui/use-place.ts';
import type { ScansPartProps } from '../scans-page.tsx';
import { EventsList } from './events-list.tsx';
import { SiteKitsPage } from './site-kits.tsx';
import { SitesList } from './sites-list.tsx';

/** Address: `completeness / event / site`. */
export function CompletenessPage({ centre, project, round, parts, go }: ScansPartProps): ReactNode {
  const t = useText();
  const [, goTo] = usePlace();
  const [eventId, siteCode] = parts;
  const shared = { centre, projectId: project.id, round };
  const openUpload = (...upload: string[]): void => goTo('scans', project.id, 'uploads', ...upload);
  if (eventId === undefined)
    return (
      <div className="stack">
        <EventsList {...shared} sites onOpen={(id) => go(id)} />
        <Strangers {...shared} onOpen={openUpload} />
      </div>
    );
  if (siteCode === undefined)
    return (
      <div className="stack">
        <SitesList
          key={eventId}
          {...shared}
          eventId={eventId}
          back={() => go()}
          onOpen={(code) => go(eventId, code)}
        />
        <Strangers {...shared} onOpen={openUpload} />
      </div>
    );
  return (
    <SiteKitsPage
      key={`${eventId} ${siteCode}`}
      {...shared}
      eventId={eventId}
      siteCode={siteCode}
      back={{ label: t('completeness.allSites'), go: () => go(eventId) }}
      openPage={openUpload}
    />
  );
}

/** Pages that are of no site until somebody types their numbers. */
function Strangers(
  props: Pick<ScansPartProps, 'centre' | 'round'> & {
    projectId: string;
    onOpen: (uploadId: string) => void;
  },
): ReactNode {
  const t = useText();
  const { centre, projectId, round, onOpen } = props;
  const strangers = useLoaded(`${projectId} ${round}`, () => centre.completeness.strangers({ projectId }));
  if (!strangers.value || strangers.value.uploads.length === 0) return null;
  const { uploads, ...sums } = strangers.value;
  return (
    <section className="panel">
      <p>{t('completeness.strangers', sums)}</p>
      <div className="row">
        {uploads.map(({ uploadId, ...upload }) => (
          <Button key={uploadId} type="link" className="thread-about" onClick={() => onOpen(uploadId)}>
            {t('completeness.strangersIn', upload)}
          </Button>
        ))}
      </div>
    </section>
  );
}
