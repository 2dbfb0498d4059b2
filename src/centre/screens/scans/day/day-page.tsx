/** The day of an exam on paper: one exam at a time, with its steps from question papers to the release. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Listing } from '../../../../ui/listing.tsx';
import { useChosenStep } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { StepBar } from '../../../../ui/step-bar.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLive } from '../../../../ui/use-live.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { useSession } from '../../../../ui/session.ts';
import type { DayRow, DayView } from '../../../paper-day/contract.ts';
import type { ScansPartProps } from '../scans-page.tsx';
import { KeysStep } from './keys-step.tsx';
import { MembersStep } from './members-step.tsx';
import { PapersStep } from './papers-step.tsx';
import { PrepareStep } from './prepare-step.tsx';
import { ReleaseStep } from './release-step.tsx';

export interface DayStepProps extends ScansPartProps {
  day: DayView;
  set: (day: DayView) => void;
  onChoose: (step: string) => void;
}

/** Address: `scans / project / day / event / step`. */
export function DayPage(props: ScansPartProps): ReactNode {
  const { limit } = useSession().user;
  const [eventId, step] = props.parts;
  // What opens a paper concerns every site.
  if (limit !== null) return <RefusalAlert refusal={{ type: 'outside-limit' }} />;
  return eventId === undefined ? (
    <Events {...props} />
  ) : (
    <OneDay key={eventId} {...props} eventId={eventId} step={step} />
  );
}

function Events({ centre, project, round, go }: ScansPartProps): ReactNode {
  const t = useText();
  const list = useLoaded(`${project.id} ${round}`, () => centre.paperDay.list({ projectId: project.id }));
  if (list.refusal) return <RefusalAlert refusal={list.refusal} />;
  if (list.value === null) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('paperDay.events')}</h2>
      </div>
      <Listing<DayRow>
        rows={list.value}
        rowKey={(row) => row.eventId}
        pageSize={50}
        onOpen={(row) => go(row.eventId)}
        empty={<EmptyState title={t('paperDay.noEvents')} todo={t('paperDay.noEventsTodo')} />}
        columns={({ column, figures, moment }) => [
          column(t('paperDay.event'), (row) => (
            <Button type="link" className="link" onClick={() => go(row.eventId)}>
              {row.name}
            </Button>
          )),
          column(t('paperDay.subject'), (row) => row.subject),
          column(t('paperDay.date'), (row) => <span className="nowrap">{row.date}</span>),
          moment(t('paperDay.start'), (row) => row.startAt),
          figures(t('paperDay.sites'), (row) => row.sites),
          figures(t('paperDay.kits'), (row) => row.kits),
        ]}
      />
    </section>
  );
}

function OneDay(props: ScansPartProps & { eventId: string; step: string | undefined }): ReactNode {
  const t = useText();
  const { centre, project, go, eventId } = props;
  const live = useLive(eventId, (signal) =>
    centre.paperDay.live({ projectId: project.id, eventId }, { signal }),
  );
  const day = live.value;
  const step = useChosenStep(day?.steps ?? null, props.step, 'scans', project.id, 'day', eventId);
  if (day === null) return live.refusal && <RefusalAlert refusal={live.refusal} />;
  const shared: DayStepProps = {
    ...props,
    day,
    set: (next) => live.set(next),
    onChoose: (one) => go(eventId, one),
  };
  return (
    <div className="stack">
      <div className="row">
        <Button onClick={() => go()}>{t('paperDay.back')}</Button>
        <h2 className="grow">
          {day.name} <small className="soft">{`${day.subject} · ${day.date}`}</small>
        </h2>
      </div>
      <StepBar steps={day.steps} chosen={step} onChoose={shared.onChoose} />
      {step === 'day-papers' && <PapersStep {...shared} />}
      {step === 'day-members' && <MembersStep {...shared} />}
      {step === 'day-prepare' && <PrepareStep {...shared} />}
      {step === 'day-keys' && <KeysStep {...shared} />}
      {step === 'day-release' && <ReleaseStep {...shared} />}
    </div>
  );
}
