import { useState, type ReactNode } from 'react';
import { Input, Modal } from 'antd';
import { Field } from './field.tsx';
import { Form } from './form.tsx';
import { RefusalNotice } from './refusal-notice.tsx';

interface Props {
  open: boolean;
  title: string;
  /** Exactly what will happen, to whom, and what cannot be undone. */
  children: ReactNode;
  /** What proves the intent; null when saying it once is enough. */
  proof: { label: string; secret?: boolean; expected?: string } | null;
  confirm: string;
  danger?: boolean;
  ready?: boolean;
  width?: number;
  onConfirm: (proof: string) => Promise<unknown>;
  onClose: () => void;
}

/** Asks once, for what proves the intent, and stays open with the input when the operation was refused. */
export function ConfirmWithProof(props: Props): ReactNode {
  const { open, title, children, proof, confirm, danger = false, ready = true, onConfirm, onClose } = props;
  const [text, setText] = useState('');
  const proven = proof === null || (proof.expected === undefined ? text !== '' : text === proof.expected);
  const close = (): void => {
    setText('');
    onClose();
  };
  return (
    <Modal
      open={open}
      title={title}
      destroyOnHidden
      width={props.width ?? 520}
      footer={null}
      // A click beside it must not throw away what was typed.
      mask={{ closable: false }}
      onCancel={close}
    >
      <Form
        submit={confirm}
        danger={danger}
        ready={proven && ready}
        onCancel={close}
        onSubmit={async () => {
          await onConfirm(text);
          close();
        }}
      >
        {children}
        {proof && (
          <Field label={proof.label}>
            <Input
              value={text}
              type={proof.secret ? 'password' : 'text'}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
        )}
      </Form>
      <RefusalNotice />
    </Modal>
  );
}
