import { ofProject, type Table } from './create-table.ts';

/** What makes the register of forms grow, and which numbers were ever given. */
export const registerTables: Readonly<Record<string, Table>> = {
  register_work: {
    key: ['event_id'],
    columns: {
      event_id: 'text',
      project_id: 'text',
      plan_json: 'text',
      next: 'integer',
      by_account: 'text',
      begun_at: 'time',
      problem_json: 'text?',
    },
    references: {
      register_work_event: { columns: ['event_id'], table: 'event', target: ['id'], cascade: true },
      register_work_project: ofProject,
    },
  },
  given_prefix: {
    key: ['prefix'],
    columns: { prefix: 'text', event_id: 'text', at: 'time' },
  },
};
