/** Which session, and who runs it: their names stand in the exam record. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Radio } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import type { RoomRecord } from '../../../exam/package/room-result.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { NowLine } from '../../../ui/now-line.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { RoomBoard, RoomOverview } from '../../contract.ts';
import type { RoomClient } from '../room-console.tsx';

type SessionChoice = NonNullable<RoomOverview['exam']>['sessions'][number];

interface Props {
  room: RoomClient;
  chosen: string | null;
  go: (...parts: string[]) => void;
  onChosen: (board: RoomBoard) => void;
}

export function ChooseSession({ room, chosen, go, onChosen }: Props): ReactNode {
  const t = useText();
  const overview = useLoaded('overview', () => room.overview.get());
  const record = useLoaded(chosen, () => room.session.record({ sessionId: chosen ?? '' }));
  if (!overview.value || (chosen !== null && !record.value)) return null;
  const { exam } = overview.value;
  if (!exam)
    return (
      <EmptyState
        title={t('room.notLoaded')}
        todo={t('room.notLoadedTodo')}
        action={
          <Button type="primary" onClick={() => go('before', 'load')}>
            {t('step.load')}
          </Button>
        }
      />
    );
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.during')}</h1>
      <NowLine>{t('room.now.choose')}</NowLine>
      <section className="panel panel-narrow">
        <Choice
          room={room}
          sessions={exam.sessions}
          chosen={chosen}
          people={record.value ?? nobodyYet}
          onChosen={onChosen}
        />
      </section>
    </div>
  );
}

const nobody = { name: '', phone: '' };
const nobodyYet = { administrator: '', invigilators: [] };

function Choice({
  room,
  sessions,
  chosen,
  people,
  onChosen,
}: Pick<Props, 'room' | 'chosen' | 'onChosen'> & {
  sessions: readonly SessionChoice[];
  /** Who ran the session that was chosen before. */
  people: Pick<RoomRecord, 'administrator' | 'invigilators'>;
}): ReactNode {
  const t = useText();
  const now = useTick(60_000);
  const nearest = sessions
    .filter((one) => !['ended', 'reported'].includes(one.state))
    .toSorted((a, b) => Math.abs(a.startAt - now) - Math.abs(b.startAt - now))[0];
  const [picked, setPicked] = useState<string | null>(null);
  const [administrator, setAdministrator] = useState(people.administrator);
  const [invigilators, setInvigilators] = useState(
    people.invigilators.length > 0 ? people.invigilators : [nobody],
  );
  const sessionId = picked ?? nearest?.sessionId ?? chosen;
  const change = (index: number, part: Partial<typeof nobody>): void =>
    setInvigilators((list) => list.map((one, i) => (i === index ? { ...one, ...part } : one)));
  return (
    <Form
      submit={t('room.choose')}
      ready={sessionId !== null}
      onSubmit={async () => {
        if (sessionId === null) return;
        onChosen(
          await room.session.choose({
            sessionId,
            administrator,
            invigilators: invigilators.filter((one) => one.name.trim() !== ''),
          }),
        );
      }}
    >
      <fieldset className="plain">
        <legend>{t('column.session')}</legend>
        <Radio.Group
          value={sessionId}
          onChange={(event) => setPicked(String(event.target.value))}
          className="choices"
        >
          {sessions.map((one) => (
            <Radio key={one.sessionId} value={one.sessionId}>
              {one.number} · {one.name} · {dateTime(one.startAt)} ·{' '}
              {t('candidates', { count: one.candidates })} · {t.find(`session.${one.state}`)}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <Field label={t('room.administrator')}>
        <Input value={administrator} onChange={(event) => setAdministrator(event.target.value)} />
      </Field>
      {invigilators.map((one, i) => (
        // The rows have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className="fields-2">
          <Field label={t('room.invigilator', { number: i + 1 })}>
            <Input value={one.name} onChange={(event) => change(i, { name: event.target.value })} />
          </Field>
          <Field label={t('room.phone')}>
            <Input
              value={one.phone}
              maxLength={40}
              onChange={(event) => change(i, { phone: event.target.value })}
            />
          </Field>
        </div>
      ))}
      {invigilators.length < 10 && (
        <div>
          <Button
            icon={<PlusOutlined aria-hidden />}
            onClick={() => setInvigilators((list) => [...list, nobody])}
          >
            {t('room.addInvigilator')}
          </Button>
        </div>
      )}
    </Form>
  );
}
