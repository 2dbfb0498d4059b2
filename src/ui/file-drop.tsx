import { useState, type ReactNode } from 'react';
import { Button, Modal, Progress as ProgressBar, Upload } from 'antd';
import { InboxOutlined } from '@ant-design/icons';
import type { Refusal } from '../base/result.ts';
import { refusalOf, uploadFile, type Progress } from './client.ts';
import { bytes, duration } from './format.ts';
import { RefusalAlert } from './refusal-text.tsx';
import { useText } from './text.ts';

interface Props {
  hint: string;
  /** File name endings such as `.csv,.xlsx`; empty takes any. */
  accept?: string;
  /** Gets the id of the uploaded file; its refusal is shown here. */
  onFile: (uploadId: string, file: File) => Promise<void>;
}

/** Takes one file by drop or choice, shows amount, rate and time left, then hands it on. */
export function FileDrop({ hint, accept, onFile }: Props): ReactNode {
  const t = useText();
  const [sending, setSending] = useState<{ name: string; since: number; progress: Progress } | null>(null);
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

  if (sending) {
    const { sent, total } = sending.progress;
    const rate = sent / Math.max(0.001, (performance.now() - sending.since) / 1000);
    return (
      <div className="file-drop-progress" role="status">
        <strong>{sending.name}</strong>
        <ProgressBar percent={total === 0 ? 100 : Math.round((100 * sent) / total)} />
        {sent < total
          ? t('file.progress', {
              sent: bytes(sent),
              total: bytes(total),
              rate: bytes(rate),
              left: rate > 0 ? duration(((total - sent) / rate) * 1000) : '–',
            })
          : t('file.working')}
      </div>
    );
  }
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

/** "By file" beside an online action: opens a dialog with a file drop, closes when the file was taken. */
export function FileButton(props: Props & { label: string; children?: ReactNode }): ReactNode {
  const { label, children, onFile, ...rest } = props;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      <Modal title={label} open={open} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        <div className="stack">
          {children}
          <FileDrop
            {...rest}
            onFile={async (uploadId, file) => {
              await onFile(uploadId, file);
              setOpen(false);
            }}
          />
        </div>
      </Modal>
    </>
  );
}
