/** Step 3: papers are imported with a report for each item, then each subject gets its paper. */
import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Select } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { bytes, dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { paperContract, type PaperView } from '../../paper/contract.ts';
import type { SessionView } from '../../contract.ts';
import type { StepProps } from './before-page.tsx';
import { PaperReport } from './paper-report.tsx';

type Checked = Omit<PaperView, 'id' | 'importedAt'> & { uploadId: string };

export function PapersStep(props: StepProps): ReactNode {
  const t = useText();
  const { project, onChoose } = props;
  const sees = useRoleGate(paperContract.list);
  if (sees.allowed) return <Papers {...props} />;
  return (
    <>
      <NowLine
        action={
          isDone(project.steps, 'papers') && (
            <NextStep steps={project.steps} step="papers" onChoose={onChoose} />
          )
        }
      >
        {t('limit.papersHidden')}
      </NowLine>
      <EmptyState title={t('limit.papersHidden')} todo={t('limit.papersHiddenTodo')} />
    </>
  );
}

function Papers(props: StepProps): ReactNode {
  const t = useText();
  const { centre, project, round, onChoose } = props;
  const projectId = project.id;
  const papers = useLoaded(`${projectId} ${round}`, () => centre.paper.list({ projectId }));
  const [checked, setChecked] = useState<Checked | null>(null);
  if (checked) return <Import {...props} checked={checked} close={() => setChecked(null)} />;
  const list = papers.value ?? [];
  const done = isDone(project.steps, 'papers');
  return (
    <>
      <NowLine action={done && <NextStep steps={project.steps} step="papers" onChoose={onChoose} />}>
        {done
          ? t('centre.now.papersDone')
          : list.length === 0
            ? t('centre.now.papers')
            : t('centre.now.assignPapers')}
      </NowLine>
      {list.length > 0 && <Assignments {...props} papers={list} />}
      <FileDrop
        hint={t('centre.paperHint')}
        accept=".zip,.xml"
        onFile={async (uploadId) =>
          setChecked({ ...(await centre.paper.check({ projectId, uploadId })), uploadId })
        }
      />
      <Listing
        rows={list}
        rowKey={(paper) => paper.id}
        empty={
          papers.value ? (
            <EmptyState title={t('centre.noPapers')} todo={t('centre.noPapersTodo')} />
          ) : (
            <span />
          )
        }
        columns={({ column, figures, moment }) => [
          column(t('centre.paper'), (paper) => <strong>{paper.title}</strong>),
          column(t('centre.file'), (paper) => paper.fileName),
          figures(t('centre.items'), (paper) => paper.items),
          figures(t('site.size'), (paper) => bytes(paper.bytes, t.language)),
          moment(t('centre.importedAt'), (paper) => paper.importedAt),
          column(t('column.actions'), (paper) => (
            <DialogButton size="small" label={t('centre.report')} title={paper.title} width={1000}>
              {() => <PaperReport report={paper.report} />}
            </DialogButton>
          )),
        ]}
      />
    </>
  );
}

/** Each session's subject with its paper. */
function Assignments({ centre, project, papers }: StepProps & { papers: readonly PaperView[] }): ReactNode {
  const t = useText();
  const { run } = useAction();
  const assign = (session: SessionView, number: number, paperId: string) => {
    const { id, ...rest } = session;
    return centre.project.saveSession({
      projectId: project.id,
      sessionId: id,
      session: {
        ...rest,
        subjects: rest.subjects.map((one) => (one.number === number ? { ...one, paperId } : one)),
      },
    });
  };
  const rows = project.sessions.flatMap((session) =>
    session.subjects.map((subject) => ({ session, subject })),
  );
  return (
    <Listing
      rows={rows}
      rowKey={({ session, subject }) => `${session.id} ${subject.number}`}
      empty={<EmptyState title={t('centre.noSessions')} todo={t('centre.sessionsFirst')} />}
      columns={({ column, figures }) => [
        figures(t('column.session'), ({ session }) => session.number),
        column(t('column.sessionName'), ({ session }) => session.name),
        column(t('centre.subject'), ({ subject }) => subject.name),
        column(t('centre.paper'), ({ session, subject }) => (
          <Select
            className="paper-choice"
            aria-label={t('centre.paperOf', { session: session.name, subject: subject.name })}
            placeholder={t('centre.choosePaper')}
            value={subject.paperId}
            onChange={(paperId: string) => void run(() => assign(session, subject.number, paperId))}
            options={papers.map((paper) => ({
              value: paper.id,
              label: `${paper.title} · ${dateTime(paper.importedAt)}`,
            }))}
          />
        )),
      ]}
    />
  );
}

function Import({
  centre,
  project,
  checked,
  close,
}: StepProps & { checked: Checked; close: () => void }): ReactNode {
  const t = useText();
  const refused = checked.report.items.filter((item) => item.verdict === 'refused');
  const [leave, setLeave] = useState(false);
  const ready = refused.length === 0 || leave;
  return (
    <>
      <NowLine
        action={
          <>
            <Button onClick={close}>{t('centre.otherFile')}</Button>
            <ActButton
              type="primary"
              gate={screenGate(ready, 'paper-has-refused-items')}
              done={t('centre.paperImported', { title: checked.title })}
              act={async () => {
                const leaveOut = refused.map((item) => item.identifier);
                await centre.paper.import({ projectId: project.id, uploadId: checked.uploadId, leaveOut });
                close();
              }}
            >
              {t('centre.importPaper')}
            </ActButton>
          </>
        }
      >
        {refused.length === 0
          ? t('centre.now.paperRight', { title: checked.title, count: checked.report.items.length })
          : t('centre.now.paperRefused', { count: refused.length })}
      </NowLine>
      {refused.length > 0 && (
        <Checkbox checked={leave} onChange={(event) => setLeave(event.target.checked)}>
          {t('centre.leaveOut', { count: refused.length })}
        </Checkbox>
      )}
      <PaperReport report={checked.report} />
    </>
  );
}
