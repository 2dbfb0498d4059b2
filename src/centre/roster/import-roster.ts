import { readFile } from 'node:fs/promises';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { hasAny } from '../../exam/accommodation/accommodations.ts';
import { isPnpFile, withPnpFiles } from '../../exam/accommodation/read-pnp-files.ts';
import type { PackageFiles } from '../../exam/paper/package-files.ts';
import {
  missingFields,
  readColumns,
  rosterMappingSchema,
  usualHeading,
  type RosterMapping,
} from '../../exam/roster/columns.ts';
import type { OneRosterChoice } from '../../exam/roster/one-roster/choice.ts';
import { readOneRoster, type OneRosterTable } from '../../exam/roster/one-roster/one-roster.ts';
import {
  readRoster,
  saysRegions,
  type Roster,
  type RosterRow,
  type RowError,
} from '../../exam/roster/roster.ts';
import { readPhotos, type Photo } from '../../exam/roster/photos.ts';
import { readRosterFile, type RosterFile } from '../../exam/roster/roster-file.ts';
import type { ReceivedFile } from '../../node/files.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import type { Centre } from '../centre.ts';
import { compareRoster } from './compare-roster.ts';
import type { RosterPreview } from './contract.ts';
import { changeProject, sessionsOf } from '../project/projects.ts';
import { Turns } from '../work/turns.ts';
import type { CentreDatabase } from '../storage/database.ts';
import { sitesOfRegisters } from '../events/register-sites.ts';
import { dropPhotosOfNobody, keepPhotos, keepPictures } from './keep-photos.ts';
import { foldedForSearch, wordsOf } from './search-words.ts';

const shownErrors = 500;
const shownRows = 10;

interface Read {
  readonly roster: Roster;
  readonly photos: ReadonlyMap<string, Photo>;
  readonly preview: RosterPreview;
  /** How its columns were read, as far as somebody said it. */
  readonly mapping: RosterMapping;
}

async function read(
  centre: Centre,
  projectId: string,
  file: ReceivedFile,
  said: RosterMapping | null,
  choice: OneRosterChoice | null,
): Promise<Result<Read>> {
  const table = await readRosterFile(new Uint8Array(await readFile(file.path)));
  if (!table.ok) return table;
  const sessions = await sessionsOf(centre, projectId);
  if (sessions.length === 0) return refuse({ type: 'sessions-missing' });
  const numbers = sessions.map((session) => session.number);
  const mapping = said ?? (await rememberedMapping(centre, projectId));
  const { oneRoster: packaged } = table.value;
  const made = packaged && readOneRoster(packaged.files, packaged.folder, choice, numbers);
  if (made && !made.ok) return made;
  const oneRoster = made?.value ?? null;
  const unread = unreadPreview(file, table.value, mapping, oneRoster);
  if (unread.missing.length > 0 || oneRoster?.rows === null)
    return ok({
      roster: noRoster,
      photos: new Map(),
      // What is wrong with a package's files is told before anybody chooses anything.
      preview: { ...unread, ...toldOf(oneRoster?.errors ?? []) },
      mapping,
    });
  const roster = oneRoster ? readMade(oneRoster, numbers) : readRoster(table.value.rows, numbers, mapping);
  if (!roster.ok) return roster;
  const { lines } = roster.value;
  const [pnpFiles, others] = apart(table.value.beside);
  const pnps = withPnpFiles(roster.value.rows, lines, pnpFiles);
  const { rows } = pnps;
  const candidates = new Set(rows.map((row) => row.admissionNumber));
  const pictures = readPhotos(others, candidates);
  const inTable = [...roster.value.errors, ...pnps.errors, ...pictures.errors];
  const errors = oneRoster ? errorsOfFiles(oneRoster, inTable) : inTable;
  // A row that is wrong is not understood: it is listed with what is wrong.
  const wrongLines = new Set(inTable.map(({ line }) => line));
  const people = new Map(rows.map((row) => [row.admissionNumber, row.accommodations]));
  const byPeople = [...people].flatMap(([admissionNumber, { others: needs }]) =>
    needs.map((need) => ({ admissionNumber, need })),
  );
  return ok({
    roster: { ...roster.value, rows },
    photos: pictures.photos,
    mapping,
    preview: {
      ...unread,
      first: rows.filter((_row, i) => !wrongLines.has(lines[i] ?? 0)).slice(0, shownRows),
      rows: rows.length,
      sites: new Set(rows.map((row) => row.siteCode)).size,
      rooms: new Set(rows.map((row) => row.roomCode)).size,
      candidates: candidates.size,
      photos: pictures.photos.size,
      accommodated: [...people.values()].filter(hasAny).length,
      pnps: pnps.read,
      byPeople: byPeople.slice(0, shownErrors),
      byPeopleInAll: byPeople.length,
      ...toldOf(errors),
    },
  });
}

