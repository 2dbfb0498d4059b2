/** An event: subject, day, and what a kit consists of. */
import { useState, type ReactNode } from 'react';
import { AutoComplete, DatePicker, Input, InputNumber } from 'antd';
import dayjs from 'dayjs';
import { usualComposition, type Composition } from '../../../../exam/form/composition.ts';
import { eventCodeSchema, subjectLatinSchema } from '../../../../exam/form/event-code.ts';
import { sheetKinds } from '../../../../exam/form/sheet-code.ts';
import { usualSubjects } from '../../../../exam/form/usual-subjects.ts';
import { Field } from '../../../../ui/field.tsx';
import { Form } from '../../../../ui/form.tsx';
import { useText } from '../../../../ui/text.ts';
import { mostOfKit, type EventView } from '../../../events/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';

interface Props {
  centre: CentreClient;
  projectId: string;
  /** null: a new one. */
  event: EventView | null;
  done: (eventId: string) => void;
  close: () => void;
}

/** A protocol is of a room, not of a kit. */
const kinds = sheetKinds.filter((kind) => kind !== 'protocol');

export function EventForm({ centre, projectId, event, done, close }: Props): ReactNode {
  const t = useText();
  const [form, setForm] = useState({
    code: event?.code ?? '',
    name: event?.name ?? '',
    subjectCode: event?.subject.code ?? '',
    subjectName: event?.subject.name ?? '',
    latin: event?.subject.latin ?? '',
    date: event?.date ?? null,
    stage: event?.stage ?? '',
    protocolDueH: event?.protocolDueH ?? 24,
    composition: event?.composition ?? usualComposition,
  });
  const set = (part: Partial<typeof form>): void => setForm((before) => ({ ...before, ...part }));
  const fixed = event !== null && (event.grown || event.growth !== null);
  const codeFits = eventCodeSchema.safeParse(form.code).success;
  const latinFits = subjectLatinSchema.safeParse(form.latin).success;
  const sheets = form.composition.reduce((sum, { count }) => sum + count, 0);
  const ready =
    codeFits &&
    latinFits &&
    form.name.trim() !== '' &&
    form.subjectCode.trim() !== '' &&
    form.subjectName.trim() !== '' &&
    form.date !== null &&
    sheets > 0 &&
    sheets <= mostOfKit;
  const chooseSubject = (name: string): void => {
    const usual = usualSubjects.find((one) => one.name[t.language] === name);
    if (usual) set({ subjectName: name, subjectCode: usual.code, latin: usual.latin });
    else set({ subjectName: name });
  };
  return (
    <Form
      submit={event ? t('save') : t('forms.create')}
      ready={ready}
      onCancel={close}
      onSubmit={async () => {
        const { eventId } = await centre.event.save({
          projectId,
          eventId: event?.id ?? null,
          event: {
            code: form.code,
            name: form.name,
            subject: { code: form.subjectCode, name: form.subjectName, latin: form.latin },
            date: form.date ?? '',
            stage: form.stage,
            composition: form.composition,
            protocolDueH: form.protocolDueH,
          },
        });
        done(eventId);
      }}
    >
      <div className="fields-3">
        <Field label={t('forms.subject')}>
          <AutoComplete
            value={form.subjectName}
            maxLength={400}
            showSearch={{ filterOption: (typed, option) => startsLike(option?.value ?? '', typed) }}
            options={usualSubjects.map(({ name }) => ({ value: name[t.language] }))}
            onChange={chooseSubject}
          />
        </Field>
        <Field label={t('forms.subjectCode')}>
          <Input
            value={form.subjectCode}
            maxLength={10}
            onChange={(change) => set({ subjectCode: change.target.value })}
          />
        </Field>
        <Field label={t('forms.latin')} hint={t('forms.latinHint')}>
          <Input
            value={form.latin}
            maxLength={20}
            status={form.latin === '' || latinFits ? '' : 'error'}
            onChange={(change) => set({ latin: change.target.value.toLowerCase() })}
          />
        </Field>
        <Field label={t('forms.date')}>
          <DatePicker
            format="YYYY-MM-DD"
            value={form.date === null ? null : dayjs(form.date)}
            onChange={(value) => set({ date: value ? value.format('YYYY-MM-DD') : null })}
          />
        </Field>
        <Field label={t('forms.stage')}>
          <Input
            value={form.stage}
            maxLength={40}
            onChange={(change) => set({ stage: change.target.value })}
          />
        </Field>
        <Field label={t('forms.dueH')}>
          <InputNumber
            min={1}
            max={720}
            value={form.protocolDueH}
            onChange={(value) => set({ protocolDueH: value ?? 24 })}
          />
        </Field>
        <Field label={t('forms.code')} hint={t('forms.codeHint')}>
          <Input
            value={form.code}
            maxLength={40}
            status={form.code === '' || codeFits ? '' : 'error'}
            onChange={(change) => set({ code: change.target.value })}
          />
        </Field>
        <Field label={t('forms.name')}>
          <Input
            value={form.name}
            maxLength={400}
            onChange={(change) => set({ name: change.target.value })}
          />
        </Field>
      </div>
      <h3>{t('forms.composition')}</h3>
      {fixed && <p className="hint">{t('forms.compositionFixed')}</p>}
      <div className="fields-3">
        {kinds.map((kind) => (
          <Field key={kind} label={t(`forms.kind.${kind}`)}>
            <InputNumber
              min={0}
              max={20}
              disabled={fixed}
              value={form.composition.find((one) => one.kind === kind)?.count ?? 0}
              onChange={(value) => set({ composition: withCount(form.composition, kind, value ?? 0) })}
            />
          </Field>
        ))}
      </div>
    </Form>
  );
}

function startsLike(name: string, typed: string): boolean {
  return name.toLowerCase().includes(typed.trim().toLowerCase());
}

/** In the order in which a kit lies: control sheets last. */
function withCount(composition: Composition, kind: (typeof kinds)[number], count: number): Composition {
  const others = composition.filter((one) => one.kind !== kind);
  const all = count === 0 ? others : [...others, { kind, count }];
  return all.toSorted((a, b) => sheetKinds.indexOf(a.kind) - sheetKinds.indexOf(b.kind));
}
