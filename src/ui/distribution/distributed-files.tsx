/** Installers, manuals and tools as a table: the newest first, and of older versions as many as there are. */
import { useState, type ReactNode } from 'react';
import { Checkbox, Select } from 'antd';
import { compareVersions } from '../../base/version.ts';
import type { DistributedFile } from '../../exam/distribution/distributed.ts';
import { roles, type ProgramRole } from '../../exam/distribution/listed.ts';
import { CodeFigures } from '../code-figures.tsx';
import { EmptyState } from '../empty-state.tsx';
import { bytes, dateTime } from '../format.ts';
import { Listing } from '../listing.tsx';
import { checkMarks, Mark } from '../state-mark.tsx';
import { useText, type Text } from '../text.ts';
import './distributed-files.css';

const marks = {
  whole: checkMarks.passed,
  checking: checkMarks.waiting,
  missing: checkMarks.failed,
  cut: checkMarks.failed,
  altered: checkMarks.failed,
  'not-a-file': checkMarks.failed,
} as const;

interface Props<F extends DistributedFile> {
  files: readonly F[];
  /** Buttons of a line. */
  actions: (file: F) => ReactNode;
}

export function DistributedFiles<F extends DistributedFile>({ files, actions }: Props<F>): ReactNode {
  const t = useText();
  const [role, setRole] = useState<ProgramRole | 'every'>('every');
  const [older, setOlder] = useState(false);
  const newest = newestOfEach(files);
  const shown = files
    .filter((file) => role === 'every' || file.role === role || file.role === null)
    .filter((file) => older || newest.get(lineOf(file)) === file.version)
    .toSorted(inOrder);
  return (
    <div className="stack">
      <search className="row">
        <Select
          className="distribution-role"
          aria-label={t('distribution.for')}
          value={role}
          onChange={setRole}
          options={[
            { value: 'every', label: t('distribution.everyRole') },
            ...roles.map((value) => ({ value, label: t(`distribution.role.${value}`) })),
          ]}
        />
        <Checkbox checked={older} onChange={(event) => setOlder(event.target.checked)}>
          {t('distribution.older')}
        </Checkbox>
        <span className="soft" role="status">
          {t('distribution.count', { shown: shown.length, all: files.length })}
        </span>
      </search>
      <Listing
        rows={shown}
        rowKey={(file) => file.name}
        empty={<EmptyState title={t('distribution.none')} todo={t('distribution.noneTodo')} />}
        columns={({ column, figures }) => [
          column(t('distribution.what'), (file) => (
            <div className="distribution-what">
              <strong>{whatItIs(t, file)}</strong>
              <span className="soft">{file.name}</span>
            </div>
          )),
          column(t('distribution.version'), (file) => <span className="nowrap">{file.version}</span>),
          figures(t('distribution.size'), (file) => (
            <span className="nowrap">{bytes(file.size, t.language)}</span>
          )),
          column(t('distribution.date'), (file) => dateTime(file.at)),
          column('SHA-256', (file) => (
            <CodeFigures
              value={file.sha256}
              shown={`${file.sha256.slice(0, 4)} ${file.sha256.slice(4, 8)} …`}
            />
          )),
          column(t('distribution.builtFrom'), (file) =>
            file.commit === null ? '–' : <span className="nowrap">{builtFrom(t, file)}</span>,
          ),
          column(t('column.state'), (file) => (
            <Mark {...marks[file.state]} word={t(`distribution.state.${file.state}`)} />
          )),
          column(t('column.actions'), (file) => <div className="row">{actions(file)}</div>),
        ]}
      />
    </div>
  );
}

/** What of it comes again in every version. */
const lineOf = ({ kind, role, system, language, name, version }: DistributedFile): string =>
  [kind, role, system, language, name.replace(version, '')].join(' ');

function newestOfEach(files: readonly DistributedFile[]): ReadonlyMap<string, string> {
  const newest = new Map<string, string>();
  for (const file of files) {
    const known = newest.get(lineOf(file));
    if (known === undefined || compareVersions(file.version, known) > 0)
      newest.set(lineOf(file), file.version);
  }
  return newest;
}

const kinds = ['program', 'manual', 'tool'];
const roleOrder: readonly (string | null)[] = [...roles, null];

function inOrder(a: DistributedFile, b: DistributedFile): number {
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    roleOrder.indexOf(a.role) - roleOrder.indexOf(b.role) ||
    (a.name.replace(a.version, '') < b.name.replace(b.version, '') ? -1 : 0) ||
    (a.name.replace(a.version, '') > b.name.replace(b.version, '') ? 1 : 0) ||
    compareVersions(b.version, a.version)
  );
}

function whatItIs(t: Text, { kind, role, system, language, name }: DistributedFile): string {
  const of = role === null ? null : t(`distribution.role.${role}`);
  if (kind === 'program')
    return [of, system === null ? null : t(`distribution.system.${system}`)]
      .filter((part) => part !== null)
      .join(' · ');
  if (kind === 'manual')
    return [
      t('distribution.manual'),
      of ?? name,
      language === null ? null : t(`distribution.language.${language}`),
    ]
      .filter((part) => part !== null)
      .join(' · ');
  return t('distribution.tool');
}

function builtFrom(t: Text, { commit, altered }: DistributedFile): string {
  const short = commit?.slice(0, 8) ?? '';
  return altered ? t('distribution.altered', { commit: short }) : short;
}
