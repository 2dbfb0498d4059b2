import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { PublicationMark } from '../../../ui/publication-mark.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { ReachedMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { siteContract, type SiteOverview } from '../../contract.ts';
import type { SiteClient } from '../site-console.tsx';
import type { StepProps } from './before-page.tsx';

/** Step 1: the site's publication, from the centre or from a file. */
export function LoadStep({ site, overview, onChoose }: StepProps): ReactNode {
  const t = useText();
  const { exam, steps } = overview;
  const done = isDone(steps, 'load');
  const paperGate = useRoleGate(siteContract.paperDay.takeFile);
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
        <Rooms site={site} exam={exam} />
      ) : (
        <EmptyState
          title={t('site.notLoaded')}
          todo={t('site.notLoadedTodo')}
          action={
            // The phase of exams on paper is there once one is known.
            <FileButton
              label={t('siteDay.firstFile')}
              hint={t('siteDay.firstFileHint')}
              gate={paperGate}
              onFile={(uploadId) => site.paperDay.takeFile({ uploadId })}
            />
          }
        />
      )}
    </>
  );
}

function Rooms(props: { site: SiteClient; exam: NonNullable<SiteOverview['exam']> }): ReactNode {
  const t = useText();
  const { site, exam } = props;
  const { language } = t;
  const gate = useRoleGate(siteContract.sheet.tickets);
  return (
    <>
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
          column(t('sheet.doorAndSeats'), ({ roomCode }) => (
            <DownloadButton
              size="small"
              gate={gate}
              make={() => site.sheet.doorAndSeats({ roomCode, language })}
            >
              {t('sheet.open')}
            </DownloadButton>
          )),
          column(t('sheet.tickets'), ({ roomCode }) => (
            <DownloadButton size="small" gate={gate} make={() => site.sheet.tickets({ roomCode, language })}>
              {t('sheet.open')}
            </DownloadButton>
          )),
        ]}
      />
      <div className="row">
        <DownloadButton gate={gate} make={() => site.sheet.doorAndSeats({ roomCode: null, language })}>
          {t('sheet.doorAndSeatsOfAll')}
        </DownloadButton>
        <DownloadButton gate={gate} make={() => site.sheet.tickets({ roomCode: null, language })}>
          {t('sheet.ticketsOfAll')}
        </DownloadButton>
      </div>
    </>
  );
}
