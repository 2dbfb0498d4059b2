/** 修改机位号: the number is put right at the place itself, while the room shows the numbers. */
import { useState, type ReactNode } from 'react';
import { agent, refusalOf } from '../agent.ts';
import { useLanguage } from '../language.tsx';
import { refusalText } from '../refusal-text.ts';
import { Problem } from './page.tsx';

export function ChangeNumber({ seatNumber }: { seatNumber: number }): ReactNode {
  const { say } = useLanguage();
  const [open, setOpen] = useState(false);
  const [number, setNumber] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const change = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await agent.number.change({ number: Number(number) });
      setOpen(false);
    } catch (error) {
      setProblem(refusalText(say, refusalOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('number.wrong')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <label>
          {say('number.label')}
          <input
            required
            className="figures large"
            type="number"
            inputMode="numeric"
            min={1}
            max={9999}
            step={1}
            value={number}
            placeholder={String(seatNumber)}
            autoComplete="off"
            onChange={(event) => setNumber(event.target.value)}
          />
        </label>
        <button type="submit" disabled={busy}>
          {say('number.change')}
        </button>
        <Problem text={problem} />
      </form>
    </details>
  );
}
