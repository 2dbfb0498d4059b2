import { useState, type ReactNode } from 'react';
import type { GateView } from '../../../../node/contract.ts';
import { ConfirmWithProof } from '../../../../ui/confirm-with-proof.tsx';
import { GateButton } from '../../../../ui/gate-button.tsx';
import { useText } from '../../../../ui/text.ts';
import type { EventProps } from './event-page.tsx';

/** Only while nothing came of it: the centre looks. */
export function RemoveEvent({
  centre,
  project,
  event,
  back,
  reload,
  gate,
}: EventProps & { back: () => void; gate: GateView }): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <GateButton danger gate={gate} onClick={() => setOpen(true)}>
        {t('forms.remove')}
      </GateButton>
      <ConfirmWithProof
        open={open}
        danger
        title={t('forms.remove').replace(/\s*…$/, '')}
        confirm={t('forms.remove').replace(/\s*…$/, '')}
        proof={{ label: t('forms.removeProof', { code: event.code }), expected: event.code }}
        onClose={() => setOpen(false)}
        onConfirm={async () => {
          await centre.event.remove({ projectId: project.id, eventId: event.id });
          back();
          reload();
        }}
      >
        <p>{t('forms.removeText', { code: event.code })}</p>
      </ConfirmWithProof>
    </>
  );
}
