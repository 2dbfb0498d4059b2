/** All one-time codes of the project, with filters and as a table. */
import { useState, type ReactNode } from 'react';
import { Input, Select, Table } from 'antd';
import { codeActions, type CodeAction } from '../../../exam/code/request.ts';
import { pageByPage } from '../../../ui/listing.tsx';
import { codeWords } from '../../../ui/codes/code-words.ts';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { dateTime } from '../../../ui/format.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { codeStandings, type CodeFilter, type CodeRow } from '../../codes/contract.ts';
import type { ProjectProps } from '../centre-console.tsx';

const pageSize = 100;
const everything: CodeFilter = { sessionId: null, siteCode: '', roomCode: '', kind: null, standing: null };
const kinds = Object.keys(codeActions) as CodeAction[];
const marks = {
  asked: checkMarks.warning,
  issued: checkMarks.current,
  used: checkMarks.done,
  unissued: checkMarks.failed,
} as const;

export function CodeRegister({ centre, project, round }: ProjectProps): ReactNode {
  const t = useText();
  const [filter, setFilter] = useState(everything);
  const [page, setPage] = useState(1);
  const wanted = { projectId: project.id, ...filter };
  const found = useLoaded(JSON.stringify([wanted, page, round]), () =>
    centre.code.register({ ...wanted, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  const set = (part: Partial<CodeFilter>): void => {
    setPage(1);
    setFilter((before) => ({ ...before, ...part }));
  };
  const { language } = t;
  const all = (title: string) => ({ value: '', label: `${title}: ${t('code.all')}` });
  return (
    <div className="stack">
      <search className="row board-filter">
        <Select
          className="filter-stage"
          aria-label={t('column.session')}
          value={filter.sessionId ?? ''}
          onChange={(value) => set({ sessionId: value === '' ? null : value })}
          options={[
            all(t('column.session')),
            ...project.sessions.map(({ id, number, name }) => ({ value: id, label: `${number} · ${name}` })),
          ]}
        />
        {(
          [
            ['siteCode', t('code.siteFilter')],
            ['roomCode', t('code.roomFilter')],
          ] as const
        ).map(([field, label]) => (
          <Input
            key={field}
            className="filter-prefix"
            aria-label={label}
            placeholder={label}
            allowClear
            maxLength={64}
            value={filter[field]}
            onChange={(event) => set({ [field]: event.target.value.trim() })}
          />
        ))}
        <Select
          className="filter-stage"
          aria-label={t('code.what')}
          value={filter.kind ?? ''}
          onChange={(value: CodeAction | '') => set({ kind: value === '' ? null : value })}
          options={[
            all(t('code.what')),
            ...kinds.map((value) => ({ value, label: t(`code.kind.${value}`) })),
          ]}
        />
        <Select
          className="filter-stage"
          aria-label={t('column.state')}
          value={filter.standing ?? ''}
          onChange={(value: CodeRow['standing'] | '') => set({ standing: value === '' ? null : value })}
          options={[
            all(t('column.state')),
            ...codeStandings.map((value) => ({ value, label: t(`code.standing.${value}`) })),
          ]}
        />
        <DownloadButton make={() => centre.code.exportRegister({ ...wanted, format: 'csv', language })}>
          CSV
        </DownloadButton>
        <DownloadButton make={() => centre.code.exportRegister({ ...wanted, format: 'xlsx', language })}>
          XLSX
        </DownloadButton>
      </search>
      {found.value?.total === 0 ? (
        <EmptyState title={t('code.noneFound')} todo={t('code.noneTodo')} />
      ) : (
        <Table<CodeRow>
          size="small"
          rowKey={(row) => `${row.sessionNumber} ${row.roomCode} ${row.challenge}`}
          dataSource={[...(found.value?.rows ?? [])]}
          pagination={pageByPage({ page, pageSize, total: found.value?.total, onPage: setPage })}
          columns={[
            { title: t('column.session'), dataIndex: 'sessionNumber', align: 'right' },
            {
              title: t('column.room'),
              render: (_, row) => (
                <>
                  {row.roomCode}
                  <div className="soft">{row.siteCode}</div>
                </>
              ),
            },
            { title: t('code.what'), render: (_, row) => codeWords(t, row) },
            { title: t('code.forWhom'), render: (_, row) => <ForWhom row={row} /> },
            {
              title: t('code.request'),
              render: (_, row) => <span className="nowrap">{row.challenge}</span>,
            },
            {
              title: t('column.state'),
              render: (_, row) => <Mark {...marks[row.standing]} word={t(`code.standing.${row.standing}`)} />,
            },
            { title: t('code.askedColumn'), render: (_, row) => <Act act={row.asked} /> },
            { title: t('code.issuedColumn'), render: (_, row) => <Act act={row.issued ?? row.accepted} /> },
            {
              title: t('code.usedColumn'),
              render: (_, row) => dateTime(row.used?.at),
            },
          ]}
        />
      )}
    </div>
  );
}

function ForWhom({ row }: { row: CodeRow }): ReactNode {
  const t = useText();
  if (row.candidate === 0) return t('code.wholeRoom');
  return row.admissionNumber === null
    ? t('code.candidateNo', { number: row.candidate })
    : `${row.admissionNumber} ${row.name ?? ''}`;
}

/** When, who, and why. */
function Act({ act }: { act: CodeRow['issued'] }): ReactNode {
  if (act === null) return '–';
  return (
    <>
      <span className="nowrap">{dateTime(act.at)}</span> {act.by}
      <div className="soft">{act.reason}</div>
    </>
  );
}
