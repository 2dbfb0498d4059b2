/** The invigilator's console: before, during and after the session. */
import type { ReactNode } from 'react';
import {
  CustomerServiceOutlined,
  EyeOutlined,
  InboxOutlined,
  SettingOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ConsoleClient } from '../../ui/client.ts';
import { Frame } from '../../ui/frame.tsx';
import { useRoleGate } from '../../ui/role-gate.ts';
import { CentreNotices } from '../../ui/support/centre-notices.tsx';
import { SiteSupportPage } from '../../ui/support/site-support-page.tsx';
import { SystemPage } from '../../ui/system-page.tsx';
import { useText } from '../../ui/text.ts';
import { usePlace } from '../../ui/use-place.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { roomContract } from '../contract.ts';
import { AfterPage } from './after/after-page.tsx';
import { BeforePage } from './before/before-page.tsx';
import { InitialiseRoom } from './remote/initialise-room.tsx';
import { SeatComputers } from './remote/seat-computers.tsx';
import { DuringPage } from './during/during-page.tsx';

export type RoomClient = ConsoleClient<typeof roomContract>;

export function RoomConsole({ room }: { room: RoomClient }): ReactNode {
  const t = useText();
  const [[phase = 'before', part], go] = usePlace();
  const { support: desk } = room.ownSite;
  const { value: support, set } = useWatched('support', phase === 'support', {
    get: () => desk.get(),
    live: (signal) => desk.live(undefined, { signal }),
  });
  const may = useRoleGate(roomContract.ownSite.support.open);
  const unread = support?.unread ?? 0;
  return (
    <Frame
      phases={[
        { id: 'before', label: t('phase.before'), icon: <SettingOutlined /> },
        { id: 'during', label: t('phase.during'), icon: <EyeOutlined /> },
        { id: 'after', label: t('phase.after'), icon: <InboxOutlined /> },
        // A room with a site asks there.
        ...(support === null
          ? []
          : [
              {
                id: 'support',
                label: t('phase.support'),
                icon: <CustomerServiceOutlined />,
                unread: { count: unread, words: t('support.unreadCount', { count: unread }) },
              },
            ]),
        { id: 'system', label: t('phase.system'), icon: <ToolOutlined /> },
      ]}
      phase={phase}
      onPhase={(id) => go(id)}
    >
      <CentreNotices client={desk} mayRead={may} support={support} set={set} />
      {phase === 'before' && <BeforePage room={room} step={part} go={go} />}
      {phase === 'during' && <DuringPage room={room} part={part} go={go} />}
      {phase === 'after' && <AfterPage room={room} part={part} go={go} />}
      {phase === 'support' && support && (
        <SiteSupportPage client={desk} role={may} support={support} set={set} chosen={part} go={go} />
      )}
      {phase === 'system' && (
        <SystemPage client={room}>
          <SeatComputers room={room} />
          <InitialiseRoom room={room} />
        </SystemPage>
      )}
    </Frame>
  );
}
