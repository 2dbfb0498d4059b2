import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { PublicationMark } from '../../../ui/publication-mark.tsx';
import { ReachedMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { SiteOverview } from '../../contract.ts';
import type { StepProps } from './before-page.tsx';

/** Step 1: the site's publication, from the centre or from a file. */
export function LoadStep({ site, overview, onChoose }: StepProps): ReactNode {
  const t = useText();
  const { exam, steps } = overview;
  const done = isDone(steps, 'load');
  return (
    <>
      <NowLine
        action={
          <>
            <FileButton
              label={t('site.importPackage')}
              hint={t('site.importPackageHint')}
              onFile={(uploadId) => site.exam.importFile({ uploadId })}
            />
            {exam && (
              <ActButton act={() => site.exam.checkPublication()}>{t('site.checkPublication')}</ActButton>
            )}
            <ActButton
              {...(done ? {} : { type: 'primary' as const })}
              act={() => site.exam.load()}
              done={t('site.loaded')}
            >
              {exam ? t('site.loadAgain') : t('site.load')}
            </ActButton>
            {done && <NextStep steps={steps} step="load" onChoose={onChoose} />}
          </>
        }
      >
        {exam === null
          ? t('site.now.load')
          : exam.newest === false
            ? t('site.now.newer')
            : t('site.now.loaded')}
      </NowLine>
      {exam ? (
        <Rooms exam={exam} />
      ) : (
        <EmptyState title={t('site.notLoaded')} todo={t('site.notLoadedTodo')} />
      )}
    </>
  );
}

function Rooms({ exam }: { exam: NonNullable<SiteOverview['exam']> }): ReactNode {
  const t = useText();
  return (
    <Listing
      caption={
        <div className="caption">
          <strong>{exam.projectName}</strong>
          <span>{t('site.publishedAt', { at: exam.publishedAt })}</span>
          <span>{t('site.importedAt', { at: exam.importedAt })}</span>
          <PublicationMark exam={exam} />
        </div>
      }
      rows={exam.rooms}
      rowKey={(room) => room.roomCode}
      columns={({ column, figures }) => [
        column(t('column.room'), (room) => room.roomCode),
        figures(t('site.sessionCount'), (room) => room.sessions),
        figures(t('column.candidates'), (room) => room.candidates),
        column(t('site.roomLoadedAt'), (room) => (
          <ReachedMark at={room.loadedAt === null ? null : dateTime(room.loadedAt)} />
        )),
      ]}
    />
  );
}
