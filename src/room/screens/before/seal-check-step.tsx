import type { ReactNode } from 'react';
import { Button } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { NextStep, NowLine } from '../../../ui/now-line.tsx';
import { SealCheckList } from '../../../ui/seal-check-list.tsx';
import { useText } from '../../../ui/text.ts';
import type { StepProps } from './before-page.tsx';

export function SealCheckStep({ room, overview, set, onChoose, toDuring }: StepProps): ReactNode {
  const t = useText();
  const { sealCheck, steps } = overview;
  const passed = sealCheck?.passed === true;
  return (
    <>
      <NowLine
        action={
          <>
            <ActButton
              {...(passed ? {} : { type: 'primary' as const })}
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
        <SealCheckList check={sealCheck} />
      ) : (
        <EmptyState title={t('sealCheck.none')} todo={t('sealCheck.noneTodo')} />
      )}
    </>
  );
}
