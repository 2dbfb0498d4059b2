/**
 * A OneRoster package as a roster's table. Schools are sites, classes are rooms, students are candidates, and who is enrolled in a class has a
 * place there. The rows then go through the same rules as those of any other table; what is wrong with one is told with the file and the line
 * that it comes from.
 */
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import type { PackageFiles } from '../../paper/package-files.ts';
import { usualHeading, type RosterField } from '../columns.ts';
import type { RowError } from '../roster.ts';
import type { OneRoster, OneRosterChoice } from './choice.ts';
import {
  readOneRosterTables,
  type OneRosterFile,
  type OneRosterRow,
  type OneRosterTables,
} from './tables.ts';

type Tables = OneRosterTables['tables'];

export interface OneRosterTable {
  readonly about: OneRoster;
  /** With headings, as a table by hand would have them; null: it has not been said who sits what. */
  readonly rows: readonly (readonly string[])[] | null;
  /** What is wrong with the files before any row is made of them. */
  readonly errors: readonly RowError[];
  /** An error in `rows`, as one of the files. */
  toOrigin(error: RowError): RowError;
}

interface Place {
  readonly enrollment: OneRosterRow;
  readonly student: OneRosterRow;
  readonly room: OneRosterRow;
  readonly site: OneRosterRow;
}

/** @param choice null: everybody sits the only session; where there are more, somebody has to say it. */
export function readOneRoster(
  files: PackageFiles,
  folder: string,
  choice: OneRosterChoice | null,
  sessionNumbers: readonly number[],
): Result<OneRosterTable> {
  const read = readOneRosterTables(files, folder);
  if (!read.ok) return read;
  const { version, tables } = read.value;
  const errors: RowError[] = [];
  const { places, disabled } = placesIn(tables, errors);
  if (places.length === 0 && errors.length === 0) return refuse({ type: 'one-roster-nobody' });
  const chosen = choice ?? usualChoice(sessionNumbers);
  const codes: Codes = {
    siteCode: column('orgs', 'identifier', places, (place) => place.site, errors),
    roomCode: tellsApart('classCode', places, (place) => place.room) ? 'classCode' : 'sourcedId',
    admissionNumber: column('users', 'identifier', places, (place) => place.student, errors),
  };
  const seated = seatedIn(places, chosen, codes);
  return ok({
    about: {
      version,
      courses: coursesOf(tables, places),
      choice: chosen,
      siteCodes: codes.siteCode,
      roomCodes: codes.roomCode,
      numbers: codes.admissionNumber,
      disabled,
    },
    rows: chosen.sessions.length === 0 ? null : [head, ...seated.map(({ cells }) => cells)],
    errors,
    toOrigin: (error) => {
      const place = seated[error.line - 2]?.place;
      return place === undefined
        ? error
        : { ...error, ...origin(place, error, codes), reason: reasonAt(error.reason, seated) };
    },
  });
}

function usualChoice(sessionNumbers: readonly number[]): OneRosterChoice {
  const [only, another] = sessionNumbers;
  const sessions = only === undefined || another !== undefined ? [] : [{ sessionNumber: only, course: null }];
  return { sessions, seats: 'name' };
}

/** Students in classes. Whatever names what is not there is an error of its line. */
function placesIn(tables: Tables, errors: RowError[]): { places: Place[]; disabled: number } {
  const known = {
    orgs: byId('orgs', tables, errors),
    users: byId('users', tables, errors),
    classes: byId('classes', tables, errors),
    academicSessions: byId('academicSessions', tables, errors),
  };
  const find = (
    file: OneRosterFile,
    row: OneRosterRow,
    at: string,
    target: keyof typeof known,
    id = row.get(at),
  ): OneRosterRow | null => {
    const found = known[target].get(id);
    if (found) return found;
    const reason =
      id === '' ? { type: 'cell-empty' } : { type: 'one-roster-dangling', target: `${target}.csv` };
    errors.push(wrong(file, row, at, id, reason));
    return null;
  };
  const schools = new Map<OneRosterRow, OneRosterRow | null>();
  for (const room of known.classes.values()) {
    schools.set(room, find('classes', room, 'schoolSourcedId', 'orgs'));
    if (!tables.has('academicSessions')) continue;
    for (const term of listIn(room.get('termSourcedIds')))
      find('classes', room, 'termSourcedIds', 'academicSessions', term);
  }
  const isStudent = studentsOf(tables);
  const places: Place[] = [];
  let disabled = 0;
  for (const enrollment of inForce(tables.get('enrollments'))) {
    if (enrollment.get('role') !== 'student') continue;
    const student = find('enrollments', enrollment, 'userSourcedId', 'users');
    const room = find('enrollments', enrollment, 'classSourcedId', 'classes');
    const site = room && schools.get(room);
    if (!student || !room || !site) continue;
    if (!isStudent(student))
      errors.push(
        wrong('enrollments', enrollment, 'userSourcedId', student.get('sourcedId'), {
          type: 'one-roster-no-student',
        }),
      );
    else if (student.get('enabledUser').toLowerCase() === 'false') disabled++;
    else places.push({ enrollment, student, room, site });
  }
  return { places, disabled };
}

