import type { scans as en } from '../en/scans.ts';
import type { SameKeys } from '../strings.ts';

/** Exams on paper: the parts of their page. */
export const scans: SameKeys<typeof en> = {
  'phase.scans': 'На бумаге',
  'scans.part.forms': 'Бланки',
};
