/** The site's protocols of an event: one for each room, by form or as one table. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { CentreClient } from '../centre-console.tsx';
import { ProtocolStateMark } from '../scans/protocols/protocol-marks.tsx';
import { RoomProtocol } from '../scans/protocols/room-protocol.tsx';
import { ProtocolFile } from './protocol-file.tsx';
import { ProtocolForm } from './protocol-form.tsx';

export function OwnProtocols(props: {
  centre: CentreClient;
  projectId: string;
  round: number;
  eventId: string;
  siteCode: string;
  back: () => void;
}): ReactNode {
  const t = useText();
  const { centre, projectId, round, eventId, siteCode, back } = props;
  const of = { projectId, eventId, siteCode };
  const site = useLoaded(`${eventId} ${siteCode} ${round}`, () => centre.protocol.site(of));
  if (site.refusal && !site.value) return <RefusalAlert refusal={site.refusal} />;
  if (!site.value) return null;
  const { event, rooms, state } = site.value;
  const done = state === 'given' || state === 'late';
  return (
    <div className="stack">
      <h1 className="only-read">{t('protocols.title')}</h1>
      <NowLine action={<Button onClick={back}>{t('completeness.allEvents')}</Button>}>
        {done ? t('protocols.now.ownDone') : t('protocols.now.own', { dueAt: event.dueAt })}
      </NowLine>
      <div className="row">
        <h2>
          {event.name} <small className="soft">{event.date}</small>
        </h2>
        <ProtocolStateMark of={state} />
        <DownloadButton make={() => centre.protocol.template({ ...of, language: t.language })}>
          {t('protocols.template')}
        </DownloadButton>
        <DialogButton label={t('protocols.fromFile')} width={820}>
          {(close) => (
            <ProtocolFile
              preview={(uploadId) => centre.protocol.preview({ ...of, uploadId })}
              handIn={async (uploadId) => {
                site.set(await centre.protocol.handInFile({ ...of, uploadId }));
                close();
              }}
            />
          )}
        </DialogButton>
      </div>
      {rooms.map((room) => (
        <RoomProtocol
          key={room.room}
          room={room}
          action={
            <DialogButton
              type={room.versions.length === 0 ? 'primary' : 'default'}
              label={t(room.versions.length === 0 ? 'protocols.write' : 'protocols.again')}
              title={t('protocols.roomTitle', { room: room.room || '–' })}
              width={720}
            >
              {(close) => (
                <ProtocolForm
                  room={room}
                  onSubmit={async (body) => {
                    site.set(await centre.protocol.handIn({ ...of, room: room.room, body }));
                    close();
                  }}
                />
              )}
            </DialogButton>
          }
        />
      ))}
    </div>
  );
}
