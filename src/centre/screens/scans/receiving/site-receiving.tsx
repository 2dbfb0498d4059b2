/** One site: what it has told, its stations with their journals, and its packages. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Listing } from '../../../../ui/listing.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText, type TextKey } from '../../../../ui/text.ts';
import { useLive } from '../../../../ui/use-live.ts';
import {
  dayPackageContract,
  type DaySite,
  type DayStationRow,
} from '../../../paper-day/receiving/contract.ts';
import { PackageList } from './package-list.tsx';
import type { ReceivingProps } from './receiving-page.tsx';
import { StageList } from './stage-list.tsx';

export interface SiteReceivingProps extends ReceivingProps {
  siteCode: string;
  back: () => void;
  openBooks: () => void;
  openUpload: (uploadId: string) => void;
}

export function SiteReceiving(props: SiteReceivingProps): ReactNode {
  const t = useText();
  const { centre, project, eventId, siteCode, back, openBooks } = props;
  const gate = useRoleGate(dayPackageContract.words);
  const of = { projectId: project.id, eventId, siteCode };
  const live = useLive(JSON.stringify(of), (signal) => centre.dayPackage.liveSite(of, { signal }));
  const site = live.value;
  if (site === null) return live.refusal && <RefusalAlert refusal={live.refusal} />;
  return (
    <div className="stack">
      <div className="row">
        <Button onClick={back}>{t('receiving.back')}</Button>
        <h2 className="grow">
          {siteCode} {site.siteName ?? t('receiving.notInRoster')}{' '}
          <small className="soft">{`${site.event.name} · ${site.event.date}`}</small>
        </h2>
        <Button onClick={openBooks}>{t('receiving.openBooks')}</Button>
        <DownloadButton gate={gate} title={t('receiving.wordsWhy')} make={() => centre.dayPackage.words(of)}>
          {t('receiving.words')}
        </DownloadButton>
      </div>
      <Statuses centre={centre} of={of} site={site} />
      <PackageList {...props} packages={site.packages} />
      <Stations stations={site.stations} />
    </div>
  );
}

function Statuses({
  centre,
  of,
  site: { statuses, stages },
}: Omit<Parameters<typeof StageList>[0], 'stages'> & { site: DaySite }): ReactNode {
  const t = useText();
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('receiving.statuses')}</h2>
      </div>
      <StageList centre={centre} of={of} stages={stages} />
      {statuses.length === 0 ? (
        <p className="soft">{t('receiving.noStatuses')}</p>
      ) : (
        <Listing
          rows={statuses}
          rowKey={({ status }) => status}
          columns={({ column, moment }) => [
            column(t('receiving.stageOf'), ({ status }) => (
              <Mark {...checkMarks.done} word={t(`receiving.status.${status}`)} />
            )),
            moment(t('receiving.told'), ({ toldAt }) => toldAt),
            column(t('receiving.by'), ({ by }) => by),
            column(t('receiving.reason'), ({ reason, gaps }) => (
              <>
                {reason || '–'}
                {gaps.length > 0 && (
                  <div>
                    <Mark {...checkMarks.warning} word={t('receiving.lacked')} />
                  </div>
                )}
              </>
            )),
          ]}
        />
      )}
    </section>
  );
}

function Stations({ stations }: { stations: readonly DayStationRow[] }): ReactNode {
  const t = useText();
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('receiving.stations')}</h2>
      </div>
      <Listing<DayStationRow>
        rows={stations}
        rowKey={({ id }) => id}
        pageSize={50}
        empty={<EmptyState title={t('receiving.noStations')} todo={t('receiving.noStationsTodo')} />}
        columns={({ column, moment }) => [
          column(t('receiving.station'), ({ kind, number, replaced }) => (
            <>
              {t(`receiving.station.${kind}`)} {number}
              {replaced && <div className="soft">{t('receiving.replaced')}</div>}
            </>
          )),
          column(t('receiving.room'), ({ room }) => room ?? t('receiving.reserve')),
          column(t('receiving.journal'), ({ journal }) =>
            journal === null ? (
              <Mark {...checkMarks.waiting} word={t('receiving.journalNone')} nowrap />
            ) : (
              <>
                <Mark
                  {...checkMarks.done}
                  word={t('receiving.closing', { closing: journal.closing })}
                  nowrap
                />
                <div className="soft nowrap">{t(`receiving.way.${journal.way}`)}</div>
              </>
            ),
          ),
          moment(t('receiving.finished'), ({ journal }) => journal?.finishedAt ?? null),
          moment(t('receiving.receivedAt'), ({ journal }) => journal?.receivedAt ?? null),
          column(t('receiving.said.counts'), ({ journal }) => <Counts counts={journal?.counts ?? {}} />),
        ]}
      />
    </section>
  );
}

function Counts({ counts }: { counts: Readonly<Record<string, number>> }): ReactNode {
  const t = useText();
  const words = Object.entries(counts).map(([name, n]) => t(`receiving.counted.${name}` as TextKey, { n }));
  return words.length === 0 ? '–' : words.join(' · ');
}
