/** The candidate at work: one question at a time, what is kept where, time left, overview and hand-in. */
import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { PaperForScreen, SeatState } from '../../contract.ts';
import { agent, partingAgent, refusalOf } from '../agent.ts';
import { refusalText } from '../refusal-text.ts';
import { timeLeft, useNow } from '../clock.ts';
import { ItemView } from '../item/item-view.tsx';
import { useLanguage } from '../language.tsx';
import type { LiveSeat } from '../seat-state.ts';
import { AnswerKeeper } from './answer-keeper.ts';
import { isAnswered, mayGo, placeOf } from './course.ts';

interface Props {
  seat: LiveSeat;
  take: (state: SeatState) => void;
}

export function Answering({ seat, take }: Props): ReactNode {
  const { say } = useLanguage();
  const [paper, setPaper] = useState<PaperForScreen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    const load = (): void => {
      agent.sitting.paper().then(
        (loaded) => {
          if (current) setPaper(loaded);
        },
        (error: unknown) => {
          if (!current) return;
          setProblem(refusalText(say, refusalOf(error)));
          setTimeout(load, 1_000);
        },
      );
    };
    load();
    return () => {
      current = false;
    };
  }, [say]);
  if (!paper)
    return (
      <main className="card">
        <p role="status">{problem ?? say('starting')}</p>
      </main>
    );
  return <Paper paper={paper} seat={seat} take={take} />;
}

function Paper({ paper, seat, take }: Props & { paper: PaperForScreen }): ReactNode {
  const { say } = useLanguage();
  const { items } = paper.instance;
  const keeper = useMemo(
    () =>
      new AnswerKeeper({
        send: (item, responses) => agent.sitting.answer({ item, responses }),
        responses: paper.responses,
      }),
    [paper],
  );
  const view = useSyncExternalStore(keeper.subscribe, keeper.view);
  const [place, setPlace] = useState(() => placeOf(items, paper.viewed));
  const [flagged, setFlagged] = useState(() => new Set(paper.flagged));
  const [panel, setPanel] = useState<'none' | 'overview' | 'hand-in'>('none');
  const heading = useRef<HTMLHeadingElement>(null);
  const item = items[place.at];

  useEffect(() => keeper.takeState(seat.state), [keeper, seat.state]);
  useEffect(() => {
    const parting = (): void => {
      for (const one of keeper.unsent()) void partingAgent.sitting.answer(one).catch(() => undefined);
    };
    addEventListener('pagehide', parting);
    return () => removeEventListener('pagehide', parting);
  }, [keeper]);
  const identifier = item?.identifier;
  useEffect(() => {
    // A view that is not kept only costs the place after a reload.
    if (identifier !== undefined) void agent.sitting.view({ item: identifier }).catch(() => undefined);
  }, [identifier]);

  if (!item) return <main className="card">{say('refusal.other', { type: 'no-items' })}</main>;
  const go = (to: number): void => {
    if (!mayGo(items, place.at, to, place.reached)) return;
    setPanel('none');
    setPlace({ at: to, reached: Math.max(place.reached, to) });
    heading.current?.focus();
  };
  const flag = (): void => {
    const next = !flagged.has(item.identifier);
    const changed = new Set(flagged);
    if (next) changed.add(item.identifier);
    else changed.delete(item.identifier);
    setFlagged(changed);
    void agent.sitting.flag({ item: item.identifier, flagged: next }).catch(() => setFlagged(flagged));
  };
  const answered = items.filter((one) => isAnswered(one, view.responses[one.identifier])).length;
  return (
    <div className="work">
      <div className="work-bar">
        <span>
          {seat.state.candidate?.name} · {seat.state.candidate?.admissionNumber}
        </span>
        <KeptLine keeper={keeper} trouble={view.trouble} unsent={view.unsent} />
        <TimeLeft seat={seat} />
      </div>
      {panel === 'hand-in' ? (
        <HandIn
          paper={paper}
          keeper={keeper}
          seat={seat}
          take={take}
          flagged={flagged}
          go={go}
          back={() => setPanel('none')}
        />
      ) : (
        <main className="question">
          <h1 ref={heading} tabIndex={-1}>
            {say('item', { number: place.at + 1, count: items.length })}
          </h1>
          {item.section?.title && <p className="section-title">{item.section.title}</p>}
          {item.linear && <p className="hint">{say('linear.note')}</p>}
          <ItemView
            key={item.identifier}
            item={item}
            files={paper.files}
            responses={view.responses[item.identifier] ?? {}}
            onChange={(response, value, pace) => keeper.change(item.identifier, response, value, pace)}
          />
        </main>
      )}
      {panel === 'overview' && (
        <nav className="overview" aria-label={say('overview')}>
          <p>{say('overview.counts', { answered, count: items.length, flagged: flagged.size })}</p>
          <ol>
            {items.map((one, i) => {
              const full = isAnswered(one, view.responses[one.identifier]);
              const open = i === place.at || mayGo(items, place.at, i, place.reached);
              return (
                <li key={one.identifier}>
                  <button
                    type="button"
                    disabled={!open}
                    aria-current={i === place.at ? 'step' : undefined}
                    className={full ? 'full' : 'empty'}
                    onClick={() => go(i)}
                  >
                    {i + 1} <span aria-hidden>{full ? '■' : '○'}</span>
                    {flagged.has(one.identifier) && <span aria-hidden>⚑</span>}
                    <span className="only-read">
                      {say(full ? 'state.answered' : 'state.empty')}
                      {flagged.has(one.identifier) && `, ${say('state.flagged')}`}
                    </span>
                  </button>
                </li>
              );
            })}
          </ol>
        </nav>
      )}
      {panel !== 'hand-in' && (
        <footer className="work-buttons">
          <button
            type="button"
            disabled={!mayGo(items, place.at, place.at - 1, place.reached)}
            onClick={() => go(place.at - 1)}
          >
            ← {say('previous')}
          </button>
          <button type="button" aria-pressed={flagged.has(item.identifier)} onClick={flag}>
            ⚑ {say(flagged.has(item.identifier) ? 'flagged' : 'flag')}
          </button>
          <button
            type="button"
            aria-expanded={panel === 'overview'}
            onClick={() => setPanel(panel === 'overview' ? 'none' : 'overview')}
          >
            {say('overview')} {answered}/{items.length}
          </button>
          <button type="button" onClick={() => setPanel('hand-in')}>
            {say('hand-in')}
          </button>
          <button
            type="button"
            className="primary"
            disabled={place.at === items.length - 1}
            onClick={() => go(place.at + 1)}
          >
            {say('next')} →
          </button>
        </footer>
      )}
    </div>
  );
}

