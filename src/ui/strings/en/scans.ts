/** Exams on paper: the parts of their page. */
export const scans = {
  'phase.scans': 'On paper',
  'scans.part.forms': 'Forms',
} as const;
