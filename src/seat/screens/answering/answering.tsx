/** The candidate at work: one question at a time, what is kept where, time left, overview and hand-in. */
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { answerFits } from '../../../exam/answer/answer-limits.ts';
import type { InstanceItem } from '../../../exam/paper/model.ts';
import type { ResponseValue } from '../../../exam/paper/response.ts';
import type { PaperForScreen, SeatState } from '../../contract.ts';
import { agent, refusalOf, sendParting } from '../agent.ts';
import { WorkContext } from '../item/interaction.ts';
import { ItemView } from '../item/item-view.tsx';
import { PracticalTaskContext } from '../item/practical-upload.tsx';
import { useLanguage } from '../language.tsx';
import { Locked } from '../pages/locked.tsx';
import { refusalText } from '../refusal-text.ts';
import type { LiveSeat } from '../seat-state.ts';
import type { AnswerKeeper } from './answer-keeper.ts';
import { isAnswered, mayGo, placeOf } from './course.ts';
import { HandIn } from './hand-in.tsx';
import { catchUp, keeperFor } from './keepers.ts';
import { Overview } from './overview.tsx';
import { WorkFolder } from './work-folder.tsx';
import { TimeNotice, useTimeLeft, WorkBar } from './work-bar.tsx';

interface Props {
  seat: LiveSeat;
  take: (state: SeatState) => void;
}

/** From here on nothing that is typed waits for a rest before it is sent, ms before the end. */
const hurryMs = 15_000;

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
  return <Work paper={paper} seat={seat} take={take} />;
}

