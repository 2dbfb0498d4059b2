/** How many kits go to which room: from the roster, by hand or from a file; nothing is made before the sums were looked at. */
import { useState, type ReactNode } from 'react';
import { App, Button, Input, InputNumber, Segmented, Select, Space } from 'antd';
import type { GateView } from '../../../../node/contract.ts';
import { ActButton } from '../../../../ui/act-button.tsx';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FileDrop } from '../../../../ui/file-drop.tsx';
import { Form } from '../../../../ui/form.tsx';
import { wholeNumber } from '../../../../ui/format.ts';
import { screenGate } from '../../../../ui/gate-button.tsx';
import { Listing } from '../../../../ui/listing.tsx';
import { useText } from '../../../../ui/text.ts';
import type { PlanRow, PlanSource, PlanView } from '../../../events/contract.ts';
import type { EventProps } from './event-page.tsx';
import { NewSites } from './import-dialog.tsx';
import { WrongRows } from './wrong-rows.tsx';

export function GenerateDialog(props: EventProps & { gate: GateView; primary: boolean }): ReactNode {
  const t = useText();
  return (
    <DialogButton
      type={props.primary ? 'primary' : 'default'}
      label={t(props.event.grown ? 'forms.addKits' : 'forms.generate')}
      gate={props.gate}
      width={820}
    >
      {(close) => <Generate {...props} close={close} />}
    </DialogButton>
  );
}

const sources = ['roster', 'rows', 'file'] as const;

function Generate(props: EventProps & { close: () => void }): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  const { centre, project, event, reload, close } = props;
  const ofEvent = { projectId: project.id, eventId: event.id };
  const withRoster = project.candidates > 0;
  const [from, setFrom] = useState<PlanSource['from']>(withRoster && !event.grown ? 'roster' : 'rows');
  const [plan, setPlan] = useState<(PlanView & { source: PlanSource }) | null>(null);
  const [addSites, setAddSites] = useState(false);
  const look = async (source: PlanSource): Promise<void> =>
    setPlan({ ...(await centre.event.plan({ ...ofEvent, source })), source });
  const choose = (next: PlanSource['from']): void => {
    setFrom(next);
    setPlan(null);
    setAddSites(false);
  };
  return (
    <div className="stack">
      <Segmented
        aria-label={t('forms.planFrom')}
        value={from}
        onChange={choose}
        options={sources.map((one) => ({
          value: one,
          label: t(`forms.from.${one}`),
          disabled: one === 'roster' && !withRoster,
        }))}
      />
      {from === 'roster' && <FromRoster {...props} changed={() => setPlan(null)} look={look} />}
      {from === 'rows' && <ByHand changed={() => setPlan(null)} look={look} />}
      {from === 'file' && (
        <FileDrop
          hint={t('forms.planHint')}
          accept=".csv,.xlsx,.txt"
          onFile={(uploadId) => look({ from: 'file', uploadId })}
        />
      )}
      {plan && (
        <Form
          submit={t('forms.generateRun')}
          ready={plan.wrong === 0 && (plan.newSitesInAll === 0 || addSites)}
          onCancel={close}
          onSubmit={async () => {
            await centre.event.generate({ ...ofEvent, source: plan.source, addSites });
            void message.success(t('forms.started'));
            close();
            reload();
          }}
        >
          <p role="status">
            <strong>{t('forms.planSums', grouped(plan, t.language))}</strong>
          </p>
          <NewSites {...plan} checked={addSites} onChange={setAddSites} />
          <WrongRows {...plan} />
          <Listing
            rows={plan.rows}
            rowKey={({ siteCode, roomCode }) => JSON.stringify([siteCode, roomCode])}
            pageSize={5}
            caption={t('forms.firstRows', {
              shown: wholeNumber(plan.rows.length, t.language),
              count: wholeNumber(plan.rowsInAll, t.language),
            })}
            columns={({ column, figures }) => [
              column(t('forms.site'), ({ siteCode }) => siteCode),
              column(t('forms.room'), ({ roomCode }) => (roomCode === '' ? t('forms.noRoom') : roomCode)),
              figures(t('forms.kits'), ({ kits }) => kits),
              figures(t('forms.additional'), ({ additional }) => additional),
            ]}
          />
        </Form>
      )}
    </div>
  );
}

/** Numbers of millions are read in groups. */
function grouped(plan: PlanView, language: 'en' | 'zh' | 'ru'): Record<string, string> {
  const { sites, rooms, kits, additional, sheets, pages } = plan;
  return Object.fromEntries(
    Object.entries({ sites, rooms, kits, additional, sheets, pages }).map(([name, value]) => [
      name,
      wholeNumber(value, language),
    ]),
  );
}

