import type { ReactNode } from 'react';
import { Button } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { NextStep, NowLine } from '../../../ui/now-line.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { SealCheckList } from '../../../ui/seal-check-list.tsx';
import { useText } from '../../../ui/text.ts';
import { roomContract } from '../../contract.ts';
import type { StepProps } from './before-page.tsx';

export function SealCheckStep({ room, overview, set, onChoose, toDuring }: StepProps): ReactNode {
  const t = useText();
  const { sealCheck, steps } = overview;
  const mayRun = useRoleGate(roomContract.sealCheck.run);
  const mayAccept = useRoleGate(roomContract.sealCheck.accept);
  const passed = sealCheck?.passed === true;
  return (
    <>
      <NowLine
        action={
          <>
            <ActButton
              {...(passed ? {} : { type: 'primary' as const })}
              gate={mayRun}
              act={async () => set(await room.sealCheck.run())}
            >
              {t('sealCheck.run')}
            </ActButton>
            {passed && <NextStep steps={steps} step="seal-check" onChoose={onChoose} />}
            {passed && steps.at(-1)?.id === 'seal-check' && (
              <Button type="primary" onClick={toDuring}>
                {t('room.toDuring')}
              </Button>
            )}
          </>
        }
      >
        {sealCheck === null ? t('sealCheck.now') : passed ? t('room.now.sealed') : t('sealCheck.now.failed')}
      </NowLine>
      {sealCheck ? (
        <SealCheckList
          check={sealCheck}
          accept={{
            gate: mayAccept,
            act: async (check, reason) => set(await room.sealCheck.accept({ check, reason })),
          }}
        />
      ) : (
        <EmptyState title={t('sealCheck.none')} todo={t('sealCheck.noneTodo')} />
      )}
    </>
  );
}
