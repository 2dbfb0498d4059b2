/** Every room of the session: connected or not, how far, how many. */
import type { ReactNode } from 'react';
import { Select } from 'antd';
import { sessionOfNow } from '../../../exam/session/session-of-now.ts';
import { CodeDesk } from '../../../ui/codes/code-desk.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { clockTime, dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { StagesTrack } from '../../../ui/stages-track.tsx';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { SiteMonitor } from '../../contract.ts';
import type { SiteClient } from '../site-console.tsx';

interface Props {
  site: SiteClient;
  /** Session of the address. */
  chosen: string | undefined;
  go: (...parts: string[]) => void;
}

type Room = SiteMonitor['rooms'][number];
const counted = ['expected', 'signedIn', 'inExam', 'handedIn', 'absent', 'away', 'violations'] as const;

export function MonitorPage({ site, chosen, go }: Props): ReactNode {
  const t = useText();
  const now = useTick(60_000);
  const live = useLive('monitor', (signal) => site.monitor.live(undefined, { signal }));
  const codes = useLive('codes', (signal) => site.code.live(undefined, { signal }));
  if (!live.value) return null;
  const { sessions, rooms } = live.value;
  const session =
    sessions.find((one) => one.sessionId === chosen) ??
    sessionOfNow(
      sessions,
      ({ sessionId }) => rooms.flatMap((room) => (room.sessionId === sessionId ? room.stages : [])),
      now,
    );
  if (!session) return <EmptyState title={t('site.nothingToWatch')} todo={t('site.noRoomsTodo')} />;
  const here = rooms.filter((room) => room.sessionId === session.sessionId);
  return (
    <div className="stack">
      <h1 className="only-read">{t('site.monitor')}</h1>
      <NowLine
        action={
          <Select
            aria-label={t('column.session')}
            value={session.sessionId}
            onChange={(id) => go('during', id)}
            options={sessions.map((one) => ({
              value: one.sessionId,
              label: `${one.number} · ${one.name} · ${dateTime(one.startAt)}`,
            }))}
          />
        }
      >
        {summary(t, here)}
      </NowLine>
      <Listing
        rows={here}
        rowKey={(room) => room.roomCode}
        columns={({ column, figures }) => [
          column(t('column.room'), (room) => <strong>{room.roomCode}</strong>),
          column(t('site.roomAddress'), (room) => room.address ?? '–'),
          column(t('site.connection'), (room) => <Connected room={room} />),
          column(t('site.progress'), (room) => <StagesTrack of={room.stages} />),
          ...counted.map((id) => figures(t(`count.${id}`), (room) => room.counts[id])),
        ]}
      />
      <p className="soft">
        {t(
          'site.monitorTotals',
          Object.fromEntries(counted.map((id) => [id, here.reduce((sum, one) => sum + one.counts[id], 0)])),
        )}
      </p>
      <CodeDesk
        codes={codes.value ?? []}
        session={{ id: session.sessionId, name: session.name }}
        rooms={here.map((room) => room.roomCode)}
        desk={{ read: (call) => site.code.read(call), issue: (call) => site.code.issue(call) }}
      />
    </div>
  );
}

function Connected({ room }: { room: Room }): ReactNode {
  const t = useText();
  if (room.connected) return <Mark {...checkMarks.passed} word={t('site.connected')} />;
  return room.lastContact === null ? (
    <Mark {...checkMarks.waiting} word={t('site.neverSeen')} />
  ) : (
    <Mark {...checkMarks.warning} word={t('site.silentSince', { at: clockTime(room.lastContact) })} />
  );
}

function summary(t: Text, rooms: readonly Room[]): string {
  const silent = rooms.filter((room) => !room.connected).length;
  if (silent > 0) return t('site.now.silent', { silent, rooms: rooms.length });
  const ended = rooms.filter((room) => room.stages.endedAt !== null).length;
  if (ended === rooms.length) return t('site.now.allEnded');
  const started = rooms.filter((room) => room.stages.startedAt !== null).length;
  return t('site.now.watch', { rooms: rooms.length, started, ended });
}
