import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { NextStep, NowLine } from '../../../ui/now-line.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { SealCheckList } from '../../../ui/seal-check-list.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { siteContract } from '../../contract.ts';
import type { StepProps } from './before-page.tsx';

export function SealCheckStep({ site, overview, onChoose }: StepProps): ReactNode {
  const t = useText();
  const check = useLoaded('seal-check', () => site.sealCheck.last());
  const mayAccept = useRoleGate(siteContract.sealCheck.accept);
  const passed = check.value?.passed === true;
  return (
    <>
      <NowLine
        action={
          <>
            <ActButton
              {...(passed ? {} : { type: 'primary' as const })}
              act={async () => check.set(await site.sealCheck.run())}
            >
              {t('sealCheck.run')}
            </ActButton>
            {passed && <NextStep steps={overview.steps} step="seal-check" onChoose={onChoose} />}
          </>
        }
      >
        {check.value === null
          ? t('sealCheck.now')
          : passed
            ? t('site.now.sealed')
            : t('sealCheck.now.failed')}
      </NowLine>
      {check.value ? (
        <SealCheckList
          check={check.value}
          accept={{
            gate: mayAccept,
            act: async (warned, reason) => check.set(await site.sealCheck.accept({ check: warned, reason })),
          }}
        />
      ) : (
        <EmptyState title={t('sealCheck.none')} todo={t('sealCheck.noneTodo')} />
      )}
    </>
  );
}
