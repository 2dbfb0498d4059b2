import { ofProject, type Table } from './create-table.ts';

export const mailTables: Readonly<Record<string, Table>> = {
  mail: {
    key: ['id'],
    columns: {
      id: 'text',
      account: 'text',
      address: 'text',
      language: 'text',
      state: 'text',
      tries: 'integer',
      created_at: 'time',
      next_at: 'time',
      ended_at: 'time?',
      problem_json: 'text?',
    },
    indices: { mail_due: ['state', 'next_at'] },
  },
  mail_notice: {
    key: ['id', 'account'],
    columns: {
      id: 'text',
      account: 'text',
      project_id: 'text',
      site_code: 'text',
      created_at: 'time',
      about_json: 'text',
      mail_id: 'text?',
    },
    references: {
      mail_notice_project: { ...ofProject, cascade: true },
      mail_notice_mail: { columns: ['mail_id'], table: 'mail', target: ['id'], cascade: true },
    },
    indices: { mail_notice_of_mail: ['mail_id', 'account'], mail_notice_of_project: ['project_id'] },
  },
};
