/** Rosters of OneRoster packages. */
export const oneRoster = {
  'refusal.roster-zip-unreadable':
    'The ZIP cannot be read ({problem}).|Pack the files again, with plain names and without a password.',
  'refusal.one-roster-version':
    'The manifest names the OneRoster version “{version}”; 1.1 and 1.2 are read.|Export as OneRoster CSV 1.1 or 1.2.',
  'refusal.one-roster-file-missing':
    '{file} is missing, or the manifest declares it absent.|Export orgs, users, classes and enrollments as well, as one ZIP.',
  'refusal.one-roster-not-bulk':
    '{file} is declared as “{way}”: a roster replaces the one before as a whole.|Export in bulk mode.',
  'refusal.one-roster-columns-missing':
    '{file} lacks columns: {columns}.|OneRoster names them in the first line, in exactly these letters.',
  'refusal.one-roster-not-utf8':
    '{file} is not UTF-8.|Save it as UTF-8, as OneRoster demands; other encodings would garble names.',
  'refusal.one-roster-unreadable': '{file} cannot be read at line {line}: {problem}.|Export it again.',
  'refusal.one-roster-nobody':
    'No student is enrolled in a class that was chosen.|Look at enrollments.csv, and at which classes sit which session.',
  'refusal.one-roster-not-chosen':
    'Nobody has said yet which classes sit which session.|Choose it in the preview.',
  'refusal.one-roster-dangling': '{target} has no such sourcedId.|Export all files together.',
  'refusal.one-roster-no-student':
    'The user is enrolled as a student and has no such role.|Correct the role, or take the enrolment out.',
  'refusal.one-roster-twice': 'Line {line} has it, too.|It has to be there once.',
  'oneRoster.title': 'OneRoster {version}',
  'oneRoster.who': 'Which classes sit which session',
  'oneRoster.whoHint':
    'OneRoster knows no exams: say it here. Every class is a room; whoever is enrolled in it has a place there.',
  'oneRoster.now': 'Say which classes sit which session, and read the package so.',
  'oneRoster.session': 'Session {number}, {name}',
  'oneRoster.nobody': 'nobody',
  'oneRoster.allClasses': 'all classes',
  'oneRoster.course': '{title} · classes {classes}, students {students}',
  'oneRoster.seats': 'Seat numbers',
  'oneRoster.seats.name': '1, 2, 3 … in each class by name',
  'oneRoster.seats.number': '1, 2, 3 … in each class by number',
  'oneRoster.seats.free': 'none: free seats',
  'oneRoster.codes':
    'Codes: sites from {siteCodes}, rooms from {roomCodes}, admission numbers from {numbers}.',
  'oneRoster.disabled': 'Left out, because enabledUser is false: {disabled}.',
  'oneRoster.read': 'Read so',
} as const;
