import { useState, type ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { FolderField } from '../../../ui/folder-field.tsx';
import { Form } from '../../../ui/form.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { ReachedMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { CollectionRow } from '../../contract.ts';
import type { SiteClient } from '../site-console.tsx';

interface Props {
  site: SiteClient;
  /** Of one session. */
  rows: readonly CollectionRow[];
  set: (rows: CollectionRow[]) => void;
}

/** First the backup to external storage, then the report; rooms that come later go with the next one (续报). */
export function ReportSession({ site, rows, set }: Props): ReactNode {
  const t = useText();
  const sessionId = rows[0]?.sessionId ?? '';
  const collected = rows.filter((row) => row.collectedAt !== null);
  const open = collected.filter((row) => row.receiptAt === null);
  const unsaved = collected.filter((row) => row.backedUpAt === null);
  const reportedBefore = collected.some((row) => row.reportedAt !== null);
  const gate = screenGate(collected.length > 0, 'nothing-collected');
  if (collected.length > 0 && open.length === 0 && unsaved.length === 0)
    return <ReachedMark at={t('site.sessionDone', { rooms: collected.length, all: rows.length })} />;
  return (
    <div className="row">
      <DialogButton
        {...(unsaved.length > 0 ? { type: 'primary' as const } : {})}
        gate={gate}
        label={t('site.firstBackup')}
        title={t('room.backup')}
      >
        {(close) => <Backup site={site} sessionId={sessionId} set={set} close={close} />}
      </DialogButton>
      <ActButton
        {...(unsaved.length === 0 && open.length > 0 ? { type: 'primary' as const } : {})}
        gate={gate.allowed ? screenGate(unsaved.length === 0, 'backup-first') : gate}
        act={async () => set(await site.collection.report({ sessionId }))}
        done={t('site.reported')}
      >
        {reportedBefore ? t('site.reportMore') : t('site.thenReport')}
      </ActButton>
      <DownloadButton gate={gate} make={() => site.collection.exportForCentre({ sessionId })}>
        {t('site.exportForCentre')}
      </DownloadButton>
    </div>
  );
}

function Backup({
  site,
  sessionId,
  set,
  close,
}: Omit<Props, 'rows'> & { sessionId: string; close: () => void }): ReactNode {
  const t = useText();
  const [directory, setDirectory] = useState('');
  return (
    <Form
      submit={t('room.backup')}
      ready={directory.trim() !== ''}
      onCancel={close}
      done={t('room.backedUp', { folder: directory })}
      onSubmit={async () => {
        await site.collection.backup({ directory, sessionId, note: '' });
        set(await site.collection.list());
        close();
      }}
    >
      <p>{t('site.backupText')}</p>
      <FolderField client={site} label={t('site.backupFolder')} value={directory} onChange={setDirectory} />
    </Form>
  );
}
