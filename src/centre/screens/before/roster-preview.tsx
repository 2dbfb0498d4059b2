/** What is in a roster's file, before it is taken: what its columns mean, its first rows, what is wrong, and what it changes. */
import { useState, type ReactNode } from 'react';
import { Select } from 'antd';
import {
  plainHeading,
  rosterFieldSchema,
  type RosterField,
  type RosterMapping,
} from '../../../exam/roster/columns.ts';
import type { OneRosterChoice } from '../../../exam/roster/one-roster/choice.ts';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';
import type { ProjectView } from '../../contract.ts';
import type { RosterComparison, RosterPreview } from '../../roster/contract.ts';
import { OneRosterSaid } from './one-roster-choice.tsx';

interface Props {
  read: RosterPreview;
  /** Reads the file again with what was said of its columns. */
  onMapping: (mapping: RosterMapping) => Promise<void>;
}

interface PreviewProps extends Props {
  sessions: ProjectView['sessions'];
  /** Reads a OneRoster package again with what was said of it. */
  onChoice: (choice: OneRosterChoice) => Promise<void>;
}

export function RosterPreviewed({ read, sessions, onMapping, onChoice }: PreviewProps): ReactNode {
  const t = useText();
  const { oneRoster } = read;
  const chosen = oneRoster?.choice.sessions.length !== 0;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{read.fileName}</h2>
        {read.encoding !== null && <span className="soft">{read.encoding}</span>}
        {oneRoster && <span className="soft">{t('oneRoster.title', { version: oneRoster.version })}</span>}
        {read.missing.length === 0 && chosen && <span>{t('centre.rows', read)}</span>}
        {read.photos > 0 && <span>{t('centre.photos', read)}</span>}
        {read.accommodated > 0 && <span>{t('accommodation.read', read)}</span>}
      </div>
      {read.errors.length > 0 && (
        <Listing
          rows={read.errors}
          pageSize={20}
          rowKey={(row) => `${row.file} ${row.line} ${row.column} ${row.value} ${row.reason.type}`}
          columns={({ column, figures }) => [
            ...(oneRoster ? [column(t('centre.file'), (row) => row.file ?? '–')] : []),
            figures(t('centre.line'), (row) => (row.line === 0 ? '–' : row.line)),
            column(t('centre.column'), (row) => row.column),
            column(t('centre.value'), (row) => (row.value === '' ? '–' : row.value)),
            column(t('column.problem'), (row) => <RefusalText refusal={row.reason} />),
          ]}
        />
      )}
      {oneRoster && <OneRosterSaid about={oneRoster} sessions={sessions} onChoice={onChoice} />}
      {read.comparison && <Comparison comparison={read.comparison} />}
      {!oneRoster && (
        <>
          <h3>{t('roster.columns')}</h3>
          <Columns read={read} onMapping={onMapping} />
        </>
      )}
      {read.first.length > 0 && (
        <>
          <h3>{t('roster.first')}</h3>
          <Listing
            rows={read.first}
            rowKey={(row) => `${row.sessionNumber} ${row.admissionNumber}`}
            columns={({ column, figures }) => [
              figures(t('column.session'), (row) => row.sessionNumber),
              column(t('site.code'), (row) => row.siteCode),
              column(t('roster.field.siteName'), (row) => row.siteName),
              ...(read.first.some(({ region }) => region !== null)
                ? [column(t('region'), (row) => row.region ?? '–')]
                : []),
              column(t('column.room'), (row) => row.roomCode),
              column(t('roster.field.roomName'), (row) => row.roomName),
              figures(t('column.seat'), (row) => row.seatNumber ?? '–'),
              column(t('column.admissionNumber'), (row) => row.admissionNumber),
              column(t('column.name'), (row) => row.name),
            ]}
          />
        </>
      )}
      {read.byPeople.length > 0 && (
        <>
          <h3>{t('accommodation.byPeople', { count: read.byPeopleInAll })}</h3>
          <Listing
            rows={read.byPeople}
            pageSize={20}
            rowKey={(row) => `${row.admissionNumber} ${row.need}`}
            columns={({ column }) => [
              column(t('column.admissionNumber'), (row) => row.admissionNumber),
              column(t('accommodation.others'), (row) => row.need),
            ]}
          />
        </>
      )}
    </section>
  );
}

/** Each column's meaning can be chosen; it is remembered for the project's next roster. */
function Columns({ read, onMapping }: Props): ReactNode {
  const t = useText();
  const { busy, run } = useAction();
  const [said, setSaid] = useState<RosterMapping>({});
  const choose = (header: string, field: RosterField | null): void => {
    // What stands here now stays, but for a column that meant the same.
    const mapping: RosterMapping = { ...said };
    for (const column of read.columns)
      mapping[plainHeading(column.header)] = column.field === field ? null : column.field;
    mapping[plainHeading(header)] = field;
    setSaid(mapping);
    void run(() => onMapping(mapping));
  };
  const options = [
    { value: '', label: t('roster.field.none') },
    ...rosterFieldSchema.options.map((field) => ({ value: field, label: t(`roster.field.${field}`) })),
  ];
  return (
    <Listing
      rows={read.columns.map((column, i) => ({ ...column, place: i }))}
      rowKey={({ place }) => String(place)}
      columns={({ column }) => [
        column(t('centre.column'), ({ header }) => (header === '' ? '–' : header)),
        column(t('roster.meaning'), ({ header, field }) => (
          <Select
            size="small"
            className="column-meaning"
            aria-label={`${t('roster.meaning')}: ${header}`}
            disabled={busy}
            value={field ?? ''}
            options={options}
            onChange={(value) => choose(header, rosterFieldSchema.safeParse(value).data ?? null)}
          />
        )),
        column(t('roster.cells'), ({ cells }) => <span className="soft">{cells.join(' · ')}</span>),
      ]}
    />
  );
}

function Comparison({ comparison }: { comparison: RosterComparison }): ReactNode {
  const t = useText();
  const { changes } = comparison;
  const all = comparison.added + comparison.changed + comparison.removed;
  return (
    <>
      <div className="panel-head">
        <h3>{t('roster.changes')}</h3>
        <span>{all === 0 ? t('roster.noChanges') : t('roster.counts', { ...comparison })}</span>
      </div>
      {changes.length > 0 && (
        <Listing
          rows={changes}
          pageSize={10}
          rowKey={(one) => `${one.sessionNumber} ${one.admissionNumber}`}
          columns={({ column, figures }) => [
            column(t('roster.kind'), (one) => t(`roster.kind.${one.kind}`)),
            figures(t('column.session'), (one) => one.sessionNumber),
            column(t('column.admissionNumber'), (one) => one.admissionNumber),
            column(t('column.name'), (one) => one.name),
            column(t('roster.what'), (one) =>
              one.what
                .map(({ field, before, after }) =>
                  before === '' && after === ''
                    ? t(`roster.field.${field}`)
                    : t('roster.fromTo', {
                        field: t(`roster.field.${field}`),
                        before: before === '' ? '–' : before,
                        after: after === '' ? '–' : after,
                      }),
                )
                .join('; '),
            ),
          ]}
        />
      )}
      {all > changes.length && (
        <p className="soft">{t('roster.changesShown', { shown: changes.length, all })}</p>
      )}
    </>
  );
}
