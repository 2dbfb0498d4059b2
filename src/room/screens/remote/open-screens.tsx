import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { useText } from '../../../ui/text.ts';
import type { OrderProps } from './order-dialog.tsx';

/** 启动考生端: may be pressed again and again. */
export function OpenScreens({ room, rows, set, primary }: OrderProps & { primary: boolean }): ReactNode {
  const t = useText();
  return (
    <ActButton
      {...(primary ? { type: 'primary' as const } : {})}
      gate={screenGate(rows.length > 0, 'no-seats-chosen')}
      act={async () =>
        set(
          await room.remoteControl.order({
            action: 'open-screen',
            seatIds: rows.map(({ seatId }) => seatId),
            reason: '',
          }),
        )
      }
    >
      {t('remote.do.open-screen', { count: rows.length })}
    </ActButton>
  );
}
