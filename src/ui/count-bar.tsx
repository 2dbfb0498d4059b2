import type { ReactNode } from 'react';

export interface Count {
  readonly id: string;
  readonly label: string;
  readonly value: number | string;
  readonly shape?: string;
  readonly tone?: string;
}

interface Props {
  label: string;
  counts: readonly Count[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** Counts in one line; each opens the list of those it counts, a second press shows all again. */
export function CountBar({ label, counts, chosen, onChoose }: Props): ReactNode {
  return (
    <div className="count-bar" role="group" aria-label={label}>
      {counts.map(({ id, label: word, value, shape, tone = 'dark' }) => (
        <button
          key={id}
          type="button"
          className={`count tone-${tone}`}
          aria-pressed={chosen === id}
          onClick={() => onChoose(chosen === id ? null : id)}
        >
          <span className="count-word">
            {shape !== undefined && <span aria-hidden>{shape} </span>}
            {word}
          </span>
          <span className="count-value">{value}</span>
        </button>
      ))}
    </div>
  );
}
