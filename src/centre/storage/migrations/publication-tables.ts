import type { Kysely } from 'kysely';
import { utf8 } from '../../../base/bytes.ts';
import { sha256Hex } from '../../../trust/digest.ts';
import type { Tables } from '../tables.ts';
import { ofProject, ofSession, type Table } from './create-table.ts';

/** What a publication is made of, and what is known of it while it is made. None of it is in force before its row in `publication` is there. */
export const publicationTables: Readonly<Record<string, Table>> = {
  publication_work: {
    key: ['project_id'],
    columns: {
      project_id: 'text',
      id: 'text',
      number: 'integer',
      by_account: 'text',
      begun_at: 'time',
      problem_json: 'text?',
    },
    references: { publication_work_project: ofProject },
  },
  next_paper: {
    key: ['session_id', 'subject'],
    columns: {
      session_id: 'text',
      subject: 'integer',
      paper_id: 'text',
      digest: 'text',
      size: 'time',
      items: 'integer',
      recipient: 'text',
      sealed_key: 'text',
    },
    references: {
      next_paper_session: { ...ofSession, cascade: true },
      next_paper_paper: { columns: ['paper_id'], table: 'paper', target: ['id'] },
    },
  },
  made_package: {
    key: ['project_id', 'digest'],
    columns: { project_id: 'text', digest: 'text', bytes: 'integer', jws: 'text' },
    references: { made_package_project: ofProject },
  },
  publication_room: {
    key: ['project_id', 'number', 'room_code'],
    columns: { project_id: 'text', number: 'integer', room_code: 'text', site_code: 'text', digest: 'text' },
    references: {
      publication_room_package: {
        columns: ['project_id', 'digest'],
        table: 'made_package',
        target: ['project_id', 'digest'],
      },
    },
    indices: {
      publication_room_of_site: ['project_id', 'number', 'site_code'],
      publication_room_with_package: ['project_id', 'digest'],
    },
  },
  publication_site: {
    key: ['project_id', 'site_code', 'number'],
    columns: {
      project_id: 'text',
      site_code: 'text',
      number: 'integer',
      digest: 'text',
      since: 'integer',
      since_at: 'time',
    },
    references: { publication_site_project: ofProject },
  },
  publication_download: {
    key: ['id'],
    columns: {
      id: 'text',
      project_id: 'text',
      site_code: 'text',
      number: 'integer',
      at: 'time',
      way: 'text',
      bytes: 'time',
      by_account: 'text?',
    },
    references: { publication_download_project: ofProject },
    indices: { publication_download_of_project: ['project_id', 'at'] },
  },
};

interface PackageOfBefore {
  readonly project_id: string;
  readonly number: number;
  readonly site_code: string;
  readonly room_code: string;
  readonly jws: string;
}

/** What was published before packages were kept by their content stays as it is; the next publication makes all of it anew. */
export async function keepPublishedPackages(db: Kysely<unknown>): Promise<void> {
  const before = db as Kysely<{
    room_package: PackageOfBefore;
    publication: { project_id: string; number: number; published_at: number };
    made_package: Tables['made_package'];
    publication_room: Tables['publication_room'];
    publication_site: Tables['publication_site'];
  }>;
  const rows = await before
    .selectFrom('room_package')
    .innerJoin('publication', (join) =>
      join
        .onRef('publication.project_id', '=', 'room_package.project_id')
        .onRef('publication.number', '=', 'room_package.number'),
    )
    .selectAll('room_package')
    .select('published_at')
    .orderBy('room_code')
    .execute();
  for (const { project_id, number, site_code, room_code, jws } of rows) {
    const digest = sha256Hex(utf8(jws));
    await before.insertInto('made_package').values({ project_id, digest, bytes: jws.length, jws }).execute();
    await before
      .insertInto('publication_room')
      .values({ project_id, number, room_code, site_code, digest })
      .execute();
  }
  for (const [key, { project_id, number, site_code, published_at }] of new Map(
    rows.map((row) => [`${row.project_id} ${row.site_code}`, row]),
  ))
    await before
      .insertInto('publication_site')
      .values({
        project_id,
        site_code,
        number,
        digest: sha256Hex(utf8(key)),
        since: number,
        since_at: published_at,
      })
      .execute();
}
