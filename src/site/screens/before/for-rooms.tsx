import type { ReactNode } from 'react';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { SiteSession } from '../../contract.ts';
import type { SiteClient } from '../site-console.tsx';

interface SessionProps {
  site: SiteClient;
  session: SiteSession;
}

/** A room that cannot be reached gets its authorisation on a stick. */
export function ForRooms({ site, session }: SessionProps): ReactNode {
  const t = useText();
  const opened = screenGate(session.calibratedAt !== null, 'site-not-calibrated');
  return (
    <DialogButton size="small" gate={opened} label={t('site.exportForRoom')}>
      {() => <RoomChoice site={site} session={session} />}
    </DialogButton>
  );
}

function RoomChoice({ site, session }: SessionProps): ReactNode {
  const t = useText();
  const rooms = useLoaded('rooms', () => site.room.list());
  return (
    <div className="stack">
      <p>{t('site.exportForRoomText')}</p>
      {(rooms.value ?? []).map(({ roomCode, registeredAt }) => (
        <div key={roomCode} className="row">
          <DownloadButton
            gate={screenGate(registeredAt !== null, 'register-the-room-first')}
            make={() => site.authorisation.exportForRoom({ sessionId: session.sessionId, roomCode })}
          >
            {t('site.exportFor', { room: roomCode })}
          </DownloadButton>
        </div>
      ))}
    </div>
  );
}