function Work({ paper, seat, take }: Props & { paper: PaperForScreen }): ReactNode {
  const { say } = useLanguage();
  const { items } = paper.instance;
  const { state } = seat;
  const [keeper] = useState(() => keeperFor(paper, state));
  const view = useSyncExternalStore(keeper.subscribe, keeper.view);
  const [place, setPlace] = useState(() => placeOf(items, paper.viewed));
  const [flagged, setFlagged] = useState<ReadonlySet<string>>(() => new Set(paper.flagged));
  const [panel, setPanel] = useState<'none' | 'overview' | 'hand-in'>('none');
  const [tooLong, setTooLong] = useState(false);
  const buttons = useRef<HTMLElement>(null);
  const returnTo = useRef('none');
  const leftMs = useTimeLeft(seat);
  const over = leftMs === 0;
  const item = items[place.at];

  useEffect(() => {
    // A second screen of this seat shows what the first one answers.
    if (keeper.takeState(state)) void catchUp(keeper, state).then(setFlagged, () => undefined);
  }, [keeper, state]);
  useEffect(() => keepWhileLeaving(keeper, paper.work), [keeper, paper.work]);
  const hurried = leftMs !== null && leftMs < hurryMs;
  useEffect(() => {
    if (hurried) keeper.hurry();
    if (over) void keeper.flush();
  }, [keeper, hurried, over]);
  useEffect(() => {
    // Back to the button that opened the panel.
    if (panel === 'none')
      buttons.current?.querySelector<HTMLElement>(`[data-opens="${returnTo.current}"]`)?.focus();
    returnTo.current = 'none';
  }, [panel]);
  const identifier = item?.identifier;
  useEffect(() => {
    setTooLong(false);
    // A view that is not kept only costs the place after a reload.
    if (identifier !== undefined) void agent.sitting.view({ item: identifier }).catch(() => undefined);
  }, [identifier]);

  if (!item) return <main className="card">{say('refusal.other', { type: 'no-items' })}</main>;
  if (state.phase === 'locked') return <Locked state={state} take={take} />;
  const go = (to: number): void => {
    if (to !== place.at && !mayGo(items, place.at, to, place.reached)) return;
    void keeper.flush();
    setPanel('none');
    setPlace({ at: to, reached: Math.max(place.reached, to) });
  };
  const close = (): void => {
    returnTo.current = panel;
    setPanel('none');
  };
  const flag = (): void => {
    const next = !flagged.has(item.identifier);
    const changed = new Set(flagged);
    if (next) changed.add(item.identifier);
    else changed.delete(item.identifier);
    setFlagged(changed);
    void agent.sitting.flag({ item: item.identifier, flagged: next }).catch(() => setFlagged(flagged));
  };
  const change = (response: string, value: ResponseValue, pace: 'typed' | 'chosen'): void => {
    const fits = answerFits({ ...view.responses[item.identifier], [response]: value });
    setTooLong(!fits);
    // Refused as a whole, so that the text stands as it was: nothing is cut silently.
    if (fits && !over) keeper.change(item.identifier, response, value, pace);
  };
  const task = state.practical.tasks.find((one) => one.item === item.identifier) ?? null;
  const course = { items, at: place.at, reached: place.reached, flagged, go };
  const answered = items.filter((one) => isAnswered(one, view.responses[one.identifier])).length;
  return (
    <div className="work">
      <WorkBar seat={seat} view={view} leftMs={leftMs} />
      <TimeNotice leftMs={leftMs} />
      {panel === 'hand-in' ? (
        <HandIn {...course} seat={seat} take={take} keeper={keeper} back={close} />
      ) : (
        <Question item={item} number={place.at + 1} count={items.length}>
          {tooLong && (
            <p className="problem" role="alert">
              {say('refusal.answer-too-long')}
            </p>
          )}
          <fieldset className="answer-place" disabled={over}>
            {task && <WorkFolder key={task.item} task={task} />}
            <PracticalTaskContext value={task}>
              <WorkContext value={paper.work}>
                <ItemView
                  key={item.identifier}
                  item={item}
                  files={paper.files}
                  responses={view.responses[item.identifier] ?? {}}
                  readAloud={state.accommodations?.readAloud ?? false}
                  onChange={change}
                />
              </WorkContext>
            </PracticalTaskContext>
          </fieldset>
        </Question>
      )}
      <footer className="work-foot" ref={buttons} hidden={panel === 'hand-in'}>
        {panel === 'overview' && <Overview {...course} responses={view.responses} close={close} />}
        <div className="work-buttons">
          <button
            type="button"
            disabled={!mayGo(items, place.at, place.at - 1, place.reached)}
            onClick={() => go(place.at - 1)}
          >
            ← {say('previous')}
          </button>
          <button
            type="button"
            className="primary"
            disabled={place.at === items.length - 1}
            onClick={() => go(place.at + 1)}
          >
            {say('next')} →
          </button>
          <button type="button" aria-pressed={flagged.has(item.identifier)} onClick={flag}>
            ⚑ {say(flagged.has(item.identifier) ? 'flagged' : 'flag')}
          </button>
          <button
            type="button"
            data-opens="overview"
            aria-expanded={panel === 'overview'}
            onClick={() => (panel === 'overview' ? close() : setPanel('overview'))}
          >
            {say('overview')}{' '}
            <span className="figures">
              {answered}/{items.length}
            </span>
          </button>
          <button type="button" data-opens="hand-in" onClick={() => setPanel('hand-in')}>
            {say('hand-in')}
          </button>
        </div>
      </footer>
    </div>
  );
}

function Question(props: {
  item: InstanceItem;
  number: number;
  count: number;
  children: ReactNode;
}): ReactNode {
  const { say } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  const title = say('item', { number: props.number, count: props.count });
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [props.number]);
  useEffect(() => {
    document.title = `${title} · Invigil`;
  }, [title]);
  return (
    <main className={props.item.item.stimuli.length > 0 ? 'question wide' : 'question'}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {props.item.section?.title && <p className="section-title">{props.item.section.title}</p>}
      {props.item.linear && <p className="hint">{say('linear.note')}</p>}
      {props.children}
    </main>
  );
}

/** @returns what ends it, after a last try to keep everything: the page of the work goes. */
function keepWhileLeaving(keeper: AnswerKeeper, work: string): () => void {
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') void keeper.flush();
  };
  const leaving = (): void => void keeper.flush();
  const parting = (): void => {
    for (const one of keeper.unsent()) sendParting(work, one);
  };
  document.addEventListener('visibilitychange', hidden);
  addEventListener('beforeunload', leaving);
  addEventListener('pagehide', parting);
  return () => {
    document.removeEventListener('visibilitychange', hidden);
    removeEventListener('beforeunload', leaving);
    removeEventListener('pagehide', parting);
    void keeper.flush();
  };
}
