import { useState, type ReactNode } from 'react';
import { Input, Modal } from 'antd';
import { Field } from './field.tsx';
import { useText } from './text.ts';
import { useAction } from './use-action.ts';

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
  const t = useText();
  const { busy, run } = useAction();
  const proven = proof === null || (proof.expected === undefined ? text !== '' : text === proof.expected);
  const close = (): void => {
    setText('');
    onClose();
  };
  const act = async (): Promise<void> => {
    if (proven && ready && (await run(() => onConfirm(text)))) close();
  };
  return (
    <Modal
      open={open}
      title={title}
      destroyOnHidden
      width={props.width ?? 520}
      okText={confirm}
      cancelText={t('cancel')}
      okButtonProps={{ danger, disabled: !proven || !ready, loading: busy }}
      onOk={() => void act()}
      onCancel={close}
    >
      <div className="stack">
        {children}
        {proof && (
          <Field label={proof.label}>
            <Input
              value={text}
              type={proof.secret ? 'password' : 'text'}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
              onPressEnter={() => void act()}
            />
          </Field>
        )}
      </div>
    </Modal>
  );
}
