/** Handing in, in two steps: what has no answer yet, then the question that ends the exam. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { InstanceItem } from '../../../exam/paper/model.ts';
import type { SeatState } from '../../contract.ts';
import { agent, refusalOf } from '../agent.ts';
import { useNow } from '../clock.ts';
import { useLanguage } from '../language.tsx';
import { refusalText } from '../refusal-text.ts';
import type { LiveSeat } from '../seat-state.ts';
import type { AnswerKeeper } from './answer-keeper.ts';
import { OpenFiles } from './work-folder.tsx';
import { isAnswered, mayGo } from './course.ts';

interface Props {
  readonly seat: LiveSeat;
  readonly take: (state: SeatState) => void;
  readonly items: readonly InstanceItem[];
  readonly keeper: AnswerKeeper;
  readonly flagged: ReadonlySet<string>;
  readonly at: number;
  readonly reached: number;
  readonly go: (to: number) => void;
  readonly back: () => void;
}

interface Numbered {
  readonly item: InstanceItem;
  readonly i: number;
}

export function HandIn(props: Props): ReactNode {
  const { say, language } = useLanguage();
  const now = useNow(1_000);
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [sure]);
  const { items, keeper, seat } = props;
  const { responses } = keeper.view();
  const numbered = items.map((item, i) => ({ item, i }));
  const empty = numbered.filter(({ item }) => !isAnswered(item, responses[item.identifier]));
  const marked = numbered.filter(({ item }) => props.flagged.has(item.identifier));
  const opensIn = Math.max(0, (seat.state.handInOpensInMs ?? 0) - (now - seat.arrivedAt));
  const handIn = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      if (!(await keeper.flush())) setProblem(say('hand-in.not-kept'));
      else props.take(await agent.sitting.handIn());
    } catch (error) {
      setProblem(refusalText(say, refusalOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const opensAt = new Date(Date.now() + opensIn).toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
  });
  return (
    <main className="card">
      <h1 ref={heading} tabIndex={-1}>
        {say(sure ? 'hand-in.sure' : 'hand-in.title')}
      </h1>
      {empty.length === 0 ? (
        <p>{say('hand-in.all')}</p>
      ) : (
        <>
          <h2>{say('hand-in.unanswered', { count: empty.length })}</h2>
          <Questions some={empty} {...props} />
        </>
      )}
      {marked.length > 0 && (
        <>
          <h2>{say('hand-in.flagged', { count: marked.length })}</h2>
          <Questions some={marked} {...props} />
        </>
      )}
      <OpenFiles practical={seat.state.practical} />
      {sure && <p className="warning">{say('hand-in.sure.text')}</p>}
      {opensIn > 0 && (
        <p id="hand-in-opens" className="hint">
          {say('hand-in.opens', { minutes: Math.ceil(opensIn / 60_000), time: opensAt })}
        </p>
      )}
      <div className="buttons">
        <button type="button" onClick={sure ? () => setSure(false) : props.back}>
          {say('back')}
        </button>
        <button
          type="button"
          className="primary"
          disabled={busy || opensIn > 0}
          aria-describedby={opensIn > 0 ? 'hand-in-opens' : undefined}
          onClick={sure ? () => void handIn() : () => setSure(true)}
        >
          {say(busy ? 'hand-in.working' : sure ? 'hand-in.now' : 'hand-in.next')}
        </button>
      </div>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </main>
  );
}

function Questions({ some, items, at, reached, go }: Props & { some: readonly Numbered[] }): ReactNode {
  const { say } = useLanguage();
  return (
    <ul className="numbers">
      {some.map(({ item, i }) => (
        <li key={item.identifier}>
          <button type="button" disabled={i !== at && !mayGo(items, at, i, reached)} onClick={() => go(i)}>
            {say('item.number', { number: i + 1 })}
          </button>
        </li>
      ))}
    </ul>
  );
}
