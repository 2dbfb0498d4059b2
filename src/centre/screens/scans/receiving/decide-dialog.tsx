/** A person says how good a package is: the site reads it with its next contact. */
import { useState, type ReactNode } from 'react';
import { Form, Input, Select } from 'antd';
import { ActButton } from '../../../../ui/act-button.tsx';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { dayPackageContract, type DayPackageRow } from '../../../paper-day/receiving/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';

interface Props {
  centre: CentreClient;
  projectId: string;
  siteCode: string;
  of: DayPackageRow;
}

export function DecideDialog(props: Props): ReactNode {
  const t = useText();
  const gate = useRoleGate(dayPackageContract.decide);
  return (
    <DialogButton size="small" gate={gate} label={`${t('receiving.decide')} …`}>
      {(close) => <Decide {...props} close={close} />}
    </DialogButton>
  );
}

const keyOf = ({ number, side }: { number: string; side: 1 | 2 }): string => `${number} ${side}`;

function Decide({ centre, projectId, siteCode, of, close }: Props & { close: () => void }): ReactNode {
  const t = useText();
  const [chosen, setChosen] = useState<string[]>(of.rescan.map(keyOf));
  const [note, setNote] = useState(of.note);
  const which = { projectId, siteCode, packageId: of.id };
  const sheets = useLoaded(of.id, () => centre.dayPackage.sheets(which));
  const say = async (quality: 'good' | 'rescan'): Promise<void> => {
    const rescan = (sheets.value ?? []).filter((one) => chosen.includes(keyOf(one)));
    await centre.dayPackage.decide({
      ...which,
      quality,
      rescan: quality === 'good' ? [] : rescan.map(({ number, side }) => ({ number, side })),
      note: note.trim(),
    });
    close();
  };
  return (
    <Form layout="vertical">
      <p>{t('receiving.decideAsk')}</p>
      {sheets.refusal && <RefusalAlert refusal={sheets.refusal} />}
      <Form.Item label={t('receiving.sheets')}>
        <Select
          mode="multiple"
          aria-label={t('receiving.sheets')}
          placeholder={t('receiving.chooseSheets')}
          loading={sheets.value === null && !sheets.refusal}
          maxTagCount={8}
          value={chosen}
          onChange={setChosen}
          options={[...new Map((sheets.value ?? []).map((one) => [keyOf(one), one])).values()].map((one) => ({
            value: keyOf(one),
            label: t('receiving.sheetSide', { number: one.number, side: one.side }),
          }))}
        />
      </Form.Item>
      <Form.Item label={t('receiving.note')}>
        <Input.TextArea
          rows={2}
          maxLength={500}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </Form.Item>
      <div className="row">
        <ActButton type="primary" act={() => say('good')}>
          {t('receiving.sayGood')}
        </ActButton>
        <ActButton
          gate={
            chosen.length > 0
              ? { allowed: true }
              : { allowed: false, reason: { type: 'rescan-without-sheets' } }
          }
          act={() => say('rescan')}
        >
          {t('receiving.sayRescan')}
        </ActButton>
      </div>
    </Form>
  );
}
