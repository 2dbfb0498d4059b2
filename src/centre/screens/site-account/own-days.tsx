/** What a site fetches of exams on paper with nothing but a browser and 7-Zip, and what it reports. */
import type { ReactNode } from 'react';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { bytes, dateTime } from '../../../ui/format.ts';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { OwnDay } from '../../paper-day/receiving/contract.ts';
import { PasswordButton } from '../scans/day/archive-passwords.tsx';
import { StageList } from '../scans/receiving/stage-list.tsx';
import type { SiteAccountProps } from './site-account-console.tsx';

export function OwnDays({ centre, view, round }: SiteAccountProps & { round: number }): ReactNode {
  const t = useText();
  const days = useLoaded(`own days ${round}`, () => centre.dayPackage.own());
  if (days.refusal && !days.value) return <RefusalAlert refusal={days.refusal} />;
  if (days.value === null) return null;
  if (days.value.length === 0)
    return <EmptyState title={t('siteArchives.ownNone')} todo={t('siteArchives.ownNoneTodo')} />;
  const withPassword = days.value.some(({ opens }) => opens === 'password');
  const { supportPhone: phone } = view.project;
  return (
    <div className="stack">
      <NowLine>{t(withPassword ? 'siteArchives.ownNow' : 'siteArchives.ownNowTokens')}</NowLine>
      <p>{phone === '' ? t('siteArchives.urgentNone') : t('siteArchives.urgent', { phone })}</p>
      {days.value.map((day) => (
        <section key={day.eventId} className="panel stack">
          <div className="panel-head">
            <h2>
              {day.name} <small className="soft">{`${day.subject} · ${day.date}`}</small>
            </h2>
            {day.startAt !== null && <span>{`${t('paperDay.start')}: ${dateTime(day.startAt)}`}</span>}
          </div>
          {day.opens === 'password' && <OwnArchive centre={centre} projectId={view.project.id} day={day} />}
          <h3>{t('siteArchives.stages')}</h3>
          <p className="soft">{t('siteArchives.stagesText')}</p>
          <StageList
            centre={centre}
            of={{ projectId: view.project.id, eventId: day.eventId, siteCode: day.siteCode }}
            stages={day.stages}
          />
        </section>
      ))}
    </div>
  );
}

function OwnArchive({
  centre,
  projectId,
  day: { eventId, siteCode, archive, releaseAt, held },
}: Pick<SiteAccountProps, 'centre'> & { projectId: string; day: OwnDay }): ReactNode {
  const t = useText();
  const of = { projectId, eventId, siteCode };
  if (archive === null)
    return (
      <div>
        <strong>{t('siteArchives.ownArchive')}</strong>{' '}
        <Mark {...checkMarks.waiting} word={t('siteArchives.ownNoArchive')} />
      </div>
    );
  const released = archive.releasedAt !== null;
  return (
    <div className="row">
      <span className="grow">
        <strong>{t('siteArchives.ownArchive')}</strong> <code>{archive.fileName}</code>{' '}
        <span className="soft nowrap">{bytes(archive.size, t.language)}</span>
        <div className="soft">
          {held !== null
            ? t('siteArchives.ownHeld', { held })
            : released
              ? t('siteArchives.releasedAt', { releasedAt: archive.releasedAt })
              : releaseAt !== null && t('siteArchives.ownReleaseAt', { releaseAt })}
        </div>
      </span>
      <DownloadButton type="primary" make={() => centre.siteArchive.download(of)}>
        {t('siteArchives.getArchive')}
      </DownloadButton>
      <PasswordButton {...{ centre, of, released }} hint={t('siteArchives.ownPassword')} />
    </div>
  );
}
