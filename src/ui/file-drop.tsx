import { useState, type ReactNode } from 'react';
import { Progress as ProgressBar, Upload } from 'antd';
import { InboxOutlined, UploadOutlined } from '@ant-design/icons';
import type { Refusal } from '../base/result.ts';
import { refusalOf, uploadFile, type Progress } from './client.ts';
import { DialogButton } from './dialog.tsx';
import { bytes, duration } from './format.ts';
import type { GateButtonProps } from './gate-button.tsx';
import { RefusalAlert } from './refusal-text.tsx';
import { useText } from './text.ts';

interface Props {
  /** Which file is meant and where it comes from. */
  hint: string;
  /** File name endings such as `.csv,.xlsx`; not given: any. */
  accept?: string;
  /** Gets the id of the uploaded file; its refusal is shown here. */
  onFile: (uploadId: string, file: File) => Promise<unknown>;
}

interface Sending {
  readonly name: string;
  readonly since: number;
  readonly progress: Progress;
}

/** Takes one file by drop or choice, shows amount, rate and time left, then hands it on. */
export function FileDrop({ hint, accept, onFile }: Props): ReactNode {
  const t = useText();
  const [sending, setSending] = useState<Sending | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const take = async (file: File): Promise<void> => {
    setRefusal(null);
    const since = performance.now();
    const show = (progress: Progress): void => setSending({ name: file.name, since, progress });
    show({ sent: 0, total: file.size });
    try {
      await onFile(await uploadFile(file, show), file);
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setSending(null);
    }
  };

  if (sending) return <SendingFile sending={sending} />;
  return (
    <div className="stack">
      <Upload.Dragger
        {...(accept === undefined ? {} : { accept })}
        multiple={false}
        showUploadList={false}
        beforeUpload={(file: File) => {
          void take(file);
          return false;
        }}
      >
        <div className="file-drop">
          <InboxOutlined aria-hidden />
          <strong>{t('file.drop')}</strong>
          <span>{hint}</span>
        </div>
      </Upload.Dragger>
      {refusal && <RefusalAlert refusal={refusal} />}
    </div>
  );
}

function SendingFile({ sending }: { sending: Sending }): ReactNode {
  const t = useText();
  const { sent, total } = sending.progress;
  const rate = sent / Math.max(0.001, (performance.now() - sending.since) / 1000);
  return (
    <div className="file-drop-progress" role="status">
      <strong>{sending.name}</strong>
      <ProgressBar percent={total === 0 ? 100 : Math.round((100 * sent) / total)} aria-label={sending.name} />
      {sent < total
        ? t('file.progress', {
            sent: bytes(sent, t.language),
            total: bytes(total, t.language),
            rate: bytes(rate, t.language),
            left: rate > 0 ? duration(((total - sent) / rate) * 1000) : '–',
          })
        : t('file.working')}
    </div>
  );
}

type ButtonLook = Omit<GateButtonProps, 'onClick' | 'children' | 'gate' | 'title'> & {
  gate?: GateButtonProps['gate'];
};

/** "Import …": opens a dialog with a file drop, closes when the file was taken. */
export function FileButton({
  label,
  children,
  hint,
  accept,
  onFile,
  ...button
}: Props & ButtonLook & { label: string; children?: ReactNode }): ReactNode {
  return (
    <DialogButton icon={<UploadOutlined aria-hidden />} {...button} label={label}>
      {(close) => (
        <div className="stack">
          {children}
          <FileDrop
            hint={hint}
            {...(accept === undefined ? {} : { accept })}
            onFile={async (uploadId, file) => {
              await onFile(uploadId, file);
              close();
            }}
          />
        </div>
      )}
    </DialogButton>
  );
}
