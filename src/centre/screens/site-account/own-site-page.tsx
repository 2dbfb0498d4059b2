/** The site's start page: how it stands at the centre, and the files that are for it. */
import type { ReactNode } from 'react';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { useSession } from '../../../ui/session.ts';
import { Mark, ReachedMark } from '../../../ui/state-mark.tsx';
import { useText, type TextKey } from '../../../ui/text.ts';
import type { SiteAccountView } from '../../site-account/contract.ts';
import { AuthorisationFiles, authorisationMarks } from '../before/release-step.tsx';
import '../during/board.css';
import { SiteRooms, SiteStagesList } from '../during/site-page.tsx';
import type { SiteAccountProps } from './site-account-console.tsx';

export function OwnSitePage({ centre, view }: SiteAccountProps): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const { project, site, publication, sessions } = view;
  return (
    <div className="stack">
      <h1 className="only-read">{t('siteAccount.phase')}</h1>
      <NowLine action={publication && <PackageButton centre={centre} view={view} />}>
        {t(nowOf(view))}
      </NowLine>
      <section className="panel">
        <h2>
          {site.code} {site.name}
        </h2>
        <Facts
          of={[
            [t('limit.project'), `${project.code} · ${project.name}`],
            [t('region'), site.region],
            [t('site.registrationCode'), <RegistrationCode key="code" site={site} />],
            [t('centre.ownAddress'), (frame?.addresses ?? []).join(', ')],
            [t('siteAccount.lock'), site.lockSerial],
            [t('column.lastContact'), site.lastContact === null ? null : dateTime(site.lastContact)],
            [t('system.supportPhone'), project.supportPhone],
          ]}
        />
      </section>
      {publication && (
        <section className="panel">
          <h2>{t('siteAccount.package')}</h2>
          <Facts
            of={[
              [t('centre.publishedAt'), `№ ${publication.number} · ${dateTime(publication.publishedAt)}`],
              [t('publication.taken'), publication.downloadedAt && dateTime(publication.downloadedAt)],
              [
                t('publication.loaded'),
                <ReachedMark
                  key="loaded"
                  at={
                    hasIt(publication) && publication.loadedAt !== null
                      ? dateTime(publication.loadedAt)
                      : null
                  }
                />,
              ],
            ]}
          />
        </section>
      )}
      {sessions.length === 0 && (
        <EmptyState title={t('siteAccount.noSessions')} todo={t('siteAccount.noSessionsTodo')} />
      )}
      {sessions.map((session) => (
        <Session key={session.id} centre={centre} siteCode={site.code} session={session} />
      ))}
    </div>
  );
}

function hasIt({ loaded, number }: NonNullable<SiteAccountView['publication']>): boolean {
  return loaded !== null && loaded >= number;
}

function nowOf({ site, publication }: SiteAccountView): TextKey {
  if (site.registeredAt === null) return 'siteAccount.now.register';
  if (!publication) return 'siteAccount.now.wait';
  return hasIt(publication) ? 'siteAccount.now.ready' : 'siteAccount.now.load';
}

function PackageButton({ centre, view }: SiteAccountProps): ReactNode {
  const t = useText();
  const { project, site, publication } = view;
  return (
    <DownloadButton
      type={publication && hasIt(publication) ? 'default' : 'primary'}
      gate={screenGate(site.registeredAt !== null, 'register-the-site-first')}
      make={() => centre.publication.exportSite({ projectId: project.id, siteCode: site.code })}
    >
      {t('siteAccount.getPackage')}
    </DownloadButton>
  );
}

function RegistrationCode({ site }: Pick<SiteAccountView, 'site'>): ReactNode {
  const t = useText();
  if (site.registrationCode !== null) return <CodeFigures value={site.registrationCode} />;
  return site.registeredAt === null
    ? t('siteAccount.noCode')
    : t('siteAccount.registered', { at: dateTime(site.registeredAt) });
}

function Session(props: {
  centre: SiteAccountProps['centre'];
  siteCode: string;
  session: SiteAccountView['sessions'][number];
}): ReactNode {
  const t = useText();
  const { centre, siteCode, session } = props;
  const { authorisation } = session;
  return (
    <section className="panel stack">
      <div className="panel-head">
        <h2>
          {t('centre.sessionTitle', { number: session.number, name: session.name })}{' '}
          <small className="soft">{dateTime(session.startAt)}</small>
        </h2>
      </div>
      <div className="row">
        <strong>{t('siteAccount.files')}</strong>
        <Mark {...authorisationMarks[authorisation.state]} word={t(`authorisation.${authorisation.state}`)} />
        <span className="soft">
          {t('centre.releaseAt')} {dateTime(authorisation.releaseAt)}
        </span>
        <AuthorisationFiles
          centre={centre}
          row={{ ...authorisation, sessionId: session.id, siteCode }}
          asks={null}
        />
      </div>
      <SiteStagesList site={session.facts} />
      <SiteRooms rooms={session.rooms} />
    </section>
  );
}