function byId(file: OneRosterFile, tables: Tables, errors: RowError[]): Map<string, OneRosterRow> {
  const found = new Map<string, OneRosterRow>();
  for (const row of inForce(tables.get(file))) {
    const id = row.get('sourcedId');
    const before = found.get(id);
    if (id === '') errors.push(wrong(file, row, 'sourcedId', '', { type: 'cell-empty' }));
    else if (before)
      errors.push(wrong(file, row, 'sourcedId', id, { type: 'one-roster-twice', line: before.line }));
    else found.set(id, row);
  }
  return found;
}

/** Bulk files have no status; some programs write it all the same. */
function inForce(rows: readonly OneRosterRow[] = []): OneRosterRow[] {
  return rows.filter((row) => !['tobedeleted', 'inactive'].includes(row.get('status').toLowerCase()));
}

/** OneRoster 1.1 says the role with the user, 1.2 in a file of its own; where neither is there, the enrolment alone says it. */
function studentsOf(tables: Tables): (user: OneRosterRow) => boolean {
  const roles = tables.get('roles');
  if (roles) {
    const students = new Set(
      inForce(roles)
        .filter((row) => row.get('role') === 'student')
        .map((row) => row.get('userSourcedId')),
    );
    return (user) => students.has(user.get('sourcedId'));
  }
  return (user) => ['', 'student'].includes(user.get('role'));
}

