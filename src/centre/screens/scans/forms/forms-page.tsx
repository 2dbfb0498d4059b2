/** Events of the project, each with what it has and what comes next; one of them by its address: `… / forms / event`. */
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { wholeNumber } from '../../../../ui/format.ts';
import { Listing } from '../../../../ui/listing.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { checkMarks, Mark } from '../../../../ui/state-mark.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { useVisible } from '../../../../ui/use-visible.ts';
import { eventContract, type EventView } from '../../../events/contract.ts';
import type { ScansPartProps } from '../scans-page.tsx';
import { EventForm } from './event-form.tsx';
import { EventPage } from './event-page.tsx';
import { FindNumber } from './find-number.tsx';
import { nextOf, type Next } from './next-of.ts';

const marks: Record<Next, { shape: string; tone: string }> = {
  register: checkMarks.waiting,
  growing: checkMarks.current,
  stopped: checkMarks.failed,
  print: checkMarks.current,
  scan: checkMarks.current,
  complete: checkMarks.done,
};

export function FormsPage(props: ScansPartProps): ReactNode {
  const t = useText();
  const { centre, project, round, parts, go } = props;
  const projectId = project.id;
  const [asked, setAsked] = useState(0);
  const events = useLoaded(`${projectId} ${round} ${asked}`, () => centre.event.list({ projectId }));
  const list = events.value ?? [];
  const growing = list.some(({ growth }) => growth?.running === true);
  useAskAgain(growing, () => setAsked((before) => before + 1));
  const may = useRoleGate(eventContract.save);
  if (!events.value) return events.refusal && <RefusalAlert refusal={events.refusal} />;
  const chosen = list.find(({ id }) => id === parts[0]);
  if (chosen)
    return (
      <EventPage
        key={chosen.id}
        {...props}
        event={chosen}
        round={round + asked}
        reload={events.reload}
        back={() => go()}
      />
    );
  const create = (
    <DialogButton type="primary" label={t('forms.new')} width={720} gate={may}>
      {(close) => (
        <EventForm
          centre={centre}
          projectId={projectId}
          event={null}
          done={(id) => {
            close();
            events.reload();
            go(id);
          }}
          close={close}
        />
      )}
    </DialogButton>
  );
  return (
    <div className="stack">
      <NowLine action={create}>
        {list.length === 0 ? t('forms.noneTodo') : t('forms.now', { count: list.length })}
      </NowLine>
      {list.length > 0 && <FindNumber centre={centre} projectId={projectId} />}
      <Listing
        rows={list}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(id)}
        empty={
          <EmptyState title={t('forms.none')} todo={t(may.allowed ? 'forms.noneTodo' : 'forms.noneLooker')} />
        }
        columns={({ column, figures }) => [
          column(t('forms.code'), ({ code }) => <strong>{code}</strong>),
          column(t('forms.name'), ({ name, subject }) => (
            <>
              {name}
              <div className="soft">
                {subject.code} · {subject.name}
              </div>
            </>
          )),
          column(t('forms.date'), ({ date }) => <span className="nowrap">{date}</span>),
          figures(t('forms.sites'), ({ sites }) => wholeNumber(sites, t.language)),
          figures(t('forms.kits'), ({ kits }) => wholeNumber(kits, t.language)),
          figures(t('forms.came'), (event) => came(event, t.language)),
          column(t('forms.next'), (event) => {
            const next = nextOf(event);
            return <Mark {...marks[next]} word={t(`forms.next.${next}`)} />;
          }),
        ]}
      />
    </div>
  );
}

function came({ came: there, sides }: EventView, language: 'en' | 'zh' | 'ru'): string {
  return sides === 0 ? '–' : `${wholeNumber(there, language)} / ${wholeNumber(sides, language)}`;
}

const askEveryMs = 2_000;

/** While a register grows: it tells how far it is when it is asked. */
function useAskAgain(grows: boolean, ask: () => void): void {
  const visible = useVisible();
  const asks = grows && visible;
  useEffect(() => {
    if (!asks) return undefined;
    const timer = setInterval(ask, askEveryMs);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the newest `ask` does the same
  }, [asks]);
}
