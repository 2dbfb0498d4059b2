import { useState, type ReactNode } from 'react';
import { Input, Select } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { clockTime } from '../../../ui/format.ts';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { gateForChosen, Names, type ChosenProps } from './chosen.tsx';

/** Registers a violation of one candidate, and takes back what was registered by mistake. */
export function ViolationDialog(props: ChosenProps): ReactNode {
  const t = useText();
  const gate = gateForChosen(props.board.toolbar.violation, props.chosen, true);
  return (
    <DialogButton label={t('room.violation')} gate={gate} width={720}>
      {(close) => <Violation {...props} close={close} />}
    </DialogButton>
  );
}

function Violation({ room, chosen, set, close }: ChosenProps & { close: () => void }): ReactNode {
  const t = useText();
  const types = useLoaded('types', () => room.sitting.violationTypes());
  const [code, setCode] = useState<string | null>(null);
  const [description, setDescription] = useState('');
  const [candidate] = chosen;
  if (!candidate) return null;
  const { sittingId } = candidate;
  return (
    <div className="stack">
      <Form
        submit={t('room.registerViolation')}
        ready={code !== null}
        onCancel={close}
        done={t('room.violationRegistered')}
        onSubmit={async () => {
          set(await room.sitting.violation({ sittingId, code: code ?? '', description }));
          close();
        }}
      >
        <Names of={[candidate]} />
        <Field label={t('room.violationType')}>
          <Select
            aria-label={t('room.violationType')}
            value={code}
            onChange={setCode}
            options={(types.value ?? []).map((type) => ({
              value: type.code,
              label: `${type.code} · ${type.text[t.language]}`,
            }))}
          />
        </Field>
        <Field label={t('room.violationText')}>
          <Input.TextArea
            rows={3}
            maxLength={4000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </Field>
      </Form>
      {candidate.violations.length > 0 && <h3>{t('count.violations')}</h3>}
      {candidate.violations.map((one) => (
        <div key={one.id} className="row">
          <span>
            {clockTime(one.at)} {one.code} {one.description}
          </span>
          <ActButton
            size="small"
            act={async () => set(await room.sitting.cancelViolation({ sittingId, violationId: one.id }))}
          >
            {t('room.cancelViolation')}
          </ActButton>
        </div>
      ))}
    </div>
  );
}
