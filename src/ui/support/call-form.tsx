import { useState, type ReactNode } from 'react';
import { Input, Select } from 'antd';
import { textLimit, type SupportCall } from '../../exam/support/posting.ts';
import { Field } from '../field.tsx';
import { Form } from '../form.tsx';
import { useText } from '../text.ts';
import { priorityOptions, stageOptions } from './support-words.tsx';

interface Props {
  submit: string;
  ready?: boolean;
  /** What stands before it, such as the site that called. */
  children?: ReactNode;
  onSubmit: (call: SupportCall) => Promise<unknown>;
}

/** A new question or incident. */
export function CallForm({ submit, ready = true, children, onSubmit }: Props): ReactNode {
  const t = useText();
  const [call, setCall] = useState<SupportCall>({ stage: 'other', priority: 'normal', phone: '', text: '' });
  const change = (some: Partial<SupportCall>): void => setCall((before) => ({ ...before, ...some }));
  return (
    <Form submit={submit} ready={ready && call.text.trim() !== ''} onSubmit={() => onSubmit(call)}>
      {children}
      <div className="fields-2">
        <Field label={t('support.stage')}>
          <Select
            aria-label={t('support.stage')}
            value={call.stage}
            onChange={(stage) => change({ stage })}
            options={stageOptions(t)}
          />
        </Field>
        <Field label={t('support.priority')}>
          <Select
            aria-label={t('support.priority')}
            value={call.priority}
            onChange={(priority) => change({ priority })}
            options={priorityOptions(t)}
          />
        </Field>
      </div>
      <Field label={t('support.text')} hint={t('support.textHint')}>
        <Input.TextArea
          aria-label={t('support.text')}
          maxLength={textLimit}
          autoSize={{ minRows: 4, maxRows: 12 }}
          value={call.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </Field>
      <Field label={t('support.phone')}>
        <Input
          aria-label={t('support.phone')}
          maxLength={40}
          value={call.phone}
          onChange={(event) => change({ phone: event.target.value })}
        />
      </Field>
    </Form>
  );
}
