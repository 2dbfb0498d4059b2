import { useState, type ReactNode } from 'react';
import { Modal } from 'antd';
import { GateButton, type GateButtonProps } from './gate-button.tsx';
import { RefusalNotice } from './refusal-notice.tsx';

interface Props extends Omit<GateButtonProps, 'onClick' | 'children' | 'gate' | 'title'> {
  /** On the button; without its "…" the dialog's title, when that is not given. */
  label: string;
  title?: string;
  gate?: GateButtonProps['gate'];
  width?: number;
  onOpen?: () => void;
  onClose?: () => void;
  children: (close: () => void) => ReactNode;
}

/** A button and the dialog that it opens. */
export function DialogButton({
  label,
  title,
  gate = { allowed: true },
  width = 560,
  onOpen,
  onClose,
  children,
  ...rest
}: Props): ReactNode {
  const [open, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
    onClose?.();
  };
  return (
    <>
      <GateButton
        {...rest}
        gate={gate}
        onClick={() => {
          onOpen?.();
          setOpen(true);
        }}
      >
        {label}
      </GateButton>
      <Modal
        open={open}
        title={title ?? label.replace(/\s*…$/, '')}
        width={width}
        footer={null}
        destroyOnHidden
        // A click beside it must not throw away what was typed.
        mask={{ closable: false }}
        onCancel={close}
      >
        {children(close)}
        <RefusalNotice />
      </Modal>
    </>
  );
}
