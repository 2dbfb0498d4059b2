/** One site of the board with its rooms: every stage and count. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { stateOf } from '../../../exam/board/board-view.ts';
import type { SiteFacts } from '../../../exam/board/site-facts.ts';
import { clockTime, dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { StagesTrack } from '../../../ui/stages-track.tsx';
import { checkMarks, Mark, ReachedMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import type { BoardRoom } from '../../board/contract.ts';
import type { SessionView } from '../../contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { AlarmList } from './alarm-list.tsx';
import { shownCounts } from './site-list.tsx';
import { SiteStateMark } from './site-marks.tsx';

interface Props {
  centre: CentreClient;
  projectId: string;
  session: SessionView;
  siteCode: string;
  onBack: () => void;
}

export function SitePage({ centre, projectId, session, siteCode, onBack }: Props): ReactNode {
  const t = useText();
  const where = { projectId, sessionId: session.id, siteCode };
  const detail = useLive(Object.values(where).join(' '), (signal) => centre.board.site(where, { signal }));
  const back = <Button onClick={onBack}>{t('board.back')}</Button>;
  if (!detail.value) return detail.refusal ? <RefusalAlert refusal={detail.refusal} action={back} /> : null;
  const { site, rooms } = detail.value;
  return (
    <div className="stack">
      <h1 className="only-read">
        {site.code} {site.name}
      </h1>
      <NowLine action={back}>
        <strong>{site.code}</strong> {site.name}
        {site.region !== null && ` · ${site.region}`} · {session.name} ·{' '}
        <SiteStateMark state={stateOf(site)} />
      </NowLine>
      <section className="panel">
        <h2>{t('board.alarms')}</h2>
        <AlarmList centre={centre} projectId={projectId} sessionId={session.id} sites={[site]} />
      </section>
      <section className="panel">
        <h2>{t('site.progress')}</h2>
        <SiteStagesList site={site} />
      </section>
      <SiteRooms rooms={rooms} />
    </div>
  );
}

/** Stages with their moments, and how many rooms have reached those that rooms reach. */
export function SiteStagesList({ site }: { site: SiteFacts }): ReactNode {
  const t = useText();
  const { rooms } = site;
  const moment = (at: number | null): ReactNode => <ReachedMark at={at === null ? null : dateTime(at)} />;
  const ofRooms = (n: number | null, at: number | null = null): ReactNode => (
    <Mark
      {...(n !== null && n >= rooms.all ? checkMarks.done : checkMarks.waiting)}
      word={`${n ?? '–'} / ${rooms.all}${at === null ? '' : ` · ${dateTime(at)}`}`}
      nowrap
    />
  );
  const check =
    site.sealCheckPassed === false ? (
      <Mark {...checkMarks.failed} word={`${t('check.failed')} · ${dateTime(site.sealCheckedAt)}`} />
    ) : (
      moment(site.sealCheckPassed === null ? null : site.sealCheckedAt)
    );
  const stages: readonly (readonly [string, ReactNode])[] = [
    [t('board.stage.registered'), moment(site.registeredAt)],
    [t('board.stage.loaded'), moment(site.loadedAt)],
    [t('board.roomsRegistered'), ofRooms(rooms.registered)],
    [t('board.stage.authorised'), moment(site.authorisedAt)],
    [t('step.seal-check'), check],
    [t('board.stage.calibrated'), moment(site.calibratedAt)],
    [t('board.stage.verified'), moment(site.verifiedAt)],
    [t('board.stage.started'), ofRooms(rooms.started, site.startedAt)],
    [t('board.stage.ended'), ofRooms(rooms.ended, site.endedAt)],
    [t('board.stage.collected'), ofRooms(rooms.collected)],
    [t('board.stage.reported'), ofRooms(rooms.reported)],
    [t('column.lastContact'), clockTime(site.lastContact)],
  ];
  return (
    <dl className="site-stages">
      {stages.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function SiteRooms({ rooms }: { rooms: readonly BoardRoom[] }): ReactNode {
  const t = useText();
  return (
    <Listing
      caption={<h2>{t('centre.rooms')}</h2>}
      tight
      rows={rooms}
      rowKey={(room) => room.roomCode}
      columns={({ column, figures }) => [
        column(t('column.room'), (room) => <strong>{room.roomCode}</strong>),
        column(t('site.progress'), (room) =>
          room.stages ? (
            <StagesTrack of={room.stages} />
          ) : (
            <Mark {...checkMarks.waiting} word={t('board.roomUnheard')} />
          ),
        ),
        figures(`${t('board.roomCollected')} / ${t('board.roomHandedUp')}`, (room) => (
          <>
            {clockTime(room.collectedAt)}
            {room.handedUpAt !== null && <div className="soft">{clockTime(room.handedUpAt)}</div>}
          </>
        )),
        ...shownCounts.map((id) =>
          figures(t(`count.${id}`), (room) =>
            id === 'expected' ? room.candidates : (room.counts?.[id] ?? '–'),
          ),
        ),
        figures(t('column.lastContact'), (room) => clockTime(room.lastContact)),
      ]}
    />
  );
}
