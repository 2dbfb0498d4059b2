/** Searching among a million candidates at the centre: by number, parts of names in three scripts, room and site. On the centre's own database. */
import { fork } from 'node:child_process';
import { sql } from 'kysely';
import { expectOk } from '../src/base/result.ts';
import { openTestCentre } from '../src/centre/centre.fixture.ts';
import { createProject } from '../src/centre/project/projects.ts';
import { candidateRows } from '../src/centre/roster/candidates.ts';
import { foldedForSearch, wordsOf } from '../src/centre/roster/search-words.ts';
import type { CentreDatabase } from '../src/centre/storage/database.ts';
import { startPostgres } from '../tools/postgres/postgres.ts';
import { percentile, say } from './load/figures.ts';

const candidates = 1_000_000;
const perRoom = 40;
/** Whole rooms a statement. */
const batch = 10_000;
const roomsPerSite = 25;
const family = [
  'Ахметова',
  'Иванов',
  '王',
  '李',
  '欧阳',
  'Seitkali',
  'Nowak',
  'García',
  'Öztürk',
  'Smith',
  'Müller',
];
const given = [
  'Айгуль',
  'Пётр',
  '小明',
  '芳',
  '志强',
  'Dana',
  'Ewa',
  'Lucía',
  'Deniz',
  'Ann',
  'Jürgen',
  'Wei',
  'Азамат',
];
const searches = [
  '',
  '0500123',
  '1',
  '王',
  '小明',
  '明',
  'айг',
  'иванов пё',
  'smith jürgen',
  's0100-r07',
  'S0777',
  's0100 王',
  'а',
  'nobody',
];

interface Figures {
  candidates: number;
  /** Of all searches, on SQLite. */
  medianMs: number;
  worstMs: number;
  postgresMedianMs: number;
  postgresWorstMs: number;
}

/** In a process of its own: another measurement makes the disk of its process slow. */
export function run(): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.once('message', (figures) => resolve(figures as Figures));
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the measurement ended with ${code}`));
    });
  });
}

interface Row {
  readonly id: string;
  readonly site: string;
  readonly room: string;
  readonly position: number;
  readonly number: string;
  readonly name: string;
  readonly folded: string;
}

function rowOf(i: number): Row {
  const room = Math.floor(i / perRoom);
  const site = `S${String(Math.floor(room / roomsPerSite)).padStart(4, '0')}`;
  const [first = '', last = ''] = [family[i % family.length], given[Math.floor(i / 7) % given.length]];
  // As each script writes it.
  const name = /\p{Script=Han}/u.test(first) ? `${first}${last}` : `${first} ${last}`;
  return {
    id: String(i),
    site,
    room: `${site}-R${String(room % roomsPerSite).padStart(2, '0')}`,
    position: (i % perRoom) + 1,
    number: String(i).padStart(7, '0'),
    name,
    folded: foldedForSearch(name),
  };
}

/** The rows that the roster would make, in statements of thousands: reading a table of a million lines is not what is measured. */
async function fill(db: CentreDatabase, projectId: string, json: 'sqlite' | 'postgres'): Promise<void> {
  const each = (rows: readonly object[]) =>
    json === 'sqlite'
      ? sql`(select value as v from json_each(${JSON.stringify(rows)})) as t`
      : sql`json_array_elements(${JSON.stringify(rows)}::json) as t(v)`;
  const text = (name: string) => sql`v ->> ${sql.lit(name)}`;
  const number = (name: string) => sql`cast(v ->> ${sql.lit(name)} as integer)`;
  for (let from = 0; from < candidates; from += batch) {
    const rows = Array.from({ length: Math.min(batch, candidates - from) }, (_, i) => rowOf(from + i));
    const rooms = [...new Map(rows.map((row) => [row.room, row])).values()];
    await sql`insert into site (project_id, code, name) select distinct ${projectId}, ${text('site')}, 'School' from ${each(rooms)} where true on conflict do nothing`.execute(
      db,
    );
    await sql`insert into room (project_id, site_code, code, name) select ${projectId}, ${text('site')}, ${text('room')}, 'Room' from ${each(rooms)}`.execute(
      db,
    );
    await sql`insert into candidate (id, project_id, session_number, site_code, room_code, position, admission_number, name, name_folded, seat_number, extra_percent)
      select ${text('id')}, ${projectId}, 1, ${text('site')}, ${text('room')}, ${number('position')}, ${text('number')}, ${text('name')}, ${text('folded')}, ${number('position')}, 0 from ${each(rows)}`.execute(
      db,
    );
    const words = rows.flatMap((row) =>
      wordsOf({ admission_number: row.number, name: row.name }).map((word) => ({ id: row.id, word })),
    );
    await sql`insert into candidate_word (project_id, word, candidate_id) select ${projectId}, ${text('word')}, ${text('id')} from ${each(words)}`.execute(
      db,
    );
  }
}

async function measure(target: 'file' | { url: string }): Promise<number[]> {
  const test = await openTestCentre(target);
  try {
    const { centre } = test;
    const { projectId } = expectOk(
      await createProject(centre, { code: 'P1', name: 'Bench', mode: 'formal', supportPhone: '' }),
    );
    const begun = performance.now();
    await fill(centre.db, projectId, target === 'file' ? 'sqlite' : 'postgres');
    // PostgreSQL does so by itself within a minute of so many new rows.
    if (target !== 'file') await sql`analyze`.execute(centre.db);
    say(`filled in ${Math.round((performance.now() - begun) / 1_000)} s`);
    const ms: number[] = [];
    for (let round = 0; round < 5; round++)
      for (const search of searches) {
        const from = performance.now();
        const { total } = await candidateRows(centre, { projectId, search, offset: 0, limit: 100 }, null);
        const took = performance.now() - from;
        ms.push(took);
        if (round === 0) say(`${JSON.stringify(search)}: ${total} in ${took.toFixed(1)} ms`);
      }
    return ms.toSorted((a, b) => a - b);
  } finally {
    await test.close();
  }
}

if (import.meta.main) {
  const sqlite = await measure('file');
  const server = await startPostgres();
  try {
    const postgres = await measure({ url: await server.newDatabase() });
    process.send?.({
      candidates,
      medianMs: percentile(sqlite, 0.5),
      worstMs: percentile(sqlite, 1),
      postgresMedianMs: percentile(postgres, 0.5),
      postgresWorstMs: percentile(postgres, 1),
    } satisfies Figures);
  } finally {
    await server.close();
  }
}
