/** Who has which accommodations, and giving some before the start. */
import { useState, type ReactNode } from 'react';
import { Input, InputNumber, Select, Switch } from 'antd';
import {
  mostTimeMinutes,
  mostTimePercent,
  noAccommodations,
  type Accommodations,
} from '../../../exam/accommodation/accommodations.ts';
import { accommodationWords, namedColours } from '../../../ui/accommodation-words.ts';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { useText } from '../../../ui/text.ts';
import type { RoomBoard, SittingView } from '../../board/contract.ts';
import type { ChosenProps } from './chosen.tsx';

/** Drawn as text, in the colour of its surroundings. */
const sign = '♿︎';

/** On a candidate's cell: there is something to know. */
export function AccommodationSign({ one }: { one: SittingView }): ReactNode {
  const t = useText();
  if (!one.accommodations) return null;
  const words = accommodationWords(t, one.accommodations.of).join(', ');
  return (
    <span className="flag flag-accommodation" title={words}>
      <span aria-hidden>{sign}</span>
      <span className="only-read">
        {t('accommodation.title')}: {words}
      </span>{' '}
    </span>
  );
}

export function AccommodationList({ board }: { board: RoomBoard }): ReactNode {
  const t = useText();
  const rows = board.sittings.filter((one) => one.accommodations !== null);
  if (rows.length === 0) return null;
  return (
    <DialogButton label={t('accommodation.list', { count: rows.length })} width={860}>
      {() => (
        <Listing
          rows={rows}
          rowKey={(one) => one.sittingId}
          columns={({ column, figures }) => [
            figures(t('column.seat'), (one) => one.seatNumber ?? '–'),
            column(t('column.admissionNumber'), (one) => (
              <span className="nowrap">{one.admissionNumber}</span>
            )),
            column(t('column.name'), (one) => one.name),
            column(t('accommodation.title'), (one) =>
              accommodationWords(t, one.accommodations?.of ?? noAccommodations).join(', '),
            ),
            column(t('accommodation.from'), (one) =>
              one.accommodations?.given
                ? t('accommodation.given', { ...one.accommodations.given })
                : t('accommodation.roster'),
            ),
          ]}
        />
      )}
    </DialogButton>
  );
}

export function Accommodate(props: ChosenProps): ReactNode {
  const t = useText();
  const { chosen, session } = props;
  const [one] = chosen;
  const before = !['running', 'ended', 'reported'].includes(session.state);
  const gate = before
    ? screenGate(chosen.length === 1, 'choose-one-candidate')
    : screenGate(false, 'accommodation-after-start');
  return (
    <DialogButton label={t('accommodation.open')} gate={gate}>
      {(close) => one && <Fields {...props} one={one} close={close} />}
    </DialogButton>
  );
}

const sizes = [100, 125, 150, 200, 250, 300, 400];

function Fields({ room, one, close }: ChosenProps & { one: SittingView; close: () => void }): ReactNode {
  const t = useText();
  const [wanted, setWanted] = useState<Accommodations>(one.accommodations?.of ?? noAccommodations);
  const [others, setOthers] = useState(wanted.others.join('\n'));
  const [reason, setReason] = useState('');
  const change = (part: Partial<Accommodations>): void => setWanted({ ...wanted, ...part });
  const { colours } = wanted;
  const known = [...sizes, ...(sizes.includes(wanted.textPercent) ? [] : [wanted.textPercent])].toSorted(
    (a, b) => a - b,
  );
  return (
    <Form
      submit={t('accommodation.give')}
      ready={reason.trim() !== ''}
      onCancel={close}
      done={t('accommodation.gave', { name: one.name })}
      onSubmit={async () => {
        const lines = others.split('\n').map((line) => line.trim());
        await room.accommodation.give({
          sittingId: one.sittingId,
          accommodations: { ...wanted, others: lines.filter((line) => line !== '') },
          reason,
        });
        close();
      }}
    >
      <p>
        {one.admissionNumber} {one.name}
      </p>
      <div className="fields-2">
        <Field label={t('accommodation.timePercent')}>
          <InputNumber
            min={0}
            max={mostTimePercent}
            value={wanted.timePercent}
            onChange={(value) => change({ timePercent: value ?? 0 })}
          />
        </Field>
        <Field label={t('accommodation.timeMinutes')}>
          <InputNumber
            min={0}
            max={mostTimeMinutes}
            precision={0}
            value={wanted.timeMinutes}
            onChange={(value) => change({ timeMinutes: value ?? 0 })}
          />
        </Field>
        <Field label={t('accommodation.textPercent')}>
          <Select<number>
            aria-label={t('accommodation.textPercent')}
            value={wanted.textPercent}
            onChange={(textPercent) => change({ textPercent })}
            options={known.map((value) => ({ value, label: `${value} %` }))}
          />
        </Field>
        <Field label={t('accommodation.colours')}>
          <Select<string>
            aria-label={t('accommodation.colours')}
            value={colours ? `${colours.text} ${colours.background}` : ''}
            onChange={(value) => {
              const [text, background] = value.split(' ');
              change({ colours: text && background ? { text, background } : null });
            }}
            options={[
              { value: '', label: t('accommodation.colours.usual') },
              ...namedColours.map(([name, text, background]) => ({
                value: `${text} ${background}`,
                label: t(`accommodation.colours.${name}`),
              })),
            ]}
          />
        </Field>
        {(['timeUnlimited', 'singleColumn', 'largeControls', 'readAloud'] as const).map((name) => (
          <Field key={name} label={t(`accommodation.${name === 'timeUnlimited' ? 'unlimited' : name}`)}>
            <span>
              <Switch
                aria-label={t(`accommodation.${name === 'timeUnlimited' ? 'unlimited' : name}`)}
                checked={wanted[name]}
                onChange={(on) => change({ [name]: on })}
              />
            </span>
          </Field>
        ))}
      </div>
      <Field label={t('accommodation.others')} hint={t('accommodation.othersHint')}>
        <Input.TextArea
          rows={2}
          maxLength={4_000}
          value={others}
          onChange={(event) => setOthers(event.target.value)}
        />
      </Field>
      <Field label={t('accommodation.reason')}>
        <Input value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Form>
  );
}
