/** One row of boxes after the other, decided by keyboard alone. */
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'antd';
import { newId } from '../../../../base/ids.ts';
import { refusalOf } from '../../../../ui/client.ts';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { refusalNotice } from '../../../../ui/refusal-notice.tsx';
import { centreContract } from '../../../contract.ts';
import type { MarkPage } from '../../../scans/marks/contract.ts';
import type { ScansPartProps } from '../scans-page.tsx';
import { chosen, noChoice, stepOf, type Choice, type ChoiceStep } from './choice.ts';
import { RowCard } from './row-card.tsx';

interface Props {
  readonly centre: ScansPartProps['centre'];
  readonly projectId: string;
  readonly eventId: string;
  readonly of: 'waiting' | 'sure';
  readonly every: number;
  readonly onChanged: () => void;
}

interface Open {
  readonly rows: number;
  readonly pages: number;
  readonly elsewhere: number;
}

interface Decided {
  readonly scanId: string;
  readonly field: string;
  readonly row: number;
  readonly seq: number;
}

/** Of one window, also after it was loaded anew: the centre shows a page at one desk at a time. */
const desk = ((): string => {
  const name = 'invigil-mark-desk';
  const known = sessionStorage.getItem(name) ?? newId();
  sessionStorage.setItem(name, known);
  return known;
})();

export function MarkQueue(props: Props): ReactNode {
  const t = useText();
  const gate = useRoleGate(centreContract.mark.decide);
  return gate.allowed ? (
    <Queue {...props} />
  ) : (
    <EmptyState title={t('marks.looker')} todo={t('marks.lookerTodo')} />
  );
}

