import { ofSession, type Table } from './create-table.ts';

export const boardTables: Readonly<Record<string, Table>> = {
  board_sample: {
    key: ['session_id', 'at'],
    columns: {
      session_id: 'text',
      at: 'time',
      signed_in: 'integer',
      in_exam: 'integer',
      handed_in: 'integer',
    },
    references: { board_sample_session: { ...ofSession, cascade: true } },
  },
  board_acknowledgement: {
    key: ['session_id', 'site_code', 'kind', 'since'],
    columns: {
      session_id: 'text',
      site_code: 'text',
      kind: 'text',
      since: 'time',
      about_json: 'text',
      at: 'time',
      by_account: 'text',
      note: 'text',
    },
    references: { board_acknowledgement_session: { ...ofSession, cascade: true } },
  },
};