function KeptLine(props: { keeper: AnswerKeeper; trouble: boolean; unsent: number }): ReactNode {
  const { say } = useLanguage();
  const overall = props.keeper.overall();
  const key = props.trouble
    ? 'kept.trouble'
    : overall === undefined
      ? 'kept.none'
      : (`kept.${overall}` as const);
  return (
    <span className={`kept ${props.trouble ? 'trouble' : (overall ?? 'none')}`} role="status">
      {say(key)}
    </span>
  );
}

function TimeLeft({ seat }: { seat: LiveSeat }): ReactNode {
  const { say } = useLanguage();
  const now = useNow();
  if (seat.state.timeLeftMs === null) return null;
  const left = timeLeft(Math.max(0, seat.state.timeLeftMs - (now - seat.arrivedAt)));
  return (
    <span className={left.unit === 'seconds' ? 'time soon' : 'time'} role="timer">
      {say('time.left')}:{' '}
      <strong>{left.unit === 'minutes' ? say('time.minutes', { minutes: left.minutes }) : left.text}</strong>
    </span>
  );
}

function HandIn(
  props: Props & {
    paper: PaperForScreen;
    keeper: AnswerKeeper;
    flagged: ReadonlySet<string>;
    go: (to: number) => void;
    back: () => void;
  },
): ReactNode {
  const { say } = useLanguage();
  const now = useNow(1_000);
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { items } = props.paper.instance;
  const { responses } = props.keeper.view();
  const numbered = items.map((item, i) => ({ item, i }));
  const empty = numbered.filter(({ item }) => !isAnswered(item, responses[item.identifier]));
  const marked = numbered.filter(({ item }) => props.flagged.has(item.identifier));
  const opensIn = Math.max(0, (props.seat.state.handInOpensInMs ?? 0) - (now - props.seat.arrivedAt));
  const handIn = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      if (!(await props.keeper.flush())) setProblem(say('hand-in.not-kept'));
      else props.take(await agent.sitting.handIn());
    } catch (error) {
      setProblem(refusalText(say, refusalOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const list = (some: typeof numbered): ReactNode => (
    <p className="numbers">
      {some.map(({ item, i }) => (
        <button key={item.identifier} type="button" onClick={() => props.go(i)}>
          {say('item.number', { number: i + 1 })}
        </button>
      ))}
    </p>
  );
  return (
    <main className="card">
      <h1>{say(sure ? 'hand-in.sure' : 'hand-in.title')}</h1>
      {empty.length === 0 ? (
        <p>{say('hand-in.all')}</p>
      ) : (
        <>
          <h2>{say('hand-in.unanswered', { count: empty.length })}</h2>
          {list(empty)}
        </>
      )}
      {marked.length > 0 && (
        <>
          <h2>{say('hand-in.flagged', { count: marked.length })}</h2>
          {list(marked)}
        </>
      )}
      {sure && <p>{say('hand-in.sure.text')}</p>}
      {opensIn > 0 && <p role="status">{say('hand-in.opens', { minutes: Math.ceil(opensIn / 60_000) })}</p>}
      <div className="buttons">
        <button type="button" onClick={sure ? () => setSure(false) : props.back}>
          {say('back')}
        </button>
        {sure ? (
          <button
            type="button"
            className="primary"
            disabled={busy || opensIn > 0}
            onClick={() => void handIn()}
          >
            {say(busy ? 'hand-in.working' : 'hand-in.now')}
          </button>
        ) : (
          <button type="button" className="primary" disabled={opensIn > 0} onClick={() => setSure(true)}>
            {say('hand-in.next')}
          </button>
        )}
      </div>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </main>
  );
}
