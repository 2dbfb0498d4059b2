import type { Table } from './create-table.ts';

/** Further consoles of a site on the day of an exam on paper, and what each console of a site has told of the day. */
export const reserveConsoleTables: Readonly<Record<string, Table>> = {
  reserve_console: {
    key: ['project_id', 'site_code', 'id'],
    columns: {
      project_id: 'text',
      site_code: 'text',
      id: 'text',
      registration_code: 'text?',
      return_code: 'text?',
      node_id: 'text?',
      tls_fingerprint: 'text?',
      sealing_key: 'text?',
      made_at: 'time',
      by_account: 'text',
      registered_at: 'time?',
      last_contact: 'time?',
    },
    references: {
      reserve_console_site: {
        columns: ['project_id', 'site_code'],
        table: 'site',
        target: ['project_id', 'code'],
        cascade: true,
      },
    },
  },
  console_day: {
    key: ['event_id', 'site_code', 'node_id'],
    columns: { event_id: 'text', site_code: 'text', node_id: 'text', at: 'time', report_json: 'text' },
    references: {
      console_day_event: { columns: ['event_id'], table: 'event', target: ['id'], cascade: true },
    },
  },
};
