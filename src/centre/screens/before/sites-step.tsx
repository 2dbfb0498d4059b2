/** Step 5: every site registers with its code; what it needs goes online or as a file. */
import { useState, type ReactNode } from 'react';
import { Checkbox } from 'antd';
import { isOlder } from '../../../exam/board/find-sites.ts';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { ConfirmWithProof } from '../../../ui/confirm-with-proof.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { dateTime } from '../../../ui/format.ts';
import { GateButton, screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useSession } from '../../../ui/session.ts';
import { checkMarks, Mark, ReachedMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { centreContract, type SiteRow } from '../../contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { inRegion, NameAndRegion, RegionSelect } from '../region-select.tsx';
import type { StepProps } from './before-page.tsx';
import { LocksPanel } from './locks-panel.tsx';
import { ReserveConsolesPanel } from './reserve-consoles-panel.tsx';

const at = (time: number | null): string | null => (time === null ? null : dateTime(time));

export function SitesStep({ centre, project, round, onChoose }: StepProps): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const projectId = project.id;
  const sites = useLoaded(`${projectId} ${round}`, () => centre.site.list({ projectId }));
  const list = sites.value ?? [];
  const newest = useLoaded('newest', () => centre.distribution.newest()).value?.site ?? null;
  const [olderOnly, setOlderOnly] = useState(false);
  const shown = olderOnly && newest !== null ? list.filter(({ program }) => isOlder(program, newest)) : list;
  const registered = list.filter((site) => site.registeredAt !== null).length;
  const done = isDone(project.steps, 'sites');
  const [region, setRegion] = useState<string | null>(null);
  return (
    <>
      <NowLine action={registered > 0 && <NextStep steps={project.steps} step="sites" onChoose={onChoose} />}>
        {done
          ? t('centre.now.sitesDone', { count: registered })
          : t('centre.now.sites', { registered, open: list.length - registered })}
      </NowLine>
      <div className="row">
        <span className="soft">{t('centre.ownAddress')}</span>
        {(frame?.addresses ?? []).map((address) => (
          <strong key={address} className="address">
            {address}
          </strong>
        ))}
        {newest !== null && list.length > 0 && (
          <Checkbox checked={olderOnly} onChange={(event) => setOlderOnly(event.target.checked)}>
            {t('distribution.olderOnly', { version: newest })}
          </Checkbox>
        )}
        <RegionSelect of={list} value={region} onChange={setRegion} />
      </div>
      <Listing
        rows={inRegion(shown, region)}
        rowKey={(site) => site.code}
        pageSize={100}
        empty={<EmptyState title={t('centre.noSites')} todo={t('centre.noCandidatesTodo')} />}
        columns={({ column, figures }) => [
          column(t('site.code'), (site) => <strong>{site.code}</strong>),
          column(t('centre.siteName'), (site) => <NameAndRegion name={site.name} region={site.region} />),
          figures(t('centre.rooms'), (site) => site.rooms),
          figures(t('column.candidates'), (site) => site.candidates),
          column(t('site.registrationCode'), (site) =>
            site.registrationCode === null ? '–' : <CodeFigures value={site.registrationCode} />,
          ),
          column(t('centre.registeredAt'), (site) => <ReachedMark wraps at={at(site.registeredAt)} />),
          column(t('centre.loadedAt'), (site) => <ReachedMark wraps at={at(site.loadedAt)} />),
          column(t('column.lastContact'), (site) => (
            <>
              {dateTime(site.lastContact)}
              {site.program !== null && (
                <div className="soft">
                  {t('distribution.program')} <ProgramVersion version={site.program} newest={newest} />
                </div>
              )}
            </>
          )),
          column(t('column.actions'), (site) => (
            <div className="row">
              <DownloadButton
                size="small"
                gate={
                  project.publishedAt === null
                    ? screenGate(false, 'nothing-published')
                    : screenGate(site.registeredAt !== null, 'register-the-site-first')
                }
                make={() => centre.publication.exportSite({ projectId, siteCode: site.code })}
              >
                {t('centre.exportSite')}
              </DownloadButton>
              <NewCode centre={centre} projectId={projectId} site={site} reload={sites.reload} />
            </div>
          )),
        ]}
      />
      {list.length > 0 && <LocksPanel centre={centre} projectId={projectId} round={round} />}
      {list.length > 0 && (
        <ReserveConsolesPanel centre={centre} projectId={projectId} sites={list} round={round} />
      )}
    </>
  );
}

function ProgramVersion({ version, newest }: { version: string; newest: string | null }): ReactNode {
  return newest !== null && isOlder(version, newest) ? (
    <Mark {...checkMarks.warning} word={version} nowrap />
  ) : (
    version
  );
}

function NewCode(props: {
  centre: CentreClient;
  projectId: string;
  site: SiteRow;
  reload: () => void;
}): ReactNode {
  const t = useText();
  const { centre, projectId, site, reload } = props;
  const [open, setOpen] = useState(false);
  const gate = useRoleGate(centreContract.site.newRegistrationCode);
  return (
    <>
      <GateButton size="small" gate={gate} onClick={() => setOpen(true)}>
        {t('centre.newCode')}
      </GateButton>
      <ConfirmWithProof
        open={open}
        title={t('centre.newCode')}
        confirm={t('centre.newCode')}
        proof={
          site.registeredAt === null
            ? null
            : { label: t('centre.newCodeProof', { code: site.code }), expected: site.code }
        }
        onClose={() => setOpen(false)}
        onConfirm={async () => {
          await centre.site.newRegistrationCode({ projectId, siteCode: site.code });
          reload();
        }}
      >
        <p>
          {site.registeredAt === null
            ? t('centre.newCodeText', { code: site.code })
            : t('centre.newCodeRegistered', { code: site.code, name: site.name })}
        </p>
      </ConfirmWithProof>
    </>
  );
}
