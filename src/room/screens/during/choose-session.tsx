/** Which session, and who runs it: their names stand in the exam record. */
import { useState, type ReactNode } from 'react';
import { AutoComplete, Button, Input, Radio } from 'antd';
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
import type { RoomBoard } from '../../board/contract.ts';
import type { RoomOverview } from '../../contract.ts';
import type { RoomClient } from '../room-console.tsx';

type KnownPerson = Awaited<ReturnType<RoomClient['user']['people']>>[number];
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
  const people = useLoaded('people', () => room.user.people());
  const record = useLoaded(chosen, () => room.session.record({ sessionId: chosen ?? '' }));
  if (!overview.value || !people.value || (chosen !== null && !record.value)) return null;
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
          known={people.value}
          onChosen={onChosen}
        />
      </section>
    </div>
  );
}

const nobody = { name: '', phone: '' };
const nobodyYet = { administrator: '', administratorPhone: '', invigilators: [] };

function Choice({
  room,
  sessions,
  chosen,
  people,
  known,
  onChosen,
}: Pick<Props, 'room' | 'chosen' | 'onChosen'> & {
  sessions: readonly SessionChoice[];
  /** Who ran the session that was chosen before. */
  people: Pick<RoomRecord, 'administrator' | 'administratorPhone' | 'invigilators'>;
  known: readonly KnownPerson[];
}): ReactNode {
  const t = useText();
  const now = useTick(60_000);
  const nearest = sessions
    .filter((one) => !['ended', 'reported'].includes(one.state))
    .toSorted((a, b) => Math.abs(a.startAt - now) - Math.abs(b.startAt - now))[0];
  const [picked, setPicked] = useState<string | null>(null);
  const [administrator, setAdministrator] = useState({
    name: people.administrator,
    phone: people.administratorPhone,
  });
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
            administrator: administrator.name,
            administratorPhone: administrator.phone,
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
      <Person
        label={t('room.administrator')}
        phoneLabel={t('room.administratorPhone')}
        known={known.filter((one) => one.role === 'administrator')}
        value={administrator}
        change={(part) => setAdministrator((before) => ({ ...before, ...part }))}
      />
      {invigilators.map((one, i) => (
        // The rows have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <Person
          key={i}
          label={t('room.invigilator', { number: i + 1 })}
          phoneLabel={t('room.phone')}
          known={known}
          value={one}
          change={(part) => change(i, part)}
        />
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

/** Chosen from the users of this console, or typed: whoever stands in has no account. */
function Person(props: {
  label: string;
  phoneLabel: string;
  known: readonly KnownPerson[];
  value: typeof nobody;
  change: (part: Partial<typeof nobody>) => void;
}): ReactNode {
  const { label, phoneLabel, known, value, change } = props;
  return (
    <div className="fields-2">
      <Field label={label}>
        <AutoComplete
          value={value.name}
          maxLength={400}
          options={known
            .filter((one) => one.name.toLowerCase().includes(value.name.trim().toLowerCase()))
            .map((one, i) => ({
              key: i,
              value: one.name,
              label: `${one.name} ${one.phone}`,
              phone: one.phone,
            }))}
          onChange={(name: string) => change({ name })}
          onSelect={(name: string, option: { phone: string }) => change({ name, phone: option.phone })}
        />
      </Field>
      <Field label={phoneLabel}>
        <Input
          value={value.phone}
          maxLength={40}
          onChange={(event) => change({ phone: event.target.value })}
        />
      </Field>
    </div>
  );
}
