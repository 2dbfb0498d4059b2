import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine } from '../../../ui/now-line.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { roomContract } from '../../contract.ts';
import type { StepProps } from './before-page.tsx';

/** The room's package, from the site or from a file that the site exported. */
export function LoadStep({ room, overview, set, onChoose }: StepProps): ReactNode {
  const t = useText();
  const { exam, settings, steps } = overview;
  const may = useRoleGate(roomContract.exam.load);
  const gate = both(may, screenGate(settings.registered, 'room-not-registered-at-site'));
  const load = (
    <ActButton
      {...(exam ? {} : { type: 'primary' as const })}
      gate={gate}
      act={async () => set(await room.exam.load())}
      done={t('room.loaded')}
    >
      {exam ? t('room.loadAgain') : t('room.load')}
    </ActButton>
  );
  const fromFile = (
    <FileButton
      gate={gate}
      label={t('room.importPackage')}
      hint={t('room.importPackageHint')}
      onFile={async (uploadId) => set(await room.exam.importFile({ uploadId }))}
    />
  );
  return (
    <>
      <NowLine
        action={
          <>
            {fromFile}
            {load}
            {exam && <NextStep steps={steps} step="load" onChoose={onChoose} />}
          </>
        }
      >
        {exam ? t('room.now.loaded', { at: exam.loadedAt }) : t('room.now.load')}
      </NowLine>
      {exam ? (
        <Listing
          caption={
            <div className="caption">
              <strong>{exam.projectName}</strong>
              <span>{t('centre.published', { at: exam.publishedAt })}</span>
            </div>
          }
          rows={exam.sessions}
          rowKey={(one) => one.sessionId}
          columns={({ column, figures, moment }) => [
            figures(t('column.session'), (one) => one.number),
            column(t('column.sessionName'), (one) => one.name),
            moment(t('column.startAt'), (one) => one.startAt),
            figures(t('column.candidates'), (one) => one.candidates),
            column(t('column.state'), (one) => t.find(`session.${one.state}`) ?? one.state),
          ]}
        />
      ) : (
        <EmptyState title={t('room.notLoaded')} todo={t('room.notLoadedTodo')} />
      )}
    </>
  );
}
