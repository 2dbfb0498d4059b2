import { ofProject, type Table } from './create-table.ts';

export const supportTables: Readonly<Record<string, Table>> = {
  support_posting: {
    key: ['project_id', 'site_code', 'id'],
    columns: {
      project_id: 'text',
      site_code: 'text',
      id: 'text',
      seq: 'integer',
      entered: 'integer',
      posting_json: 'text',
    },
    unique: { support_posting_by_seq: ['project_id', 'site_code', 'seq'] },
    references: { support_posting_project: { ...ofProject, cascade: true } },
    indices: { support_posting_not_entered: ['entered'] },
  },
  support_seen: {
    key: ['project_id', 'site_code', 'thread_id'],
    columns: { project_id: 'text', site_code: 'text', thread_id: 'text', seq: 'integer' },
    references: { support_seen_project: { ...ofProject, cascade: true } },
  },
};
