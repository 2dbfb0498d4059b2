/** The invigilator's console: before, during and after the session. */
import type { ReactNode } from 'react';
import { EyeOutlined, InboxOutlined, SettingOutlined, ToolOutlined } from '@ant-design/icons';
import type { ConsoleClient } from '../../ui/client.ts';
import { Frame } from '../../ui/frame.tsx';
import { SystemPage } from '../../ui/system-page.tsx';
import { useText } from '../../ui/text.ts';
import { usePlace } from '../../ui/use-place.ts';
import type { roomContract } from '../contract.ts';
import { AfterPage } from './after/after-page.tsx';
import { BeforePage } from './before/before-page.tsx';
import { DuringPage } from './during/during-page.tsx';

export type RoomClient = ConsoleClient<typeof roomContract>;

export function RoomConsole({ room }: { room: RoomClient }): ReactNode {
  const t = useText();
  const [[phase = 'before', part], go] = usePlace();
  return (
    <Frame
      phases={[
        { id: 'before', label: t('phase.before'), icon: <SettingOutlined /> },
        { id: 'during', label: t('phase.during'), icon: <EyeOutlined /> },
        { id: 'after', label: t('phase.after'), icon: <InboxOutlined /> },
        { id: 'system', label: t('phase.system'), icon: <ToolOutlined /> },
      ]}
      phase={phase}
      onPhase={(id) => go(id)}
    >
      {phase === 'before' && <BeforePage room={room} step={part} go={go} />}
      {phase === 'during' && <DuringPage room={room} part={part} go={go} />}
      {phase === 'after' && <AfterPage room={room} part={part} go={go} />}
      {phase === 'system' && <SystemPage client={room} />}
    </Frame>
  );
}
