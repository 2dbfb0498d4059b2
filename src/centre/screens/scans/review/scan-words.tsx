import type { ReactNode } from 'react';
import { grouped } from '../../../../exam/form/sheet-number.ts';
import type { ScanClass } from '../../../../exam/scan/standing.ts';
import { Mark } from '../../../../ui/state-mark.tsx';
import { useText } from '../../../../ui/text.ts';
import type { ScanGroup } from '../../../scans/review/contract.ts';

/** Colour and shape of what a page counts as: the same wherever pages are shown. */
export const scanMarks = {
  filled: { shape: '✓', tone: 'green' },
  empty: { shape: '○', tone: 'grey' },
  duplicate: { shape: '❐', tone: 'red' },
  unrecognised: { shape: '?', tone: 'amber' },
  foreign: { shape: '≠', tone: 'purple' },
  'bad-image': { shape: '✕', tone: 'red' },
  'already-uploaded': { shape: '=', tone: 'grey' },
  deleted: { shape: '–', tone: 'grey' },
} as const satisfies Record<ScanClass, { shape: string; tone: string }>;

export const groupMarks = {
  ...scanMarks,
  recognised: scanMarks.filled,
} as const satisfies Record<ScanGroup, { shape: string; tone: string }>;

export function ScanClassMark({ of }: { of: ScanClass }): ReactNode {
  const t = useText();
  return <Mark {...scanMarks[of]} word={t(`scanReview.class.${of}`)} nowrap />;
}

/** As it is printed, on one line. */
export function SheetNumber({ number }: { number: string }): ReactNode {
  return <span className="sheet-number">{grouped(number)}</span>;
}
