import type { ReactNode } from 'react';
import { childElements, type QtiElement } from '../../../exam/paper/element.ts';
import { useSay } from '../language.tsx';
import { Group } from './group.tsx';
import {
  choicesOf,
  identifierOf,
  limitOf,
  listOf,
  sharedClasses,
  type InteractionProps,
} from './interaction.ts';

/** Two sets of choices as a table: rows of the first, columns of the second. */
export function Match(props: InteractionProps): ReactNode {
  const { element, template, value, onChange, content } = props;
  const say = useSay();
  const [rowSet, columnSet] = childElements(element, 'qti-simple-match-set');
  if (!rowSet || !columnSet) return null;
  const rows = choicesOf(props, 'qti-simple-associable-choice', { set: rowSet, name: 'rows' });
  const columns = choicesOf(props, 'qti-simple-associable-choice', { set: columnSet, name: 'columns' });
  const pairs = listOf(value);
  const used = (choice: QtiElement, side: 0 | 1): number =>
    pairs.filter((pair) => pair.split(' ')[side] === identifierOf(choice)).length;
  const most = limitOf(element, 'max-associations', 1);
  const oneEach = rows.every((row) => mostOf(row) === 1);
  const spent = columns.filter((column) => mostOf(column) > 0 && used(column, 1) >= mostOf(column));
  // What can be used once is used: no word is needed.
  const worthSaying = spent.filter((column) => mostOf(column) > 1);
  return (
    <Group interaction={props} className="match">
      <p className="hint">{say(oneEach ? 'match.one' : 'match.any')}</p>
      <div className="scrolled">
        <table>
          <thead className={sharedClasses(element).includes('qti-header-hidden') ? 'only-read' : undefined}>
            <tr>
              <th scope="col">{element.attributes['data-first-column-header'] ?? say('match.row')}</th>
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
                  const pair = `${identifierOf(row)} ${identifierOf(column)}`;
                  const on = pairs.includes(pair);
                  // In a row for one pair another choice takes the place of the first.
                  const replaces = mostOf(row) === 1 && used(row, 0) === 1;
                  const full =
                    (mostOf(row) > 1 && used(row, 0) >= mostOf(row)) ||
                    spent.includes(column) ||
                    (most > 0 && pairs.length >= most && !replaces);
                  const others = pairs.filter(
                    (one) => one !== pair && !(replaces && one.startsWith(`${identifierOf(row)} `)),
                  );
                  return (
                    <td key={identifierOf(column)}>
                      <input
                        type="checkbox"
                        checked={on}
                        disabled={!on && full}
                        aria-label={`${template.name(row)} – ${template.name(column)}`}
                        onChange={() => onChange(on ? others : [...others, pair], 'chosen')}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="hint" role="status">
        {most > 0 && pairs.length >= most && pairs.length < rows.length
          ? (element.attributes['data-max-selections-message'] ?? say('choice.full', { max: most }))
          : worthSaying
              .map((column) => say('match.used', { choice: template.name(column), max: mostOf(column) }))
              .join(' ')}
      </p>
    </Group>
  );
}

/** 0: any number. */
function mostOf(choice: QtiElement): number {
  return limitOf(choice, 'match-max', 1);
}
