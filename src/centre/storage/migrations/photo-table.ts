import { ofProject, type Table } from './create-table.ts';

export const photoTable: Table = {
  key: ['project_id', 'admission_number'],
  columns: {
    project_id: 'text',
    admission_number: 'text',
    digest: 'text',
    size: 'integer',
    media_type: 'text',
  },
  references: { photo_project: { ...ofProject, cascade: true } },
};
