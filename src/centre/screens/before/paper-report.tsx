import type { ReactNode } from 'react';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { PaperView } from '../../paper/contract.ts';

const verdicts = {
  refused: checkMarks.failed,
  'shown-not-scored': checkMarks.warning,
  supported: checkMarks.passed,
} as const;
const order = ['refused', 'shown-not-scored', 'supported'];

/** What was found in a package: for the whole, then for each item, what is refused first. */
export function PaperReport({ report }: { report: PaperView['report'] }): ReactNode {
  const t = useText();
  const items = report.items
    .map((item, i) => ({ ...item, number: i + 1 }))
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return (
    <div className="stack">
      {report.notes.length > 0 && (
        <ul className="notes">
          {report.notes.map((note) => (
            <li key={JSON.stringify(note)}>
              <RefusalText refusal={note} />
            </li>
          ))}
        </ul>
      )}
      <Listing
        rows={items}
        pageSize={50}
        rowKey={(item) => `${item.number}`}
        columns={({ column, figures }) => [
          figures('№', (item) => item.number),
          column(t('centre.item'), (item) => item.title || item.identifier),
          column(t('centre.interactions'), (item) =>
            item.interactions.map((name) => t.find(`interaction.${name}`) ?? name).join(', '),
          ),
          column(t('centre.verdict'), (item) => (
            <Mark {...verdicts[item.verdict]} word={t(`verdict.${item.verdict}`)} />
          )),
          column(t('column.problem'), (item) =>
            item.reasons.map((reason) => (
              <div key={JSON.stringify(reason)}>
                <RefusalText refusal={reason} />
              </div>
            )),
          ),
        ]}
      />
    </div>
  );
}
