import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { protocolBodySchema, type ProtocolBody } from '../../../exam/scan/protocol.ts';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { useText } from '../../../ui/text.ts';
import type { ProtocolRoom } from '../../protocols/contract.ts';

const amounts = [
  'kitsReceived',
  'kitsUsed',
  'absent',
  'notFinished',
  'registrationForms',
  'answerForms',
  'additionalSheets',
] as const satisfies readonly (keyof ProtocolBody)[];
const times = ['startedAt', 'endedAt'] as const;

type Typed = Record<keyof ProtocolBody, string>;

/** Begins with what was handed in before, else with the kits that the register has. */
function typedOf({ versions: [newest], received }: ProtocolRoom): Typed {
  const body = newest?.body;
  const amount = (field: (typeof amounts)[number]): [string, string] => [
    field,
    body ? String(body[field]) : field === 'kitsReceived' ? String(received.kits) : '',
  ];
  return {
    ...(Object.fromEntries(amounts.map(amount)) as Record<(typeof amounts)[number], string>),
    startedAt: body?.startedAt ?? '',
    endedAt: body?.endedAt ?? '',
    conductedBy: body?.conductedBy ?? '',
    signedBy: body?.signedBy ?? '',
    remarks: body?.remarks ?? '',
    spoiledKits: body?.spoiledKits.join(', ') ?? '',
  };
}

export function ProtocolForm(props: {
  room: ProtocolRoom;
  onSubmit: (body: ProtocolBody) => Promise<void>;
}): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState(() => typedOf(props.room));
  const change = (field: keyof Typed) => (event: { target: { value: string } }) =>
    setTyped({ ...typed, [field]: event.target.value });
  const body = protocolBodySchema.safeParse({
    ...typed,
    // What is empty is no 0.
    ...Object.fromEntries(amounts.map((one) => [one, typed[one].trim() === '' ? null : Number(typed[one])])),
    ...Object.fromEntries(times.map((one) => [one, typed[one].trim().padStart(5, '0')])),
    spoiledKits: typed.spoiledKits.split(/[\s,;，；、]+/).filter((one) => one !== ''),
  });
  const field = (name: keyof Typed, input: Parameters<typeof Input>[0] = {}): ReactNode => (
    <Field key={name} label={t(`protocols.field.${name}`)}>
      <Input {...input} value={typed[name]} onChange={change(name)} />
    </Field>
  );
  return (
    <Form
      submit={t('protocols.handIn')}
      ready={body.success}
      done={t('protocols.handedIn')}
      onSubmit={async () => {
        if (body.success) await props.onSubmit(body.data);
      }}
    >
      <div className="fields-3">
        {field('conductedBy', { maxLength: 200 })}
        {times.map((name) => field(name, { placeholder: '09:00', maxLength: 5 }))}
        {amounts.map((name) => field(name, { inputMode: 'numeric', maxLength: 6 }))}
      </div>
      <Field label={t('protocols.field.spoiledKits')} hint={t('protocols.spoiledHint')}>
        <Input value={typed.spoiledKits} onChange={change('spoiledKits')} />
      </Field>
      <Field label={t('protocols.field.remarks')}>
        <Input.TextArea rows={2} maxLength={2_000} value={typed.remarks} onChange={change('remarks')} />
      </Field>
      {field('signedBy', { maxLength: 200 })}
    </Form>
  );
}
