export const refusalProject = {
  'refusal.project-code-taken': 'The code {code} is used by another project.|Choose another one.',
  'refusal.no-such-project': 'There is no such project.|Go back to the list.',
  'refusal.session-number-taken': 'Session {number} exists already.|Choose another number.',
  'refusal.session-is-published': 'A published session cannot be removed.',
  'refusal.sessions-missing': 'There is no session yet.|Add the sessions first.',
  'refusal.roster-missing': 'There is no roster yet.|Import it in step 2.',
  'refusal.paper-missing': 'Session {session}, {subject}: no paper chosen.|Choose it in step 3.',
  'refusal.practical-task-in-exam-browser':
    'Session {session}, {subject}: practical tasks need other programs, and Safe Exam Browser opens none.|Let the session run in any browser, or choose a paper without practical tasks.',
  'refusal.publication-incomplete': 'Something is still missing; see the list.',
  'refusal.changed-since-publication': 'Changed after the publication.',
  'refusal.nothing-published': 'Nothing is published yet.|Publish first.',
  'refusal.nothing-received': 'No result has been received yet.',
  'refusal.roster-has-wrong-rows':
    '{count} places of the roster are wrong; nothing was imported.|Correct the listed rows and choose the file again.',
  'refusal.photo-not-a-picture':
    'Not a JPEG, PNG or WebP picture.|Save the photo as JPEG, or leave the file out.',
  'refusal.photo-too-large':
    'The photo is larger than {limit} bytes.|Make it smaller: 600 × 800 points are enough.',
  'refusal.photo-of-nobody':
    'No candidate of the table has this number.|Name the photo by the admission number.',
  'refusal.photo-twice': 'Two photos have this number.|Leave only one of them.',
  'refusal.roster-zip-needs-one-table':
    'A ZIP holds exactly one table, CSV or XLSX.|Put one table and the photos into it.',
  'refusal.roster-empty':
    'The table has no rows.|The first line holds the headings, then one line for each candidate.',
  'refusal.roster-columns-missing': 'Columns are missing: {headings}.|Add them to the first line.',
  'refusal.encoding-unknown':
    'The encoding of the file is unknown (tried: {tried}).|Save it as UTF-8 or as XLSX.',
  'refusal.csv-unreadable': 'The CSV cannot be read at line {line}: {problem}.|Save it again, or as XLSX.',
  'refusal.xlsx-unreadable': 'The XLSX cannot be read.|Save it again in the spreadsheet program.',
  'refusal.table-too-large': 'The table is too large.|Remove empty rows and columns, or split it.',
  'refusal.cell-empty': 'The cell is empty.|Fill it in.',
  'refusal.no-such-session': 'There is no such session; there are {sessions}.',
  'refusal.not-a-number-or-letters': 'Only letters, digits, - and _ are possible.',
  'refusal.too-long': 'Longer than {limit} characters.',
  'refusal.not-a-seat-number': 'Not a seat number from 1 to 9999.',
  'refusal.not-a-percentage': 'Not a percentage from 0 to 300.',
  'refusal.number-twice': 'The number is also in line {line}.',
  'refusal.seat-twice': 'The seat is taken by line {line}.',
  'refusal.room-in-two-sites': 'The room stands under two sites: {sites}.',
  'refusal.room-too-full': 'More than {most} candidates in one room.',
} as const;