function Queue({ centre, projectId, eventId, of, every, onChanged }: Props): ReactNode {
  const t = useText();
  const [page, setPage] = useState<MarkPage | null>(null);
  const [at, setAt] = useState(0);
  const [choice, setChoice] = useState<Choice>(noChoice);
  const [open, setOpen] = useState<Open | null>(null);
  const [busy, setBusy] = useState(false);
  const [history, setHistory] = useState<readonly Decided[]>([]);
  const after = useRef<string | null>(null);

  /** Everything that asks the server: one thing at a time, and what it refuses is said. */
  const run = useCallback(async (act: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    refusalNotice.clear();
    try {
      await act();
      return true;
    } catch (error) {
      refusalNotice.show(refusalOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  const show = useCallback((shown: MarkPage | null): void => {
    setPage(shown);
    setAt(0);
    setChoice(noChoice);
  }, []);
  const next = useCallback(async (): Promise<void> => {
    const from = after.current;
    let got = await centre.mark.next({ projectId, eventId, desk, of, every, after: from });
    while (got.page === null && got.after !== null)
      got = await centre.mark.next({ projectId, eventId, desk, of, every, after: got.after });
    // What was put off stands before: from the beginning once more.
    if (got.page === null && from !== null)
      got = await centre.mark.next({ projectId, eventId, desk, of, every, after: null });
    after.current = got.page?.scanId ?? null;
    setOpen(got.open);
    show(got.page);
    if (got.page === null) onChanged();
  }, [centre, projectId, eventId, of, every, onChanged, show]);
  const begin = useRef(next);
  begin.current = next;
  useEffect(() => void run(() => begin.current()), [run]);

  const row = page?.rows[at];
  const goOn = async (): Promise<void> => {
    if (page && at + 1 < page.rows.length) {
      setAt(at + 1);
      setChoice(noChoice);
    } else await next();
  };
  const save = async (): Promise<void> => {
    if (!page || !row || choice.marked === null) return;
    const { scanId } = page;
    const { field, row: number } = row;
    const went = await run(async () => {
      const made = await centre.mark.decide({
        projectId,
        desk,
        scanId,
        field,
        row: number,
        marked: [...(choice.marked ?? [])],
        upon: row.seq,
      });
      setOpen(made.open);
      setHistory([...history, { scanId, field, row: number, seq: made.seq }]);
      await goOn();
    });
    // Somebody else was first, or the page is another one now: what is true now is shown behind the reason.
    if (!went) await goOn().catch(() => undefined);
  };
  const undo = async (): Promise<void> => {
    const last = history.at(-1);
    if (!last) return;
    const { seq, ...where } = last;
    await run(async () => {
      setHistory(history.slice(0, -1));
      const made = await centre.mark.decide({ projectId, desk, ...where, marked: null, upon: seq });
      setOpen(made.open);
      show(await centre.mark.row({ projectId, desk, ...where }));
      // The rest of its page comes again behind it.
      after.current = null;
    });
  };
  const step = (one: ChoiceStep): void => {
    if (row) setChoice(chosen(choice, one, { columns: row.boxes.length, several: row.several }));
  };
  useKeys((event) => {
    if (busy || !row) return false;
    const one = stepOf(event, choice);
    // Enter and space on a button press it.
    const onButton = event.target instanceof HTMLButtonElement;
    if (one && !(onButton && event.key === ' ')) step(one);
    else if (event.key === 'Enter' && !onButton) void save();
    else if (event.key === 'Backspace') void undo();
    else if (event.key === 'l' || event.key === 'L') void run(next);
    else return false;
    return true;
  });

  if (!open) return null;
  return (
    <div className="stack mark-queue">
      <div className="row">
        <span role="status">{t('marks.progress', { ...open })}</span>
        {open.elsewhere > 0 && (
          <span className="soft">{t('marks.elsewhere', { pages: open.elsewhere })}</span>
        )}
      </div>
      {page && row ? (
        <>
          <PageLine page={page} at={at} />
          <div className="toolbar">
            <Button
              type="primary"
              disabled={choice.marked === null}
              loading={busy}
              onClick={() => void save()}
            >
              {t('marks.save')}
            </Button>
            <Button onClick={() => step({ do: 'nothing' })}>{t('marks.nothingMarked')}</Button>
            <Button onClick={() => void run(next)}>{t('marks.later')}</Button>
            <Button disabled={history.length === 0} onClick={() => void undo()}>
              {t('marks.undo')}
            </Button>
          </div>
          <p className="soft">{t('marks.keys')}</p>
          {page.rows.map((one, i) => (
            <RowCard
              key={`${one.field} ${one.row}`}
              row={one}
              state={i < at ? 'done' : i === at ? 'current' : 'next'}
              choice={i === at ? choice : noChoice}
              onChoose={(column, add) => step({ do: 'choose', column, add })}
            />
          ))}
        </>
      ) : (
        <Nothing of={of} open={open}>
          <Button onClick={() => void run(next)} loading={busy}>
            {t('marks.again')}
          </Button>
          {history.length > 0 && <Button onClick={() => void undo()}>{t('marks.undo')}</Button>}
        </Nothing>
      )}
    </div>
  );
}

/** Keys of the whole page: nobody has to click into the queue first. @param onKey true: the key was for it */
function useKeys(onKey: (event: KeyboardEvent) => boolean): void {
  const newest = useRef(onKey);
  newest.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      // Whoever types somewhere, types there.
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      if (newest.current(event)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function PageLine({ page, at }: { page: MarkPage; at: number }): ReactNode {
  const t = useText();
  const facts = [
    [t('marks.site'), page.siteCode],
    [t('marks.room'), page.roomCode],
    [t('marks.kit'), page.kit],
    [t('marks.sheet'), `${page.number} · ${page.side}`],
  ] as const;
  return (
    <div className="row mark-page-line">
      {facts.map(([name, value]) => (
        <span key={name}>
          <span className="soft">{name}</span> <strong>{value ?? '–'}</strong>
        </span>
      ))}
      {page.duplicate && <strong className="mark tone-red">{t('marks.duplicate')}</strong>}
      <span className="soft">{t('marks.rowOf', { number: at + 1, count: page.rows.length })}</span>
    </div>
  );
}

function Nothing({ of, open, children }: { of: Props['of']; open: Open; children: ReactNode }): ReactNode {
  const t = useText();
  const why = of === 'waiting' && open.rows > 0 ? 'elsewhere' : of;
  return (
    <EmptyState
      title={t(`marks.empty.${why}`)}
      todo={t(`marks.empty.${why}Todo`, { pages: open.elsewhere })}
      action={<div className="row">{children}</div>}
    />
  );
}
