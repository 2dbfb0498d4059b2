/** The session: what to do now, the toolbar, counts, every candidate. */
import { useCallback, useState, type ReactNode } from 'react';
import { Button, Input, Segmented } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { isBehind } from '../../../exam/sitting/behind.ts';
import { CountBar } from '../../../ui/count-bar.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { sittingMarks, type SittingMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { RoomBoard, SittingView } from '../../board/contract.ts';
import type { RoomClient } from '../room-console.tsx';
import { CellMenu, type MenuPlace } from './cell-menu.tsx';
import { AccommodationList } from './accommodations.tsx';
import { ChosenActions } from './chosen-actions.tsx';
import { Countdown } from './countdown.tsx';
import { IncidentList, isIncidentKind } from './incident-list.tsx';
import { SeatGrid } from './seat-grid.tsx';
import { SessionNow } from './session-now.tsx';
import { SittingList } from './sitting-list.tsx';
import { Toolbar } from './toolbar.tsx';
import './seat-grid.css';

export interface SessionProps {
  room: RoomClient;
  board: RoomBoard;
  session: NonNullable<RoomBoard['session']>;
  set: (board: RoomBoard) => void;
  go: (...parts: string[]) => void;
}

/** What the counts and filters of the session look at. */
interface Seen {
  readonly startsAt: number | null;
  readonly now: number;
}
const was = (...states: SittingView['state'][]) => {
  return (one: SittingView): boolean => states.includes(one.state);
};
type CountId = keyof RoomBoard['counts'] | 'notSignedIn' | 'behind';
/** Each count, the mark that it shares with its state, and whom it counts. */
const counts: readonly [id: CountId, mark: SittingMark | null, (one: SittingView, seen: Seen) => boolean][] =
  [
    ['expected', null, () => true],
    ['notSignedIn', 'not-signed-in', was('not-signed-in')],
    ['signedIn', 'signed-in', (one) => !was('not-signed-in', 'absent')(one)],
    ['inExam', 'in-exam', (one) => one.endsAt !== null],
    ['handedIn', 'handed-in', was('handed-in')],
    ['absent', 'absent', was('absent')],
    ['away', 'away', was('away')],
    [
      'behind',
      null,
      (one, { startsAt, now }) =>
        startsAt !== null && one.endsAt !== null && isBehind(one, { startsAt, endsAt: one.endsAt, now }),
    ],
    ['extraTime', null, (one) => one.extraTimeMin > 0],
    ['violations', null, (one) => one.violations.length > 0],
    ['resumed', null, (one) => one.resumes.length > 0],
  ];
const ownShapes: Partial<Record<CountId, { shape: string; tone: string }>> = {
  behind: { shape: '…', tone: 'amber' },
  extraTime: { shape: '+', tone: 'blue' },
  violations: { shape: '!', tone: 'red' },
  resumed: { shape: '↻', tone: 'teal' },
};

const viewKey = 'invigil-room-view';

export function SessionPage(props: SessionProps): ReactNode {
  const t = useText();
  const { board, session } = props;
  const [shown, setShown] = useState<string | null>(null);
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const [view, setView] = useState(() => localStorage.getItem(viewKey) ?? 'grid');
  const seen: Seen = { startsAt: session.startsAt, now: board.at };
  const filter = counts.find(([id]) => id === shown)?.[2];
  const needle = wanted.trim().toLowerCase();
  const rows = board.sittings.filter(
    (one) =>
      (filter?.(one, seen) ?? true) &&
      (needle === '' ||
        one.admissionNumber.toLowerCase().includes(needle) ||
        one.name.toLowerCase().includes(needle)),
  );
  const toggle = useCallback(
    (id: string): void => setChosen((before) => before.symmetricDifference(new Set([id]))),
    [],
  );
  const openMenu = useCallback((id: string, at: MenuPlace): void => {
    setChosen(new Set([id]));
    setMenu(at);
  }, []);
  const chosenOnes = board.sittings.filter((one) => chosen.has(one.sittingId));
  return (
    <div className="stack">
      <h1 className="only-read">{session.name}</h1>
      <SessionNow {...props} />
      {session.state === 'counting-down' && session.startsAt !== null && (
        <Countdown startsAt={session.startsAt} />
      )}
      <Toolbar {...props} />
      <CountBar
        label={t('column.candidates')}
        chosen={shown}
        onChoose={setShown}
        counts={counts.map(([id, mark, counted]) => ({
          id,
          label: t(`count.${id}`),
          value: board.sittings.filter((one) => counted(one, seen)).length,
          ...(mark === null ? ownShapes[id] : sittingMarks[mark]),
        }))}
      />
      {isIncidentKind(shown) && <IncidentList {...props} kind={shown} />}
      <div className="row view-bar">
        <Segmented
          value={view}
          onChange={(value) => {
            setView(value);
            localStorage.setItem(viewKey, value);
          }}
          options={[
            { value: 'grid', label: t('room.viewGrid') },
            { value: 'list', label: t('room.viewList') },
          ]}
        />
        <AccommodationList board={board} />
        <Input
          prefix={<SearchOutlined aria-hidden />}
          className="find"
          allowClear
          placeholder={t('room.find')}
          aria-label={t('room.find')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        {chosen.size > 0 ? (
          <Button onClick={() => setChosen(new Set())}>{t('room.chooseNone')}</Button>
        ) : (
          <Button onClick={() => setChosen(new Set(rows.map((one) => one.sittingId)))}>
            {t('room.chooseAll')}
          </Button>
        )}
        <ChosenActions {...props} chosen={chosenOnes} />
      </div>
      {rows.length === 0 ? (
        <EmptyState title={t('room.nobodyHere')} todo={t('room.nobodyHereTodo')} />
      ) : view === 'grid' ? (
        <SeatGrid rows={rows} chosen={chosen} onToggle={toggle} onMenu={openMenu} />
      ) : (
        <SittingList rows={rows} chosen={[...chosen]} onChoose={(ids) => setChosen(new Set(ids))} />
      )}
      <CellMenu at={menu} onClose={closeMenu}>
        <ChosenActions {...props} chosen={chosenOnes} />
      </CellMenu>
    </div>
  );
}
