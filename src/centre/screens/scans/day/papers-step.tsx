/** Step 1: question papers, one a variant, and what the day is like. */
import { useState, type ReactNode } from 'react';
import { InputNumber } from 'antd';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FileDrop } from '../../../../ui/file-drop.tsx';
import { Form } from '../../../../ui/form.tsx';
import { bytes, dateTime } from '../../../../ui/format.ts';
import { Listing } from '../../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../../ui/now-line.tsx';
import { RefusalText } from '../../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { paperDayContract } from '../../../paper-day/contract.ts';
import type { DayStepProps } from './day-page.tsx';
import { DaySettingsDialog } from './day-settings.tsx';

export function PapersStep(props: DayStepProps): ReactNode {
  const t = useText();
  const { day, onChoose } = props;
  const done = isDone(day.steps, 'day-papers');
  const { startAt, speaking, preprinted, roomReserve, keptAfterwards, tasks } = day.settings;
  return (
    <>
      <NowLine
        action={
          done ? (
            <NextStep steps={day.steps} step="day-papers" onChoose={onChoose} />
          ) : startAt === null ? (
            <DaySettingsDialog {...props} primary />
          ) : (
            <KeepPaper {...props} primary />
          )
        }
      >
        {t(done ? 'paperDay.now.papersDone' : 'paperDay.now.papers')}
      </NowLine>
      {day.missing.length > 0 && (
        <ul className="notes">
          {day.missing.map((one) => (
            <li key={JSON.stringify(one)}>
              <RefusalText refusal={one} />
            </li>
          ))}
        </ul>
      )}
      <section className="panel">
        <div className="panel-head">
          <h2>{t('paperDay.settings')}</h2>
          <span>{`${t('paperDay.start')}: ${dateTime(startAt)}`}</span>
          <span>{`${t('paperDay.roomReserve')}: ${roomReserve}`}</span>
          {startAt !== null && <DaySettingsDialog {...props} />}
        </div>
        <span>
          {t(speaking ? 'paperDay.speaking' : preprinted ? 'paperDay.preprinted' : 'paperDay.written')}
        </span>
        {keptAfterwards && !speaking && <div>{t('paperDay.keptAfterwards')}</div>}
        {speaking && (
          <Listing
            rows={tasks.map((task, i) => ({ ...task, i }))}
            rowKey={(task) => String(task.i)}
            columns={({ column, figures }) => [
              column(t('paperDay.taskName'), (task) => task.name),
              figures(t('paperDay.taskPage'), (task) => task.page),
              figures(t('paperDay.prepareS'), (task) => task.prepareS),
              figures(t('paperDay.answerS'), (task) => task.answerS),
            ]}
          />
        )}
      </section>
      <section className="panel">
        <div className="panel-head">
          <h2>{t('step.day-papers')}</h2>
          {(done || startAt === null) && <KeepPaper {...props} />}
        </div>
        <Listing
          rows={day.papers}
          rowKey={(one) => String(one.variant)}
          pageSize={50}
          empty={<EmptyState title={t('paperDay.noPapers')} todo={t('paperDay.noPapersTodo')} />}
          columns={({ column, figures, moment }) => [
            figures(t('paperDay.variant'), (one) => one.variant),
            column(t('paperDay.file'), (one) => one.fileName),
            figures(t('paperDay.pages'), (one) => one.pages),
            figures(t('paperDay.size'), (one) => (
              <span className="nowrap">{bytes(one.size, t.language)}</span>
            )),
            figures(t('paperDay.revision'), (one) => one.revision),
            column(t('paperDay.digest'), (one) => (
              <code title={one.digest}>{`${one.digest.slice(0, 16)}…`}</code>
            )),
            moment(t('paperDay.keptAt'), (one) => one.at),
            column(t('column.actions'), (one) => (
              <div className="row">
                <KeepPaper {...props} variant={one.variant} />
                <RemovePaper {...props} variant={one.variant} />
              </div>
            )),
          ]}
        />
      </section>
    </>
  );
}

function KeepPaper(props: DayStepProps & { variant?: number; primary?: boolean }): ReactNode {
  const t = useText();
  const { centre, project, day, set, variant: replaced, primary = false } = props;
  const gate = useRoleGate(paperDayContract.keepPaper);
  const [variant, setVariant] = useState(1);
  return (
    <DialogButton
      {...(primary ? { type: 'primary' as const } : { size: 'small' as const })}
      gate={gate}
      label={t(replaced === undefined ? 'paperDay.addPaper' : 'paperDay.replacePaper')}
      onOpen={() => setVariant(replaced ?? (day.papers.at(-1)?.variant ?? 0) + 1)}
    >
      {(close) => (
        <div className="stack">
          <Field label={t('paperDay.variantNumber')}>
            <InputNumber
              min={1}
              max={999}
              precision={0}
              disabled={replaced !== undefined}
              value={variant}
              onChange={(value) => setVariant(value ?? 1)}
            />
          </Field>
          <FileDrop
            hint={t('paperDay.paperHint')}
            accept=".pdf"
            onFile={async (uploadId) => {
              const { eventId } = day;
              set(await centre.paperDay.keepPaper({ projectId: project.id, eventId, variant, uploadId }));
              close();
            }}
          />
        </div>
      )}
    </DialogButton>
  );
}

function RemovePaper({ centre, project, day, set, variant }: DayStepProps & { variant: number }): ReactNode {
  const t = useText();
  const gate = useRoleGate(paperDayContract.removePaper);
  const label = t('paperDay.removePaper');
  return (
    <DialogButton size="small" danger gate={gate} label={label}>
      {(close) => (
        <Form
          danger
          submit={label.replace(/\s*…$/, '')}
          done={t('paperDay.saved')}
          onCancel={close}
          onSubmit={async () => {
            const { eventId } = day;
            set(await centre.paperDay.removePaper({ projectId: project.id, eventId, variant }));
            close();
          }}
        >
          <p>{t('paperDay.removePaperText', { variant })}</p>
        </Form>
      )}
    </DialogButton>
  );
}