function toldOf(errors: readonly RowError[]): Pick<RosterPreview, 'errors' | 'wrong'> {
  const first = errors.slice(0, shownErrors);
  return { errors: first.map((one) => ({ ...one, file: one.file ?? null })), wrong: errors.length };
}

/** By the same rules as a table by hand. */
function readMade({ rows, errors }: OneRosterTable, sessionNumbers: readonly number[]): Result<Roster> {
  if (rows !== null && rows.length > 1) return readRoster(rows, sessionNumbers);
  // Nobody sits in what was chosen, or what is wrong with the files leaves nobody.
  return errors.length === 0 ? refuse({ type: 'one-roster-nobody' }) : ok(noRoster);
}

/** Told of the files that the rows were made of. A student is wrong once, however many places there are for him, and so is a class. */
function errorsOfFiles(made: OneRosterTable, inTable: readonly RowError[]): RowError[] {
  const all = [...made.errors, ...inTable.map((error) => made.toOrigin(error))];
  const once = new Map(
    all.map((one) => [JSON.stringify([one.file, one.line, one.column, one.value, one.reason.type]), one]),
  );
  return [...once.values()];
}

/** @param mapping null: as for the last roster. @param choice of a OneRoster package; null: everybody sits the only session. */
export async function previewRoster(
  centre: Centre,
  projectId: string,
  file: ReceivedFile,
  mapping: RosterMapping | null = null,
  choice: OneRosterChoice | null = null,
): Promise<Result<RosterPreview>> {
  const result = await read(centre, projectId, file, mapping, choice);
  if (!result.ok) return result;
  const { preview, roster } = result.value;
  if (notChosen(preview) || preview.missing.length > 0 || preview.wrong > 0) return ok(preview);
  return ok({ ...preview, comparison: await compareRoster(centre, projectId, roster) });
}

/** Nobody has said yet which session the members of which classes sit. */
function notChosen({ oneRoster }: RosterPreview): boolean {
  return oneRoster?.choice.sessions.length === 0;
}

const noRoster: Roster = { columns: [], rows: [], lines: [], errors: [] };

/** What can be said before a row is read: which columns there are, and what they seem to hold. */
function unreadPreview(
  file: ReceivedFile,
  table: RosterFile,
  mapping: RosterMapping,
  oneRoster: OneRosterTable | null,
): RosterPreview {
  const [head = [], ...body] = table.rows;
  const columns = readColumns(head, mapping);
  const look = body.slice(0, 20);
  return {
    fileName: file.fileName,
    encoding: table.encoding,
    oneRoster: oneRoster?.about ?? null,
    columns: columns.map((column, i) => ({
      ...column,
      cells: look
        .map((row) => (row[i] ?? '').trim().slice(0, 60))
        .filter((cell) => cell !== '')
        .slice(0, 3),
    })),
    missing: head.length === 0 || body.length === 0 ? [] : missingFields(columns),
    first: [],
    comparison: null,
    rows: 0,
    sites: 0,
    rooms: 0,
    candidates: 0,
    photos: 0,
    accommodated: 0,
    pnps: 0,
    byPeople: [],
    byPeopleInAll: 0,
    errors: [],
    wrong: 0,
  };
}

async function rememberedMapping({ db }: Pick<Centre, 'db'>, projectId: string): Promise<RosterMapping> {
  const row = await db
    .selectFrom('project')
    .select('roster_mapping_json')
    .where('id', '=', projectId)
    .executeTakeFirst();
  return row?.roster_mapping_json ? rosterMappingSchema.parse(JSON.parse(row.roster_mapping_json)) : {};
}

export interface ImportOptions {
  /** Of a OneRoster package; null: everybody sits the only session. */
  readonly choice?: OneRosterChoice | null;
  /** Is kept with the roster or not at all. */
  readonly also?: (db: CentreDatabase, preview: RosterPreview) => Promise<void>;
}

/** Replaces the project's roster: all rows or, when one is wrong, none. Registered sites stay registered. */
export async function importRoster(
  centre: Centre,
  projectId: string,
  file: ReceivedFile,
  account: string,
  said: RosterMapping | null = null,
  { choice = null, also }: ImportOptions = {},
): Promise<Result<RosterPreview>> {
  const result = await read(centre, projectId, file, said, choice);
  if (!result.ok) return result;
  const { roster, photos, preview, mapping } = result.value;
  if (notChosen(preview)) return refuse({ type: 'one-roster-not-chosen' });
  if (preview.missing.length > 0)
    return refuse({
      type: 'roster-columns-missing',
      columns: preview.missing,
      headings: preview.missing.map(usualHeading),
    });
  if (preview.wrong > 0) return refuse({ type: 'roster-has-wrong-rows', count: preview.wrong, preview });
  const pictures = await keepPictures(centre, projectId, photos);
  const kept = await changeProject(centre, projectId, async (db) => {
    await replaceRoster(db, projectId, roster);
    await keepPhotos(db, pictures);
    await dropPhotosOfNobody(db, projectId);
    await db
      .updateTable('project')
      .set({ roster_mapping_json: JSON.stringify(mapping) })
      .where('id', '=', projectId)
      .execute();
    await also?.(db, preview);
    return ok();
  });
  if (!kept.ok) return kept;
  await centre.node.journal.append([
    {
      kind: 'roster-imported',
      subject: `project:${projectId}`,
      data: {
        by: account,
        rows: preview.rows,
        sites: preview.sites,
        rooms: preview.rooms,
        candidates: preview.candidates,
        photos: preview.photos,
        accommodated: preview.accommodated,
      },
    },
  ]);
  return ok(preview);
}

