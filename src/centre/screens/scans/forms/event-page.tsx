/** One event: what it is, its register by site and room, and its forms. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { ActButton } from '../../../../ui/act-button.tsx';
import { CodeFigures } from '../../../../ui/code-figures.tsx';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { wholeNumber } from '../../../../ui/format.ts';
import { screenGate } from '../../../../ui/gate-button.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { both, useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { eventContract, type EventView } from '../../../events/contract.ts';
import type { ProjectProps } from '../../centre-console.tsx';
import { WorkProgress } from '../work-progress.tsx';
import { EventForm } from './event-form.tsx';
import { FormDrawing } from './form-drawing.tsx';
import { GenerateDialog } from './generate-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { nextOf } from './next-of.ts';
import { RegisterTable } from './register-table.tsx';
import { RemoveEvent } from './remove-event.tsx';

export interface EventProps extends ProjectProps {
  event: EventView;
  reload: () => void;
}

export function EventPage(props: EventProps & { back: () => void }): ReactNode {
  const t = useText();
  const { centre, project, event, reload, back } = props;
  const projectId = project.id;
  const eventId = event.id;
  const next = nextOf(event);
  const may = useRoleGate(eventContract.save);
  const idle = both(may, screenGate(event.growth === null, 'register-growing'));
  const empty = next === 'register';
  return (
    <div className="stack">
      <div className="row">
        <Button onClick={back}>{t('forms.back')}</Button>
        <h2>
          {event.code} · {event.name}
        </h2>
      </div>
      <NowLine
        action={
          <>
            {next === 'stopped' ? (
              <ActButton
                type="primary"
                gate={may}
                act={async () => {
                  await centre.event.goOn({ projectId, eventId });
                  reload();
                }}
              >
                {t('forms.goOn')}
              </ActButton>
            ) : (
              <GenerateDialog {...props} gate={idle} primary={empty} />
            )}
            <ImportDialog {...props} gate={idle} />
          </>
        }
      >
        {t(`forms.now.${next}`, event)}
      </NowLine>
      {event.growth && (
        <WorkProgress
          work={event.growth}
          words={t('forms.growth', {
            done: wholeNumber(event.growth.done, t.language),
            of: wholeNumber(event.growth.of, t.language),
          })}
          rate={(perSecond, left) =>
            t('forms.growthRate', { rate: wholeNumber(Math.round(perSecond), t.language), left })
          }
        />
      )}
      <section className="panel">
        <Facts
          of={[
            [t('forms.subject'), `${event.subject.code} · ${event.subject.name} · ${event.subject.latin}`],
            [t('forms.date'), event.date],
            [t('forms.stage'), event.stage],
            [t('forms.dueH'), event.protocolDueH],
            [t('forms.prefix'), <CodeFigures key="prefix" value={event.numberPrefix} />],
            [
              t('forms.composition'),
              event.composition.map(({ kind, count }) => `${count} × ${t(`forms.kind.${kind}`)}`).join(', '),
            ],
            ...event.rules.map(
              (rule) => [t('forms.rules'), t(`forms.rule.${rule.check}`, { length: rule.length })] as const,
            ),
            [t('forms.kits'), wholeNumber(event.kits, t.language)],
            [
              t('forms.came'),
              t('forms.ofSides', {
                came: wholeNumber(event.came, t.language),
                sides: wholeNumber(event.sides, t.language),
              }),
            ],
          ]}
        />
        <div className="row">
          <DialogButton label={t('forms.change')} width={720} gate={may}>
            {(close) => (
              <EventForm
                centre={centre}
                projectId={projectId}
                event={event}
                close={close}
                done={() => {
                  close();
                  reload();
                }}
              />
            )}
          </DialogButton>
          {(['csv', 'xlsx'] as const).map((format) => (
            <DownloadButton
              key={format}
              gate={screenGate(event.grown, 'register-nothing-here')}
              make={() => centre.event.export({ projectId, eventId, format, language: t.language })}
            >
              {t('forms.export')} ({format.toUpperCase()})
            </DownloadButton>
          ))}
          <RemoveEvent {...props} gate={idle} />
        </div>
      </section>
      <RegisterTable {...props} />
      <FormDrawing {...props} gate={may} />
    </div>
  );
}
