/** Exams on paper: the parts of their page. */
export const scans = {
  'phase.scans': '纸笔考试',
} as const;
