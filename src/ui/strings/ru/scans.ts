/** Exams on paper: the parts of their page. */
export const scans = {
  'phase.scans': 'На бумаге',
} as const;
