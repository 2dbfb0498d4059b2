/** One site: what it declares of each room, the differences, and what is missing. */
import { useState, type ReactNode } from 'react';
import { Button } from 'antd';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import type { CentreClient } from '../../centre-console.tsx';
import { Printed, PrintedHead } from '../completeness/printed-sites.tsx';
import { MissingList, missingLines } from './missing-list.tsx';
import { ProtocolStateMark } from './protocol-marks.tsx';
import { RoomProtocol } from './room-protocol.tsx';

export function SiteProtocolsPage(props: {
  centre: CentreClient;
  projectId: string;
  round: number;
  eventId: string;
  siteCode: string;
  back: () => void;
  /** To the site's sheets. */
  openKits: () => void;
}): ReactNode {
  const t = useText();
  const { centre, projectId, round, eventId, siteCode, back, openKits } = props;
  const [printing, setPrinting] = useState(false);
  const site = useLoaded(`${eventId} ${siteCode} ${round}`, () =>
    centre.protocol.site({ projectId, eventId, siteCode }),
  );
  if (site.refusal && !site.value) return <RefusalAlert refusal={site.refusal} />;
  if (!site.value) return null;
  const shown = site.value;
  const { event, site: of, state, rooms, at } = shown;
  if (printing) {
    const lines = missingLines(t, shown);
    return (
      <Printed back={() => setPrinting(false)}>
        <table>
          <thead>
            <PrintedHead
              title={t('protocols.missing')}
              event={event}
              site={{ siteCode: of.code, siteName: of.name }}
              at={at}
              columns={1}
            />
          </thead>
          <tbody>
            {lines.slice(1).map((line) => (
              <tr key={line}>
                <td>{line}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Printed>
    );
  }
  return (
    <div className="stack">
      <h1 className="only-read">{t('protocols.title')}</h1>
      <NowLine action={<Button onClick={back}>{t('completeness.allSites')}</Button>}>
        {t('protocols.now.site')}
      </NowLine>
      <div className="row">
        <h2>
          {of.code} {of.name ?? ''}{' '}
          <small className="soft">
            {event.name} · {event.date}
          </small>
        </h2>
        <ProtocolStateMark of={state} />
        <DialogButton type="primary" label={t('protocols.missingList')} width={720}>
          {(close) => (
            <MissingList
              centre={centre}
              projectId={projectId}
              of={shown}
              onPrint={() => {
                close();
                setPrinting(true);
              }}
              onDone={close}
            />
          )}
        </DialogButton>
        <Button onClick={openKits}>{t('completeness.title')}</Button>
      </div>
      {rooms.map((room) => (
        <RoomProtocol key={room.room} room={room} />
      ))}
    </div>
  );
}
