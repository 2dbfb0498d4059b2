import { ofProject, type Reference, type Table } from './create-table.ts';

const ofEvent: Reference = { columns: ['event_id'], table: 'event', target: ['id'], cascade: true };

/** Archives of sites that open with a password, and stages that somebody reports for a site without a console of its own. */
export const siteArchiveTables: Readonly<Record<string, Table>> = {
  site_archive: {
    key: ['event_id', 'site_code', 'revision'],
    columns: {
      event_id: 'text',
      site_code: 'text',
      revision: 'integer',
      project_id: 'text',
      digest: 'text',
      size: 'time',
      sealed_password: 'text',
      made_at: 'time',
      by_account: 'text',
      released_at: 'time?',
      released_by: 'text?',
      told_password: 'text?',
      posting_id: 'text?',
      posted_at: 'time?',
    },
    references: { site_archive_project: { ...ofProject, cascade: true }, site_archive_event: ofEvent },
  },
  site_stage: {
    key: ['event_id', 'site_code', 'stage'],
    columns: { event_id: 'text', site_code: 'text', stage: 'text', at: 'time', by_account: 'text' },
    references: { site_stage_event: ofEvent },
  },
};

/** Archives are made while nobody waits. */
export const archiveWorkTables: Readonly<Record<string, Table>> = {
  archive_work: {
    key: ['event_id'],
    columns: {
      event_id: 'text',
      project_id: 'text',
      by_account: 'text',
      begun_at: 'time',
      problem_json: 'text?',
    },
    references: { archive_work_event: ofEvent },
  },
};