interface SourceProps {
  /** What was looked at is not what stands here any more. */
  changed: () => void;
  look: (source: PlanSource) => Promise<void>;
}

function FromRoster({ project, changed, look }: EventProps & SourceProps): ReactNode {
  const t = useText();
  const [said, setSaid] = useState({
    sessionNumber: project.sessions[0]?.number ?? 1,
    amount: 10,
    unit: 'percent' as 'percent' | 'kits',
    additional: 0,
  });
  const set = (part: Partial<typeof said>): void => {
    setSaid((before) => ({ ...before, ...part }));
    changed();
  };
  const { sessionNumber, amount, unit, additional } = said;
  return (
    <>
      <div className="fields-3">
        <Field label={t('forms.session')}>
          <Select
            aria-label={t('forms.session')}
            value={sessionNumber}
            onChange={(value) => set({ sessionNumber: value })}
            options={project.sessions.map(({ number, name }) => ({
              value: number,
              label: `${number} · ${name}`,
            }))}
          />
        </Field>
        <Field label={t('forms.reserve')}>
          <Space.Compact block>
            <InputNumber
              min={0}
              max={1_000}
              value={amount}
              onChange={(value) => set({ amount: value ?? 0 })}
            />
            <Select
              aria-label={t('forms.reserve')}
              value={unit}
              onChange={(value) => set({ unit: value })}
              options={(['percent', 'kits'] as const).map((one) => ({
                value: one,
                label: t(`forms.reserve.${one}`),
              }))}
            />
          </Space.Compact>
        </Field>
        <Field label={t('forms.additional')}>
          <InputNumber
            min={0}
            max={1_000}
            value={additional}
            onChange={(value) => set({ additional: value ?? 0 })}
          />
        </Field>
      </div>
      <div className="row">
        <ActButton act={() => look({ from: 'roster', sessionNumber, reserve: { unit, amount }, additional })}>
          {t('forms.look')}
        </ActButton>
        <span className="soft">{t('forms.rosterText')}</span>
      </div>
    </>
  );
}

type Row = PlanRow & { key: number };

function ByHand({ changed, look }: SourceProps): ReactNode {
  const t = useText();
  const blank = (key: number): Row => ({
    key,
    siteCode: '',
    roomCode: '',
    kits: 0,
    additional: 0,
    siteName: '',
    region: '',
  });
  const [rows, setRows] = useState<readonly Row[]>([blank(1)]);
  const set = (key: number, part: Partial<PlanRow>): void => {
    setRows((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)));
    changed();
  };
  const said = rows.filter(
    ({ siteCode, kits, additional }) => siteCode.trim() !== '' && kits + additional > 0,
  );
  return (
    <>
      <Listing
        rows={rows}
        rowKey={({ key }) => String(key)}
        columns={({ column }) => [
          column(t('forms.site'), ({ key, siteCode }) => (
            <Input
              aria-label={t('forms.site')}
              value={siteCode}
              maxLength={64}
              onChange={(change) => set(key, { siteCode: change.target.value })}
            />
          )),
          column(t('forms.room'), ({ key, roomCode }) => (
            <Input
              aria-label={t('forms.room')}
              value={roomCode}
              maxLength={64}
              onChange={(change) => set(key, { roomCode: change.target.value })}
            />
          )),
          column(t('forms.kits'), ({ key, kits }) => (
            <InputNumber
              aria-label={t('forms.kits')}
              min={0}
              max={10_000}
              value={kits}
              onChange={(value) => set(key, { kits: value ?? 0 })}
            />
          )),
          column(t('forms.additional'), ({ key, additional }) => (
            <InputNumber
              aria-label={t('forms.additional')}
              min={0}
              max={10_000}
              value={additional}
              onChange={(value) => set(key, { additional: value ?? 0 })}
            />
          )),
          column('', ({ key }) => (
            <Button
              size="small"
              aria-label={t('forms.removeRow')}
              title={t('forms.removeRow')}
              onClick={() => {
                setRows((before) =>
                  before.length === 1 ? [blank(key + 1)] : before.filter((one) => one.key !== key),
                );
                changed();
              }}
            >
              ✕
            </Button>
          )),
        ]}
      />
      <div className="row">
        <Button onClick={() => setRows((before) => [...before, blank((before.at(-1)?.key ?? 0) + 1)])}>
          {t('forms.addRow')}
        </Button>
        <ActButton
          gate={screenGate(said.length > 0, 'plan-empty')}
          act={() => look({ from: 'rows', rows: [...said] })}
        >
          {t('forms.look')}
        </ActButton>
      </div>
    </>
  );
}
