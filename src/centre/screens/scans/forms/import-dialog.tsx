/** Forms that were printed elsewhere: look at the file, confirm the rule of its numbers, import all of it. */
import { useState, type ReactNode } from 'react';
import { App, Checkbox, InputNumber } from 'antd';
import type { GateView } from '../../../../node/contract.ts';
import type { NumberRule } from '../../../../exam/form/sheet-number.ts';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FileDrop } from '../../../../ui/file-drop.tsx';
import { Form } from '../../../../ui/form.tsx';
import { ActButton } from '../../../../ui/act-button.tsx';
import { useText } from '../../../../ui/text.ts';
import { useAction } from '../../../../ui/use-action.ts';
import type { ImportView } from '../../../events/contract.ts';
import type { EventProps } from './event-page.tsx';
import { WrongRows } from './wrong-rows.tsx';

type Read = ImportView & { uploadId: string; addSites: boolean };

export function ImportDialog(props: EventProps & { gate: GateView }): ReactNode {
  const t = useText();
  return (
    <DialogButton label={t('forms.import')} gate={props.gate} width={820}>
      {(close) => <Import {...props} close={close} />}
    </DialogButton>
  );
}

function Import({ centre, project, event, reload, close }: EventProps & { close: () => void }): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  const { busy, run } = useAction();
  const ofEvent = { projectId: project.id, eventId: event.id };
  const [read, setRead] = useState<Read | null>(null);
  const [rule, setRule] = useState<NumberRule>({ length: 17, check: 'mod-11-10' });
  const look = async (uploadId: string, said: NumberRule | null, addSites: boolean): Promise<void> => {
    const view = await centre.event.readImport({ ...ofEvent, uploadId, rule: said, addSites });
    setRead({ ...view, uploadId, addSites });
    if (view.rule) setRule(view.rule);
  };
  if (!read)
    return (
      <div className="stack">
        <p>{t('forms.importText')}</p>
        <FileDrop
          hint={t('forms.importHint')}
          accept=".csv,.xlsx,.txt"
          onFile={(uploadId) => look(uploadId, null, false)}
        />
      </div>
    );
  const { uploadId, addSites } = read;
  const unchanged = read.rule?.length === rule.length && read.rule.check === rule.check;
  return (
    <Form
      submit={t('forms.importRun')}
      ready={read.wrong === 0 && unchanged && !busy}
      onCancel={close}
      onSubmit={async () => {
        const made = await centre.event.import({ ...ofEvent, uploadId, rule, addSites });
        void message.success(t('forms.imported', { sheets: made.sheets }));
        close();
        reload();
      }}
    >
      <p role="status">
        <strong>{read.fileName}</strong> · {t('forms.importSums', read)}
      </p>
      <div className="row">
        <Field label={t('forms.ruleLength')}>
          <InputNumber
            min={4}
            max={24}
            value={rule.length}
            onChange={(length) => setRule({ ...rule, length: length ?? rule.length })}
          />
        </Field>
        <Checkbox
          checked={rule.check === 'mod-11-10'}
          onChange={(change) => setRule({ ...rule, check: change.target.checked ? 'mod-11-10' : 'none' })}
        >
          {t('forms.ruleCheck')} {t('forms.ruleChecked', read)}
        </Checkbox>
        {!unchanged && (
          <ActButton act={() => look(uploadId, rule, addSites)}>{t('forms.lookAgain')}</ActButton>
        )}
      </div>
      <NewSites
        {...read}
        checked={addSites}
        // A large file takes a while to be looked at again.
        busy={busy}
        onChange={(add) => void run(() => look(uploadId, rule, add))}
      />
      <WrongRows {...read} />
      <div className="row">
        <ActButton act={() => Promise.resolve(setRead(null))}>{t('forms.otherFile')}</ActButton>
      </div>
    </Form>
  );
}

export function NewSites(props: {
  newSites: readonly string[];
  newSitesInAll: number;
  checked: boolean;
  busy?: boolean;
  onChange: (checked: boolean) => void;
}): ReactNode {
  const t = useText();
  const { newSites, newSitesInAll, checked, busy = false, onChange } = props;
  if (newSitesInAll === 0) return null;
  const some = newSites.slice(0, 8);
  return (
    <Checkbox disabled={busy} checked={checked} onChange={(change) => onChange(change.target.checked)}>
      {t('forms.addSites', {
        count: newSitesInAll,
        sites: `${some.join(', ')}${some.length < newSitesInAll ? ', …' : ''}`,
      })}
    </Checkbox>
  );
}
