import { useState, type ReactNode } from 'react';
import { Progress as ProgressBar, Upload } from 'antd';
import { InboxOutlined } from '@ant-design/icons';
import type { Refusal } from '../../base/result.ts';
import { refusalOf, type Progress } from '../client.ts';
import { bytes } from '../format.ts';
import { RefusalAlert } from '../refusal-text.tsx';
import { useText } from '../text.ts';

interface Failed {
  readonly name: string;
  readonly refusal: Refusal;
}

/** Takes files one after the other; what was refused is listed, and the others come all the same. */
export function SeveralFiles(props: {
  hint: string;
  /** Name of the file that the others need. */
  first: string;
  take: (file: File, onProgress: (progress: Progress) => void) => Promise<unknown>;
  /** All were taken. */
  done: () => void;
}): ReactNode {
  const t = useText();
  const { hint, first, take, done } = props;
  const [sending, setSending] = useState<{ name: string; left: number; progress: Progress } | null>(null);
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const takeAll = async (files: readonly File[]): Promise<void> => {
    const refused: Failed[] = [];
    const ordered = files.toSorted((a, b) => Number(b.name === first) - Number(a.name === first));
    for (const [i, file] of ordered.entries()) {
      const show = (progress: Progress): void =>
        setSending({ name: file.name, left: ordered.length - i, progress });
      show({ sent: 0, total: file.size });
      try {
        await take(file, show);
      } catch (error) {
        refused.push({ name: file.name, refusal: refusalOf(error) });
      }
    }
    setSending(null);
    setFailed(refused);
    if (refused.length === 0) done();
  };
  if (sending) {
    const { sent, total } = sending.progress;
    return (
      <div className="file-drop-progress" role="status">
        <strong>{sending.name}</strong>
        <ProgressBar
          percent={total === 0 ? 100 : Math.floor((100 * sent) / total)}
          aria-label={sending.name}
        />
        {t('distribution.sending', {
          sent: bytes(sent, t.language),
          total: bytes(total, t.language),
          left: sending.left,
        })}
      </div>
    );
  }
  return (
    <div className="stack">
      <Upload.Dragger
        multiple
        showUploadList={false}
        beforeUpload={(file: File, all: File[]) => {
          // Called once for each of them: together they begin with the first one.
          if (file === all[0]) void takeAll(all);
          return false;
        }}
      >
        <div className="file-drop">
          <InboxOutlined aria-hidden />
          <strong>{t('distribution.drop')}</strong>
          <span>{hint}</span>
        </div>
      </Upload.Dragger>
      {failed.map(({ name, refusal }) => (
        <div key={name}>
          <strong>{name}</strong>
          <RefusalAlert refusal={refusal} />
        </div>
      ))}
    </div>
  );
}
