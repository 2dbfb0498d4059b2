/** Every one-time code of a project in one list. */
export const codeRegister = {
  'code.register': 'All codes …',
  'code.all': 'All',
  'code.siteFilter': 'Site begins with',
  'code.roomFilter': 'Room begins with',
  'code.noneFound': 'No code is like this',
  'code.askedColumn': 'Asked',
  'code.issuedColumn': 'Issued',
  'code.usedColumn': 'Used',
  'code.kind.late-start': 'Late start',
  'code.kind.late-candidate': 'Late candidate',
  'code.kind.extra-time': 'Extra time',
  'code.kind.reinitialise': 'Begin anew',
  'code.standing.asked': 'asked',
  'code.standing.issued': 'issued',
  'code.standing.used': 'used',
  'code.standing.unissued': 'used, issued by nobody',
} as const;
