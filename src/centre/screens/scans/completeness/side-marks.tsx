/** What is there of a side, the same everywhere: a shape, a colour and a word. */
import type { KeptSideState } from '../../../../exam/scan/completeness.ts';
import { Mark } from '../../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../../ui/text.ts';
import type { ReactNode } from 'react';

export const sideMarks = {
  filled: { shape: '✓', tone: 'green' },
  empty: { shape: '○', tone: 'grey' },
  duplicate: { shape: '❐', tone: 'red' },
  missing: { shape: '–', tone: 'amber' },
  'not-expected': { shape: '·', tone: 'light' },
} as const satisfies Record<KeptSideState, { shape: string; tone: string }>;

/** Words for the marks below. */
export function SideLegend(): ReactNode {
  const t = useText();
  return (
    <div className="row side-legend">
      {(Object.keys(sideMarks) as KeptSideState[]).map((state) => (
        <Mark key={state} {...sideMarks[state]} word={t(`completeness.side.${state}`)} nowrap />
      ))}
    </div>
  );
}

export function columnName(
  t: Text,
  { kind, ofKind }: { readonly kind: Parameters<typeof kindKey>[0]; readonly ofKind: number | null },
): string {
  const name = t(kindKey(kind));
  return ofKind === null ? name : `${name} ${ofKind}`;
}

function kindKey(kind: 'registration' | 'answers-1' | 'answers-2' | 'additional' | 'control' | 'protocol') {
  return `completeness.kind.${kind}` as const;
}
