/** The exam day as seen from the centre: every site and room of a session, with what needs a call first. */
import type { ReactNode } from 'react';
import { Select } from 'antd';
import { codeValidMs } from '../../../exam/code/code-book.ts';
import { sessionOfNow } from '../../../exam/session/session-of-now.ts';
import { CodeDesk } from '../../../ui/codes/code-desk.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { clockTime, dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { StagesTrack } from '../../../ui/stages-track.tsx';
import { CheckStateMark, Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { Board } from '../../contract.ts';
import type { ProjectProps } from '../centre-console.tsx';

type Site = Board['sites'][number];

const silentMs = 60_000;
const counted = ['expected', 'signedIn', 'inExam', 'handedIn', 'absent', 'away', 'violations'] as const;

export function BoardPage(
  props: ProjectProps & { chosen: string | undefined; onChoose: (sessionId: string) => void },
): ReactNode {
  const t = useText();
  const { centre, project, chosen, onChoose } = props;
  const projectId = project.id;
  const now = useTick(5_000);
  const board = useLive(projectId, (signal) => centre.board.live({ projectId }, { signal }));
  const codes = useLive(`codes ${projectId}`, (signal) => centre.code.live({ projectId }, { signal }));
  if (!board.value) return null;
  const { sites } = board.value;
  const session =
    project.sessions.find((one) => one.id === chosen) ??
    sessionOfNow(
      project.sessions,
      ({ id }) =>
        sites.flatMap(({ rooms }) => rooms.flatMap((room) => (room.sessionId === id ? room.stages : []))),
      now,
    );
  if (!session || sites.length === 0)
    return <EmptyState title={t('centre.nothingToWatch')} todo={t('centre.nothingToWatchTodo')} />;
  const rooms = sites.flatMap((site) => site.rooms).filter((room) => room.sessionId === session.id);
  const silent = (site: Site): boolean =>
    site.registeredAt !== null && (site.lastContact === null || now - site.lastContact > silentMs);
  // Somebody may be on the telephone.
  const waiting = (codes.value ?? []).filter(
    ({ session: of, asked, issued, used }) =>
      of === session.id && asked !== null && issued === null && used === null && now < asked.at + codeValidMs,
  ).length;
  const quiet = sites.filter((site) => silent(site));
  const sum = (id: (typeof counted)[number]): number => rooms.reduce((all, room) => all + room.counts[id], 0);
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.during')}</h1>
      <NowLine
        action={
          <Select
            aria-label={t('column.session')}
            value={session.id}
            onChange={onChoose}
            options={project.sessions.map((one) => ({
              value: one.id,
              label: `${one.number} · ${one.name} · ${dateTime(one.startAt)}`,
            }))}
          />
        }
      >
        {waiting > 0
          ? t('centre.now.codes', { count: waiting })
          : quiet.length > 0
            ? t('centre.now.silentSites', { sites: quiet.map((site) => site.code) })
            : t('centre.now.watch', {
                started: rooms.filter((room) => room.stages.startedAt !== null).length,
                ended: rooms.filter((room) => room.stages.endedAt !== null).length,
                rooms: rooms.length,
              })}
      </NowLine>
      <div className="count-bar" role="group" aria-label={t('column.candidates')}>
        {counted.map((id) => (
          <span key={id} className="count">
            <span className="count-word">{t(`count.${id}`)}</span>
            <span className="count-value">{sum(id)}</span>
          </span>
        ))}
      </div>
      <Listing
        caption={<h2>{t('centre.sites')}</h2>}
        rows={sites}
        rowKey={(site) => site.code}
        columns={({ column, moment }) => [
          column(t('site.code'), (site) => (
            <>
              <strong>{site.code}</strong> <span className="soft">{site.name}</span>
            </>
          )),
          column(t('site.connection'), (site) => <Contact site={site} silent={silent(site)} />),
          moment(t('centre.loadedAt'), (site) => site.loadedAt),
          column(t('step.seal-check'), (site) =>
            site.sealCheckPassed === null ? (
              <CheckStateMark state="waiting" word="check.notYet" />
            ) : (
              <CheckStateMark state={site.sealCheckPassed ? 'passed' : 'failed'} />
            ),
          ),
          moment(t('site.calibratedAt'), (site) => site.calibratedAt),
        ]}
      />
      <Listing
        caption={<h2>{t('centre.rooms')}</h2>}
        rows={rooms}
        rowKey={(room) => `${room.siteCode} ${room.roomCode}`}
        empty={<EmptyState title={t('centre.noRoomsYet')} todo={t('centre.noRoomsYetTodo')} />}
        columns={({ column, figures }) => [
          column(t('site.code'), (room) => room.siteCode),
          column(t('column.room'), (room) => <strong>{room.roomCode}</strong>),
          column(t('site.progress'), (room) => <StagesTrack of={room.stages} />),
          ...counted.map((id) => figures(t(`count.${id}`), (room) => room.counts[id])),
          column(t('column.lastContact'), (room) => clockTime(room.lastContact)),
        ]}
      />
      <CodeDesk
        codes={codes.value ?? []}
        session={session}
        rooms={rooms.map((room) => room.roomCode)}
        desk={{
          read: (call) => centre.code.read({ projectId, ...call }),
          issue: (call) => centre.code.issue({ projectId, ...call }),
          accept: async (call) => codes.set(await centre.code.accept({ projectId, ...call })),
        }}
      />
    </div>
  );
}

function Contact({ site, silent }: { site: Site; silent: boolean }): ReactNode {
  const t = useText();
  if (site.registeredAt === null)
    return <Mark {...checkMarks.waiting} word={t('authorisation.site-not-registered')} />;
  return silent ? (
    <Mark
      {...checkMarks.warning}
      word={
        site.lastContact === null
          ? t('site.neverSeen')
          : t('site.silentSince', { at: clockTime(site.lastContact) })
      }
    />
  ) : (
    <Mark {...checkMarks.passed} word={t('site.connected')} />
  );
}
