import type { ReactNode } from 'react';
import { childElements } from '../../../exam/paper/element.ts';
import { useSay } from '../language.tsx';
import { choicesOf, identifierOf, limitOf, listOf, promptOf, type InteractionProps } from './interaction.ts';

/** Two sets of choices as a table: rows of the first, columns of the second. */
export function Match({ element, item, value, onChange, content }: InteractionProps): ReactNode {
  const say = useSay();
  const [rowSet, columnSet] = childElements(element, 'qti-simple-match-set');
  const prompt = promptOf(element);
  if (!rowSet || !columnSet) return null;
  const shuffle = element.attributes['shuffle'] ?? 'false';
  const choices = (set: typeof rowSet, which: string) =>
    choicesOf(
      { ...set, attributes: { ...set.attributes, shuffle } },
      'qti-simple-associable-choice',
      `${item.seed} ${which}`,
    );
  const rows = choices(rowSet, 'rows');
  const columns = choices(columnSet, 'columns');
  const pairs = listOf(value);
  const used = (id: string, side: 0 | 1): number =>
    pairs.filter((pair) => pair.split(' ')[side] === id).length;
  const most = limitOf(element, 'max-associations', 1);
  return (
    <div className="match">
      {prompt && content(prompt)}
      <table>
        <thead>
          <tr>
            <th scope="col">{say('match.row')}</th>
            {columns.map((column) => (
              <th key={identifierOf(column)} scope="col">
                {content(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={identifierOf(row)}>
              <th scope="row">{content(row)}</th>
              {columns.map((column) => {
                const [a, b] = [identifierOf(row), identifierOf(column)];
                const pair = `${a} ${b}`;
                const on = pairs.includes(pair);
                const rowMost = limitOf(row, 'match-max');
                const columnMost = limitOf(column, 'match-max');
                const replaces = rowMost === 1 && used(a, 0) === 1;
                const full =
                  (rowMost > 1 && used(a, 0) >= rowMost) ||
                  (columnMost > 0 && used(b, 1) >= columnMost) ||
                  (most > 0 && pairs.length >= most && !replaces);
                return (
                  <td key={b}>
                    <input
                      type="checkbox"
                      checked={on}
                      disabled={!on && full}
                      aria-label={`${a} – ${b}`}
                      onChange={() => {
                        const rest = pairs.filter(
                          (one) => one !== pair && !(replaces && one.startsWith(`${a} `)),
                        );
                        onChange(on ? rest : [...rest, pair], 'chosen');
                      }}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