/** Rows a statement: both databases limit its parameters, and a candidate has at most 20 words. */
const batch = 500;

async function replaceRoster(db: CentreDatabase, projectId: string, roster: Roster): Promise<void> {
  const turns = new Turns();
  const before = await db
    .selectFrom('candidate')
    .select(['id', 'session_number', 'admission_number'])
    .where('project_id', '=', projectId)
    .execute();
  // Rooms that have the exam already go on to mean the same candidate.
  const ids = new Map(before.map((one) => [`${one.session_number} ${one.admission_number}`, one.id]));
  await db.deleteFrom('candidate_word').where('project_id', '=', projectId).execute();
  await db.deleteFrom('candidate').where('project_id', '=', projectId).execute();
  await db.deleteFrom('room').where('project_id', '=', projectId).execute();
  await replaceSites(
    db,
    projectId,
    new Map(roster.rows.map((row) => [row.siteCode, row])),
    saysRegions(roster),
  );
  const rooms = [...new Map(roster.rows.map((row) => [row.roomCode, row])).values()].map((row) => ({
    project_id: projectId,
    site_code: row.siteCode,
    code: row.roomCode,
    name: row.roomName,
  }));
  for (let i = 0; i < rooms.length; i += batch)
    await db
      .insertInto('room')
      .values(rooms.slice(i, i + batch))
      .execute();
  const positions = new Map<string, number>();
  const candidates = roster.rows.map((row) => {
    const key = `${row.sessionNumber} ${row.roomCode}`;
    const position = (positions.get(key) ?? 0) + 1;
    positions.set(key, position);
    return {
      id: ids.get(`${row.sessionNumber} ${row.admissionNumber}`) ?? newId(),
      project_id: projectId,
      session_number: row.sessionNumber,
      site_code: row.siteCode,
      room_code: row.roomCode,
      position,
      admission_number: row.admissionNumber,
      name: row.name,
      name_folded: foldedForSearch(row.name),
      seat_number: row.seatNumber,
      extra_percent: row.accommodations.timePercent,
      accommodations_json: hasAny(row.accommodations) ? JSON.stringify(row.accommodations) : null,
    };
  });
  for (let i = 0; i < candidates.length; i += batch) {
    const some = candidates.slice(i, i + batch);
    await db.insertInto('candidate').values(some).execute();
    await db
      .insertInto('candidate_word')
      .values(
        some.flatMap((one) =>
          wordsOf(one).map((word) => ({ project_id: projectId, word, candidate_id: one.id })),
        ),
      )
      .execute();
    // Hellos and screens have their turn, also while a million rows are written.
    await turns.pass();
  }
}

/** PNP files, and the rest: photos. */
function apart(beside: PackageFiles): [PackageFiles, PackageFiles] {
  const files = [...beside];
  return [
    new Map(files.filter(([name]) => isPnpFile(name))),
    new Map(files.filter(([name]) => !isPnpFile(name))),
  ];
}

/**
 * A registered site stays, also when the new roster does not name it: it holds keys and may hold results. So does one that a register of
 * forms names: its pages are still to come.
 * @param regions false: the roster has no column of regions, and sites stay in those where they are
 */
async function replaceSites(
  db: CentreDatabase,
  projectId: string,
  sites: ReadonlyMap<string, RosterRow>,
  regions: boolean,
): Promise<void> {
  const known = await db
    .selectFrom('site')
    .select(['code', 'registered_at'])
    .where('project_id', '=', projectId)
    .execute();
  const ofForms = await sitesOfRegisters(db, projectId);
  for (const { code, registered_at } of known) {
    if (sites.has(code) || registered_at !== null || ofForms.has(code)) continue;
    await db.deleteFrom('site').where('project_id', '=', projectId).where('code', '=', code).execute();
  }
  for (const [code, { siteName: name, region }] of sites) {
    const said = regions ? { name, region } : { name };
    await db
      .insertInto('site')
      .values({ project_id: projectId, code, ...said, registration_code: newRegistrationCode() })
      .onConflict((conflict) => conflict.columns(['project_id', 'code']).doUpdateSet(said))
      .execute();
  }
}
