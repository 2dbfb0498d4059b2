/** Rows of a plan or a register that are wrong, each with its line and what to do. */
import type { ReactNode } from 'react';
import { Listing } from '../../../../ui/listing.tsx';
import { refusalTexts } from '../../../../ui/refusal-text.tsx';
import { useText } from '../../../../ui/text.ts';
import type { ImportView } from '../../../events/contract.ts';

export function WrongRows({ errors, wrong }: Pick<ImportView, 'errors' | 'wrong'>): ReactNode {
  const t = useText();
  if (wrong === 0) return null;
  return (
    <Listing
      rows={errors.map((one, i) => ({ ...one, key: String(i) }))}
      rowKey={({ key }) => key}
      pageSize={5}
      caption={<strong>{t('forms.wrong', { count: wrong })}</strong>}
      columns={({ column, figures }) => [
        figures(t('forms.line'), ({ line }) => line),
        column(t('forms.value'), ({ value }) => value),
        column(t('forms.whatIsWrong'), ({ reason }) => {
          const { what, remedy } = refusalTexts(t, reason);
          return (
            <>
              {what} <span className="soft">{remedy}</span>
            </>
          );
        }),
      ]}
    />
  );
}
