import type { ReactNode } from 'react';
import { useText } from '../../../../ui/text.ts';
import type { MarkRow } from '../../../scans/marks/contract.ts';
import type { Choice } from './choice.ts';

interface Props {
  readonly row: MarkRow;
  readonly state: 'done' | 'current' | 'next';
  readonly choice: Choice;
  readonly onChoose: (column: number, add: boolean) => void;
}

/** A row as it was scanned, with the machine's score below each box and the key that chooses it. */
export function RowCard({ row, state, choice, onChoose }: Props): ReactNode {
  const t = useText();
  const names = (columns: readonly number[]): string =>
    columns.length === 0
      ? t('marks.nothingMarked')
      : columns.map((column) => row.boxes[column]?.name ?? '?').join(' ');
  const { marked } = choice;
  return (
    <section className={`mark-row mark-row-${state}`} aria-current={state === 'current' ? 'step' : undefined}>
      <div className="mark-picture">
        <img src={row.image} alt={t('marks.image', { name: row.name })} />
        {row.boxes.map(({ name, at }, column) => (
          <span
            key={name}
            aria-hidden
            className={`mark-frame ${marked?.includes(column) ? 'mark-chosen' : ''} ${choice.at === column ? 'mark-at' : ''}`}
            style={{
              left: `${at.x * 100}%`,
              top: `${at.y * 100}%`,
              width: `${at.width * 100}%`,
              height: `${at.height * 100}%`,
            }}
          />
        ))}
      </div>
      <div className="mark-side">
        <div className="row">
          <strong className="mark-name">{row.name}</strong>
          <span className={row.doubt ? 'tone-amber mark' : 'soft'}>
            {row.doubt
              ? t(`marks.doubt.${row.doubt}`)
              : t('marks.doubt.sure', { marked: names(row.machine) })}
          </span>
          {row.several && <span className="soft">{t('marks.several')}</span>}
          {row.decision && (
            <span className="soft">
              {t('marks.decidedBy', { by: row.decision.by, marked: names(row.decision.marked) })}
            </span>
          )}
        </div>
        <div className="row mark-boxes">
          {row.boxes.map(({ name, score, state: found }, column) => (
            <button
              key={name}
              type="button"
              disabled={state !== 'current'}
              aria-pressed={marked?.includes(column) ?? false}
              className={`mark-box mark-box-${found} ${choice.at === column ? 'mark-at' : ''}`}
              title={t(`marks.boxState.${found}`)}
              onClick={(event) => onChoose(column, event.shiftKey)}
            >
              <strong>{name}</strong>
              <span className="number">{Math.round(score * 100)} %</span>
              <span className="mark-found">{t(`marks.boxState.${found}`)}</span>
            </button>
          ))}
        </div>
        {state === 'current' && (
          <p role="status">
            {marked === null ? t('marks.chosenNone') : t('marks.chosen', { marked: names(marked) })}
            {marked !== null && marked.length > 1 && !row.several && (
              <strong className="mark tone-amber"> · {t('marks.twoAnswers')}</strong>
            )}
          </p>
        )}
      </div>
    </section>
  );
}
