/** What the single pages before and after the work are made of. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Refusal } from '../../../base/result.ts';
import type { SeatState } from '../../contract.ts';
import { refusalOf } from '../agent.ts';
import { useLanguage } from '../language.tsx';
import { refusalText } from '../refusal-text.ts';
import type { LiveSeat } from '../seat-state.ts';

export interface PageProps {
  seat: LiveSeat;
  take: (state: SeatState) => void;
}

/** A clear page with one heading, which gets the focus, unless the page begins with a field (`focusField`). */
export function Page(props: {
  title: string;
  text?: string;
  focusField?: boolean;
  children?: ReactNode;
}): ReactNode {
  const { title, text, focusField = false } = props;
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    page.current?.querySelector<HTMLElement>(focusField ? 'input' : 'h1')?.focus();
  }, [focusField]);
  useEffect(() => {
    document.title = `${title} · Invigil`;
  }, [title]);
  return (
    <main className="card" ref={page}>
      <h1 tabIndex={-1}>{title}</h1>
      {text !== undefined && <p className="lead">{text}</p>}
      {props.children}
    </main>
  );
}

/** Runs an operation, shows what the agent then says, or why it was refused. */
export function useAct(take: (state: SeatState) => void) {
  const { say } = useLanguage();
  const [busy, setBusy] = useState(false);
  // The refusal and not its text: whoever changes the language reads it in the new one.
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const run = async (operation: () => Promise<SeatState>): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    try {
      take(await operation());
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem: refusal === null ? null : refusalText(say, refusal), run };
}

export function Problem({ text }: { text: string | null }): ReactNode {
  return text === null ? null : (
    <p className="problem" role="alert">
      {text}
    </p>
  );
}

/** A button that does one thing. */
export function Act(props: {
  run: () => Promise<SeatState>;
  take: (state: SeatState) => void;
  label: string;
  quiet?: boolean;
}): ReactNode {
  const { busy, problem, run } = useAct(props.take);
  return (
    <>
      <div className="buttons">
        <button
          type="button"
          className={props.quiet ? '' : 'primary'}
          disabled={busy}
          onClick={() => void run(props.run)}
        >
          {props.label}
        </button>
      </div>
      <Problem text={problem} />
    </>
  );
}
