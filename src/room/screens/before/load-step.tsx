import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine } from '../../../ui/now-line.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { PublicationMark } from '../../../ui/publication-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { roomContract } from '../../contract.ts';
import type { StepProps } from './before-page.tsx';

/** The room's package, from the site or from a file that the site exported; without a site from the centre. */
export function LoadStep({ room, overview, set, onChoose }: StepProps): ReactNode {
  const t = useText();
  const { exam, ownSite, settings, steps } = overview;
  const may = useRoleGate(roomContract.exam.load);
  const gate = both(
    may,
    screenGate(
      settings.registered,
      ownSite ? 'site-not-registered-at-centre' : 'room-not-registered-at-site',
    ),
  );
  const newer = ownSite?.exam?.newest === false;
  const load = (
    <ActButton
      {...(exam && !newer ? {} : { type: 'primary' as const })}
      gate={gate}
      act={async () => set(await room.exam.load())}
      done={t('room.loaded')}
    >
      {exam ? t('room.loadAgain') : t(ownSite ? 'ownSite.load' : 'room.load')}
    </ActButton>
  );
  const fromFile = (
    <FileButton
      gate={gate}
      label={t('room.importPackage')}
      hint={t(ownSite ? 'site.importPackageHint' : 'room.importPackageHint')}
      onFile={async (uploadId) => set(await room.exam.importFile({ uploadId }))}
    />
  );
  return (
    <>
      <NowLine
        action={
          <>
            {fromFile}
            {ownSite?.exam && (
              <ActButton act={() => room.ownSite.checkPublication()}>{t('site.checkPublication')}</ActButton>
            )}
            {load}
            {exam && !newer && <NextStep steps={steps} step="load" onChoose={onChoose} />}
          </>
        }
      >
        {newer
          ? t('site.now.newer')
          : exam
            ? t('room.now.loaded', { at: exam.loadedAt })
            : t('room.now.load')}
      </NowLine>
      {exam ? (
        <Listing
          caption={
            <div className="caption">
              <strong>{exam.projectName}</strong>
              <span>{t('centre.published', { at: exam.publishedAt })}</span>
              {ownSite?.exam && <PublicationMark exam={ownSite.exam} />}
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
        <EmptyState
          title={t('room.notLoaded')}
          todo={t(ownSite ? 'ownSite.notLoadedTodo' : 'room.notLoadedTodo')}
        />
      )}
    </>
  );
}
