import type { ReactNode } from 'react';
import { useText } from '../../../ui/text.ts';
import type { SittingView } from '../../board/contract.ts';
import type { RoomClient } from '../room-console.tsx';
import { PackageDialog } from './answer-package.tsx';

/** What a seat that is away still holds comes first: the candidate then goes on with it at another seat. */
export function PackageFirst({ room, one }: { room: RoomClient; one: SittingView }): ReactNode {
  const t = useText();
  if (one.state !== 'away') return null;
  return (
    <div>
      <PackageDialog
        small
        room={room}
        purpose="import"
        label={t('answerPackage.first', { name: one.name })}
        sittingId={one.sittingId}
      />
    </div>
  );
}