/** Several ids in one cell. */
function listIn(cell: string): string[] {
  return cell
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

interface Codes {
  readonly siteCode: 'identifier' | 'sourcedId';
  readonly roomCode: 'classCode' | 'sourcedId';
  readonly admissionNumber: 'identifier' | 'sourcedId';
}

/** The codes that people know count where there are any, and then for all: a number must not be now of this kind, now of that. */
function column(
  file: OneRosterFile,
  wanted: 'identifier',
  places: readonly Place[],
  of: (place: Place) => OneRosterRow,
  errors: RowError[],
): 'identifier' | 'sourcedId' {
  const rows = new Set(places.map(of));
  if ([...rows].every((row) => row.get(wanted) === '')) return 'sourcedId';
  const seen = new Map<string, number>();
  for (const row of rows) {
    const code = row.get(wanted);
    const before = seen.get(code);
    if (code === '') errors.push(wrong(file, row, wanted, '', { type: 'cell-empty' }));
    else if (before === undefined) seen.set(code, row.line);
    else errors.push(wrong(file, row, wanted, code, { type: 'one-roster-twice', line: before }));
  }
  return wanted;
}

/** Schools give the same class codes as other schools: then they are no codes of rooms. */
function tellsApart(wanted: string, places: readonly Place[], of: (place: Place) => OneRosterRow): boolean {
  const rows = [...new Set(places.map(of))];
  const codes = new Set(rows.map((row) => row.get(wanted)));
  return !codes.has('') && codes.size === rows.length;
}

const fields = [
  'sessionNumber',
  'siteCode',
  'siteName',
  'roomCode',
  'roomName',
  'admissionNumber',
  'name',
  'seatNumber',
] as const satisfies readonly RosterField[];
type Field = (typeof fields)[number];
const head = fields.map(usualHeading);

interface Seated {
  readonly place: Place;
  readonly cells: readonly string[];
}

/** Class by class as the file has them, and in each by name or number. */
function seatedIn(places: readonly Place[], { sessions, seats }: OneRosterChoice, codes: Codes): Seated[] {
  const rooms = Map.groupBy(places, (place) => place.room);
  const ordered = [...rooms.values()].map((room) =>
    seats === 'free'
      ? room
      : room.toSorted((a, b) => byCodePoints(orderOf(a, seats, codes), orderOf(b, seats, codes))),
  );
  return sessions.flatMap(({ sessionNumber, course }) =>
    ordered
      .filter(([first]) => course === null || first?.room.get('courseSourcedId') === course)
      .flatMap((room) =>
        room.map((place, i): Seated => {
          const of: Record<Field, string> = {
            sessionNumber: String(sessionNumber),
            siteCode: place.site.get(codes.siteCode),
            siteName: place.site.get('name'),
            roomCode: place.room.get(codes.roomCode),
            roomName: [place.room.get('title'), place.room.get('location')]
              .filter((part) => part !== '')
              .join(' · '),
            admissionNumber: place.student.get(codes.admissionNumber),
            name: nameOf(place.student),
            seatNumber: seats === 'free' ? '' : String(i + 1),
          };
          return { place, cells: fields.map((field) => of[field]) };
        }),
      ),
  );
}

function orderOf({ student }: Place, by: 'name' | 'number', codes: Codes): string {
  const number = student.get(codes.admissionNumber);
  const name = `${student.get('familyName')}\0${student.get('givenName')}`.normalize('NFC').toLowerCase();
  return by === 'number' ? number : `${name}\0${number}`;
}

/** As everywhere here: the same on every computer and in every language. */
function byCodePoints(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** In the order in which the people of the script write it. */
function nameOf(student: OneRosterRow): string {
  const [given, middle, family] = ['givenName', 'middleName', 'familyName'].map((part) => student.get(part));
  const parts = (...ordered: (string | undefined)[]): string[] =>
    ordered.filter((part): part is string => part !== undefined && part !== '');
  if (/^[\p{Script=Han}\p{Script=Hangul}]+$/u.test(`${family}${given}`))
    return parts(family, middle, given).join('');
  if (/^\p{Script=Cyrillic}/u.test(family ?? '')) return parts(family, given, middle).join(' ');
  return parts(given, middle, family).join(' ');
}

function coursesOf(tables: Tables, places: readonly Place[]): OneRoster['courses'] {
  const titles = new Map(
    inForce(tables.get('courses')).map((row) => [row.get('sourcedId'), row.get('title')] as const),
  );
  const byCourse = Map.groupBy(places, ({ room }) => room.get('courseSourcedId'));
  return [...byCourse]
    .filter(([id]) => id !== '')
    .map(([id, there]) => ({
      id,
      title: titles.get(id) ?? id,
      classes: new Set(there.map(({ room }) => room)).size,
      students: new Set(there.map(({ student }) => student)).size,
    }));
}

function origin(
  place: Place,
  { column: heading, reason }: RowError,
  codes: Codes,
): Pick<RowError, 'file' | 'line' | 'column'> {
  const from = (file: OneRosterFile, row: OneRosterRow, at: string) => ({
    file: `${file}.csv`,
    line: row.line,
    column: at,
  });
  switch (fields[head.indexOf(heading)]) {
    case 'siteCode':
      return from('orgs', place.site, codes.siteCode);
    case 'siteName':
      return from('orgs', place.site, 'name');
    case 'roomCode':
      return from('classes', place.room, codes.roomCode);
    case 'roomName':
      return from('classes', place.room, 'title');
    case 'name':
      return from('users', place.student, 'familyName');
    case 'admissionNumber':
      // One that is there twice is mostly that of a student who is enrolled twice.
      if (reason.type !== 'number-twice') return from('users', place.student, codes.admissionNumber);
      return from('enrollments', place.enrollment, 'userSourcedId');
    default:
      return from('enrollments', place.enrollment, 'userSourcedId');
  }
}

/** A line that the reason names is one of the table, too. */
function reasonAt(reason: Refusal, seated: readonly Seated[]): Refusal {
  const { line } = reason;
  const place = typeof line === 'number' ? seated[line - 2]?.place : undefined;
  return place ? { ...reason, line: place.enrollment.line } : reason;
}

function wrong(file: OneRosterFile, row: OneRosterRow, at: string, value: string, reason: Refusal): RowError {
  return { file: `${file}.csv`, line: row.line, column: at, value: value.slice(0, 60), reason };
}
