import { sql, type Kysely } from 'kysely';
import { lockKindOf } from '../../../exam/lock/site-locks.ts';
import type { Tables } from '../tables.ts';
import { ofSession, type Reference, type Table } from './create-table.ts';

const ofSite: Reference = {
  columns: ['project_id', 'site_code'],
  table: 'site',
  target: ['project_id', 'code'],
  cascade: true,
};

export const lockTables: Readonly<Record<string, Table>> = {
  site_lock: {
    key: ['project_id', 'site_code', 'serial'],
    columns: {
      project_id: 'text',
      site_code: 'text',
      serial: 'text',
      kind: 'text',
      recipient: 'text',
      note: 'text',
      state: 'text',
      registered_at: 'time',
      registered_by: 'text?',
      seen_at: 'time?',
      revoked_at: 'time?',
      revoked_by: 'text?',
      revoked_reason: 'text?',
    },
    references: { site_lock_site: ofSite },
    indices: { site_lock_by_serial: ['serial'] },
  },
  lock_code: {
    key: ['project_id', 'site_code'],
    columns: { project_id: 'text', site_code: 'text', code: 'text', expires_at: 'time', by_account: 'text' },
    references: { lock_code_site: ofSite },
  },
  lock_calibration: {
    key: ['project_id', 'site_code', 'serial', 'session_id'],
    columns: { project_id: 'text', site_code: 'text', serial: 'text', session_id: 'text', at: 'time' },
    references: {
      lock_calibration_lock: {
        columns: ['project_id', 'site_code', 'serial'],
        table: 'site_lock',
        target: ['project_id', 'site_code', 'serial'],
        cascade: true,
      },
      lock_calibration_session: { ...ofSession, cascade: true },
    },
  },
};

interface SiteOfBefore {
  readonly project_id: string;
  readonly code: string;
  readonly lock_serial: string | null;
  readonly lock_recipient: string | null;
  readonly registered_at: number | null;
}

/** A site had one lock, with which it registered: it is the one in use, and what was prepared is sealed to it. */
export async function keepRegisteredLocks(db: Kysely<unknown>): Promise<void> {
  const before = db as Kysely<Pick<Tables, 'site_lock' | 'authorisation'> & { site: SiteOfBefore }>;
  const sites = await before
    .selectFrom('site')
    .select(['project_id', 'code', 'lock_serial', 'lock_recipient', 'registered_at'])
    .where('lock_serial', 'is not', null)
    .execute();
  for (const { project_id, code, lock_serial, lock_recipient, registered_at } of sites) {
    if (lock_serial === null || lock_recipient === null) continue;
    await before
      .insertInto('site_lock')
      .values({
        project_id,
        site_code: code,
        serial: lock_serial,
        kind: lockKindOf(lock_recipient),
        recipient: lock_recipient,
        note: '',
        state: 'active',
        registered_at: registered_at ?? 0,
        registered_by: null,
        seen_at: null,
        revoked_at: null,
        revoked_by: null,
        revoked_reason: null,
      })
      .execute();
    await before
      .updateTable('authorisation')
      .set({ sealed_to_json: JSON.stringify([lock_serial]) })
      .where('project_id', '=', project_id)
      .where('site_code', '=', code)
      .execute();
  }
  for (const column of ['lock_serial', 'lock_recipient'])
    await sql`alter table site drop column ${sql.ref(column)}`.execute(db);
}
