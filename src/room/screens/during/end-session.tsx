import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { ConfirmWithProof } from '../../../ui/confirm-with-proof.tsx';
import { Field } from '../../../ui/field.tsx';
import { GateButton } from '../../../ui/gate-button.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { SittingStateMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { roomContract } from '../../contract.ts';
import type { SittingView } from '../../board/contract.ts';
import type { SessionProps } from './session-page.tsx';

function isOpen(one: SittingView): boolean {
  return !['handed-in', 'absent'].includes(one.state) && !(one.state === 'closed' && one.collected);
}

/** Ends the exam with the password; a reason for everybody who has neither handed in nor is absent. */
export function EndSession({
  room,
  board,
  session,
  set,
  primary = false,
}: SessionProps & { primary?: boolean }): ReactNode {
  const t = useText();
  const may = useRoleGate(roomContract.session.end);
  const [ending, setEnding] = useState(false);
  const [common, setCommon] = useState('');
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({});
  const open = board.sittings.filter((one) => isOpen(one));
  const reasonOf = (one: SittingView): string => (own[one.sittingId] ?? '').trim() || common.trim();
  const { sessionId } = session;
  return (
    <>
      <GateButton
        {...(primary ? { type: 'primary' as const } : { danger: true })}
        gate={both(may, board.toolbar.end)}
        onClick={() => setEnding(true)}
      >
        {t('room.end')}
      </GateButton>
      <ConfirmWithProof
        open={ending}
        width={720}
        title={t('room.end')}
        danger
        confirm={t('room.end')}
        ready={open.every((one) => reasonOf(one) !== '')}
        proof={{ label: t('room.endPassword'), secret: true }}
        onClose={() => setEnding(false)}
        onConfirm={async (password) =>
          set(
            await room.session.end({
              sessionId,
              password,
              reasons: open.map((one) => ({ sittingId: one.sittingId, reason: reasonOf(one) })),
            }),
          )
        }
      >
        <p>{t('room.endText', { name: session.name })}</p>
        {open.length > 0 && (
          <>
            <Field label={t('room.reasonForAll', { count: open.length })} hint={t('room.reasonHint')}>
              <Input value={common} onChange={(event) => setCommon(event.target.value)} />
            </Field>
            <div className="scrolling" role="group" aria-label={t('room.reasons')}>
              {open.map((one) => (
                <div key={one.sittingId} className="reason-row">
                  <span>
                    {one.admissionNumber} {one.name}
                  </span>
                  <SittingStateMark state={one.state} />
                  <Input
                    size="small"
                    aria-label={t('room.reasonOf', { name: one.name })}
                    placeholder={common || t('room.reason')}
                    value={own[one.sittingId] ?? ''}
                    onChange={(event) => setOwn({ ...own, [one.sittingId]: event.target.value })}
                  />
                </div>
              ))}
            </div>
          </>
        )}
      </ConfirmWithProof>
    </>
  );
}
