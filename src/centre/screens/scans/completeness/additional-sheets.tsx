import type { ReactNode } from 'react';
import { Button } from 'antd';
import { came, type KeptSideState } from '../../../../exam/scan/completeness.ts';
import { Listing } from '../../../../ui/listing.tsx';
import { useText } from '../../../../ui/text.ts';
import type { SheetCell, SiteKits } from '../../../completeness/contract.ts';
import type { SideOfSheet } from './kit-grid.tsx';
import { sideMarks } from './side-marks.tsx';

/** Sheets that candidates asked for, below the kits: nobody knows before how many there will be. */
export function AdditionalSheets(props: {
  of: SiteKits['additional'];
  unused: number;
  onOpen: ((side: SideOfSheet) => void) | null;
}): ReactNode {
  const t = useText();
  const { of, unused, onOpen } = props;
  if (of.length === 0 && unused === 0) return null;
  return (
    <section className="stack">
      <h2>{t('completeness.additional')}</h2>
      {of.length > 0 && (
        <Listing
          rows={of}
          rowKey={({ number }) => number}
          pageSize={50}
          columns={({ column }) => [
            column(t('completeness.number'), ({ number }) => <span className="number">{number}</span>),
            column(t('completeness.kit'), ({ kit }) => kit ?? t('completeness.noKit')),
            column(t('completeness.room'), ({ room }) => room || '–'),
            ...([1, 2] as const).map((side) =>
              column(t('completeness.sideOf', { name: t('completeness.sheet'), n: side }), (sheet) => (
                <SideButton sheet={sheet} side={side} onOpen={onOpen} />
              )),
            ),
          ]}
        />
      )}
      {unused > 0 && <p className="soft">{t('completeness.unused', { unused })}</p>}
    </section>
  );
}

function SideButton(props: {
  sheet: SheetCell;
  side: 1 | 2;
  onOpen: ((side: SideOfSheet) => void) | null;
}): ReactNode {
  const t = useText();
  const { sheet, side, onOpen } = props;
  const state: KeptSideState | null = side === 1 ? sheet.side1 : sheet.side2;
  if (state === null) return '';
  const { shape, tone } = sideMarks[state];
  const words = `${shape} ${t(`completeness.side.${state}`)}`;
  if (onOpen === null || !came([state])) return <span className={`mark tone-${tone}`}>{words}</span>;
  return (
    <Button
      type="link"
      className="thread-about"
      onClick={() => onOpen({ number: sheet.number, side, state })}
    >
      {words}
    </Button>
  );
}
